"""One file, opened for a reader: gzip seen through, reads bounded, faults named.

A `Source` can be opened as often as a reader likes; nothing of it but the head is kept in memory.
"""

import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from searcher.config import Settings
from searcher.errors import ReadError

__all__ = ["Line", "Source", "open_source", "shown"]

HEAD_BYTES = 64 * 1024  # enough for the <head> of all but 2 of 376 saved pages, and for the first line of a table
SKIP_BYTES = 1024 * 1024  # how much of an overlong line is held while it is passed over
GZIP_MAGIC = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its end mark, counted from 1; `whole` is False where only its bounded beginning was kept."""

    number: int
    data: bytes
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: where it is, how the archive reads, its first bytes, and a way to open it."""

    path: str
    settings: Settings
    head: bytes = field(repr=False)
    opener: Callable[[], BinaryIO] = field(repr=False)

    @property
    def limit(self) -> int:
        """The most bytes one record may have."""
        return self.settings.max_record_bytes

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        """The decompressed bytes; faults of the file or of its compression leave as ReadError."""
        try:
            with self.opener() as stream:
                yield stream
        except (OSError, EOFError, zlib.error) as error:
            raise ReadError(self.path, _fault(error)) from error

    def content(self) -> bytes:
        """All bytes of a file that is one record. Raises ReadError where it is larger than a record may be."""
        with self.stream() as stream:
            data = stream.read(self.limit + 1)
        if len(data) > self.limit:
            raise ReadError(
                self.path, f"larger than {self.limit:,} bytes; one article is never so long: split the file"
            )
        return data

    def lines(self) -> Iterator[Line]:
        """Each line in turn, in memory bounded by the longest record allowed."""
        with self.stream() as stream:
            number = 0
            while data := stream.readline(self.limit + 1):
                number += 1
                whole = len(data) <= self.limit
                if not whole:
                    _pass_over(stream, data)
                    data = data[:SKIP_BYTES]
                yield Line(number, data, whole)


def open_source(path: Path, settings: Settings) -> Source:
    """The file at `path`, its head read. Raises ReadError where it cannot be opened or is not a file."""
    name = shown(path)
    try:
        opener = _opener(path)
        with opener() as stream:
            head = _head(stream)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(name, _fault(error)) from error
    if not head:
        raise ReadError(name, "empty file; nothing to add")
    return Source(name, settings, head, opener)


def shown(path: Path) -> str:
    """The path as text that can be printed and stored, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def _opener(path: Path) -> Callable[[], BinaryIO]:
    """A way to open the file again and again, through gzip where its first bytes say so."""
    with path.open("rb") as file:
        compressed = file.read(len(GZIP_MAGIC)) == GZIP_MAGIC

    def opener() -> BinaryIO:
        return cast("BinaryIO", gzip.open(path, "rb") if compressed else path.open("rb"))

    return opener


def _head(stream: BinaryIO) -> bytes:
    """The first bytes; of a broken gzip what can be had, as the break is reported when the file is read."""
    chunks = io.BytesIO()
    buffered = cast("io.BufferedReader", stream)
    while (wanted := HEAD_BYTES - chunks.tell()) > 0:
        try:
            chunk = buffered.read1(wanted)
        except (EOFError, zlib.error):
            if not chunks.tell():
                raise
            break
        if not chunk:
            break
        chunks.write(chunk)
    return chunks.getvalue()


def _pass_over(stream: BinaryIO, data: bytes) -> None:
    """Read on to the end of the line that `data` begins."""
    while data and not data.endswith(b"\n"):
        data = stream.readline(SKIP_BYTES)


def _fault(error: OSError | EOFError | zlib.error) -> str:
    """What went wrong with the file and what to do about it."""
    if isinstance(error, PermissionError):
        return "permission denied; give the user who runs this the right to read it"
    if isinstance(error, FileNotFoundError):
        return "no such file; it may have been moved or deleted meanwhile"
    if isinstance(error, gzip.BadGzipFile | EOFError | zlib.error):
        return f"the gzip file is damaged or cut short ({error}); copy it again from its origin"
    return f"cannot be read ({error.strerror or error}); check the file and the disk"
