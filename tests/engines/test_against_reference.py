"""Every engine answers what the plain reading of the query language says: on any articles, any query, any filters."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from engines.nodes import REQUESTS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reference import country_of, in_buckets, search
from samples import articles

from searcher.engines import Engine
from searcher.models import Article, FacetCount, Results
from searcher.query import SearchRequest

# Few ids, so that articles are replaced and removed: each change is (id, article or None).
IDS = tuple(f"id{number}" for number in range(9))
CHANGES = st.lists(st.tuples(st.sampled_from(IDS), articles() | st.none()), min_size=1, max_size=6)
BATCHES = st.lists(CHANGES, min_size=1, max_size=4)
SEVERAL = st.lists(REQUESTS, min_size=1, max_size=12)
Batches = list[list[tuple[str, Article | None]]]


@pytest.mark.parametrize("engine_name", ["whoosh"], indirect=True)
@given(batches=BATCHES, requests=SEVERAL)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_answers_are_those_of_the_reference(
    make_engine: Callable[[], Engine], batches: Batches, requests: list[SearchRequest]
) -> None:
    """Membership, total, facet counts and the order by date; several segments, replaced and removed articles."""
    _ask(make_engine(), batches, requests)


@pytest.mark.cluster
@pytest.mark.parametrize("engine_name", ["opensearch"], indirect=True)
@given(batches=BATCHES, requests=SEVERAL)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_answers_of_a_cluster_are_those_of_the_reference(
    make_engine: Callable[[], Engine], batches: Batches, requests: list[SearchRequest]
) -> None:
    """The same, for fewer: new indices take half a second; test_engines_agree.py asks the more of one archive."""
    _ask(make_engine(), batches, requests)


def _ask(engine: Engine, batches: Batches, requests: list[SearchRequest]) -> None:
    held: dict[str, Article] = {}
    for batch in batches:
        with engine.writer() as writer:
            for name, made in batch:
                if made is None:
                    held.pop(name, None)
                    writer.remove(name)
                else:
                    held[name] = _named(made, name)
                    writer.add(held[name])
    for request in requests:
        _compare(engine.search(request), request, list(held.values()))
    engine.close()


def _named(article: Article, name: str) -> Article:
    return replace(article, id=name)


def _compare(results: Results, request: SearchRequest, held: list[Article]) -> None:
    expected = search(request, held)
    assert results.total == expected.total, request
    start, end = request.order.offset, request.order.offset + request.order.limit
    ids = [hit.id for hit in results.hits]
    if request.order.sort != "relevance":
        in_order = expected.newest if request.order.sort == "newest" else expected.oldest
        assert ids == list(in_order[start:end]), request
    else:
        assert set(ids) <= expected.ids, request
        assert len(ids) == max(0, min(end, expected.total) - start)
        scores = [hit.score for hit in results.hits]
        assert scores == sorted(scores, reverse=True)
    for field, counts in expected.facets.items():
        found = results.facets[field]
        if field == "date":
            length = max((len(count.value) for count in found if count.value != "undated"), default=10)
            assert _counted(found) == in_buckets(counts, length), (field, request)
        elif field == "event":
            assert _counted(found) == counts, (field, request)
            assert [count.value for count in found] == sorted(count.value for count in found)
        else:
            kept = {value: count for value, count in _counted(found).items() if count}
            assert kept == dict(counts), (field, request)
            homes = {count.value: count.country for count in found}
            placed = field == "location"
            assert homes == {value: country_of(value, held) if placed else "" for value in homes}, (field, request)


def _counted(found: tuple[FacetCount, ...]) -> dict[str, int]:
    return {count.value: count.count for count in found}
