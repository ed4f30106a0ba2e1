"""`search` and every option of it, on the sample articles."""

import pytest
from cli.shell import Shell


def test_the_article_on_the_events_comes_first(built: Shell, kalibr_title: str) -> None:
    """Three words as the shell hands them over find the article on those events, and facets name its places."""
    found = built.found("Kalibr Abu Kamal")
    values = {name: [entry["value"] for entry in counts] for name, counts in found["facets"].items()}
    assert found["hits"][0]["title"] == kalibr_title
    assert {"Syria", "Deir az-Zour", "Abu Kamal"} <= set(values["location"])
    assert "Islamic State" in values["actor"]


def test_what_is_typed_apart_is_found_alike(built: Shell) -> None:
    """The shell eats quotes: one argument of three words and three arguments are the same query."""
    together, apart = built.found("Kalibr Abu Kamal"), built.found("Kalibr", "Abu", "Kamal")
    del together["took_ms"], apart["took_ms"]
    assert together == apart


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        (("kalibr", "Abu Kamal"), 'kalibr "Abu Kamal"'),  # kept together by the shell's quotes
        (("kalibr", "Al-Qaim crossing"), 'kalibr "Al-Qaim crossing"'),  # a hyphen inside a word is none of a query
        (("kalibr", "Syria OR Iraq"), "kalibr (Syria OR Iraq)"),  # operators stay operators
        (("kalibr", '"Abu Kamal" OR Tartus'), 'kalibr ("Abu Kamal" OR Tartus)'),  # quotes inside quotes
        (("kalibr", "location:Syria -drill"), "kalibr location:Syria -drill"),  # fields and signs too
        (("Abu Kamal",), "Abu Kamal"),  # one argument alone is the query as it is
    ],
)
def test_arguments_with_spaces(built: Shell, arguments: tuple[str, ...], query: str) -> None:
    """Of several arguments one with spaces is a phrase, or a group where it holds operators."""
    assert built.found(*arguments)["query"] == query


def test_curly_quotes_are_quotes(built: Shell) -> None:
    """What a word processor made of the quotes is the same phrase, in one argument or cut by the shell."""
    straight = built.titles("--exact", '"cruise missiles"')
    assert straight
    assert straight == built.titles("--exact", "“cruise missiles”") == built.titles("--exact", "“cruise", "missiles”")
    assert built.titles("--exact", "“missiles cruise”") == []


def test_limit_and_offset_cut_one_order(built: Shell) -> None:
    """-n and --offset walk through the same list; the total stays."""
    whole = built.titles("Russia")
    assert len(whole) > 6
    pages = [built.found("-n", "3", "--offset", str(at), "Russia") for at in (0, 3)]
    assert [hit["title"] for page in pages for hit in page["hits"]] == whole[:6]
    assert {page["total"] for page in pages} == {len(whole)}
    text = built.search("-n", "3", "--offset", "3", "Russia").stdout
    assert text.startswith(f"{len(whole)} articles, {pages[0]['stories']} stories, 4 to 6 shown")
    assert "\n  4 " in text


@pytest.mark.parametrize(
    ("option", "value", "field", "expected"),
    [
        ("-l", "Syria", "locations", "Syria"),
        ("--location", "syria", "locations", "Syria"),  # case does not matter
        ("-a", "Islamic State", "actors", "Islamic State"),
        ("--actor", "Daesh", "actors", "Islamic State"),  # another spelling of the same actor
        ("--source", "Harbour Post", "source", "Harbour Post"),
        ("--language", "ru", "language", "ru"),
    ],
)
def test_an_option_that_includes(built: Shell, option: str, value: str, field: str, expected: str) -> None:
    """Every article shown carries the value, some articles do not, and no words are needed."""
    hits = built.found("-n", "500", option, value)["hits"]
    assert 0 < len(hits) < 80
    assert [hit["title"] for hit in hits if expected not in (hit[field], *hit[field])] == []


def test_any_mention_is_more_than_what_an_article_is_about(built: Shell) -> None:
    """--mention finds what -l finds, and what names the place in passing; the query language has it too."""
    about, named = set(built.titles("-l", "Russia")), set(built.titles("--mention", "Russia"))
    assert about < named
    assert named == set(built.titles("mention:russia")) == set(built.titles("mentions:Russia"))
    counts = built.found("--facet", "mention", "*")["facets"]["mention"]
    assert {entry["value"]: entry["count"] for entry in counts}["Russia"] == len(named)


def test_values_of_one_field_are_alternatives_and_fields_narrow(built: Shell) -> None:
    """-l twice is more, -l with -a is less."""
    syria, france = set(built.titles("-l", "Syria")), set(built.titles("-l", "France"))
    assert set(built.titles("-l", "Syria", "-l", "France")) == syria | france
    islamic_state = set(built.titles("-a", "Islamic State"))
    assert set(built.titles("-l", "Syria", "-a", "Islamic State")) == syria & islamic_state


@pytest.mark.parametrize(
    ("option", "value", "includes"),
    [
        ("--not-location", "Syria", "-l"),
        ("--not-actor", "Islamic State", "-a"),
        ("--not-mention", "Syria", "--mention"),
        ("--not-mention", "Daesh", "--mention"),
    ],
)
def test_an_option_that_excludes(built: Shell, option: str, value: str, includes: str) -> None:
    """What is excluded and what is included make up the whole."""
    whole = set(built.titles("Russia"))
    within = set(built.titles(includes, value, "Russia"))
    assert within
    assert set(built.titles(option, value, "Russia")) == whole - within
    assert set(built.titles(option, value)) == set(built.titles("*")) - set(built.titles(includes, value))


