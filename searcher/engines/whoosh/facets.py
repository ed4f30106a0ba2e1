"""Facet counts over all matches of a search."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt

from searcher.choices import EVENT_FIELD
from searcher.engines.buckets import date_buckets, event_buckets, event_granularity, value_counts
from searcher.engines.whoosh.codec.container import Array
from searcher.engines.whoosh.schema import MINUTES_OF_A_DAY, UNDATED
from searcher.engines.whoosh.sets import mask_of
from searcher.engines.whoosh.snapshot import Docs, Part, Snapshot
from searcher.models import FacetCount
from searcher.query import fold_value

__all__ = ["count_dates", "count_events", "count_values", "in_countries"]

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


def count_events(snapshot: Snapshot, parts: Sequence[Part], docs: Sequence[Docs]) -> tuple[FacetCount, ...]:
    """How many of the documents tell of each year, month or day, as fits; each counts once in a bucket."""
    table, places = snapshot.values(EVENT_FIELD)
    told = [_told(part, found, at) for part, found, at in zip(parts, docs, places, strict=True)]
    used = np.zeros(len(table), dtype=bool)
    for _, carried in told:
        used[carried] = True
    names = {int(place): table[int(place)].decode() for place in np.flatnonzero(used)}
    length = event_granularity(names.values())
    fine = {place: name[:length] for place, name in names.items() if len(name) >= length}
    numbers = {name: number for number, name in enumerate(dict.fromkeys(fine.values()))}
    bucket = np.full(len(table), -1)
    bucket[list(fine)] = [numbers[name] for name in fine.values()]
    counts = np.zeros(len(numbers), dtype=np.int64)
    held = 0
    for owners, carried in told:
        inside = bucket[carried]
        owners, inside = owners[inside >= 0], inside[inside >= 0]
        # The days of a document stand in order: those of one bucket are neighbours.
        other = np.diff(owners, prepend=-1) != 0
        counts += np.bincount(inside[other | (np.diff(inside, prepend=-1) != 0)], minlength=len(numbers))
        held += int(other.sum())
    return event_buckets(dict(zip(numbers, counts.tolist(), strict=True)), sum(map(len, docs)) - held)


def _told(part: Part, docs: Docs, places: Array) -> tuple[Counts, Counts]:
    """For every day that the documents tell of the place of the document among them and that of the day in all."""
    column = part.reader.columns.values(EVENT_FIELD)
    if column is None or not len(docs):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    owners = np.repeat(np.arange(len(docs)), column.counts.take(docs))
    return owners, places[column.of(docs)]


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
