"""An index against a plain dictionary, through whatever a program may do with it, in any order."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from reference import in_buckets, search
from samples import articles

from searcher.engines.whoosh import WhooshEngine
from searcher.models import Article, FacetCount
from searcher.query import Order, SearchRequest
from searcher.query.nodes import Everything, Phrase, Term

# Few ids, paths and stories, so that changes meet what is there.
IDS = tuple(f"{number:016x}" for number in range(12))
PATHS = ("/news/a.json", "/news/b.json", "/news/ü.json")
# 0 writes each article as a segment of its own: five batches of anything then bring merges. 1 holds a whole batch.
MEMORIES = (0, 1)
MOST_PINNED = 3
EVERY = 100
FACETS = ("location", "actor", "source", "language", "date")
REQUESTS = tuple(
    SearchRequest(node=node, facets=FACETS, facet_size=50, order=Order(limit=EVERY))
    for node in (Everything(), Term("missile"), Term("raketen"), Term("s-300", "title"), Phrase("oil price"))
)


class Interrupted(Exception):
    """What a program may raise in the middle of a batch."""


@st.composite
def placed(draw: st.DrawFn) -> Article:
    """An article with a path and, now and then, a story that another one told first."""
    made: Article = draw(articles(st.sampled_from(IDS)))
    return replace(made, path=draw(st.sampled_from(PATHS)), story=draw(st.sampled_from(("", "", *IDS[:3]))))


CHANGES = st.lists(placed() | st.sampled_from(IDS), max_size=8)
"""One batch: articles to add and ids to remove."""


class IndexAndDictionary(RuleBasedStateMachine):
    """Two engines on one place and the articles that it must hold."""

    batches: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(mkdtemp(prefix="model-"))
        WhooshEngine.create(self.place).close()
        self.engines = [WhooshEngine.open(self.place, memory) for memory in MEMORIES]
        self.held: dict[str, Article] = {}
        self.pinned: list[tuple[Iterator[Article], list[Article], dict[str, Article]]] = []

    @rule(number=st.sampled_from(range(len(MEMORIES))), changes=CHANGES)
    def write(self, number: int, changes: list[Article | str]) -> None:
        """A batch, through either engine; an empty one is a batch as well."""
        with self.engines[number].writer() as writer:
            for change in changes:
                _hand_over(writer, change)
        for change in changes:
            self.held.pop(_id_of(change), None)
            if isinstance(change, Article):
                self.held[change.id] = change
        IndexAndDictionary.batches += 1
        self.compare()

    @rule(number=st.sampled_from(range(len(MEMORIES))), change=placed() | st.sampled_from(IDS))
    def write_one_id_many_times(self, number: int, change: Article | str) -> None:
        """The last word counts, whether it adds or removes."""
        article_id = _id_of(change)
        before: list[Article | str] = [replace(article, id=article_id) for article in list(self.held.values())[:3]]
        self.write(number, [*before, article_id, *before, change])

    @rule(number=st.sampled_from(range(len(MEMORIES))), changes=CHANGES)
    def fail(self, number: int, changes: list[Article | str]) -> None:
        """An error inside a batch leaves everything as it was."""
        with suppress(Interrupted), self.engines[number].writer() as writer:
            for change in changes:
                _hand_over(writer, change)
            raise Interrupted
        self.compare()

    @rule(number=st.sampled_from(range(len(MEMORIES))), memory=st.sampled_from(MEMORIES))
    def reopen(self, number: int, memory: int) -> None:
        """Closed and opened again, it holds the same."""
        self.engines[number].close()
        self.engines[number] = WhooshEngine.open(self.place, memory)
        self.compare()

    @precondition(lambda self: self.held and len(self.pinned) < MOST_PINNED)
    @rule(number=st.sampled_from(range(len(MEMORIES))))
    def begin_to_read(self, number: int) -> None:
        """A reader takes the first article, and time."""
        reader = self.engines[number].articles()
        self.pinned.append((reader, [next(reader)], dict(self.held)))

    @precondition(lambda self: self.pinned)
    @rule()
    def read_to_the_end(self) -> None:
        """It gets what was there when it began, whatever was committed and merged since."""
        reader, read, held = self.pinned.pop(0)
        read += reader
        assert len(read) == len(held)
        assert {article.id: article for article in read} == held

    def compare(self) -> None:
        """Whatever can be asked is answered from the dictionary, by both engines; the files are sound."""
        for engine in self.engines:
            _compare_articles(engine, self.held)
            for request in REQUESTS:
                _compare_answers(engine, request, list(self.held.values()))
        assert self.engines[0].check(deep=True) == ()

    def teardown(self) -> None:
        """Read what is begun; let go of the files."""
        while self.pinned:
            self.read_to_the_end()
        for engine in self.engines:
            engine.close()
        rmtree(self.place)


def test_an_index_is_a_dictionary_of_articles(effort: Callable[[int, int], int]) -> None:
    """Ids, contents, totals, facet counts, paths and stories, after every batch; checked soundness with each."""
    IndexAndDictionary.batches = 0
    run_state_machine_as_test(
        IndexAndDictionary,
        settings=settings(
            max_examples=effort(6, 120),
            stateful_step_count=effort(20, 50),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert IndexAndDictionary.batches >= effort(20, 1_000)


def _id_of(change: Article | str) -> str:
    return change.id if isinstance(change, Article) else change


def _hand_over(writer: Any, change: Article | str) -> None:
    if isinstance(change, Article):
        writer.add(change)
    else:
        writer.remove(change)


def _compare_articles(engine: WhooshEngine, held: dict[str, Article]) -> None:
    """Every article once, with all of its fields, and where it is looked up by a key."""
    found = list(engine.articles())
    assert len(found) == len(held)
    assert {article.id: article for article in found} == held
    assert engine.stats().articles == len(held)
    assert [engine.find(name) for name in IDS] == [held.get(name) for name in IDS]
    for path in PATHS:
        assert engine.ids("path", path) == tuple(sorted(name for name, one in held.items() if one.path == path))
    for story in IDS:
        assert engine.ids("story", story) == tuple(sorted(name for name, one in held.items() if one.tells == story))


def _compare_answers(engine: WhooshEngine, request: SearchRequest, held: list[Article]) -> None:
    """The matches, the total and the facet counts of a search, by the reference."""
    results, expected = engine.search(request), search(request, held)
    assert (results.total, {hit.id for hit in results.hits}) == (expected.total, set(expected.ids))
    assert len(results.hits) == expected.total
    for field, counts in expected.facets.items():
        found = _counted(results.facets[field])
        if field == "date":
            length = max((len(value) for value in found if value != "undated"), default=10)
            assert found == in_buckets(counts, length)
        else:
            assert found == dict(counts)


def _counted(counts: tuple[FacetCount, ...]) -> dict[str, int]:
    return {count.value: count.count for count in counts if count.count}
