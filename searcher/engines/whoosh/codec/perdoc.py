"""What is kept by document as Whoosh's readers ask for it."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from whoosh import matching
from whoosh.codec import base

from searcher.engines.whoosh.codec.columns import LENGTHS, Columns
from searcher.engines.whoosh.codec.container import Array
from searcher.engines.whoosh.codec.rawcolumns import NumberReader, VectorColumn, open_raw
from searcher.engines.whoosh.codec.stored import StoredLines
from searcher.engines.whoosh.codec.values import untagged

__all__ = ["ArrayDocReader"]


class ArrayDocReader(base.PerDocumentReader):
    """The documents of a segment; `added` gives the bytes of a column that has a file of its own, None without one."""

    def __init__(
        self, segment: base.Segment, columns: Columns, stored: StoredLines, added: Callable[[str], Array | None]
    ) -> None:
        self._segment = segment
        self._columns = columns
        self._stored = stored
        self._added = added
        self._documents: int = segment.doc_count_all()
        self._vectors: dict[str, Any] = {}

    def doc_count(self) -> int:
        """How many documents are not deleted."""
        return self._documents - int(self._segment.deleted_count())

    def doc_count_all(self) -> int:
        """How many documents there are."""
        return self._documents

    def has_deletions(self) -> bool:
        """Whether any document is deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterable[int]:
        """The deleted documents."""
        found: Iterable[int] = self._segment.deleted_docs()
        return found

    def supports_columns(self) -> bool:
        """Columns are kept."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether any document has a value in the column of a field."""
        return fieldname in self._columns.number_names or self._raw(fieldname) is not None

    def column_reader(self, fieldname: str, column: Any) -> Any:
        """The column of a field, which `has_column` knows."""
        numbers = self._columns.numbers(fieldname)
        if numbers is not None:
            return NumberReader(numbers)
        raw = self._raw(fieldname)
        if raw is None:
            raise KeyError(fieldname)
        return open_raw(column, raw, self._columns.documents)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """How many words a field of a document has; `default` where it has none."""
        return self.doc_field_length_reader(fieldname, default)(docnum)

    def doc_field_length_reader(self, fieldname: str, default: int = 0) -> Callable[[int], int]:
        """The same for one field and any document."""
        codes = self._columns.lengths(fieldname)
        if codes is None:
            return lambda _: default
        return lambda docnum: int(LENGTHS[codes[docnum]]) or default

    def field_length(self, fieldname: str) -> int:
        """How many words a field has in all documents, deleted ones among them."""
        return int(self._columns.totals.get(fieldname, 0))

    def min_field_length(self, fieldname: str) -> int:
        """The length of the shortest field of any document."""
        return self._length(fieldname, np.min)

    def max_field_length(self, fieldname: str) -> int:
        """The length of the longest field of any document."""
        return self._length(fieldname, np.max)

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """Whether a document keeps the terms of a field."""
        return bool(self._terms_of(docnum, fieldname))

    def vector(self, docnum: int, fieldname: str, format_: Any) -> Any:
        """A matcher for the terms that a document keeps of a field; KeyError where it keeps none."""
        kept = self._terms_of(docnum, fieldname)
        if not kept:
            raise KeyError(f"document {docnum} keeps no terms of {fieldname}")
        terms, weights, values = VectorColumn.read(kept, format_)
        return matching.ListMatcher(terms, weights, values, format_)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The stored fields of a document."""
        return {name: untagged(value) for name, value in self._stored.fields(docnum).items()}

    def _raw(self, name: str) -> Array | None:
        held = self._columns.raw(name)
        return self._added(name) if held is None else held

    def _terms_of(self, docnum: int, fieldname: str) -> bytes:
        """The terms that a document keeps of a field; empty where it keeps none."""
        if fieldname not in self._vectors:
            raw = self._columns.raw(VectorColumn.name(fieldname))
            opened = None if raw is None else open_raw(VectorColumn.kind, raw, self._columns.documents)
            self._vectors[fieldname] = opened
        vectors = self._vectors[fieldname]
        return b"" if vectors is None else bytes(vectors[docnum])

    def _length(self, fieldname: str, judge: Callable[[Any], Any]) -> int:
        codes = self._columns.lengths(fieldname)
        return 0 if codes is None or not len(codes) else int(LENGTHS[judge(codes)])
