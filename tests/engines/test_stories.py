"""Articles that tell one story: counted once, found by their sketches, shown once where that is asked for."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import article

from searcher.engines import Copy, Engine
from searcher.engines.whoosh.engine import WhooshEngine
from searcher.errors import UsageError
from searcher.models import Article, FacetCount, Results
from searcher.query import Order, SearchRequest, parse

EVERYTHING = parse("*").node


def told(name: str, story: str, day: str = "", source: str = "", **more: object) -> Article:
    """An article that tells a story."""
    return article(name, story=story, date=day, source=source, body="common", **more)


def ask(engine: Engine, **options: object) -> Results:
    """What a search for everything brings."""
    return engine.search(SearchRequest(node=EVERYTHING, order=Order(limit=100), **options))  # type: ignore[arg-type]  # options as the test gives them


def fill(engine: Engine, *batches: list[Article]) -> None:
    """One commit for each batch."""
    for batch in batches:
        with engine.writer() as writer:
            for one in batch:
                writer.add(one)


def test_articles_of_one_story_are_counted_once(engine: Engine) -> None:
    """In the total, in facets and in bars; across segments, and removed ones not."""
    fill(
        engine,
        [
            told("a", "a", "2017-10-30", locations=("Syria",)),
            told("b", "a", "2017-10-31", locations=("Syria", "Malta")),
        ],
        [told("c", "a", "2017-11-02", locations=("Malta",)), told("d", "", "2017-11-02", locations=("Malta",))],
    )
    found = ask(engine, facets=("location", "date"))
    assert (found.total, found.stories) == (4, 2)
    assert found.facets["location"] == (FacetCount("Malta", 3, stories=2), FacetCount("Syria", 2, stories=1))
    assert [(count.count, count.stories) for count in found.facets["date"]] == [(1, 1), (1, 1), (2, 2)]
    assert engine.stats().stories == 2
    with engine.writer() as writer:
        writer.remove("b")
        writer.remove("c")
    found = ask(engine, facets=("location",))
    assert (found.total, found.stories) == (2, 2)
    assert found.facets["location"] == (FacetCount("Malta", 1, stories=1), FacetCount("Syria", 1, stories=1))


@pytest.mark.parametrize(
    ("days", "expected", "reason"),
    [
        (("2017-10-30", "2017-10-31"), [("2017-10-30", 1, 1), ("2017-10-31", 1, 1)], "by day each bar has one"),
        (("2016-01-30", "2016-01-31", "2017-10-31"), [("2016-01", 2, 1), ("2017-10", 1, 1)], "two in one month"),
        (("1990-01-01", "1990-12-31", "2017"), [("1990", 2, 1), ("2017", 1, 1)], "two in one year"),
        (("", ""), [("undated", 2, 1)], "undated ones are a bar too"),
        (("2017-10-30", "", ""), [("2017-10-30", 1, 1), ("undated", 2, 1)], "beside dated ones"),
    ],
)
def test_a_bar_counts_a_story_once(
    engine: Engine, days: tuple[str, ...], expected: list[tuple[str, int, int]], reason: str
) -> None:
    """Whatever its length."""
    fill(engine, [told(f"a{number}", "a0", day) for number, day in enumerate(days)])
    counts = ask(engine, facets=("date",)).facets["date"]
    assert [(count.value, count.count, count.stories) for count in counts] == expected, reason


def test_of_copies_the_first_is_shown(engine: Engine) -> None:
    """The earliest of those that match; undated ones last, ids between equals; what is left out is not counted."""
    fill(
        engine,
        [
            told("late", "x", "2017-10-31", "Post"),
            told("early", "x", "2017-10-30", "Wire"),
            told("never", "x", "", "Wire"),
        ],
        [told("b2", "y", "2017-01-01", "Post"), told("b1", "y", "2017-01-01", "Wire"), told("alone", "", "", "Post")],
    )
    first = ask(engine, copies="first", facets=("source",))
    assert {hit.id for hit in first.hits} == {"early", "b1", "alone"}
    assert (first.total, first.stories) == (3, 3)
    assert first.facets["source"] == (FacetCount("Wire", 2, stories=2), FacetCount("Post", 1, stories=1))
    by_source = ask(engine, copies="per-source")
    assert {hit.id for hit in by_source.hits} == {"late", "early", "b1", "b2", "alone"}
    assert (by_source.total, by_source.stories) == (5, 3)
    narrowed = ask(engine, copies="first", include={"source": ("Post",)}, facets=("source",))
    assert {hit.id for hit in narrowed.hits} == {"late", "b2", "alone"}
    assert {count.value: count.count for count in narrowed.facets["source"]} == {"Wire": 2, "Post": 1}


def test_an_unknown_choice_of_copies_is_an_error() -> None:
    """It says which there are."""
    with pytest.raises(UsageError, match="all, first, per-source"):
        SearchRequest(node=EVERYTHING, copies="one")


def test_a_hit_tells_its_story_and_how_many_copies_there_are(engine: Engine) -> None:
    """Its own id where it is the only one."""
    fill(engine, [told("a", "", ""), told("b", "a"), told("c", "c")])
    assert {hit.id: (hit.story, hit.duplicates) for hit in ask(engine).hits} == {
        "a": ("a", 1),
        "b": ("a", 1),
        "c": ("c", 0),
    }
    assert engine.ids("story", "a") == ("a", "b")
    assert engine.ids("story", "b") == ()


def sketch(*pieces: int) -> bytes:
    """A sketch that begins with these pieces; the rest is its own, by the first."""
    own = [pieces[0] * 1_000 + number + 1 for number in range(32 - len(pieces))]
    return b"".join(piece.to_bytes(4, "little") for piece in (*pieces, *own))


def test_who_has_a_piece_of_a_sketch_is_found(engine: Engine) -> None:
    """At the same place alone; across segments, after merging, and removed ones not."""
    fill(
        engine,
        [article("a", sketch=sketch(7, 1)), article("b", sketch=sketch(8, 2), story="s")],
        [article("c", sketch=sketch(9, 1)), article("none"), article("gone", sketch=sketch(6, 1))],
    )
    with engine.writer() as writer:
        writer.remove("gone")
    found = engine.alike([sketch(5, 1), b"", sketch(2, 8), sketch(4, 2)], 4)
    assert sorted(found) == [
        (0, Copy("a", "a", sketch(7, 1))),
        (0, Copy("c", "c", sketch(9, 1))),
        (3, Copy("b", "s", sketch(8, 2))),
    ]
    assert engine.alike([], 0) == []


def test_sketches_survive_a_merge(tmp_path: Path) -> None:
    """Segments with and without sketches become one; each document keeps its own."""
    engine = WhooshEngine.create(tmp_path)
    for number in range(40):
        fill(engine, [article(f"a{number}", sketch=sketch(number + 1, 5) if number % 2 else b"")])
    assert len(list(tmp_path.glob("*.postings"))) < 40
    found = engine.alike([sketch(99, 5)], 4)
    assert {copy.id: copy.sketch for _, copy in found} == {f"a{n}": sketch(n + 1, 5) for n in range(1, 40, 2)}


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40), st.sampled_from(["", "Post", "Wire"])), max_size=30))
@settings(deadline=None, max_examples=60)
def test_stories_are_counted_as_a_person_would(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, int, str]]
) -> None:
    """Against sets made the plainest way: totals, facets, days, and which copies stay."""
    engine = WhooshEngine.create(tmp_path_factory.mktemp("index"))
    articles = [
        told(f"a{number:02}", f"s{story}", str(date(2017, 1, 1) + timedelta(days=day)) if day else "", source)
        for number, (story, day, source) in enumerate(rows)
    ]
    fill(engine, *[articles[at : at + 7] for at in range(0, len(articles), 7)])
    found = ask(engine, facets=("source", "date"))
    assert (found.total, found.stories) == (len(rows), len({story for story, _, _ in rows}))
    for count in found.facets["source"]:
        assert count.stories == len({story for story, _, source in rows if source == count.value})
    for count in found.facets["date"]:
        days = {str(date(2017, 1, 1) + timedelta(days=day)) if day else "undated": day for _, day, _ in rows}
        assert count.stories == len({story for story, day, _ in rows if day == days[count.value]})
    order = sorted(articles, key=lambda one: (one.date is None, str(one.date), one.id))
    for choice in ("first", "per-source"):
        kept = {(one.story, one.source if choice == "per-source" else ""): one.id for one in reversed(order)}
        assert {hit.id for hit in ask(engine, copies=choice).hits} == set(kept.values())
