"""Takes documents as Whoosh's writer gives them."""

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
from whoosh.codec import base

from searcher.engines.whoosh.codec.columns import length_codes, put_lengths, put_raw
from searcher.engines.whoosh.codec.container import ContainerWriter
from searcher.engines.whoosh.codec.folder import Folder
from searcher.engines.whoosh.codec.rawcolumns import RawWriter, VectorColumn
from searcher.engines.whoosh.codec.segment import COLUMNS, STORED, write_container
from searcher.engines.whoosh.codec.stored import StoredWriter
from searcher.engines.whoosh.codec.values import line_of, tagged

__all__ = ["ArrayDocWriter"]


class ArrayDocWriter(base.PerDocumentWriter):
    """Writes what is kept by document. A document is in when it is finished, whole: one given up leaves no trace.

    Raises:
        UsageError: a value is of a type that could be kept as a pickle only.
    """

    def __init__(self, folder: Folder, segment: Any) -> None:
        self._folder = folder
        self._segment = segment
        self._columns = ContainerWriter(folder.scratch)
        self._stored = ContainerWriter(folder.scratch)
        self._lines = StoredWriter(self._stored)
        self._lengths: dict[str, array[int]] = {}
        self._raw: dict[str, RawWriter] = {}
        self._documents = 0
        self._open: _Document | None = None
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin a document; they come in order."""
        if self._open is not None or docnum != self._documents:
            raise ValueError(f"document {docnum} was begun where {self._documents} was to be finished or begun")
        self._open = _Document()

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int | None) -> None:  # noqa: ARG002
        """What is stored of a field, None for nothing, and how many words it has."""
        document = self._current()
        if value is not None:
            document.stored[fieldname] = tagged(value)
        if length:
            document.lengths[fieldname] = length

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        """What a column keeps of the document; what it cannot keep is an error of Whoosh's column."""
        document = self._current()
        if fieldname not in self._raw:
            self._raw[fieldname] = RawWriter(fieldname, columnobj)
        self._raw[fieldname].check(value)
        document.columns.append((fieldname, value))

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Iterable[tuple[str, float, bytes]]) -> None:
        """The terms of a field: (term, weight, what the format of the field's vector keeps)."""
        given = list(items)
        if given:
            name = VectorColumn.name(fieldname)
            self.add_column_value(name, VectorColumn.kind, VectorColumn.written(given, fieldobj.vector))

    def finish_doc(self) -> None:
        """Take the document in."""
        document = self._current()
        self._lines.add(line_of(document.stored))
        for name, length in document.lengths.items():
            held = self._lengths.setdefault(name, array("q"))
            held.extend([0] * (self._documents - len(held)))
            held.append(length)
        for name, value in document.columns:
            self._raw[name].add(self._documents, value)
        self._documents += 1
        self._open = None

    def cancel_doc(self) -> None:
        """Forget the document."""
        self._open = None

    def close(self) -> None:
        """Write the files; a document that was begun and not finished is not in them."""
        self._put_lengths()
        for name, writer in self._raw.items():
            put_raw(self._columns, name, writer.finish(self._documents))
        self._lines.finish()
        for ending, container in ((COLUMNS, self._columns), (STORED, self._stored)):
            container.meta["documents"] = self._documents
            write_container(self._folder, self._segment.make_filename(ending), container)
        self.is_closed = True

    def _put_lengths(self) -> None:
        lengths = {}
        for name, held in self._lengths.items():
            found = np.zeros(self._documents, dtype=np.int64)
            found[: len(held)] = held
            lengths[name] = found
        totals = {name: int(found.sum()) for name, found in lengths.items()}
        put_lengths(self._columns, {name: length_codes(found) for name, found in lengths.items()}, totals)

    def _current(self) -> "_Document":
        if self._open is None:
            raise ValueError("no document was begun")
        return self._open


class _Document:
    """The document that is being added."""

    def __init__(self) -> None:
        self.stored: dict[str, Any] = {}
        self.lengths: dict[str, int] = {}
        self.columns: list[tuple[str, Any]] = []
