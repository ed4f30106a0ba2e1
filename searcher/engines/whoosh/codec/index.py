"""An index of this engine as Whoosh sees it: its own searcher on the same files."""

from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from whoosh.filedb.filestore import FileStorage
from whoosh.index import Index
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader

from searcher.engines.whoosh.codec.codec import ArrayCodec, ArraySegment
from searcher.engines.whoosh.codec.folder import Directory
from searcher.engines.whoosh.codec.termsreader import ArrayTermsReader
from searcher.engines.whoosh.codec.toc import INDEX_NAME, latest_generation, read_contents, read_latest
from searcher.engines.whoosh.faults import reading
from searcher.engines.whoosh.fields import make_schema
from searcher.errors import ArchiveDamaged, ArchiveMissing, UsageError

__all__ = ["ArrayIndex"]


class _Codec(ArrayCodec):
    """Reads segments as the engine writes them."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTermsReader:
        """The terms of a segment, none of which keeps bytes that only Whoosh's formats could read: they are pickles."""
        found = super().terms_reader(storage, segment)
        if found.opaque:
            raise ArchiveDamaged.at(
                segment.segment_id(), f"field {found.opaque[0]} keeps what this engine does not write"
            )
        return found


class ArrayIndex(Index):
    """The index in a directory, to be read: `searcher()` gives Whoosh's Searcher on its last commit.

    Stored fields are the `id` and the `article` as the engine keeps it.

    Raises:
        ArchiveMissing: there is no index in the directory.
        ArchiveDamaged: when it is read, its files are not what was written.
    """

    indexname = INDEX_NAME

    def __init__(self, path: Path) -> None:
        self._path = path
        self.storage = FileStorage(str(path), readonly=True)
        self.schema = make_schema()
        if self.latest_generation() < 0:
            raise ArchiveMissing(f"{path}: no index here; make one with `archive add PATH -i {path}`")

    def latest_generation(self) -> int:
        """The number of the last commit; -1 where there is no index."""
        return latest_generation(self._path) if self._path.is_dir() else -1

    def is_empty(self) -> bool:
        """Whether nothing was ever added, or all of it removed."""
        return not read_latest(self._path, partial(read_contents, self._path)).segments

    def reader(self, reuse: IndexReader | None = None) -> IndexReader:  # noqa: ARG002 - readers are always new
        """A reader of the last commit."""
        with reading(self._path):
            return read_latest(self._path, self._open)

    def writer(self, **options: Any) -> NoReturn:  # noqa: ARG002 - Whoosh's signature
        """There is none."""
        raise UsageError(f"{self._path}: Whoosh's writer does not write to this index; use `archive add`")

    def _open(self, generation: int) -> IndexReader:
        folder = Directory(self._path)
        entries = read_contents(self._path, generation).segments
        segments = [ArraySegment.listed(_Codec(), INDEX_NAME, folder, entry) for entry in entries]
        readers = [SegmentReader(self.storage, self.schema, segment, generation) for segment in segments]
        if not readers:
            return EmptyReader(self.schema)
        return readers[0] if len(readers) == 1 else MultiReader(readers, generation)
