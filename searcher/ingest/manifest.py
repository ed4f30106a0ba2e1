"""Which files an archive was made of, and what they were when they were read: what has not changed is not read again.

It is never believed against the index: it is written after the commits that it speaks of, and a file of which the index
holds another number of articles is read again. Without it, or where it is damaged, every file is.
"""

import json
import logging
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from searcher.models import Skipped

__all__ = ["FileState", "Known", "Manifest"]

# Of a file that was written so shortly before it was read a later change may not show in its time: it is hashed.
RACY_NS = 2_000_000_000
READING = 1  # one more whenever the readers find other articles in the same files
_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (
    name BLOB PRIMARY KEY, size INTEGER, changed INTEGER, sha256 BLOB,
    articles INTEGER, duplicates INTEGER, paths TEXT, skipped TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reading (how TEXT);
"""
_BELOW = "SELECT * FROM files WHERE (name = ? OR (name > ? AND name < ?)) AND name > ? ORDER BY name LIMIT ?"
PAGE = 1_000  # rows in memory at a time
_LOG = logging.getLogger("searcher")


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


@dataclass(frozen=True, slots=True)
class Known:
    """A file as it was read.

    `articles` of it are in the archive, at the `paths`: its own, or those of the files in it where it is an archive.
    `duplicates` are records that were there under another path, `skipped` what could not be read.
    """

    name: bytes
    state: FileState
    sha256: bytes
    articles: int
    duplicates: int
    paths: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()


class Manifest:
    """The files, in an SQLite database: a million of them take no memory. `how` is how files are read at present."""

    def __init__(self, path: Path, how: Sequence[object]) -> None:
        self._path = path
        self._how = json.dumps([READING, *map(str, how)])
        try:
            self._database = self._opened()
        except sqlite3.DatabaseError as error:
            _LOG.warning("%s cannot be read (%s): every file is read again", path, error)
            path.unlink()
            self._database = self._opened()

    def find(self, name: bytes) -> Known | None:
        """What is known of a file; None where it was not read, or in another way."""
        row = self._database.execute("SELECT * FROM files WHERE name = ?", (name,)).fetchone()
        return _known(row) if row else None

    def note(self, known: Known) -> None:
        """Keep what a file was."""
        row = (
            known.name, known.state.size, known.state.changed, known.sha256, known.articles, known.duplicates,
            json.dumps(known.paths), json.dumps([[skip.path, skip.reason, skip.record] for skip in known.skipped]),
        )  # fmt: skip
        self._database.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def forget(self, name: bytes) -> None:
        """A file is no part of the archive any more."""
        self._database.execute("DELETE FROM files WHERE name = ?", (name,))

    def missing(self, below: Iterable[bytes]) -> Iterator[Known]:
        """The files at or below these places that are not there any more, in order."""
        for top in below:
            start, ends = b"", (top, top.rstrip(b"/") + b"/", top.rstrip(b"/") + b"0")  # "0" is what comes after "/"
            while rows := self._database.execute(_BELOW, (*ends, start, PAGE)).fetchall():
                yield from (_known(row) for row in rows if _is_gone(row[0]))
                start = rows[-1][0]

    def commit(self) -> None:
        """Make durable what was noted: the archive has committed it."""
        self._database.commit()

    def close(self) -> None:
        """Forget what was not committed, and let go of the file."""
        self._database.close()

    def _opened(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path)
        try:
            database.execute("PRAGMA trusted_schema = OFF")  # what a stranger's file defines is not run
            database.executescript(_SCHEMA)
            how = database.execute("SELECT how FROM reading").fetchone()
            if how != (self._how,):
                database.execute("DELETE FROM files")
                database.execute("DELETE FROM reading")
                database.execute("INSERT INTO reading VALUES (?)", (self._how,))
                database.commit()
        except BaseException:
            database.close()
            raise
        return database


def _is_gone(name: bytes) -> bool:
    """Whether a file is not there: one that cannot be looked at may be."""
    try:
        os.lstat(name)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _known(row: tuple[bytes, int, int, bytes, int, int, str, str]) -> Known:
    name, size, changed, sha256, articles, duplicates, paths, skipped = row
    return Known(
        name, FileState(size, changed), sha256, articles, duplicates, tuple(json.loads(paths)),
        tuple(Skipped(path, reason, record) for path, reason, record in json.loads(skipped)),
    )  # fmt: skip
