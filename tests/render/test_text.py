"""Answers for people."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.values import HOSTILE, hit, marked_texts, results

from searcher.models import AddReport, Article, FacetCount, PublicationDate, Skipped, Stats
from searcher.render.text import article_text, report_text, results_text, stats_text

ESCAPE = re.compile(r"\x1b\[[\d;]*m")
OURS = {"\x1b[1m", "\x1b[2m", "\x1b[1;33m", "\x1b[0m"}


def test_a_whole_answer() -> None:
    """The headline, the hit with its facts, then the facets."""
    found = results(
        hit(
            title="Ferry sails again", title_marks=((0, 5),), date="2021-03-01T08:15+01:00", source="Harbour Post",
            where="paragraph 1", snippet="The ferry sailed.", marks=((4, 9),), locations=("Norway", "Tromso"),
            actors=("Coastguard",), duplicates=2,
        ),
        total=3, stories=2, took_ms=1.4,
        facets={"location": (FacetCount("Norway", 3, stories=1), FacetCount("Sweden", 1, stories=1)), "actor": ()},
    )  # fmt: skip
    expected = """\
3 articles, 2 stories, 5 to 5 shown (1 ms)

  5 *Ferry* sails again
    2021-03-01 · Harbour Post · paragraph 1 · 2 copies more
    The *ferry* sailed.
    Norway, Tromso | Coastguard
    0123456789abcdef  /archive/ferry.txt

Locations: Norway 3/1, Sweden 1
(articles/stories, where some articles are copies)"""
    assert results_text(found, color=False, width=100, offset=4) == expected


@pytest.mark.parametrize(
    ("fields", "headline"),
    [
        ({"total": 0}, "nothing found"),
        ({"total": 0, "suggestion": "kalibr"}, "nothing found; did you mean: kalibr"),
        ({"total": 1}, "1 article (0 ms)"),
        ({"total": 1, "stories": 1}, "1 article, 1 story (0 ms)"),
        ({"total": 1234}, "1,234 articles, 1 to 1 shown (0 ms)"),
    ],
)
def test_the_headline(fields: dict[str, object], headline: str) -> None:
    """How many there are and which of them are shown."""
    hits = (hit(),) if fields["total"] else ()
    assert results_text(results(*hits, **fields), color=False, width=80).splitlines()[0] == headline


def test_an_offset_beyond_the_end() -> None:
    """The total stands, and nothing is said to be shown."""
    assert results_text(results(total=7), color=False, width=80, offset=50) == "7 articles, none shown (0 ms)"


@given(marked_texts(), st.integers(40, 120))
def test_marks_survive_wrapping(marked: tuple[str, tuple[tuple[int, int], ...]], width: int) -> None:
    """In title and snippet every mark is in colour as one, and without colour lines fit but for their asterisks."""
    text, marks = marked
    found = results(hit(title=text, title_marks=marks, snippet=text, marks=marks))
    shown = [" ".join(text[start:end].split("\t")).replace("\n", " ") for start, end in marks]
    colored = results_text(found, color=True, width=width)
    assert re.findall(r"\x1b\[1;33m(.*?)\x1b\[0m", colored) == [*shown, *shown]
    kept = {at for start, end in marks for at in range(start, end)}
    unbroken = "".join("\n" if sign.isspace() and at not in kept else "x" for at, sign in enumerate(text))
    longest = max(map(len, unbroken.split("\n")))
    for line in ESCAPE.sub("", colored).splitlines():
        assert len(line) <= max(width, longest + 4)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("color", [True, False])
def test_no_text_of_an_archive_steers_the_terminal(text: str, color: bool) -> None:
    """The only escapes are our own, whatever stands in titles, snippets, paths, values, reasons and notes."""
    found = results(
        hit(title=text, snippet=text, source=text, path=text, locations=(text,), actors=(text,), where=text,
            matched=(text,)),
        total=0, suggestion=text, read_as=text, explain=((text, 1),),
        facets={"location": (FacetCount(text, 1, selected=True), FacetCount(text, 1, country=f"of {text}"))},
    )  # fmt: skip
    article = Article(
        id="1", title=text, body=f"{text}\n\n{text}", source=text, url=text, path=text, record=text, authors=(text,),
        warnings=(text,), locations=(text,), actors=(text,), filed_from=text, agency=text,
    )  # fmt: skip
    outputs = [
        results_text(found, color=color, width=80),
        article_text(article, color=color, width=80),
        report_text(AddReport(skipped=(Skipped(text, text, text),))),
        stats_text(Stats(articles=1, size_bytes=1, format_version=1, engine="whoosh", languages={text: 1})),
    ]
    for output in outputs:
        assert set(ESCAPE.findall(output)) <= (OURS if color else set())
        rest = ESCAPE.sub("", output)
        assert [sign for sign in rest if sign != "\n" and (ord(sign) < 32 or 127 <= ord(sign) < 160)] == []


def test_values_of_a_facet_are_not_broken() -> None:
    """A name keeps its count beside it; picked values are ticked."""
    values = (FacetCount("Ministry of Defence (Russia)", 12), FacetCount("Islamic State", 7, selected=True))
    shown = results_text(results(facets={"actor": values}), color=False, width=44)
    assert shown.splitlines()[2:] == ["Actors: Ministry of Defence (Russia) 12,", "  ✓ Islamic State 7"]


@pytest.mark.parametrize(
    ("values", "shown", "reason"),
    [
        (
            (FacetCount("Syria", 4), FacetCount("Russia", 3), FacetCount("Tartus", 2, country="Syria")),
            "Syria 4 (Tartus 2), Russia 3",
            "a place stands with its country",
        ),
        (
            (FacetCount("Al-Qaim", 2, country="Iraq"), FacetCount("Black Sea", 2)),
            "Iraq (Al-Qaim 2), Black Sea 2",
            "which is named where it is not among the largest itself",
        ),
        (
            (
                FacetCount("Syria", 4),
                FacetCount("Abu Kamal", 3, selected=True, country="Syria"),
                FacetCount("Tartus", 1, country="Syria"),
            ),
            "Syria 4 (✓ Abu Kamal 3, Tartus 1)",
            "picked or not",
        ),
    ],
)
def test_places_stand_with_their_country(values: tuple[FacetCount, ...], shown: str, reason: str) -> None:
    """In parentheses after it."""
    text = results_text(results(facets={"location": values}), color=False, width=80)
    assert text.splitlines()[-1] == f"Locations: {shown}", reason


def test_a_hit_tells_by_which_spellings_it_was_found() -> None:
    """Beside its date; nothing where it was found by what was typed."""
    found = results(hit(matched=("Al-Bukamal", "Albu Kamal")), hit())
    shown = results_text(found, color=False, width=80)
    assert 'undated · matched as "Al-Bukamal", "Albu Kamal"' in shown
    assert shown.count("matched") == 1


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"filed_from": "Beirut", "agency": "Reuters", "dateline": "BEIRUT (Reuters)"}, "from Beirut by Reuters"),
        ({"filed_from": "Beirut"}, "from Beirut"),
        ({"agency": "Reuters"}, "by Reuters"),
        ({"dateline": "AT SEA"}, "from AT SEA"),  # a place that nobody knows
    ],
)
def test_where_an_article_was_filed(fields: dict[str, str], shown: str) -> None:
    """The place and the agency of its dateline, apart from what it is about."""
    article = Article(id="1", title="Ferry", body="Text.", locations=("Syria",), **fields)
    lines = article_text(article, color=False, width=80).splitlines()
    assert lines[2:4] == [f"filed:     {shown}", "locations: Syria"]
    assert "filed:" not in article_text(Article(id="1", title="Ferry", body="Text."), color=False, width=80)


def test_a_report_names_what_was_skipped() -> None:
    """Counts in one line, then a line for each thing with the record where there is one."""
    report = AddReport(
        added=1200, stories=1100, skipped=(Skipped("a.csv", "no title", "row 3"), Skipped("b.bin", "binary"))
    )
    assert report_text(report).splitlines() == [
        "1,200 added, 0 updated, 0 unchanged, 0 duplicates, 2 skipped (1,100 stories)",
        "skipped a.csv, row 3: no title",
        "skipped b.bin: binary",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2017-10-31T19:05+03:00", "2017-10-31 19:05 +03:00"),
        ("2017-11-03T17:22", "2017-11-03 17:22"),  # no zone known
        ("2017-10-31", "2017-10-31"),
        ("2017-10", "2017-10"),
        ("2017", "2017"),
    ],
)
def test_an_article_shows_all_that_is_known_of_its_date(text: str, shown: str) -> None:
    """A hit shows the day alone, the article the minute and the zone."""
    article = Article(id="1", title="Ferry", body="One.\n\nTwo.", date=PublicationDate(text, "meta"))
    assert article_text(article, color=False, width=80) == f"Ferry\ndate:      {shown}\n\nOne.\n\nTwo."
    assert f"\n    {text[:10]}\n" in results_text(results(hit(date=text)), color=False, width=80)


def test_what_is_missing_is_said() -> None:
    """No title and no date are not blank."""
    shown = results_text(results(hit(title=" ")), color=False, width=80)
    assert "  1 (no title)\n    undated\n" in shown


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (1_955_513, "2.0 MB"), (7 * 10**15, "7000.0 TB")],
)
def test_sizes(size: int, shown: str) -> None:
    """In the unit that leaves one to three digits, the largest for what is larger."""
    stats = Stats(articles=0, size_bytes=size, format_version=1, engine="whoosh")
    assert f"size:      {shown}\n" in stats_text(stats)
