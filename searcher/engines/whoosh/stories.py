"""Stories counted once, or shown once: of the documents that tell one all but one repeat what another tells."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.lists import Docs
from searcher.engines.whoosh.repeats import Numbers
from searcher.engines.whoosh.schema import UNDATED
from searcher.engines.whoosh.snapshot import Part, Snapshot

__all__ = ["kept_copies", "repeated_values", "repeats_of"]

LAST = np.iinfo(np.int64).max


def repeats_of(snapshot: Snapshot, parts: Sequence[Part], docs: Sequence[Docs]) -> int:
    """How many of the documents repeat a story that another of them tells."""
    repeats = snapshot.repeats
    if not repeats.stories:
        return 0
    seen = np.zeros(repeats.stories, dtype=bool)
    tellers = 0
    for part, found in zip(parts, docs, strict=True):
        numbers = repeats.among(part.number, found)[1]
        seen[numbers] = True
        tellers += len(numbers)
    return tellers - int(seen.sum())


def repeated_values(
    snapshot: Snapshot, parts: Sequence[Part], docs: Sequence[Docs], values: Callable[[Part, Docs], tuple[Docs, Docs]]
) -> Numbers:
    """The values of documents that repeat a story which another document with that value tells, once for each repeat.

    `values` gives the values of documents, one document after the other, and how many each of them has.
    """
    repeats = snapshot.repeats
    if not repeats.stories:
        return np.empty(0, dtype=np.int64)
    pairs = [np.empty(0, dtype=np.int64)]
    for part, found in zip(parts, docs, strict=True):
        tellers, numbers = repeats.among(part.number, found)
        if len(tellers):
            carried, counts = values(part, tellers)
            pairs.append(carried * repeats.stories + np.repeat(numbers, counts))
    every = np.concatenate(pairs)
    every.sort()
    again: Numbers = every[1:][every[1:] == every[:-1]] // repeats.stories
    return again


def kept_copies(snapshot: Snapshot, parts: Sequence[Part], docs: Sequence[Docs], *, by_source: bool) -> list[Docs]:
    """The documents without those of which an earlier one tells the same story: in the same source, where `by_source`.

    Undated ones are the last; ids decide between those of one moment.
    """
    shared = [snapshot.repeats.among(part.number, found) for part, found in zip(parts, docs, strict=True)]
    if sum(len(tellers) for tellers, _ in shared) == 0:
        return list(docs)
    groups = np.concatenate([numbers for _, numbers in shared])
    if by_source:
        groups = groups * (1 + len(snapshot.values("source")[0])) + np.concatenate(_sources(snapshot, parts, shared))
    moments = np.concatenate([part.moments.take(found) for part, (found, _) in zip(parts, shared, strict=True)])
    later = _later(parts, shared, groups, np.where(moments == UNDATED, LAST, moments))
    ends = np.cumsum([len(found) for found, _ in shared])[:-1]
    dropped = [found[gone] for (found, _), gone in zip(shared, np.split(later, ends), strict=True)]
    return [
        found[np.isin(found, gone, assume_unique=True, invert=True)] if len(gone) else found
        for found, gone in zip(docs, dropped, strict=True)
    ]


def _later(
    parts: Sequence[Part], shared: Sequence[tuple[Docs, Numbers]], groups: Numbers, moments: Numbers
) -> npt.NDArray[np.bool_]:
    """For each document whether another of its group is earlier."""
    order = np.lexsort((moments, groups))
    first = np.diff(groups[order], prepend=-1) != 0
    later = np.ones(len(groups), dtype=bool)
    later[order[first]] = False
    new = first | (np.diff(moments[order], prepend=-1) != 0)
    begins = np.flatnonzero(new)
    ends = np.append(begins[1:], len(order))
    tied = first[begins] & (ends - begins > 1)
    starts = np.cumsum([0, *(len(found) for found, _ in shared)])

    def name(place: int) -> bytes:
        number = int(np.searchsorted(starts, place, side="right")) - 1
        return parts[number].reader.id_of(int(shared[number][0][place - starts[number]]))

    for begin, end in zip(begins[tied].tolist(), ends[tied].tolist(), strict=True):
        together = order[begin:end].tolist()
        later[together] = True
        later[min(together, key=name)] = False
    return later


def _sources(snapshot: Snapshot, parts: Sequence[Part], shared: Sequence[tuple[Docs, Numbers]]) -> list[Numbers]:
    """For each document the place of its source among all, from 1 on; 0 without one."""
    found = []
    for part, at, (docs, _) in zip(parts, snapshot.values("source")[1], shared, strict=True):
        column = part.reader.columns.values("source")
        sources = np.zeros(len(docs), dtype=np.int64)
        if column is not None and len(docs):
            sources[column.counts.take(docs) > 0] = 1 + at[column.of(docs)]
        found.append(sources)
    return found
