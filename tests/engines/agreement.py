"""What the engine found and what it should have, as values to be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from engines.whoosh_held import NO_DATE, UNDATED
from engines.whoosh_reference import Answer
from reference import in_buckets

from searcher.choices import DATE_FIELD, EVENT_FIELD, MAX_LIMIT
from searcher.engines.whoosh import WhooshEngine
from searcher.engines.whoosh.search import Ranking
from searcher.query import Order, SearchRequest, fold_value
from searcher.query.patterns import MAX_EXPANSIONS

__all__ = ["Outcome", "outcomes"]

# Sums of the same terms in another order; the engine rounds at the sixth decimal.
TOLERANCE = 1e-4


class Outcome(NamedTuple):
    """The answer to a request: `order` holds every match, `page` those asked for."""

    total: int
    scores: Mapping[str, float]
    order: Sequence[str]
    page: Sequence[tuple[str, float]]
    facets: Mapping[str, Sequence[tuple[str, int, bool]]]
    notes: frozenset[str]


def outcomes(
    engine: WhooshEngine, request: SearchRequest, answer: Answer, expansions: int = MAX_EXPANSIONS
) -> tuple[Outcome, Outcome]:
    """What the engine finds, and what it must find by the answer of the reference.

    A score that differs by no more than TOLERANCE is taken as it was found, and so is the order it brings.
    """
    ranking = engine.rank(request)
    every = engine.rank(replace(request, order=Order(sort=request.order.sort, limit=MAX_LIMIT), facets=()))
    hits = _hits(every)
    found = Outcome(
        ranking.total,
        dict(hits),
        [name for name, _ in hits],
        _hits(ranking),
        {
            name: [(count.value, count.count, count.selected) for count in ranking.facets[name]]
            for name in request.facets
        },
        frozenset(ranking.notes),
    )
    scores = {name: _nearest(score, found.scores.get(name, score)) for name, score in answer.scores.items()}
    order = sorted(scores, key=lambda name: _place(request.order.sort, scores[name], answer.moments[name], name))
    asked = order[request.order.offset : request.order.offset + request.order.limit]
    expected = Outcome(
        len(scores),
        scores,
        order,
        [(name, scores[name]) for name in asked],
        {name: _facet(request, name, ranking, answer) for name in request.facets},
        frozenset(
            f"{text}: stands for {count} words, the {expansions} in most articles are searched"
            for text, count in answer.cut
        ),
    )
    return found, expected


def _hits(ranking: Ranking) -> list[tuple[str, float]]:
    return [(part.reader.id_of(doc).decode(), score) for part, doc, score in ranking.page]


def _nearest(expected: float, found: float) -> float:
    return found if abs(found - expected) <= TOLERANCE else expected


def _place(sort: str, score: float, moment: int, name: str) -> tuple[float, int, str]:
    """By score or date, undated ones last; ties by newest date, then by id."""
    oldest = float("inf") if moment == NO_DATE else moment
    first = {"relevance": -score, "newest": -moment, "oldest": oldest}[sort]
    return first, -moment, name


def _facet(request: SearchRequest, name: str, ranking: Ranking, answer: Answer) -> list[tuple[str, int, bool]]:
    """The largest counts, then picked values that are not among them; dates in order of time."""
    counts = answer.facets[name]
    if name == DATE_FIELD:
        length = max((len(count.value) for count in ranking.facets[name] if count.value != UNDATED), default=10)
        return [(value, count, False) for value, count in sorted(in_buckets(counts, length).items())]
    if name == EVENT_FIELD:
        return [(value, count, False) for value, count in sorted(counts.items())]
    picked = set(map(fold_value, request.include.get(name, ())))
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    marked = [(value, count, fold_value(value) in picked) for value, count in ordered]
    shown = [entry for entry in marked if entry[1]][: request.facet_size]
    return shown + [entry for entry in marked if entry[2] and entry not in shown]
