"""Where the files of an index lie. Files are written once, under a name of their own, and never changed."""

import mmap
import os
from pathlib import Path
from typing import IO, Any, Protocol

from searcher import disk
from searcher.errors import ArchiveDamaged

__all__ = ["Directory", "Folder"]


class Folder(Protocol):
    """Holds files by name."""

    @property
    def scratch(self) -> str | None:
        """A directory for temporary files; None for that of the system."""

    def place(self, name: str) -> str:
        """Where a file lies, for messages."""

    def create(self, name: str) -> IO[bytes]:
        """A new file, open for writing."""

    def keep(self, file: IO[bytes]) -> None:
        """Close a file that was created and make it durable."""

    def load(self, name: str, size: int | None = None) -> Any:
        """The bytes of a file, as a buffer; `size` is what it must have.

        Raises:
            ArchiveDamaged: it is missing or of another size.
        """


class Directory:
    """Files in a directory of the file system, read through memory maps."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def scratch(self) -> str | None:
        """Temporary files lie beside the index: on a disk with room for it."""
        return str(self.path)

    def place(self, name: str) -> str:
        """Its path."""
        return str(self.path / name)

    def create(self, name: str) -> IO[bytes]:
        """A new file, open for writing."""
        return disk.create(self.path / name)

    def keep(self, file: IO[bytes]) -> None:
        """Flush, sync and close."""
        disk.keep(file)

    def load(self, name: str, size: int | None = None) -> Any:
        """A memory map of the file."""
        try:
            with (self.path / name).open("rb") as file:
                found = os.fstat(file.fileno()).st_size
                if size is not None and found != size:
                    raise ArchiveDamaged.at(self.path / name, f"{found} bytes, {size} were written")
                return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if found else b""
        except FileNotFoundError as error:
            raise ArchiveDamaged.at(self.path / name, "the file is missing") from error
