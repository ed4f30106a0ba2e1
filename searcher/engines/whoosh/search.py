"""One search on a pinned searcher: match, narrow, count, order, cut."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from searcher.choices import DATE_FIELD
from searcher.engines.buckets import date_buckets, value_counts
from searcher.engines.whoosh.collect import Matches, collect
from searcher.engines.whoosh.schema import MINUTES_OF_A_DAY, UNDATED
from searcher.engines.whoosh.segment import Segment
from searcher.engines.whoosh.translate import Translator
from searcher.models import FacetCount
from searcher.query import Order, SearchRequest

__all__ = ["Found", "find"]

# Scores are compared to six decimals: sums of the same terms in another order differ in the last bits.
SCORE_DECIMALS = 6


class Found:
    """The outcome of a search: `total`, `facets`, `notes`, and the page as (segment, document, score)."""

    def __init__(self, request: SearchRequest, matches: Sequence[Matches], notes: Sequence[str]) -> None:
        base = [found.only(_narrowed(request, found.part)) for found in matches]
        selected = [found.only(_picked(request.include, found.part)) for found in base]
        self.notes = tuple(notes)
        self.total = sum(len(found.docs) for found in selected)
        self.facets = {name: _facet(request, name, base, selected) for name in request.facets}
        self.page = _page(request.order, selected)


def find(searcher: Any, segments: Sequence[Segment], request: SearchRequest) -> Found:
    """Run a request on a pinned searcher and its segments."""
    if not segments:
        return Found(request, [], ())
    translator = Translator(searcher, segments)
    query = translator.query(request.node)
    return Found(request, collect(searcher, query, segments), translator.notes)


def _narrowed(request: SearchRequest, part: Segment) -> npt.NDArray[np.bool_]:
    """What dates and exclusions leave: the ground on which facets are counted."""
    mask = part.live.copy()
    if request.after or request.before:
        mask &= part.within(request.after, request.before)
    for field, values in request.exclude.items():
        mask[part.docs_with(field, values)] = False
    return mask


def _picked(include: Mapping[str, tuple[str, ...]], part: Segment, but: str = "") -> npt.NDArray[np.bool_]:
    """What the included values leave; the selection of field `but` is left aside."""
    mask = np.ones(part.size, dtype=bool)
    for field, values in include.items():
        if values and field != but:
            having = np.zeros(part.size, dtype=bool)
            having[part.docs_with(field, values)] = True
            mask &= having
    return mask


def _facet(
    request: SearchRequest, name: str, base: Sequence[Matches], selected: Sequence[Matches]
) -> tuple[FacetCount, ...]:
    if name == DATE_FIELD:
        return _dates(selected)
    picked = request.include.get(name, ())
    counts: Counter[str] = Counter()
    for found in base:
        mask = np.zeros(found.part.size, dtype=bool)
        mask[found.docs] = True
        mask &= _picked(request.include, found.part, but=name)
        column = found.part.values(name)
        counts.update(dict(zip(column.values, column.counts(mask).tolist(), strict=True)))
    return value_counts(counts, picked, request.facet_size)


def _dates(selected: Sequence[Matches]) -> tuple[FacetCount, ...]:
    moments = np.concatenate([found.part.moments[found.docs] for found in selected] or [np.empty(0, dtype=np.int64)])
    dated = moments[moments != UNDATED]
    days, counts = np.unique(dated // MINUTES_OF_A_DAY, return_counts=True)
    counted = ((date.fromordinal(int(day)), int(count)) for day, count in zip(days, counts, strict=True))
    return date_buckets(counted, undated=len(moments) - len(dated))


def _page(order: Order, selected: Sequence[Matches]) -> list[tuple[Segment, int, float]]:
    """The hits of the page: by score or date, ties by newest date, then by id."""
    end = order.offset + order.limit
    if not order.limit or not selected:
        return []
    scores = np.concatenate([found.scores for found in selected]).round(SCORE_DECIMALS)
    moments = np.concatenate([found.part.moments[found.docs] for found in selected])
    newest = -moments
    oldest = np.where(moments == UNDATED, np.iinfo(np.int64).max, moments)
    primary = {"relevance": -scores, "newest": newest, "oldest": oldest}[order.sort]
    places = np.lexsort((newest, primary))
    if end < len(places):  # ids are read for those that can be on the page, with all that tie with the last of it
        last = places[end - 1]
        places = places[: np.searchsorted(_tied(primary[places], newest[places], primary[last], newest[last]), 1)]
    owners = np.repeat(np.arange(len(selected)), [len(found.docs) for found in selected])
    docs = np.concatenate([found.docs for found in selected])
    named = [
        (primary[place], newest[place], _id_of(selected[owners[place]].part, int(docs[place])), place)
        for place in places
    ]
    chosen = [place for *_, place in sorted(named)][order.offset : end]
    return [(selected[owners[place]].part, int(docs[place]), float(scores[place])) for place in chosen]


def _tied(primary: Any, newest: Any, last_primary: Any, last_newest: Any) -> npt.NDArray[np.int64]:
    """0 for places not after the last of the page, 1 beyond it; ascending."""
    beyond: npt.NDArray[np.bool_] = (primary > last_primary) | ((primary == last_primary) & (newest > last_newest))
    return beyond.astype(np.int64)


def _id_of(part: Segment, doc: int) -> str:
    return str(part.reader.stored_fields(doc)["id"])
