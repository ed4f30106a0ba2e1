"""One file, opened for a reader: compression seen through, reads bounded, faults named.

A `Source` can be opened as often as a reader likes; nothing of it but the head is kept in memory. A file inside an
archive is a source as well, its path that of the archive, "!/" and its name there: "2017.zip!/march/page.html".
"""

import gzip
import io
import os
import shutil
import stat
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from searcher.config import Settings
from searcher.errors import ReadError
from searcher.models import Skipped
from searcher.readers.unpack import SUFFIXES, Budget, Damaged, Swollen, unpacked

__all__ = ["INSIDE", "Line", "Source", "member_source", "open_source", "shown", "spooled"]

HEAD_BYTES = 64 * 1024  # enough for the <head> of all but 2 of 376 saved pages, and for the first line of a table
SKIP_BYTES = 1024 * 1024  # how much of an overlong line is held while it is passed over
SPOOL_BYTES = 1024 * 1024  # what a copy may take in memory before it goes to a file: most pages stay below it
COPY_BYTES = 128 * 1024
INSIDE = "!/"  # between the path of an archive and the name of a file in it


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
    budget: Budget | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The path without the ending that says how the file is compressed: what is inside goes by the rest."""
        ending = next((suffix for suffix in SUFFIXES if self.path.lower().endswith(suffix)), "")
        return self.path[: len(self.path) - len(ending)]

    @property
    def limit(self) -> int:
        """The most bytes one record may have."""
        return self.settings.max_record_bytes

    @property
    def purse(self) -> Budget:
        """What all that is packed in the file may still unpack to."""
        return self.budget or Budget(0)

    def inside(self, name: str) -> str:
        """The path of a file in this one."""
        return self.path + INSIDE + name

    def member(self, name: str, opener: Callable[[], BinaryIO]) -> "Source | Skipped":
        """A file in this one as a source, or why it cannot be read."""
        try:
            return member_source(self.inside(name), self.settings, opener, self.purse)
        except ReadError as error:
            return Skipped(error.path, error.reason)

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        """The decompressed bytes; faults of the file or of its compression leave as ReadError."""
        try:
            with self.opener() as stream:
                yield stream
        except (OSError, EOFError, zlib.error) as error:
            raise ReadError(self.path, _fault(error)) from error

    @contextmanager
    def seekable(self) -> Iterator[BinaryIO]:
        """The same bytes in a file that can be read at any place: this one, or a private copy that is deleted after."""
        with self.stream() as stream:
            if stream.seekable():
                yield stream
                return
            with spooled(stream) as copy:
                yield copy

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
        budget = Budget(path.stat().st_size)
    except OSError as error:
        raise ReadError(name, _fault(error)) from error
    return member_source(name, settings, lambda: _opened(path), budget)


def _opened(path: Path) -> BinaryIO:
    """The file, which nothing is waited for: a pipe may have come in its place, and some files of the system block."""
    file = open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0)))  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError("not a regular file")
    return cast("BinaryIO", file)


def member_source(path: str, settings: Settings, opener: Callable[[], BinaryIO], budget: Budget) -> Source:
    """What `opener` opens as a file of its own, its head read; what it unpacks to is taken from the budget.

    Raises ReadError where it is empty or cannot be read.
    """
    try:
        opener = unpacked(opener, budget)
        with opener() as stream:
            head = _head(stream)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(path, _fault(error)) from error
    if not head:
        raise ReadError(path, "empty file; nothing to add")
    return Source(path, settings, head, opener, budget)


@contextmanager
def spooled(stream: BinaryIO) -> Iterator[BinaryIO]:
    """A copy that can be read at any place: in memory while it is small, else in a file nobody else can open."""
    with tempfile.SpooledTemporaryFile(SPOOL_BYTES) as copy:
        shutil.copyfileobj(stream, copy, COPY_BYTES)
        copy.seek(0)
        yield cast("BinaryIO", copy)


def shown(path: Path) -> str:
    """The path as text that can be printed and stored, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def _head(stream: BinaryIO) -> bytes:
    """The first bytes; of a broken gzip what can be had, as the break is reported when the file is read."""
    chunks = io.BytesIO()
    buffered = cast("io.BufferedReader", stream)
    while (wanted := HEAD_BYTES - chunks.tell()) > 0:
        try:
            chunk = buffered.read1(wanted)
        except (Damaged, EOFError, zlib.error):
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
    if isinstance(error, Damaged | Swollen):
        return str(error)
    if isinstance(error, PermissionError):
        return "permission denied; give the user who runs this the right to read it"
    if isinstance(error, FileNotFoundError):
        return "no such file; it may have been moved or deleted meanwhile"
    if isinstance(error, gzip.BadGzipFile | EOFError | zlib.error):
        return f"the gzip file is damaged or cut short ({error}); copy it again from its origin"
    return f"cannot be read ({error.strerror or error}); check the file and the disk"
