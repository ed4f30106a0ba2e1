"""Which files an archive was made of, and what they were when they were read: what has not changed is not read again.

It is never believed against the index: it is written after the commits that it speaks of, and a file of which the index
holds another number of articles is read again. Without it, or where it is damaged, every file is.
"""

import json
import logging
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from searcher import disk
from searcher.errors import DiskError
from searcher.ingest.known import Known, Row, known_of, row_of

__all__ = ["Manifest", "copy_manifest", "manifest_problems"]

READING = 1  # one more whenever the readers find other articles in the same files
_SCHEMA = """
CREATE TABLE IF NOT EXISTS known (
    name BLOB PRIMARY KEY, size INTEGER, changed INTEGER, sha256 BLOB,
    articles INTEGER, duplicates INTEGER, paths BLOB, skipped BLOB, crc INTEGER
) WITHOUT ROWID;
DROP TABLE IF EXISTS files;
CREATE TABLE IF NOT EXISTS reading (how TEXT);
"""
_FOREIGN = "SELECT name FROM sqlite_master WHERE type <> 'table' OR name NOT IN ('known', 'reading', 'files')"
_INSERT = "INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_DUPLICATED = "SELECT * FROM known WHERE duplicates > 0 AND name > ? ORDER BY name LIMIT ?"
_BELOW = "SELECT * FROM known WHERE (name = ? OR (name > ? AND name < ?)) AND name > ? ORDER BY name LIMIT ?"
PAGE = 1_000  # rows in memory at a time
PATIENCE = 30.0  # seconds to wait for another process: it writes the notes of a batch in less than one
# What SQLite says of a disk that fails, or of another process; all else is damage (https://www.sqlite.org/rescode.html).
_NOT_DAMAGE = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM,
}  # fmt: skip
_LOG = logging.getLogger("searcher")


class Manifest:
    """The files, in an SQLite database: a million of them take no memory. `how` is how files are read at present.

    What is noted is kept here until `commit` writes it: no other process waits for the end of a batch.
    """

    def __init__(self, path: Path, how: Sequence[object]) -> None:
        self._path = path
        self._how = json.dumps([READING, *map(str, how)])
        self._noted: dict[bytes, Known | None] = {}
        try:
            self._database = self._opened()
        except sqlite3.DatabaseError as error:
            self._database = self._anew(error)

    def find(self, name: bytes) -> Known | None:
        """What is known of a file; None where it was not read, or in another way."""
        if name in self._noted:
            return self._noted[name]
        rows = self._rows("SELECT * FROM known WHERE name = ?", name)
        return known_of(rows[0]) if rows else None

    def note(self, known: Known) -> None:
        """Keep what a file was."""
        self._noted[known.name] = known

    def forget(self, name: bytes) -> None:
        """A file is no part of the archive any more."""
        self._noted[name] = None

    def missing(self, below: Iterable[bytes]) -> Iterator[Known]:
        """The files at or below these places that are not there any more, in order."""
        for top in below:
            ends = top, top.rstrip(b"/") + b"/", top.rstrip(b"/") + b"0"  # "0" is what comes after "/"
            yield from (known for row in self._all(_BELOW, *ends) if _is_gone(row[0]) and (known := known_of(row)))

    def with_duplicates(self) -> Iterator[Known]:
        """The files that held what was there under another path, in order; for each what is known of it by now."""
        found = (self.find(row[0]) for row in self._all(_DUPLICATED))
        return (known for known in found if known and known.duplicates)

    def commit(self) -> None:
        """Make durable what was noted: the archive has committed it."""
        noted, self._noted = self._noted, {}
        try:
            self._write(noted)
        except sqlite3.DatabaseError as error:
            self._database.close()
            self._database = self._anew(error)
            self._write(noted)

    def close(self) -> None:
        """Forget what was not committed, and let go of the file."""
        self._database.close()

    def _all(self, query: str, *values: object) -> Iterator[Row]:
        start = b""
        while rows := self._rows(query, *values, start, PAGE):
            yield from rows
            start = rows[-1][0]

    def _rows(self, query: str, *values: object) -> list[Row]:
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            self._database.close()
            self._database = self._anew(error)
            return []

    def _write(self, noted: Mapping[bytes, Known | None]) -> None:
        gone = [(name,) for name, known in noted.items() if known is None]
        with self._database:
            self._database.executemany("DELETE FROM known WHERE name = ?", gone)
            self._database.executemany(_INSERT, (row_of(known) for known in noted.values() if known))

    def _anew(self, error: sqlite3.DatabaseError) -> sqlite3.Connection:
        """An empty database in place of one that is damaged; DiskError where it is the disk that fails."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_NOTADB) & 0xFF
        if code in _NOT_DAMAGE or (code == sqlite3.SQLITE_READONLY and not os.access(self._path, os.W_OK)):
            raise DiskError(
                f"{self._path}: {error}; see that there is room and nobody keeps it, and do it again"
            ) from error
        _LOG.warning("%s cannot be read (%s): every file is read again", self._path, error)
        for path in (self._path, self._path.with_name(self._path.name + "-journal")):
            path.unlink(missing_ok=True)
        return self._opened()

    def _opened(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=PATIENCE)
        try:
            database.execute("PRAGMA trusted_schema = OFF")  # what a stranger's file defines is not run
            if database.execute(_FOREIGN).fetchone():
                raise sqlite3.DatabaseError("it holds what was not put there")  # noqa: TRY301 - as SQLite says it
            database.executescript(_SCHEMA)
            how = database.execute("SELECT how FROM reading").fetchone()
            if how != (self._how,):
                with database:
                    database.execute("DELETE FROM known")
                    database.execute("DELETE FROM reading")
                    database.execute("INSERT INTO reading VALUES (?)", (self._how,))
        except BaseException:
            database.close()
            raise
        return database


def manifest_problems(path: Path, *, deep: bool = False) -> Iterator[str]:
    """What is wrong with a manifest, one line each; nothing where there is none. `deep` reads every row."""
    if not path.exists() or not path.stat().st_size:  # a kill or a full disk came before the tables
        return
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            rows = database.execute("SELECT * FROM known") if deep else database.execute("SELECT * FROM known LIMIT 0")
            harmed = sum(known_of(row) is None for row in rows)
            said = database.execute("PRAGMA integrity_check(1)").fetchone()[0] if deep else "ok"
    except sqlite3.DatabaseError as error:
        if (
            error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK
        ):  # a kill left half a batch: the next add undoes it
            return
        harmed, said = 0, str(error)
    if harmed or said != "ok":
        what = f"{harmed:,} rows are not what was written" if harmed else said
        yield f"{path}: {what}; delete it: the next `archive add` reads every file again"


def copy_manifest(source: Path, target: Path) -> None:
    """Bring the notes of an archive to its copy; without them, or where they are damaged, every file is read again."""
    if not source.exists():
        return
    with disk.mapped(target):
        disk.make_folder(target.parent)
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)) as notes,
            closing(sqlite3.connect(target, timeout=PATIENCE)) as copy,
        ):
            notes.backup(copy)
    except sqlite3.DatabaseError as error:
        _LOG.warning("%s could not be copied (%s): every file is read again", source, error)


def _is_gone(name: bytes) -> bool:
    """Whether a file is not there: one that cannot be looked at may be."""
    try:
        os.lstat(name)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
