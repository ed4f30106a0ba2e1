"""The members of a tar file, as they lie in it: it is read from end to end, and any of its compressions with it."""

import io
import re
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, BinaryIO, cast

from searcher.errors import ReadError
from searcher.models import Skipped
from searcher.readers.listing import MOST_MEMBERS, leads_out, link, listed
from searcher.readers.source import Source, spooled
from searcher.readers.unpack import Damaged, Swollen, bounded

__all__ = ["is_tar", "tar_members"]

MAGIC = slice(257, 262)
BLOCK = 512
# What tarfile reads at once is a header; only long names and attributes have a size of their own, a few kB.
LONGEST_HEADER = 1024 * 1024
# In attributes tarfile looks for numbers with patterns that take quadratic time over digits: 1 MB of them, which gzip
# packs to 1 kB, took more than a minute. The longest number there is a time or a size of 20.
DIGITS = re.compile(rb"\d{200}")
TYPE, ATTRIBUTES = 156, b"xgX"  # where a header has its kind, and those behind which attributes come
LONGEST_LENGTH = 20
PASSED_AT_ONCE = 128 * 1024


def is_tar(source: Source) -> bool:
    """By the mark of all tars but the oldest; of those, by the name and a sound first header."""
    if source.head[MAGIC] == b"ustar":
        return True
    if not source.name.lower().endswith((".tar", ".tgz", ".tbz2", ".txz")):
        return False
    try:
        tarfile.TarInfo.frombuf(source.head[:BLOCK], "utf-8", "replace")
    except tarfile.HeaderError:
        return False
    return True


def tar_members(source: Source) -> Iterator[Source | Skipped]:
    """Each file in a tar as a source, and what cannot be one. Raises ReadError where it is damaged or cut short.

    It is read twice: what is passed over depends on names that come later.
    """
    names: list[str] = []
    with suppress(ReadError), source.stream() as stream:  # a break is met again below, after what lies before it
        names.extend(info.name + "/" * info.isdir() for _, info in islice(_infos(stream, source.path), MOST_MEMBERS))
    found, out = listed(names)
    wanted = {number: name for name, number in found.items()}
    with source.stream() as stream:
        for number, (archive, info) in enumerate(_infos(stream, source.path)):
            if number >= MOST_MEMBERS:
                raise ReadError(source.path, f"more than {MOST_MEMBERS:,} files; unpack it and add the folder")
            if number in wanted:
                yield from _member(source, archive, info, wanted[number])
    yield from (leads_out(source.path, name) for name in out)


def _infos(stream: BinaryIO, path: str) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """Each header in turn, with the archive that reads what follows it."""
    ahead = _Ahead(stream)
    try:
        with tarfile.open(fileobj=cast("BinaryIO", ahead), mode="r:") as archive:
            while (info := archive.next()) is not None:
                ahead.in_header = False
                yield archive, info
                ahead.header()
                archive.members.clear()  # type: ignore[attr-defined]  # it would keep them all
    except (tarfile.TarError, ValueError, IndexError, RecursionError) as error:  # the last two: headers of headers
        raise ReadError(path, _broken(str(error))) from error
    if any(ahead.last):  # an end is blocks of zeros, or nothing at all
        raise ReadError(path, _broken("no header where one should be"))


def _broken(why: str) -> str:
    return f"the tar file is damaged or cut short ({why}); copy it again from its origin"


def _member(source: Source, archive: tarfile.TarFile, info: tarfile.TarInfo, name: str) -> Iterator[Source | Skipped]:
    """One member, from a copy that a reader may open more than once; or why it is none."""
    if info.issym() or info.islnk():
        yield link(source.inside(name))
        return
    if not info.isfile():
        yield Skipped(source.inside(name), "not a regular file (a device or pipe); leave it out")
        return
    held = bounded(lambda: cast("BinaryIO", archive.extractfile(info)), source.purse, "the file in the tar")
    try:
        with held() as stream, spooled(stream) as copy:
            yield source.member(name, lambda: cast("BinaryIO", io.BufferedReader(_View(copy))))
    except (Damaged, Swollen) as error:
        yield Skipped(source.inside(name), str(error))


class _Ahead:
    """A stream as a file that is only read on in: what tarfile does when members are taken in order."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0
        self._of_header = 0
        self._attributes = False
        self.last = b""
        self.in_header = True

    def header(self) -> None:
        """A header comes next, until a member is read."""
        self.in_header, self._of_header, self._attributes = True, 0, False

    def read(self, size: int) -> bytes:
        """The next bytes. Raises Damaged where a header claims more than any has, or is made to cost time."""
        if not 0 <= size <= LONGEST_HEADER:
            raise Damaged(_broken(f"a header of {size:,} bytes"))
        self.last = self._next(size)
        if self.in_header:
            self._check(self.last)
        return self.last

    def _next(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def _check(self, data: bytes) -> None:
        """Look at the next part of a header before tarfile does."""
        self._of_header += len(data)
        if self._of_header > LONGEST_HEADER:
            raise Damaged(_broken(f"headers of more than {LONGEST_HEADER:,} bytes for one file"))
        if DIGITS.search(data):
            raise Damaged(_broken("a header with a number of more than 200 digits"))
        if self._attributes and not _are_attributes(data):
            raise Damaged(_broken("attributes that are none"))
        self._attributes = not self._attributes and len(data) == BLOCK and data[TYPE] in ATTRIBUTES

    def tell(self) -> int:
        """How far it was read."""
        return self._at

    def seek(self, to: int) -> int:
        """Read on to a place further ahead."""
        while self._at < to and self._next(min(PASSED_AT_ONCE, to - self._at)):
            pass
        if self._at > to:
            raise Damaged(_broken("a member that lies before another"))
        return self._at


def _are_attributes(data: bytes) -> bool:
    """Whether these are lines of a length, a name and a value, as POSIX has them, padded with zeros.

    Of lines that state a wrong length tarfile makes names of up to all that follows, each anew.
    """
    at = 0
    while at < len(data) and data[at]:
        length, _, _ = data[at : at + LONGEST_LENGTH].partition(b" ")
        if not length.isdigit() or not data.startswith(b"\n", at + int(length) - 1):
            return False
        if data.find(b"=", at, at + int(length)) < 0:
            return False
        at += int(length)
    return True


class _View(io.RawIOBase):
    """One opening of a file that others have open too: a place of its own in it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Read on from its own place."""
        self._file.seek(self._at)
        view = memoryview(buffer).cast("B")
        data = self._file.read(len(view))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place."""
        if whence == io.SEEK_SET:
            self._at = offset
        else:
            self._at = offset + (self._at if whence == io.SEEK_CUR else self._file.seek(0, io.SEEK_END))
        return self._at
