"""One segment: some documents with all that is kept of them, in three files that never change.

NAME.postings   terms, documents, positions of every indexed field
NAME.columns    lengths, facet values, dates
NAME.stored     the articles
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.columns import Columns
from searcher.engines.whoosh.codec.container import Array, Container, ContainerWriter
from searcher.engines.whoosh.codec.encode import FieldEncoder
from searcher.engines.whoosh.codec.folder import Folder
from searcher.engines.whoosh.codec.postings import FieldPostings
from searcher.engines.whoosh.codec.stored import StoredLines, StoredWriter
from searcher.engines.whoosh.codec.terms import TermTable
from searcher.errors import ArchiveDamaged

__all__ = [
    "COLUMNS",
    "POSTINGS",
    "STORED",
    "FileNote",
    "SegmentEntry",
    "SegmentFiles",
    "SegmentReader",
    "read_deletions",
    "write_container",
    "write_deletions",
]

POSTINGS, COLUMNS, STORED = ".postings", ".columns", ".stored"


@dataclass(frozen=True, slots=True)
class FileNote:
    """A file as the table of contents knows it: its size in bytes and its CRC-32."""

    size: int
    crc: int


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment as the table of contents lists it; `deletions` names the file with its deleted documents, if any."""

    name: str
    documents: int
    files: Mapping[str, FileNote] = field(default_factory=dict)
    deleted: int = 0
    deletions: str = ""

    @property
    def live(self) -> int:
        """How many of its documents are not deleted."""
        return self.documents - self.deleted


class SegmentFiles:
    """Writes the files of a new segment."""

    def __init__(self, folder: Folder, name: str, documents: int = 0) -> None:
        self._folder = folder
        self.name = name
        self.documents = documents
        self.postings = ContainerWriter(folder.scratch)
        self.columns = ContainerWriter(folder.scratch)
        self._stored = ContainerWriter(folder.scratch)
        self.stored = StoredWriter(self._stored)

    def field(self, name: str) -> FieldEncoder:
        """What takes the postings of a field; `documents` is set by now."""
        return FieldEncoder(self.postings, name, self.documents)

    def finish(self) -> SegmentEntry:
        """Write everything."""
        self.stored.finish()
        files = {}
        for ending, writer in ((POSTINGS, self.postings), (COLUMNS, self.columns), (STORED, self._stored)):
            writer.meta["documents"] = self.documents
            files[self.name + ending] = write_container(self._folder, self.name + ending, writer)
        return SegmentEntry(self.name, self.documents, files)

    def discard(self) -> None:
        """Write nothing."""
        for writer in (self.postings, self.columns, self._stored):
            writer.discard()


class SegmentReader:
    """A segment as arrays. Document numbers count from 0 within it."""

    def __init__(self, folder: Folder, entry: SegmentEntry) -> None:
        self._folder = folder
        self.entry = entry
        self.documents = entry.documents
        self._containers: list[Container] = []
        self._postings = self._container(POSTINGS)
        self.columns = Columns(self._container(COLUMNS), entry.documents)
        self._fields: dict[str, FieldPostings | None] = {}
        self._stored: StoredLines | None = None
        self._live: npt.NDArray[np.bool_] | None = None

    @property
    def place(self) -> str:
        """Where it lies, for messages."""
        return self._folder.place(self.entry.name)

    def changed(self, entry: SegmentEntry) -> "SegmentReader":
        """The same segment with other documents deleted: files never change, so what is open and checked stays so."""
        if entry == self.entry:
            return self
        made = copy(self)
        made.entry, made._live = entry, None
        return made

    @property
    def live(self) -> npt.NDArray[np.bool_] | None:
        """True for documents that are not deleted, shape (documents,); None where none is."""
        if self._live is None and self.entry.deletions:
            self._live = read_deletions(self._folder, self.entry)
        return self._live

    def live_docs(self) -> npt.NDArray[np.int64]:
        """The documents that are not deleted."""
        return np.arange(self.documents) if self.live is None else np.flatnonzero(self.live)

    @property
    def field_names(self) -> list[str]:
        """The fields that have terms."""
        return list(self._postings.meta.get("fields", {}))

    def field(self, name: str) -> FieldPostings | None:
        """The postings of a field; None where no document has a term in it."""
        if name not in self._fields:
            known = name in self._postings.meta.get("fields", {})
            self._fields[name] = FieldPostings(self._postings, name, self.documents) if known else None
        return self._fields[name]

    @property
    def id_places(self) -> Array:
        """For each document the place of its id among the ids of the segment; shape (documents,)."""
        return self._ids()[0]

    def id_of(self, doc: int) -> bytes:
        """The id of a document."""
        places, terms = self._ids()
        return terms[int(places[doc])]

    def path_of(self, doc: int) -> bytes:
        """The path of a document; empty where it has none."""
        column, postings = self.columns.values("path"), self.field("path")
        if column is None or postings is None:
            return b""
        found = column.of(np.array([doc]))
        return postings.terms[int(found[0])] if len(found) else b""

    def _ids(self) -> tuple[Array, TermTable]:
        column, postings = self.columns.values("id"), self.field("id")
        if column is None or postings is None:
            raise ArchiveDamaged.at(self.place, "articles without ids")
        return column.ordinals, postings.terms

    @property
    def stored(self) -> StoredLines:
        """The stored lines, opened when the first is wanted."""
        if self._stored is None:
            self._stored = StoredLines(self._container(STORED))
        return self._stored

    def fields(self, doc: int) -> dict[str, Any]:
        """The stored fields of a document."""
        return self.stored.fields(doc)

    def release(self) -> None:
        """Let the system take back the memory of what was read of the files; they stay open."""
        for container in self._containers:
            container.release()

    def _container(self, ending: str) -> Container:
        name = self.entry.name + ending
        note = self.entry.files.get(name)
        container = Container(self._folder.load(name, note.size if note else None), self._folder.place(name))
        self._containers.append(container)
        return container


def write_container(folder: Folder, name: str, writer: ContainerWriter) -> FileNote:
    """Write a file and make it durable."""
    file = folder.create(name)
    try:
        digest = writer.finish(file)
    except BaseException:
        file.close()
        raise
    folder.keep(file)
    return FileNote(digest.size, digest.crc)


def write_deletions(folder: Folder, name: str, live: npt.NDArray[np.bool_]) -> FileNote:
    """Write the file that says which documents of a segment are deleted."""
    writer = ContainerWriter()
    writer.put("live", np.packbits(live, bitorder="little"))
    writer.meta["documents"] = len(live)
    return write_container(folder, name, writer)


def read_deletions(folder: Folder, entry: SegmentEntry) -> npt.NDArray[np.bool_]:
    """True for the documents of a segment that are not deleted; shape (documents,)."""
    note = entry.files.get(entry.deletions)
    held = Container(folder.load(entry.deletions, note.size if note else None), folder.place(entry.deletions))
    return np.unpackbits(held.get("live"), count=entry.documents, bitorder="little").view(np.bool_)
