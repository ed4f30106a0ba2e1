"""Whoosh's storage as a place for the files of a segment."""

from pathlib import Path
from typing import IO, Any

from whoosh.filedb.filestore import FileStorage

from searcher.engines.whoosh.codec.folder import Directory, Folder
from searcher.errors import ArchiveDamaged

__all__ = ["folder_of"]


def folder_of(storage: Any) -> Folder:
    """Where the files of a storage lie: in a directory, read through memory maps, or wherever the storage has them."""
    return Directory(Path(storage.folder)) if type(storage) is FileStorage else _Stored(storage)


class _Stored:
    """Files in a storage of any kind, read as a whole."""

    def __init__(self, storage: Any) -> None:
        self._storage = storage

    @property
    def scratch(self) -> str | None:
        """Temporary files lie where the system has them."""
        return None

    def place(self, name: str) -> str:
        """Its name."""
        return name

    def create(self, name: str) -> IO[bytes]:
        """A new file, open for writing."""
        file: IO[bytes] = self._storage.create_file(name)
        return file

    def keep(self, file: IO[bytes]) -> None:
        """Close the file."""
        file.close()

    def load(self, name: str, size: int | None = None) -> bytes:
        """The bytes of a file."""
        if not self._storage.file_exists(name):
            raise ArchiveDamaged.at(name, "the file is missing")
        with self._storage.open_file(name) as file:
            found = bytes(file.read())
        if size is not None and len(found) != size:
            raise ArchiveDamaged.at(name, f"{len(found)} bytes, {size} were written")
        return found
