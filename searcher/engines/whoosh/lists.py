"""The postings of a word in one segment, decoded as far as a search asks for them."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.container import Array
from searcher.engines.whoosh.codec.postings import FieldPostings

__all__ = ["Asked", "Docs", "JoinedList", "PostingList"]

Docs = npt.NDArray[np.int64]
"""Document numbers within a segment, ascending."""
Asked = tuple[bytes, ...]
"""A word as it is looked for: its term, or the terms that it is in several languages, which share no document."""


class PostingList:
    """One term in one segment, decoded when asked for and kept for the length of a search."""

    __slots__ = ("_docs", "_field", "_ordinal", "_weights", "field", "size")

    def __init__(self, postings: FieldPostings, field: str, ordinal: int) -> None:
        self._field = postings
        self._ordinal = ordinal
        self._docs: Docs | None = None
        self._weights: Array | None = None
        self.field = field
        self.size = int(postings.counts[ordinal])

    @property
    def docs(self) -> Docs:
        """The documents that have the term, deleted ones among them."""
        if self._docs is None:
            self._docs = self._read_docs()
        return self._docs

    @docs.setter
    def docs(self, docs: Docs) -> None:
        self._docs = docs

    @property
    def weights(self) -> Array:
        """How often each of them has it."""
        if self._weights is None:
            self._weights = self._read_weights()
        return self._weights

    def mark(self, mask: npt.NDArray[np.bool_]) -> None:
        """Set the mask for every document that has the term; shape (documents,)."""
        if self._docs is None and self._field.in_bits(self._ordinal):
            mask |= self._field.having(self._ordinal)
        else:
            mask[self.docs] = True

    def places(self, postings: Docs, heads: Docs) -> npt.NDArray[np.int32]:
        """Where the term stands in some documents, given as indices into `docs`; their heads are added."""
        return self._field.places(self._ordinal, self.weights, postings, heads)

    def _read_docs(self) -> Docs:
        return self._field.docs(self._ordinal)

    def _read_weights(self) -> Array:
        return self._field.weights(self._ordinal)


class JoinedList(PostingList):
    """Terms that share no document, such as the stems of a word in several languages, as if they were one."""

    __slots__ = ("_lists", "_order")

    def __init__(self, lists: Sequence[PostingList]) -> None:
        self._lists = lists
        self._docs = None
        self._weights = None
        self._order: Docs | None = None
        self.field = lists[0].field
        self.size = sum(found.size for found in lists)

    def mark(self, mask: npt.NDArray[np.bool_]) -> None:
        """Those of each of the terms."""
        for found in self._lists:
            found.mark(mask)

    def places(self, postings: Docs, heads: Docs) -> npt.NDArray[np.int32]:
        """Where whichever of the terms a document has stands in it."""
        own = self._in_order().take(postings)  # the place of each posting in all lists, one after the other
        found: list[npt.NDArray[np.int32]] = []
        first = 0
        for held in self._lists:
            inside = np.flatnonzero((own >= first) & (own < first + held.size))
            if len(inside):
                found.append(held.places(own.take(inside) - first, heads.take(inside)))
            first += held.size
        return np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.int32)

    def _in_order(self) -> Docs:
        """The order that puts the documents of all lists together."""
        if self._order is None:
            self._order = np.argsort(np.concatenate([found.docs for found in self._lists]), kind="stable")
        return self._order

    def _read_docs(self) -> Docs:
        return np.concatenate([found.docs for found in self._lists]).take(self._in_order())

    def _read_weights(self) -> Array:
        return np.concatenate([found.weights for found in self._lists]).take(self._in_order())
