"""Facet counts over all matches of a search."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt

from searcher.choices import EVENT_FIELD
from searcher.engines.buckets import UNDATED as NO_DATE
from searcher.engines.buckets import date_buckets, event_buckets, event_granularity, granularity, value_counts
from searcher.engines.whoosh.codec.container import Array
from searcher.engines.whoosh.schema import MINUTES_OF_A_DAY, UNDATED
from searcher.engines.whoosh.sets import mask_of
from searcher.engines.whoosh.snapshot import Docs, Part, Snapshot
from searcher.engines.whoosh.stories import repeated_values
from searcher.models import FacetCount
from searcher.query import fold_value

__all__ = ["count_dates", "count_events", "count_values", "in_countries"]

# Of the documents fewer than one in FEW match: their values are looked up one by one. In 100,000 documents with three
# values each that takes 15 to 23 ns a document, looking at the owners of all values 220 to 720 us.
FEW = 3

# What numpy calls days, months and years, by how much of an ISO date names them.
UNITS: dict[int, Literal["D", "M", "Y"]] = {10: "D", 7: "M", 4: "Y"}
WHOLE_YEARS = 4
EPOCH = date(1970, 1, 1).toordinal()
NO_BUCKET = -(10**6)  # years before any date

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
    repeated = _repeated(snapshot, field, parts, docs, places)
    repeats = {names[place].decode(): repeated[place] for place in chosen} if repeated else {}
    return value_counts({names[place].decode(): int(counts[place]) for place in chosen}, picked, size, repeats)


def in_countries(snapshot: Snapshot, counts: Sequence[FacetCount]) -> tuple[FacetCount, ...]:
    """Counts of places, each with the country that it lies in."""
    homes = (snapshot.country_of(count.value) for count in counts)
    return tuple(
        replace(count, country=country) if country else count for count, country in zip(counts, homes, strict=True)
    )


def count_dates(snapshot: Snapshot, parts: Sequence[Part], docs: Sequence[Docs]) -> tuple[FacetCount, ...]:
    """How many of the documents are of each year, month or day, as fits."""
    moments = np.concatenate(
        [part.moments.take(found) for part, found in zip(parts, docs, strict=True)] or [np.empty(0)]
    )
    dated = moments[moments != UNDATED].astype(np.int64)
    if not len(dated):
        return date_buckets((), undated=len(moments), repeats=_buckets_repeated(snapshot, parts, docs, WHOLE_YEARS))
    days = dated // MINUTES_OF_A_DAY
    first = int(days.min())
    length = granularity(date.fromordinal(first), date.fromordinal(int(days.max())))
    counts = np.bincount(days - first)
    held = np.flatnonzero(counts)
    counted = ((date.fromordinal(first + day), int(counts[day])) for day in held.tolist())
    repeats = _buckets_repeated(snapshot, parts, docs, length)
    return date_buckets(counted, undated=len(moments) - len(dated), repeats=repeats)


def _repeated(
    snapshot: Snapshot, field: str, parts: Sequence[Part], docs: Sequence[Docs], places: Sequence[Array]
) -> Counter[int]:
    """For places of values how many articles repeat what another with the value tells."""

    def values(part: Part, tellers: Docs) -> tuple[Docs, Docs]:
        column = part.reader.columns.values(field)
        if column is None:
            return tellers[:0], np.zeros(len(tellers), dtype=np.int64)
        return places[part.number].take(column.of(tellers)), column.counts.take(tellers).astype(np.int64)

    return Counter(repeated_values(snapshot, parts, docs, values).tolist())


def _buckets_repeated(snapshot: Snapshot, parts: Sequence[Part], docs: Sequence[Docs], length: int) -> dict[str, int]:
    """The same for buckets of dates, by name."""
    unit = UNITS[length]

    def values(part: Part, tellers: Docs) -> tuple[Docs, Docs]:
        moments = part.moments.take(tellers).astype(np.int64)
        days = (moments // MINUTES_OF_A_DAY - EPOCH).astype("datetime64[D]")
        buckets = np.where(moments == UNDATED, NO_BUCKET, days.astype(f"datetime64[{unit}]").astype(np.int64))
        return buckets, np.ones(len(tellers), dtype=np.int64)

    again = Counter(repeated_values(snapshot, parts, docs, values).tolist())
    return {
        NO_DATE if bucket == NO_BUCKET else str(np.datetime64(bucket, unit)): count for bucket, count in again.items()
    }


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
    bucket = np.full(len(table), NO_BUCKET)
    bucket[list(fine)] = [numbers[name] for name in fine.values()]
    counts: Counter[int] = Counter()
    for part, found in zip(parts, docs, strict=True):
        counts.update(_bucketed(part, found, places[part.number], bucket)[0].tolist())

    def values(part: Part, tellers: Docs) -> tuple[Docs, Docs]:
        return _bucketed(part, tellers, places[part.number], bucket)

    again = Counter(repeated_values(snapshot, parts, docs, values).tolist())
    return event_buckets(
        {name: counts[number] for name, number in numbers.items()},
        counts[NO_BUCKET],
        {NO_DATE: again[NO_BUCKET], **{name: again[number] for name, number in numbers.items()}},
    )


def _bucketed(part: Part, docs: Docs, places: Array, bucket: Counts) -> tuple[Docs, Docs]:
    """The buckets that each document tells of, each once, NO_BUCKET where it tells of none; and how many they are."""
    owners, carried = _told(part, docs, places)
    inside = bucket[carried]
    owners, inside = owners[inside != NO_BUCKET], inside[inside != NO_BUCKET]
    # The days of a document stand in order: those of one bucket are neighbours.
    first = (np.diff(owners, prepend=-1) != 0) | (np.diff(inside, prepend=-1) != 0)
    owners, inside = owners[first], inside[first]
    counts = np.bincount(owners, minlength=len(docs))
    without = np.flatnonzero(counts == 0)
    order = np.argsort(np.concatenate([owners, without]), kind="stable")
    return np.concatenate([inside, np.full(len(without), NO_BUCKET)])[order], np.maximum(counts, 1)


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
