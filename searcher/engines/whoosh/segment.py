"""The columns of one segment as arrays, read once and kept as long as the segment is open.

A segment never changes but for deletions, and a reader sees the deletions of the moment it was opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.schema import MINUTES_OF_A_DAY, UNDATED, minutes
from searcher.query import fold_value

__all__ = ["Docs", "Segment", "ValueColumn"]

Docs = npt.NDArray[np.int64]
"""Document numbers within a segment, ascending."""


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """The values of one field: `values` in order, `ordinals[i]` the value that document `docs[i]` carries.

    `by_fold` maps a value without case and diacritics to the ordinals of its spellings.
    """

    values: tuple[str, ...]
    ordinals: npt.NDArray[np.int64]
    docs: Docs
    by_fold: dict[str, tuple[int, ...]]

    def docs_of(self, ordinals: tuple[int, ...]) -> Docs:
        """The documents that carry one of the values."""
        return np.unique(self.docs[np.isin(self.ordinals, ordinals)])

    def counts(self, matches: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        """For each value, how many of the documents in the mask carry it."""
        return np.bincount(self.ordinals[matches[self.docs]], minlength=len(self.values))


class Segment:
    """One segment of a pinned searcher: `offset` is the number of its first document in the whole index."""

    def __init__(self, searcher: Any, offset: int) -> None:
        self.searcher = searcher
        self.reader = searcher.reader()
        self.offset = offset
        self.size: int = self.reader.doc_count_all()
        self._columns: dict[str, ValueColumn] = {}
        self._moments: Docs | None = None
        self._live: npt.NDArray[np.bool_] | None = None

    @property
    def live(self) -> npt.NDArray[np.bool_]:
        """True for documents that are not deleted; shape (size,)."""
        if self._live is None:
            self._live = np.zeros(self.size, dtype=bool)
            self._live[list(self.reader.all_doc_ids())] = True
        return self._live

    @property
    def moments(self) -> Docs:
        """Minutes since year 1 for each document, UNDATED where there is no date; shape (size,)."""
        if self._moments is None:
            column = self.reader.column_reader("moment")
            self._moments = np.fromiter((column[doc] for doc in range(self.size)), dtype=np.int64, count=self.size)
        return self._moments

    def within(self, first: date | None, last: date | None) -> npt.NDArray[np.bool_]:
        """True for documents whose date lies between two days, both included; shape (size,)."""
        mask: npt.NDArray[np.bool_] = self.moments != UNDATED
        if first:
            mask &= self.moments >= minutes(first)
        if last:
            mask &= self.moments < minutes(last) + MINUTES_OF_A_DAY
        return mask

    def values(self, field: str) -> ValueColumn:
        """The values of a facet field."""
        if field not in self._columns:
            self._columns[field] = self._read_values(field)
        return self._columns[field]

    def docs_with(self, field: str, values: Sequence[str]) -> Docs:
        """The documents that carry one of the values, case and diacritics aside."""
        column = self.values(field)
        return column.docs_of(tuple(number for value in values for number in column.by_fold.get(fold_value(value), ())))

    def postings(self, field: str, term: str) -> tuple[Docs, npt.NDArray[np.float64]]:
        """Live documents with the term, and how often each has it."""
        encoded = self.reader.schema[field].to_bytes(term)
        if (field, encoded) not in self.reader:
            return np.empty(0, dtype=np.int64), np.empty(0)
        matcher = self.reader.postings(field, encoded)
        found: list[tuple[int, float]] = []
        while matcher.is_active():
            found.append((matcher.id(), matcher.weight()))
            matcher.next()
        docs = np.array([doc for doc, _ in found], dtype=np.int64)
        return docs, np.array([weight for _, weight in found], dtype=np.float64)

    def words(self, field: str, start: str) -> list[str]:
        """The terms of a field that begin with `start`, in order."""
        schema_field = self.reader.schema[field]
        return [schema_field.from_bytes(term) for term in self.reader.expand_prefix(field, start.encode())]

    def _read_values(self, field: str) -> ValueColumn:
        names: list[str] = []
        docs: list[Docs] = []
        for encoded in self.reader.lexicon(field):
            carrying = np.fromiter(self.reader.postings(field, encoded).all_ids(), dtype=np.int64)
            if len(carrying):
                names.append(self.reader.schema[field].from_bytes(encoded))
                docs.append(carrying)
        by_fold: dict[str, tuple[int, ...]] = {}
        for ordinal, name in enumerate(names):
            by_fold[fold_value(name)] = (*by_fold.get(fold_value(name), ()), ordinal)
        ordinals = np.repeat(np.arange(len(names)), [len(carrying) for carrying in docs])
        return ValueColumn(tuple(names), ordinals, np.concatenate([*docs, np.empty(0, dtype=np.int64)]), by_fold)
