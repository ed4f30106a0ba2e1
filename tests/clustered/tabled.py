"""An engine that many processes may write to: articles as rows of an SQLite file. It searches nothing.

It stands in for the distributed engine where tests are of the workers and not of the engine: first commits can be made
to wait for each other, and articles of some titles to kill whoever writes them, as want of memory does.
"""

import os
import pickle
import signal
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from unasked import Unasked

from searcher.engines import Copy, Key, Refused, Writer
from searcher.models import Article

__all__ = ["DEADLY", "FATAL", "REFUSED", "OpensTable", "Table"]

DEADLY = "Kills the process that reads it"
FATAL = "Kills the worker as well"
REFUSED = "Cannot be held"
PATIENCE = 30.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, path TEXT, story TEXT, sketch BLOB, article BLOB);
CREATE TABLE IF NOT EXISTS commits (pid INTEGER, articles INTEGER);
"""


@dataclass(frozen=True)
class OpensTable:
    """Opens the engine in whatever process; the first commits of so many processes happen together."""

    path: Path
    together: int = 0

    def __call__(self) -> "Table":
        return Table(self.path, self.together)


class Table(Unasked):
    """The engine; each call has a connection of its own."""

    name = "table"

    def __init__(self, path: Path, together: int = 0) -> None:
        self.path = path
        self.together = together
        with self.database() as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(_SCHEMA)

    def database(self) -> sqlite3.Connection:
        return _Closing(self.path)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self.database() as database:
            return database.execute(query, values).fetchall()

    def writer(self) -> Writer:
        return TableWriter(self)

    def find(self, article_id: str) -> Article | None:
        rows = self.rows("SELECT article FROM articles WHERE id = ?", article_id)
        return pickle.loads(rows[0][0]) if rows else None

    def path_of(self, article_id: str) -> str | None:
        rows = self.rows("SELECT path FROM articles WHERE id = ?", article_id)
        return rows[0][0] if rows else None

    def ids(self, key: Key, value: str) -> tuple[str, ...]:
        return tuple(row[0] for row in self.rows(f"SELECT id FROM articles WHERE {key} = ? ORDER BY id", value))

    def alike(self, sketches: Sequence[bytes], least: int) -> list[tuple[int, Copy]]:
        kept = [Copy(*row) for row in self.rows("SELECT id, story, sketch FROM articles WHERE sketch <> x''")]
        if not kept:
            return []
        table = np.frombuffer(b"".join(copy.sketch for copy in kept), np.uint8).reshape(len(kept), -1)
        found = []
        for number, sketch in enumerate(sketches):
            if sketch:
                equal = (table == np.frombuffer(sketch, np.uint8)).sum(axis=1)
                found += [(number, kept[row]) for row in np.flatnonzero(equal >= least).tolist()]
        return found

    def articles(self) -> Iterator[Article]:
        return (pickle.loads(row[0]) for row in self.rows("SELECT article FROM articles ORDER BY id"))


class TableWriter(Writer):
    """A batch in memory until it is committed in one transaction."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._batch: dict[str, Article | None] = {}

    def add(self, article: Article) -> None:
        """Take an article; the deadly ones end this process."""
        if article.title == FATAL:
            os.kill(os.getppid(), signal.SIGKILL)
        if article.title in (DEADLY, FATAL):
            os.kill(os.getpid(), signal.SIGKILL)
        self._batch[article.id] = article

    def remove(self, article_id: str) -> None:
        self._batch[article_id] = None

    def commit(self) -> None:
        self._wait_for_others()
        with self._table.database() as database:
            for article_id, article in self._batch.items():
                database.execute("DELETE FROM articles WHERE id = ?", [article_id])
                if article and article.title == REFUSED:
                    self.refused += (Refused(article_id, "too much for a table"),)
                elif article:
                    row = (article_id, article.path, article.tells, article.sketch, pickle.dumps(article))
                    database.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", row)
            database.execute("INSERT INTO commits VALUES (?, ?)", (os.getpid(), len(self._batch)))

    def _wait_for_others(self) -> None:
        """Until as many processes want to commit as have to."""
        end = time.monotonic() + PATIENCE
        waiting = self._table.path.with_suffix(".waiting")
        waiting.mkdir(exist_ok=True)
        (waiting / str(os.getpid())).touch()
        while len(list(waiting.iterdir())) < self._table.together:
            assert time.monotonic() < end, "the others never came"
            time.sleep(0.01)

    def discard(self) -> None:
        self._batch = {}


class _Closing(sqlite3.Connection):
    """A connection that is closed when its transaction ends."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, timeout=60)

    def __exit__(self, *given: Any) -> None:
        super().__exit__(*given)
        self.close()