@pytest.mark.parametrize(
    ("after", "before", "first", "last"),
    [
        ("2017", "2017", "2017-01-01", "2017-12-31"),  # a year, both ends included
        ("2017-10", "2017-11-03", "2017-10-01", "2017-11-03"),  # a month, and a day to its end
        ("2022-07-22", "2022-07-22", "2022-07-22", "2022-07-22"),  # one day
    ],
)
def test_dates_include_both_ends(built: Shell, after: str, before: str, first: str, last: str) -> None:
    """--after and --before take years, months and days; the same is left when all articles are looked through."""
    days = {hit["title"]: (hit["date"] or "")[:10] for hit in built.found("-n", "500", "*")["hits"]}
    expected = {title for title, day in days.items() if len(day) == 10 and first <= day <= last}
    assert expected
    assert set(built.titles("--after", after, "--before", before)) == expected


def test_sort_orders_by_date(built: Shell) -> None:
    """Newest and oldest are each other's mirror in days; articles without a date come last in both."""
    newest = [hit["date"] for hit in built.found("-n", "500", "--sort", "newest", "*")["hits"]]
    oldest = [hit["date"] for hit in built.found("-n", "500", "--sort", "oldest", "*")["hits"]]
    undated = newest.count(None)
    assert undated == 5
    assert newest[-undated:] == oldest[-undated:] == [None] * undated
    days = [date[:10] for date in newest[:-undated] if len(date) >= 10]
    assert days == sorted(days, reverse=True)
    assert [date[:10] for date in oldest[:-undated] if len(date) >= 10] == days[::-1]


def test_match_any_is_all_words_or_some(built: Shell) -> None:
    """--match any is the union of the words, all their intersection."""
    frigate, submarine = set(built.titles("frigate")), set(built.titles("submarine"))
    assert set(built.titles("--match", "any", "frigate submarine")) == frigate | submarine
    assert set(built.titles("submarine missiles")) == submarine & set(built.titles("missiles"))


def test_where_no_article_has_all_words_some_are_enough(built: Shell) -> None:
    """Articles with some of the words are shown, and a note says so."""
    found = built.found("submarine", "volcano")
    assert found["total"] > 0
    assert "some of it" in found["notes"][-1]


def test_facets_are_those_asked_for(built: Shell) -> None:
    """--facet takes the place of the usual four and --facet-size cuts each to its largest."""
    usual = built.found("Russia")["facets"]
    assert sorted(usual) == ["actor", "date", "location", "source"]
    asked = built.found("--facet", "language", "--facet", "location", "--facet-size", "2", "Russia")["facets"]
    assert sorted(asked) == ["language", "location"]
    assert asked["location"] == usual["location"][:2]


def test_facet_counts_are_what_picking_them_gives(built: Shell) -> None:
    """Each count is the total of the search that picks its value."""
    counts = built.found("--facet", "actor", "Syria")["facets"]["actor"][:4]
    assert [entry["count"] for entry in counts] == [
        built.found("-a", entry["value"], "Syria")["total"] for entry in counts
    ]
    picked = built.found("-a", counts[0]["value"], "Syria")["facets"]["actor"]
    assert [entry["selected"] for entry in picked[:2]] == [True, False]


def test_phrase(built: Shell, kalibr_title: str) -> None:
    """-p takes all the words as one phrase; the same words in another order are not found."""
    assert kalibr_title in built.titles("-p", "Ministry", "of", "Defence")
    done = built.search("-p", "Defence", "of", "Ministry")
    assert (done.returncode, done.stdout) == (1, "nothing found\n")


def test_exact_keeps_other_spellings_away(built: Shell) -> None:
    """A name also matches its other spellings, with a note; --exact turns both off."""
    wide, narrow = built.found("Bukamal"), built.found("--exact", "Bukamal")
    assert wide["total"] > narrow["total"]
    assert "also matches" in wide["notes"][0]
    assert narrow["notes"] == []


def test_explain_shows_the_query_as_read(built: Shell) -> None:
    """--explain names each clause with the number of articles that match it alone."""
    found = built.found("--explain", "kalibr -volcano")
    clauses = {entry["clause"]: entry["total"] for entry in found["explain"]}
    assert found["read_as"] == "kalibr AND NOT volcano"
    assert clauses == {"kalibr": built.found("kalibr")["total"], "NOT volcano": 80 - built.found("volcano")["total"]}
    text = built.search("--explain", "kalibr -volcano").stdout
    assert "read as: kalibr AND NOT volcano" in text


def test_two_hyphens_end_the_options(built: Shell) -> None:
    """After -- a word that begins with a hyphen is part of the query."""
    submarine = built.titles("kalibr", "NOT", "submarine")
    assert submarine == built.titles("--", "-submarine", "kalibr")
    assert len(submarine) < len(built.titles("kalibr"))


@pytest.mark.parametrize("word", ["add", "show", "status", "--", "NOT"])
def test_search_only_searches(built: Shell, word: str) -> None:
    """Whatever the words are, `search` looks for them: it has no commands."""
    done = built.search("--", word, "harbour")
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr
