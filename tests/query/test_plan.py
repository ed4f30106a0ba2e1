"""From the options of a search to the request that an engine is asked."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest

from searcher.errors import UsageError
from searcher.query import (
    Names,
    Order,
    Plan,
    SearchOptions,
    SearchRequest,
    alone,
    chosen,
    day_after,
    day_before,
    fold_value,
    make_plan,
    parse,
)
from searcher.query.nodes import Everything, Phrase, describe

OPTIONS = (
    *("location", "actor", "mention", "source", "author", "language"),
    *("not_location", "not_actor", "not_mention", "not_source", "not_author", "not_language"),
    *(
        "after",
        "before",
        "sort",
        "limit",
        "offset",
        "match",
        "facets",
        "facet_size",
        "copies",
        "phrase",
        "exact",
        "explain",
        "time_limit",
    ),
)


def plan(query: str = "navy", names: Names | None = None, **options: Any) -> Plan:
    """The plan for a query with options as a caller gives them."""
    return make_plan(query, cast("SearchOptions", options), names or Names())


def test_the_plan_of_a_plain_query() -> None:
    """Ten hits by relevance, with the usual facets."""
    request = plan("navy").request
    assert request == SearchRequest(
        node=parse("navy").node, query="navy", facets=("location", "actor", "date", "source"), order=Order()
    )


@pytest.mark.parametrize(
    ("options", "include", "exclude", "reason"),
    [
        ({"location": ["Syria", "Iraq"]}, {"location": ("Syria", "Iraq")}, {}, "several values"),
        ({"location": "Syria"}, {"location": ("Syria",)}, {}, "one value is not a list of letters"),
        ({"not_actor": ["ISIS"]}, {}, {"actor": ("ISIS",)}, "values that may not be there"),
        (
            {
                "source": "A",
                "author": "B",
                "language": "en",
                "not_source": "C",
                "not_author": "D",
                "not_language": "ru",
            },
            {"source": ("A",), "author": ("B",), "language": ("en",)},
            {"source": ("C",), "author": ("D",), "language": ("ru",)},
            "every field of values",
        ),
        ({"location": ["Syria", "Syria"]}, {"location": ("Syria",)}, {}, "the same value twice"),
        ({"location": [], "actor": ""}, {}, {}, "nothing picked, as an empty form says it"),
    ],
)
def test_picked_and_excluded_values(
    options: Mapping[str, Any], include: Mapping[str, Any], exclude: Mapping[str, Any], reason: str
) -> None:
    """Facet options become what the request includes and excludes."""
    request = plan(**options).request
    assert (request.include, request.exclude) == (include, exclude), reason


def test_a_place_or_actor_is_also_picked_under_the_name_it_is_counted_by() -> None:
    """Who types a spelling means the entity; sources and authors are what they are."""
    names = Names(canonical=lambda name: {"Daesh": "Islamic State"}.get(name, name))
    request = plan(names=names, actor="Daesh", source="Daesh", not_location=["Syria"], not_mention="Daesh").request
    assert request.include == {"actor": ("Daesh", "Islamic State"), "source": ("Daesh",)}
    assert request.exclude == {"location": ("Syria",), "mention": ("Daesh", "Islamic State")}


@pytest.mark.parametrize(
    ("given", "first", "last", "reason"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31), "a year"),
        ("2017-02", date(2017, 2, 1), date(2017, 2, 28), "a month"),
        ("2017-02-03", date(2017, 2, 3), date(2017, 2, 3), "a day"),
        (date(2017, 2, 3), date(2017, 2, 3), date(2017, 2, 3), "a date"),
        (datetime(2017, 2, 3, 23, 59, tzinfo=UTC), date(2017, 2, 3), date(2017, 2, 3), "a moment"),
        ("", None, None, "an empty form field"),
        (None, None, None, "nothing"),
    ],
)
def test_after_and_before_include_what_they_name(
    given: str | date | None, first: date | None, last: date | None, reason: str
) -> None:
    """After 2017 begins with its first day, before 2017 ends with its last."""
    assert (day_after(given), day_before(given)) == (first, last), reason
    request = plan(after=given, before=given).request
    assert (request.after, request.before) == (first, last), reason


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sort": "best"}, "sort 'best' is not known: use one of relevance, newest, oldest"),
        ({"match": "some"}, "match 'some' is not known: use one of all, any"),
        (
            {"facets": ["place"]},
            "facet 'place' is not known: use one of location, actor, mention, source, author, language, date, event",
        ),
        ({"limit": -1}, "limit is -1: give 0 to 10000 (`archive export` writes all)"),
        ({"limit": 10_001}, "limit is 10001: give 0 to 10000 (`archive export` writes all)"),
        ({"offset": -1}, "offset is -1: give 0 or more"),
        ({"facet_size": 0}, "facet size is 0: give 1 or more"),
        (
            {"after": "yesterday"},
            "after 'yesterday' is no date: write a year, month or day such as 2017, 2017-10, 2017-10-31",
        ),
        (
            {"before": "2017-02-30"},
            "before '2017-02-30' is no date: write a year, month or day such as 2017, 2017-10, 2017-10-31",
        ),
        (
            {"after": "2017-10-31 or so"},
            "after '2017-10-31 or so' is no date: write a year, month or day such as 2017, 2017-10, 2017-10-31",
        ),
        (
            {"locations": ["Syria"]},
            f"option 'locations' is not known: use one of {', '.join(OPTIONS)}",
        ),
    ],
)
def test_an_option_that_cannot_be_meant_says_what_can(options: Mapping[str, Any], message: str) -> None:
    """The message names the value given and those allowed."""
    with pytest.raises(UsageError) as raised:
        plan(**options)
    assert str(raised.value) == message


def test_a_request_knows_its_fields() -> None:
    """Engines are asked for no field they cannot have."""
    with pytest.raises(UsageError, match="field 'title' is not known: use one of location, actor, mention, source"):
        SearchRequest(node=Everything(), include={"title": ("x",)})
    assert chosen("sort", "newest", ("newest", "oldest")) == "newest"


def test_facets_asked_for() -> None:
    """One by its name, several in the order asked for, each once, or none."""
    asked = ("actor", ["date", "actor", "date"], ())
    assert [plan(facets=facets).request.facets for facets in asked] == [("actor",), ("date", "actor"), ()]


@pytest.mark.parametrize(
    ("query", "expected", "notes", "reason"),
    [
        ("Abu Kamal", '"Abu Kamal"', (), "words"),
        ('"Abu Kamal"', '"Abu Kamal"', (), "in quotation marks already"),
        ("“Abu Kamal”", '"Abu Kamal"', (), "in curly ones"),
        ("Abu AND -Kamal^2", '"Abu AND -Kamal^2"', (), "operators are words of the phrase"),
        ("", "*", (), "nothing"),
        ('"', "(nothing)", ("nothing in the query is a word",), "a quotation mark alone"),
        ("?!", "(nothing)", ("nothing in the query is a word",), "no word"),
    ],
)
def test_the_phrase_option(query: str, expected: str, notes: tuple[str, ...], reason: str) -> None:
    """All the words as one phrase, in no other spelling."""
    made = plan(query, Names(spell=lambda _name: ("Albu Kamal",)), phrase=True)
    assert (describe(made.request.node), made.notes) == (expected, notes), reason


def test_a_phrase_that_is_too_long_is_cut() -> None:
    """And a note says so, as for any other query."""
    made = plan("navy " * 1_000, phrase=True)
    assert isinstance(made.request.node, Phrase)
    assert made.notes == ("a phrase has at most 1998 characters: the rest was left out",)


def test_the_exact_option_keeps_other_spellings_away() -> None:
    """With it a query is what was typed; without it a note says what else matches."""
    names = Names(spell=lambda name: ("Daesh",) if name == "ISIS" else ())
    spelled, exact = (plan("ISIS navy", names, exact=exact) for exact in (False, True))
    assert spelled.notes == ("ISIS also matches Daesh (=ISIS turns it off)",)
    assert describe(exact.request.node) == "ISIS AND navy"
    assert exact.notes == ()


def test_explained_clauses() -> None:
    """Each part of the query by itself, within the same filters; none unless they are asked for."""
    made = plan('"Abu Kamal" kalibr -syria', location="Syria", explain=True)
    assert [text for text, _ in made.clauses] == ['"Abu Kamal"', "kalibr", "NOT syria"]
    asked = alone(made.request, made.clauses[1][1])
    assert (describe(asked.node), asked.include, asked.order.limit) == ("kalibr", {"location": ("Syria",)}, 0)
    assert plan("a b").clauses == ()
    assert [text for text, _ in plan("a b", phrase=True, explain=True).clauses] == ['"a b"']


@pytest.mark.parametrize(
    ("query", "expected"), [("navy", False), ("navy port", True), ("navy -port", False), ("date:2017", False)]
)
def test_a_query_loosens_where_some_of_its_words_could_match(query: str, expected: bool) -> None:
    """With one word there is nothing to leave out."""
    assert plan(query).loosens is expected


@pytest.mark.parametrize(
    ("value", "expected", "reason"),
    [
        ("Côte  d’Ivoire", "cote divoire", "accents, apostrophes, spaces"),
        (" SYRIA\t", "syria", "case and spaces around"),
        ("Deir az-Zour", "deir az-zour", "a hyphen is part of the value"),
        ("", "", "nothing"),
    ],
)
def test_values_are_compared_folded(value: str, expected: str, reason: str) -> None:
    """Two spellings of a value that differ in nothing else are one."""
    assert fold_value(value) == expected, reason
