"""The terms of a field in order: found by bisection, a beginning is a range."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set
from itertools import pairwise

import numpy as np

from searcher.engines.whoosh.codec.container import Array, Container, ContainerWriter, smallest

__all__ = ["TermTable", "put_terms"]

# To find one term by bisection takes about as long as to look at this many in turn, SCAN_TERMS read at a time.
SCAN_RATIO = 40
SCAN_TERMS = 10_000


class TermTable:
    """Terms as UTF-8 bytes, ascending; a term's ordinal is its place among them.

    `text` holds them one after the other, term i is text[bounds[i]:bounds[i + 1]].
    """

    def __init__(self, text: Array, bounds: Array) -> None:
        self.text = text
        self.bounds = bounds
        # Single values come out of a memoryview as Python's own, in three quarters of the time.
        self._bytes: memoryview = text.data
        self._ends: memoryview = bounds.data
        self._size = max(0, len(bounds) - 1)

    @classmethod
    def of(cls, container: Container, name: str) -> "TermTable":
        """The table that `put_terms` wrote under that name."""
        return cls(container.get(f"{name}.text"), container.get(f"{name}.bounds"))

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, ordinal: int) -> bytes:
        if not 0 <= ordinal < self._size:
            raise IndexError(ordinal)
        return self._at(ordinal)

    def __iter__(self) -> Iterator[bytes]:
        return self.slice(0, self._size)

    def slice(self, first: int, end: int) -> Iterator[bytes]:
        """The terms with ordinals from `first` to before `end`."""
        if first >= end:
            return
        bounds = self.bounds[first : end + 1].tolist()
        text = bytes(self._bytes[bounds[0] : bounds[-1]])
        base = bounds[0]
        for start, stop in pairwise(bounds):
            yield text[start - base : stop - base]

    def place(self, term: bytes) -> int:
        """The ordinal of the first term that is not before `term`."""
        return bisect_left(range(self._size), term, key=self._at)

    def find(self, term: bytes) -> int:
        """The ordinal of a term; -1 where it is none of them."""
        place = self.place(term)
        return place if place < self._size and self._at(place) == term else -1

    def find_all(self, terms: Set[bytes]) -> list[int]:
        """The ordinals of those of the terms that are here, ascending."""
        if len(terms) * SCAN_RATIO < self._size:
            return sorted(found for term in terms if (found := self.find(term)) >= 0)
        return [
            first + number
            for first in range(0, self._size, SCAN_TERMS)
            for number, term in enumerate(self.slice(first, min(first + SCAN_TERMS, self._size)))
            if term in terms
        ]

    def beginning(self, start: bytes) -> tuple[int, int]:
        """The range of ordinals of the terms that begin with `start`."""
        first = self.place(start)
        beyond = _successor(start)
        return first, bisect_left(range(self._size), beyond, first, key=self._at) if beyond else self._size

    def _at(self, ordinal: int) -> bytes:
        return bytes(self._bytes[self._ends[ordinal] : self._ends[ordinal + 1]])


def _successor(start: bytes) -> bytes:
    """The first byte string after all that begin with `start`; empty where there is none."""
    kept = start.rstrip(b"\xff")
    return kept[:-1] + bytes([kept[-1] + 1]) if kept else b""


def put_terms(writer: ContainerWriter, name: str, terms: Iterable[bytes]) -> None:
    """Write a table of terms, which are in order."""
    held = list(terms)
    bounds = np.zeros(len(held) + 1, dtype=np.int64)
    np.cumsum([len(term) for term in held], out=bounds[1:])
    writer.put(f"{name}.text", np.frombuffer(b"".join(held), dtype=np.uint8))
    writer.put(f"{name}.bounds", smallest(bounds))
