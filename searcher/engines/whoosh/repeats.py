"""The documents of a snapshot that tell the same story as others; most articles are the only one of theirs."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.segment import SegmentReader
from searcher.engines.whoosh.lists import Docs
from searcher.engines.whoosh.schema import TOLD

__all__ = ["Numbers", "Repeats"]

Numbers = npt.NDArray[np.int64]


class Repeats:
    """Of a snapshot the documents that share a story, and a number for each such story, from 0 to `stories` - 1."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        told = [segment.columns.numbers(TOLD) for segment in segments]
        held = [
            column[segment.live_docs()] for segment, column in zip(segments, told, strict=True) if column is not None
        ]
        every = np.concatenate([*held, np.empty(0, dtype=np.int64)])
        every.sort()
        several = np.unique(every[1:][every[1:] == every[:-1]])
        self.stories = len(several)
        self._numbers = [
            np.empty(0, dtype=np.int32) if column is None or not len(several) else _places(several, column)
            for column in told
        ]

    def among(self, segment: int, docs: Docs) -> tuple[Docs, Numbers]:
        """Those documents of a segment that share their story, and the numbers of their stories."""
        numbers = self._numbers[segment]
        if not len(numbers):
            return docs[:0], docs[:0]
        found = numbers.take(docs)
        shared = found >= 0
        return docs[shared], found[shared].astype(np.int64)


def _places(several: Numbers, told: Numbers) -> npt.NDArray[np.int32]:
    """For each number its place among `several`, -1 where it is none of them."""
    places = np.minimum(np.searchsorted(several, told), len(several) - 1)
    return np.where(several[places] == told, places, -1).astype(np.int32)
