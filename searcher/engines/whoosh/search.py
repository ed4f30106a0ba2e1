"""One search on a snapshot: match, narrow, count, order, cut."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from searcher.choices import COPY_PER_SOURCE, DATE_FIELD, EVENT_FIELD, EVERY_COPY, PLACE_FIELD
from searcher.engines.whoosh.columns import Carrying, Dated
from searcher.engines.whoosh.compile import Compiler
from searcher.engines.whoosh.facets import count_dates, count_events, count_values, in_countries
from searcher.engines.whoosh.queries import Query
from searcher.engines.whoosh.ranking import SCORE_DECIMALS, Ranked, best_of, sorted_by
from searcher.engines.whoosh.scoring import Floats, Scores
from searcher.engines.whoosh.sets import contained
from searcher.engines.whoosh.snapshot import Docs, Part, Snapshot
from searcher.engines.whoosh.stories import kept_copies, repeats_of
from searcher.models import FacetCount
from searcher.query import Order, SearchRequest

__all__ = ["Ranking", "in_order", "rank"]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The outcome of a search before any article is read: the page as (segment, document, score)."""

    total: int
    stories: int
    page: list[Ranked]
    facets: Mapping[str, tuple[FacetCount, ...]]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Matches:
    """What matches in each part: `base` is the ground on which facets are counted, `selected` what is found."""

    query: Query
    picks: Mapping[str, Query]
    parts: list[Part]
    base: list[Docs]
    selected: list[Docs]
    notes: tuple[str, ...]


def rank(snapshot: Snapshot, request: SearchRequest) -> Ranking:
    """Run a request on a snapshot."""
    found = _matches(snapshot, request)
    parts, selected = found.parts, found.selected
    facets = {
        name: _facet(snapshot, request, name, found.picks, parts, found.base, selected) for name in request.facets
    }
    total = sum(map(len, selected))
    page = _page(snapshot, found.query, request, parts, selected)
    stories = total - repeats_of(snapshot, parts, selected)
    return Ranking(total, stories, page, facets, found.notes)


def in_order(snapshot: Snapshot, request: SearchRequest) -> Iterator[tuple[Part, int]]:
    """Every document that a request finds, in the order of its pages and however many there are: segment, document.

    What matches is found out at the call; `limit` and `offset` do not count.
    """
    found = _matches(snapshot, request)
    sort = _decides(found.query, request.order).sort
    scores = [
        _scores(snapshot, found.query, part, docs) if sort == "relevance" else np.zeros(0)
        for part, docs in zip(found.parts, found.selected, strict=True)
    ]
    return sorted_by(sort, found.parts, found.selected, scores)


def _matches(snapshot: Snapshot, request: SearchRequest) -> _Matches:
    deadline = request.deadline
    compiler = Compiler(snapshot, deadline)
    query = compiler.query(request.node)
    narrowing = _narrowing(request)
    picks = {name: Carrying(name, values) for name, values in request.include.items() if values}
    parts = [Part(snapshot, number, deadline) for number in range(len(snapshot.segments))]
    base = [_narrowed(query, narrowing, part) for part in parts]
    selected = _picked(snapshot, request, picks, parts, base)
    return _Matches(query, picks, parts, base, selected, tuple(compiler.notes))


def _narrowing(request: SearchRequest) -> list[tuple[Query, bool]]:
    """What dates and exclusions leave: queries, and whether a document must match."""
    narrowing: list[tuple[Query, bool]] = [(Carrying(name, values), False) for name, values in request.exclude.items()]
    if request.after or request.before:
        narrowing.append((Dated(request.after, request.before), True))
    return narrowing


def _narrowed(query: Query, narrowing: list[tuple[Query, bool]], part: Part) -> Docs:
    """The ground on which facets are counted."""
    docs = query.docs(part)
    if part.reader.live is not None:
        docs = docs[part.reader.live.take(docs)]
    for narrow, wanted in narrowing:
        docs = docs[narrow.within(part, docs) == wanted]
    return docs


def _picked(
    snapshot: Snapshot,
    request: SearchRequest,
    picks: Mapping[str, Query],
    parts: list[Part],
    base: list[Docs],
    but: str = "",
) -> list[Docs]:
    """What the included values leave, and of copies those wanted; the selection of `but` is left aside."""
    left = []
    for part, found in zip(parts, base, strict=True):
        docs = found
        for name, query in picks.items():
            if name != but:
                docs = docs[query.within(part, docs)]
        left.append(docs)
    if request.copies == EVERY_COPY:
        return left
    by_source = request.copies == COPY_PER_SOURCE
    if not request.deadline.passed:
        return kept_copies(snapshot, parts, left, by_source=by_source)
    # Of what was not found in time some may be the first of its story: kept is what is first among all articles.
    first = kept_copies(snapshot, parts, [part.reader.live_docs() for part in parts], by_source=by_source)
    return [docs[contained(docs, kept, part.size)] for part, docs, kept in zip(parts, left, first, strict=True)]


def _facet(
    snapshot: Snapshot,
    request: SearchRequest,
    name: str,
    picks: Mapping[str, Query],
    parts: list[Part],
    base: list[Docs],
    selected: list[Docs],
) -> tuple[FacetCount, ...]:
    if name == DATE_FIELD:
        return count_dates(snapshot, parts, selected)
    if name == EVENT_FIELD:
        return count_events(snapshot, parts, selected)
    docs = selected
    if name in picks:
        docs = _picked(snapshot, request, picks, parts, base, but=name)
    counts = count_values(snapshot, name, parts, docs, request.include.get(name, ()), request.facet_size)
    return in_countries(snapshot, counts) if name == PLACE_FIELD else counts


def _page(
    snapshot: Snapshot, query: Query, request: SearchRequest, parts: list[Part], selected: list[Docs]
) -> list[Ranked]:
    """Where dates decide, only the articles of the page are scored."""
    if not request.order.limit:
        return []
    order = _decides(query, request.order)
    if order.sort == "relevance":
        scores = [_scores(snapshot, query, part, docs) for part, docs in zip(parts, selected, strict=True)]
        return best_of(order, parts, selected, scores)
    page = best_of(order, parts, selected, [np.zeros(0) for _ in parts])
    return [
        (part, doc, round(float(_scores(snapshot, query, part, np.array([doc]))[0]), SCORE_DECIMALS))
        for part, doc, _ in page
    ]


def _decides(query: Query, order: Order) -> Order:
    """What decides the order: where nothing is scored all ties, and what ties comes by date."""
    return replace(order, sort="newest") if order.sort == "relevance" and not query.scored else order


def _scores(snapshot: Snapshot, query: Query, part: Part, docs: Docs) -> Floats:
    """Scores of documents that match."""
    scores = Scores(snapshot, part, docs)
    query.add_scores(scores, matching=True)
    return scores.result()
