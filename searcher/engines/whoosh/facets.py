"""Facet counts over all matches of a search."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt

from searcher.engines.buckets import date_buckets, value_counts
from searcher.engines.whoosh.schema import MINUTES_OF_A_DAY, UNDATED
from searcher.engines.whoosh.sets import mask_of
from searcher.engines.whoosh.snapshot import Docs, Part, Snapshot
from searcher.models import FacetCount
from searcher.query import fold_value

__all__ = ["count_dates", "count_values", "in_countries"]

# Of the documents fewer than one in FEW match: their values are looked up one by one. In 100,000 documents with three
# values each that takes 15 to 23 ns a document, looking at the owners of all values 220 to 720 us.
FEW = 3

Counts = npt.NDArray[np.int64]


def count_values(
    snapshot: Snapshot,
    field: str,
    parts: Sequence[Part],
    docs: Sequence[Docs],
    picked: Sequence[str],
    size: int,
) -> tuple[FacetCount, ...]:
    """How many of the documents carry each value of a field: the largest, and those picked that any article carries."""
    names, places = snapshot.values(field)
    counts = np.zeros(len(names), dtype=np.int64)
    for part, found, at in zip(parts, docs, places, strict=True):
        own = _counts(part, field, found)
        if len(own):
            counts[at] += own
    chosen = set(_largest(counts, size).tolist())
    for part, at in zip(parts, places, strict=True):
        chosen.update(int(at[ordinal]) for ordinal in _spelled(part, field, picked))
    return value_counts({names[place].decode(): int(counts[place]) for place in chosen}, picked, size)


def in_countries(snapshot: Snapshot, counts: Sequence[FacetCount]) -> tuple[FacetCount, ...]:
    """Counts of places, each with the country that it lies in."""
    homes = (snapshot.country_of(count.value) for count in counts)
    return tuple(
        replace(count, country=country) if country else count for count, country in zip(counts, homes, strict=True)
    )


def count_dates(parts: Sequence[Part], docs: Sequence[Docs]) -> tuple[FacetCount, ...]:
    """How many of the documents are of each year, month or day, as fits."""
    moments = np.concatenate(
        [part.moments.take(found) for part, found in zip(parts, docs, strict=True)] or [np.empty(0)]
    )
    dated = moments[moments != UNDATED].astype(np.int64)
    if not len(dated):
        return date_buckets((), undated=len(moments))
    days = dated // MINUTES_OF_A_DAY
    first = int(days.min())
    counts = np.bincount(days - first)
    held = np.flatnonzero(counts)
    counted = ((date.fromordinal(first + day), int(counts[day])) for day in held.tolist())
    return date_buckets(counted, undated=len(moments) - len(dated))


def _counts(part: Part, field: str, docs: Docs) -> Counts:
    """For each value of the segment how many of the documents carry it."""
    column, postings = part.reader.columns.values(field), part.reader.field(field)
    if column is None or postings is None or not len(docs):
        return np.empty(0, dtype=np.int64)
    if len(docs) == part.size:
        return postings.counts.astype(np.int64)
    few = len(docs) * FEW < part.size
    carried = column.of(docs) if few else column.where(mask_of(docs, part.size))
    return np.bincount(carried, minlength=len(postings.terms))


def _largest(counts: Counts, size: int) -> Counts:
    """The places of values that can be shown: no more than the largest, with those that tie."""
    held = np.flatnonzero(counts)
    if len(held) <= size:
        return held
    least = np.partition(counts[held], len(held) - size)[len(held) - size]
    return np.flatnonzero(counts >= max(1, least))


def _spelled(part: Part, field: str, picked: Sequence[str]) -> set[int]:
    """The ordinals of the spellings of picked values that a live document of the segment carries."""
    postings = part.reader.field(field)
    if postings is None or not picked:
        return set()
    found = {ordinal for value in picked for ordinal in part.reader.columns.spelled(field, fold_value(value))}
    live = part.reader.live
    return found if live is None else {ordinal for ordinal in found if live[postings.docs(ordinal)].any()}
