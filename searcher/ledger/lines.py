"""Changes as lines of JSON in compressed files: an article as it was normalized, or the id of one that was removed.

What the rules find in an article is not kept: an index that is made again finds it again, as well as it can by then.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson
import zstandard

from searcher import disk
from searcher.articlejson import dump, load
from searcher.errors import ArchiveDamaged
from searcher.models import Article

__all__ = ["LineWriter", "Note", "article_of", "damaged", "id_of", "line_of", "lines_of", "removal_of"]

# Lines compressed together: a damaged byte costs so many.
FRAME_BYTES = 1 << 20
LEVEL = 3  # of zstd: 9 takes four times as long for .93 of the bytes
# So much of a file is unpacked at a time: whoever packed it for harm gets 128 MB out of it (RFC 8878, 3.1.1.2.2).
READ_BYTES = 1 << 12
MOST_WINDOW = 1 << 23  # what zstd may keep in memory to unpack a frame: one of ours asks for less
MOST_LINE = 1 << 30


@dataclass(frozen=True, slots=True)
class Note:
    """A file as the table of contents knows it."""

    name: str
    size: int
    lines: int
    sha256: str


def damaged(path: Path, what: str) -> ArchiveDamaged:
    """What is wrong with a file of the ledger, and what to do about it."""
    return ArchiveDamaged.at(path, what, "restore it from a copy, or delete the archive and add the files again")


def line_of(article: Article) -> bytes:
    """The line of an article, without what the rules have found in it."""
    return dump(
        replace(
            article,
            mentions=(), locations=(), actors=(), countries=(), mentioned=(), within=(), filed_from="", agency="",
            events=(), sketch=b"", story="",
        )
    )  # fmt: skip


def removal_of(article_id: str) -> bytes:
    """The line that says that an article is gone."""
    return orjson.dumps({"id": article_id, "removed": True})


def id_of(line: bytes) -> tuple[str, bool]:
    """The id that a line is about, and whether it says that the article is gone."""
    held = orjson.loads(line)
    return held["id"], bool(held.get("removed"))


def article_of(line: bytes) -> Article:
    """The article of a line."""
    held: dict[str, Any] = orjson.loads(line)
    return load(held["article"])


class LineWriter:
    """Writes a file of lines, each block of them a frame of its own with its checksum."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = disk.create(path)
        self._compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
        self._digest = hashlib.sha256()
        self._waiting: list[bytes] = []
        self._held = 0
        self._size = 0
        self._lines = 0

    def add(self, line: bytes) -> None:
        """One line more."""
        self._waiting.append(line)
        self._held += len(line)
        self._lines += 1
        if self._held >= FRAME_BYTES:
            self._frame()

    def finish(self) -> Note:
        """Close the file and make it and its name durable; what the table of contents keeps of it."""
        self._frame()
        disk.keep(self._file)
        disk.sync(self.path.parent)
        return Note(self.path.name, self._size, self._lines, self._digest.hexdigest())

    def discard(self) -> None:
        """Take the file back."""
        with suppress(OSError):  # what the disk would not take before, it does not take now
            self._file.close()
        disk.remove(self.path)

    def _frame(self) -> None:
        if not self._waiting:
            return
        packed = self._compressor.compress(b"".join(line + b"\n" for line in self._waiting))
        self._file.write(packed)
        self._digest.update(packed)
        self._size += len(packed)
        self._waiting.clear()
        self._held = 0


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a file in order.

    Raises:
        ArchiveDamaged: it cannot be read on; what was yielded before that is sound.
    """
    rest = b""
    number = 0
    try:
        for piece in _unpacked(path):
            *whole, rest = (rest + piece).split(b"\n")
            if len(rest) > MOST_LINE:
                raise damaged(path, f"line {number + len(whole) + 1:,} is longer than any article")
            for line in whole:
                number += 1
                yield line
    except (OSError, EOFError, zstandard.ZstdError) as error:
        raise damaged(path, f"cannot be read after line {number:,} ({error})") from error
    if rest:
        raise damaged(path, f"ends inside line {number + 1:,}")


def _unpacked(path: Path) -> Iterator[bytes]:
    """What the frames of a file hold. EOFError where the last one is cut short."""
    frame = None
    with path.open("rb") as file:
        while data := file.read(READ_BYTES):
            while data:
                frame = frame or zstandard.ZstdDecompressor(max_window_size=MOST_WINDOW).decompressobj()
                yield frame.decompress(data)
                data, frame = (frame.unused_data, None) if frame.eof else (b"", frame)
    if frame:
        raise EOFError("the file is cut short")
