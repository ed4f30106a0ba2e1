"""A search that runs out of time answers with a part of its answer, wherever it was stopped."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from engines.large import LARGE_REQUESTS, batches, vocabulary
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.choices import COPIES, FACETS
from searcher.engines.whoosh import WhooshEngine
from searcher.engines.whoosh.search import Ranking
from searcher.models import FacetCount
from searcher.query import Deadline, Order, SearchRequest
from searcher.query.nodes import And, Not, Or, Prefix, Term

EVERY = 10_000
# Two articles in three tell a story that others tell too.
TOLD = 3


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    """Articles in several segments, some replaced, some removed, many of them copies."""
    made = WhooshEngine.create(tmp_path_factory.mktemp("limited"))
    for batch in batches():
        with made.writer() as writer:
            for number, (name, article) in enumerate(batch):
                if article is None:
                    writer.remove(name)
                else:
                    writer.add(replace(article, story=f"a{number % 400:05}" if number % TOLD else ""))
    yield made
    made.close()


def asking(looks: int) -> Deadline:
    """A deadline that is over after it was asked so often: its clock moves on whenever somebody looks at it."""
    ticks = count()
    return Deadline(looks + 0.5, clock=lambda: float(next(ticks)))


@given(
    request=LARGE_REQUESTS,
    copies=st.sampled_from(COPIES),
    looks=st.one_of(st.integers(0, 12), st.integers(0, 120)),
)
@settings(max_examples=200, deadline=None)
def test_what_is_found_in_time_is_part_of_the_answer(
    engine: WhooshEngine, request: SearchRequest, copies: str, looks: int
) -> None:
    """No article that the whole answer has not, the total of what was found, counts that are no larger."""
    request = replace(request, copies=copies, order=Order(sort=request.order.sort, limit=EVERY), facet_size=EVERY)
    whole, deadline = engine.rank(request), asking(looks)
    part = engine.rank(replace(request, deadline=deadline))
    if not deadline.passed:
        assert (_ids(part), part.total, part.stories, part.facets) == (
            *(_ids(whole), whole.total, whole.stories, whole.facets),
        )
        return
    assert set(_ids(part)) <= set(_ids(whole))
    assert len(part.page) == part.total
    for field in set(FACETS) - {"date", "event"} - set(request.include):  # those are counted in buckets of their own
        assert _beyond(part.facets[field], whole.facets[field]) == [], (field, request)


def _ids(found: Ranking) -> list[str]:
    return [part.reader.id_of(doc).decode() for part, doc, _ in found.page]


def _beyond(part: tuple[FacetCount, ...], whole: tuple[FacetCount, ...]) -> list[FacetCount]:
    """Values counted more often in a part than in the whole."""
    counts = {value.value: value.count for value in whole}
    return [value for value in part if value.count > counts.get(value.value, 0)]


def test_the_part_grows_with_the_time(engine: WhooshEngine) -> None:
    """Alternatives that were worked out by the end are found: with more time no fewer, in the end all."""
    node = Or(tuple(Prefix(letter) for letter in "bdfgkl"))
    totals = []
    for looks in range(200):
        deadline = asking(looks)
        totals.append(engine.rank(SearchRequest(node=node, deadline=deadline)).total)
        if not deadline.passed:
            break
    assert totals == sorted(totals)
    assert totals[0] == 0
    assert totals[-1] == engine.search(SearchRequest(node=node)).total
    assert len(set(totals)) > 3


def test_nothing_gets_in_because_a_refusal_was_not_worked_out(engine: WhooshEngine) -> None:
    """Wherever the time ends: an article with a refused word is not found, refused once or twice over."""
    refused = Or(tuple(Prefix(letter) for letter in "aeiou"))
    kept = And((Prefix("b"), Not(refused)))
    for node in (Not(refused), kept, Not(Not(Prefix("b"))), Not(kept)):
        request = SearchRequest(node=node, order=Order(limit=EVERY))
        whole = set(_ids(engine.rank(request)))
        for looks in range(60):
            assert set(_ids(engine.rank(replace(request, deadline=asking(looks))))) <= whole, (node, looks)


def test_no_copy_takes_the_place_of_a_first_that_was_not_found(engine: WhooshEngine) -> None:
    """Of a story whose first article was not reached none is shown: which is first is known among all articles."""
    node = Or((Term("nowhere"), *(Prefix(letter) for letter in "bdfgk")))
    whole = SearchRequest(node=node, order=Order(limit=EVERY), copies="first")
    firsts = set(_ids(engine.rank(whole)))
    seen = set()
    for looks in range(60):
        found = engine.rank(replace(whole, deadline=asking(looks)))
        seen.add(found.total)
        assert set(_ids(found)) <= firsts, looks
    assert len(seen) > 2


def test_a_page_that_takes_too_long_ends_early(engine: WhooshEngine) -> None:
    """Where time runs out while the page is made, its first articles are there; the total is that of all found."""
    request = SearchRequest(node=Term(vocabulary()[0], exact=True), order=Order(limit=30))
    whole = engine.search(request)
    ids = [hit.id for hit in whole.hits]
    lengths = set()
    for looks in range(60):
        found = engine.search(replace(request, deadline=asking(looks)))
        if found.total == whole.total:
            lengths.add(len(found.hits))
            assert [hit.id for hit in found.hits] == ids[: len(found.hits)], looks
            assert found.partial == (len(found.hits) < len(ids)), looks
    assert lengths == set(range(1, len(ids) + 1))
