"""Whoosh's codec over files of arrays: its writer, readers, searcher and sorting work on them."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.codec import base

from searcher.engines.whoosh.codec.columns import Columns
from searcher.engines.whoosh.codec.container import Array, Container
from searcher.engines.whoosh.codec.encode import BLOCK
from searcher.engines.whoosh.codec.fieldwriter import ArrayFieldWriter
from searcher.engines.whoosh.codec.folder import Folder
from searcher.engines.whoosh.codec.perdoc import ArrayDocReader
from searcher.engines.whoosh.codec.perdocwriter import ArrayDocWriter
from searcher.engines.whoosh.codec.segment import COLUMNS, POSTINGS, STORED, SegmentEntry, read_deletions
from searcher.engines.whoosh.codec.storage import folder_of
from searcher.engines.whoosh.codec.stored import StoredLines
from searcher.engines.whoosh.codec.termsreader import ArrayTermsReader

__all__ = ["ArrayCodec", "ArraySegment"]


class ArrayCodec(base.Codec):
    """Segments as files of arrays. `blocklimit` is how many postings a matcher judges together when it skips."""

    def __init__(self, blocklimit: int = BLOCK) -> None:
        self.block = blocklimit

    def per_document_writer(self, storage: Any, segment: "ArraySegment") -> ArrayDocWriter:
        """What takes the documents of a new segment."""
        return ArrayDocWriter(folder_of(storage), segment)

    def field_writer(self, storage: Any, segment: "ArraySegment") -> ArrayFieldWriter:
        """What takes the terms of a new segment."""
        return ArrayFieldWriter(folder_of(storage), segment)

    def per_document_reader(self, storage: Any, segment: "ArraySegment") -> ArrayDocReader:
        """The documents of a segment."""
        folder = folder_of(storage)

        def added(field: str) -> Array | None:
            name = self.column_filename(segment, field)
            return np.frombuffer(folder.load(name), dtype=np.uint8) if storage.file_exists(name) else None

        stored = StoredLines(segment.open(folder, STORED))
        return ArrayDocReader(segment, _columns(segment.open(folder, COLUMNS)), stored, added)

    def terms_reader(self, storage: Any, segment: "ArraySegment") -> ArrayTermsReader:
        """The terms of a segment; without bounds on lengths where its documents have not been written."""
        folder = folder_of(storage)
        written = storage.file_exists(segment.make_filename(COLUMNS))
        columns = _columns(segment.open(folder, COLUMNS)) if written else None
        return ArrayTermsReader(segment.open(folder, POSTINGS), columns, self.block)

    def new_segment(self, storage: Any, indexname: str) -> "ArraySegment":  # noqa: ARG002 - Whoosh's signature
        """An empty segment with a name of its own."""
        return ArraySegment(self, indexname)

    @staticmethod
    def column_filename(segment: "ArraySegment", fieldname: str) -> str:
        """Where Whoosh puts a column that is added to a segment after it was written."""
        return f"{segment.segment_id()}.{fieldname}.column"


def _columns(container: Container) -> Columns:
    return Columns(container, int(container.meta.get("documents", 0)))


class ArraySegment(base.Segment):
    """A segment as Whoosh lists it; `entry` is given where our own table of contents knows it."""

    def __init__(self, codec: ArrayCodec, indexname: str, entry: SegmentEntry | None = None) -> None:
        super().__init__(indexname)
        self._codec = codec
        self._documents = entry.documents if entry else 0
        self._deleted: set[int] = set()
        self._sizes = {name: note.size for name, note in entry.files.items()} if entry else {}
        if entry:
            self.segid = entry.name.removeprefix(f"{indexname}_")

    @classmethod
    def listed(cls, codec: ArrayCodec, indexname: str, folder: Folder, entry: SegmentEntry) -> "ArraySegment":
        """A segment of our own table of contents, with its deletions."""
        made = cls(codec, indexname, entry)
        if entry.deletions:
            made._deleted.update(np.flatnonzero(~read_deletions(folder, entry)).tolist())
        return made

    def codec(self) -> ArrayCodec:
        """What reads it."""
        return self._codec

    def open(self, folder: Folder, ending: str) -> Container:
        """One of its files."""
        name = self.make_filename(ending)
        return Container(folder.load(name, self._sizes.get(name)), folder.place(name))

    def should_assemble(self) -> bool:
        """Its files are not put together into one: they are mapped into memory each by itself."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        """Say how many documents it has."""
        self._documents = doccount

    def doc_count_all(self) -> int:
        """How many documents it has, deleted ones among them."""
        return self._documents

    def deleted_count(self) -> int:
        """How many are deleted."""
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Which are deleted."""
        return iter(self._deleted)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Mark a document as deleted, or as not."""
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return docnum in self._deleted
