"""What is known of a file that was read, and the row of the manifest that says so."""

import json
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from searcher.models import Skipped

__all__ = ["UNREAD", "FileState", "Known", "Row", "known_of", "row_of"]

# Of a file that was written so shortly before it was read a later change may not show in its time: it is hashed.
RACY_NS = 2_000_000_000
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class FileState:
    """A file on the disk: its size in bytes and when it was changed, in nanoseconds; 0 where that does not say much."""

    size: int
    changed: int

    @classmethod
    def of(cls, path: Path) -> "FileState":
        """As it is now."""
        status = path.stat()
        racy = status.st_mtime_ns > time.time_ns() - RACY_NS
        return cls(status.st_size, 0 if racy else status.st_mtime_ns)


UNREAD = FileState(-1, 0)
"""Of a file that has to be read, whatever it is: no file is so small."""


@dataclass(frozen=True, slots=True)
class Known:
    """A file as it was read.

    `articles` of it are in the archive, at the `paths`: its own, or those of the files in it where it is an archive.
    `duplicates` are records that were there under another path, their own paths among the `paths`; `skipped` is what
    could not be read.
    """

    name: bytes
    state: FileState
    sha256: bytes
    articles: int
    duplicates: int
    paths: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()


def row_of(known: Known) -> Row:
    """What is written of a file, with a sum of it."""
    row = (
        known.name, known.state.size, known.state.changed, known.sha256, known.articles, known.duplicates,
        json.dumps(known.paths).encode(),
        json.dumps([[skip.path, skip.reason, skip.record] for skip in known.skipped]).encode(),
    )  # fmt: skip
    return (*row, _sum(row))


def known_of(row: Row) -> Known | None:
    """What a row says; None where it is not what was written."""
    *said, crc = row
    if crc != _sum(said):
        return None
    name, size, changed, sha256, articles, duplicates, paths, skipped = said
    return Known(
        name, FileState(size, changed), sha256, articles, duplicates, tuple(json.loads(paths)),
        tuple(Skipped(path, reason, record) for path, reason, record in json.loads(skipped)),
    )  # fmt: skip


def _sum(row: Sequence[object]) -> int:
    return zlib.crc32(repr(tuple(row)).encode("utf-8", "surrogatepass"))
