"""The reference matcher by hand-made cases: what judges the engines is judged here."""

from datetime import date

import pytest
from reference import UNDATED, edits, in_buckets, matches, search

from searcher.models import Article, PublicationDate
from searcher.query import Order, SearchRequest, parse
from searcher.query.nodes import Node, Nothing, Prefer, Term, Value


def _article(article_id: str, day: str = "", **fields: object) -> Article:
    made = {"title": "", "body": "", **fields}
    return Article(id=article_id, date=PublicationDate(day, "field") if day else None, **made)  # type: ignore[arg-type]


PORT = _article(
    "port",
    "2017-10-31",
    title="Navy in port",
    body="The S-300 battery left.\n\nMissiles were fired at Abu Kamal.",
    locations=("Syria", "Deir ez-Zor"),
    authors=("Ana Díaz",),
    source="L'Orient",
)


@pytest.mark.parametrize(
    ("query", "expected", "reason"),
    [
        ("navy", True, "a word of the title"),
        ("body:navy", False, "which the body lacks"),
        ("missile", True, "by its stem"),
        ("=missile", False, "but not exactly"),
        ("=missiles", True, "as written"),
        ('"abu kamal"', True, "side by side"),
        ('"kamal abu"', False, "in order"),
        ('"port the"', False, "no phrase runs from the title into the body"),
        ('"fired kamal"~2', True, "two other words between"),
        ('"kamal fired"~2', True, "in any order"),
        ('"fired kamal"~1', False, "one other word is not enough"),
        ('"s300"', True, "a compound by its whole"),
        ('"300 battery"', True, "and by its parts"),
        ("batt*", True, "a beginning"),
        ("b?ttery", True, "a pattern"),
        ("misiles~1", True, "a letter away"),
        ("issiles~1", False, "the first letter holds"),
        ("location:syria", True, "a value, case aside"),
        ("location:zor", True, "a word of a value"),
        ("location:deir-zor", False, "words of a value that are not side by side"),
        ("author:diaz", True, "without its accent"),
        ("source:l'orient", True, "with its apostrophe"),
        ("actor:syria", False, "another field"),
        ("date:2017-10", True, "within the month"),
        ("date:<2017-10-31", False, "not before that day"),
        ("navy -port", False, "without"),
        ("navy OR sea", True, "one of two"),
        ("navy sea", False, "both of two"),
        ("*", True, "everything"),
    ],
)
def test_matches(query: str, expected: bool, reason: str) -> None:
    """One article, one query."""
    assert matches(parse(query).node, PORT) is expected, reason


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Value("SYRIA", "location"), True),
        (Value("deir", "location"), False),
        (Nothing(), False),
        (Prefer(Term("navy"), Term("absent")), True),
    ],
)
def test_nodes_that_nobody_types(node: Node, expected: bool) -> None:
    """A value is the whole value; a preference decides nothing."""
    assert matches(node, PORT) is expected


def test_undated_articles_are_on_no_day() -> None:
    """Whatever the range, but they are not on the days excluded either."""
    undated = _article("undated")
    assert not matches(parse("date:..2100").node, undated)
    assert matches(parse("-date:..2100").node, undated)


ARTICLES = (
    _article("a", "2017-10-31", locations=("Syria",), actors=("Navy",)),
    _article("b", "2017-10", locations=("Syria", "Iraq")),
    _article("c", "2017-11-02T10:00+03:00", locations=("Iraq",), actors=("Navy",)),
    _article("d", "2017-11-02T09:00+01:00", locations=("iraq ",)),
    _article("e"),
    _article("f", "2016", locations=("Iran",)),
)


def test_search_counts_each_field_without_its_own_pick() -> None:
    """With Syria picked the other places are still counted; actors and dates are counted within it."""
    answer = search(
        SearchRequest(
            node=parse("*").node,
            include={"location": ("SYRIA",)},
            exclude={"location": ("Iran",)},
            facets=("location", "actor", "date"),
        ),
        ARTICLES,
    )
    assert (set(answer.ids), answer.total) == ({"a", "b"}, 2)
    assert answer.facets == {
        "location": {"Syria": 2, "Iraq": 2, "iraq": 1},
        "actor": {"Navy": 1},
        "date": {"2017-10-31": 1, "2017-10-01": 1},
    }


def test_search_within_days() -> None:
    """Undated articles are on no day, and dates are counted within the days asked for."""
    request = SearchRequest(node=parse("*").node, after=date(2017, 10, 15), facets=("date",))
    answer = search(request, ARTICLES)
    assert answer.ids == {"a", "c", "d"}
    assert answer.facets == {"date": {"2017-10-31": 1, "2017-11-02": 2}}


def test_search_orders_by_the_clock_of_the_publisher() -> None:
    """Newest and oldest first, ties by id, undated ones last either way."""
    answer = search(SearchRequest(node=parse("*").node, order=Order(sort="newest")), ARTICLES)
    assert answer.newest == ("c", "d", "a", "b", "f", "e")
    assert answer.oldest == ("f", "b", "a", "d", "c", "e")


def test_days_in_buckets() -> None:
    """Years, months, days; what has no date stays by itself."""
    days = {"2017-10-31": 2, "2017-10-01": 1, "2016-01-01": 1, UNDATED: 4}
    assert in_buckets(days, 7) == {"2017-10": 3, "2016-01": 1, UNDATED: 4}
    assert in_buckets(days, 4) == {"2017": 3, "2016": 1, UNDATED: 4}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("", "", 0), ("ab", "ba", 1), ("abc", "ac", 1), ("ca", "abc", 3), ("kitten", "sitting", 3)],
)
def test_edits(a: str, b: str, expected: int) -> None:
    """A swapped pair is one slip, and no place is touched twice."""
    assert edits(a, b) == expected
