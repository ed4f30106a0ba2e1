"""Scores of a set of documents, gathered list by list."""

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.container import Array
from searcher.engines.whoosh.sets import is_dense, positions_in
from searcher.engines.whoosh.snapshot import K1, TABLE_WEIGHTS, Docs, Part, PostingList, Snapshot

__all__ = ["Floats", "Scores"]

Floats = npt.NDArray[np.float64]


class Scores:
    """Sums for some documents of a segment.

    What is added to just these documents is added as it is. Else, where they are many, there is a sum for every
    document of the segment, and what others get is not read; where they are few, they are looked up.
    """

    def __init__(self, snapshot: Snapshot, part: Part, docs: Docs) -> None:
        self.snapshot = snapshot
        self.part = part
        self.docs = docs
        self._sums = np.zeros(len(docs))
        self._spread: Floats | None = None

    def result(self) -> Floats:
        """The sum of each document; shape (len(docs),)."""
        return self._sums if self._spread is None else self._sums + self._spread.take(self.docs)

    def add(self, docs: Docs, values: Floats | float) -> None:
        """Add to some documents, each of them once; those that are not gathered are passed over."""
        if docs is self.docs:
            self._sums += values
        elif is_dense(len(self.docs), self.part.size):
            self._spreading()[docs] += values
        else:
            places, found = positions_in(self.docs, docs)
            self._sums[places[found]] += values if isinstance(values, float) else values[found]

    def add_list(self, found: PostingList, factor: float) -> None:
        """Add the BM25 score of a term, times `factor`, to the documents that have it."""
        if found.docs is self.docs:
            self._sums += self._bm25(found.field, found.docs, found.weights, factor)
        elif is_dense(len(self.docs), self.part.size):
            self._spreading()[found.docs] += self._bm25(found.field, found.docs, found.weights, factor)
        elif found.size > len(self.docs):
            places, inside = positions_in(found.docs, self.docs)
            chosen = places[inside]
            self._sums[inside] += self._bm25(found.field, self.docs[inside], found.weights[chosen], factor)
        else:
            places, inside = positions_in(self.docs, found.docs)
            docs = found.docs[inside]
            self._sums[places[inside]] += self._bm25(found.field, docs, found.weights[inside], factor)

    def _spreading(self) -> Floats:
        """A sum for every document of the segment."""
        if self._spread is None:
            self._spread = np.zeros(self.part.size)
        return self._spread

    def _bm25(self, field: str, docs: Docs, weights: Array, factor: float) -> Floats:
        codes = self.part.reader.columns.lengths_of(field).take(docs)
        if weights.dtype == np.uint8 and (not len(weights) or int(weights.max()) < TABLE_WEIGHTS):
            places = weights.astype(np.uint16)
            places <<= 8
            places |= codes
            return (self.snapshot.table(field) * factor).take(places)
        often = weights.astype(np.float64)
        return often * ((K1 + 1) * factor) / (often + self.snapshot.length_norms(field).take(codes))
