"""SQLite FTS5: the text in a full-text table, days and both facets in tables beside it.

Beginnings are its own; misspelt words are looked for in its list of terms, with the rest of the work in Python.
"""

import sqlite3
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmark.engines.base import MEMORY_MB, TITLE_WEIGHT, TOP, Answer
from benchmark.picking import edits
from benchmark.queries import Query
from benchmark.record import FACETS, Record

__all__ = ["ADAPTER"]

BATCH = 1_000

_TABLES = """
CREATE VIRTUAL TABLE text USING fts5(title, body, tokenize = 'porter unicode61');
CREATE VIRTUAL TABLE term USING fts5vocab(text, row);
CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT, day INTEGER);
CREATE TABLE value (number INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE location (article INTEGER, value INTEGER, PRIMARY KEY (article, value)) WITHOUT ROWID;
CREATE TABLE actor (article INTEGER, value INTEGER, PRIMARY KEY (article, value)) WITHOUT ROWID;
CREATE UNIQUE INDEX article_id ON article (id);
CREATE INDEX article_day ON article (day);
CREATE INDEX location_value ON location (value);
CREATE INDEX actor_value ON actor (value);
"""
_EVERYTHING = "FROM article"
_MATCHING = "FROM text WHERE text MATCH ?"
_DATED = "FROM text JOIN article ON article.number = text.rowid WHERE text MATCH ? AND day BETWEEN ? AND ?"
_COUNTED = """
SELECT * FROM (SELECT 'location', value, count(*) FROM found JOIN location ON article = number
               GROUP BY value ORDER BY 3 DESC LIMIT ?)
UNION ALL
SELECT * FROM (SELECT 'actor', value, count(*) FROM found JOIN actor ON article = number
               GROUP BY value ORDER BY 3 DESC LIMIT ?)
"""
_COUNTED_EVERYWHERE = """
SELECT * FROM (SELECT 'location', value, count(*) FROM location GROUP BY value ORDER BY 3 DESC LIMIT ?)
UNION ALL
SELECT * FROM (SELECT 'actor', value, count(*) FROM actor GROUP BY value ORDER BY 3 DESC LIMIT ?)
"""


class _Prepared(NamedTuple):
    """Which articles match, as the end of a statement with its parameters."""

    matching: str
    parameters: tuple[str | int, ...] = ()
    misspelt: str = ""


class _Found(NamedTuple):
    total: int
    best: list[tuple[int, float]]
    counts: list[tuple[str, int, int]]


class _Searching:
    segments = 0

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names = dict(connection.execute("SELECT number, name FROM value"))

    def prepare(self, query: Query) -> _Prepared:
        quoted = [f'"{word}"' for word in query.words]
        match query.form:
            case "everything":
                return _Prepared(_EVERYTHING)
            case "fuzzy":
                return _Prepared(_MATCHING, misspelt=query.words[0])
            case "prefix":
                return _Prepared(_MATCHING, (f"{quoted[0]} *",))
            case "phrase":
                return _Prepared(_MATCHING, (f'"{" ".join(query.words)}"',))
            case "dated":
                return _Prepared(_DATED, (quoted[0], query.first, query.last))
            case _:
                return _Prepared(_MATCHING, ((" OR " if query.form == "any" else " AND ").join(quoted),))

    def search(self, prepared: _Prepared, values: int) -> _Found:
        matching, parameters, misspelt = prepared
        if misspelt:
            parameters = (self._meant(misspelt),)
        run = self._connection.execute
        if matching == _EVERYTHING:
            best = run(f"SELECT number, 0.0 {matching} LIMIT {TOP}").fetchall()
            counts = run(_COUNTED_EVERYWHERE, (values, values)).fetchall() if values else []
        else:
            best = run(f"SELECT text.rowid, rank {matching} ORDER BY rank LIMIT {TOP}", parameters).fetchall()
            found = f"WITH found AS MATERIALIZED (SELECT text.rowid AS number {matching})"
            counts = run(f"{found} {_COUNTED}", (*parameters, values, values)).fetchall() if values else []
        (total,) = run(f"SELECT count(*) {matching}", parameters).fetchone()
        return _Found(total, best, counts)

    def answer(self, found: _Found) -> Answer:
        facets: dict[str, dict[str, int]] = {name: {} for name in FACETS} if found.counts else {}
        for name, value, count in found.counts:
            facets[name][self._names[value]] = count
        return Answer(found.total, len(found.best), facets)

    def _meant(self, typed: str) -> str:
        """The terms a misspelt word may stand for, as alternatives: those of its first letter are gone through."""
        near = edits(typed)
        terms = self._connection.execute(
            "SELECT term FROM term WHERE term >= ? AND term < ?", (typed[0], chr(ord(typed[0]) + 1))
        )
        return " OR ".join(f'"{term}"' for (term,) in terms if term in near)


class _Adapter:
    version = sqlite3.sqlite_version

    def build(self, records: Iterable[Record], folder: Path) -> None:
        folder.mkdir()
        connection = _connection(folder)
        connection.executescript(_TABLES)
        connection.execute("INSERT INTO text (text, rank) VALUES ('rank', ?)", (f"bm25({TITLE_WEIGHT}, 1.0)",))
        self._write(connection, records)

    def add(self, records: Iterable[Record], folder: Path) -> None:
        self._write(_connection(folder), records)

    def open(self, folder: Path) -> _Searching:
        return _Searching(_connection(folder))

    def _write(self, connection: sqlite3.Connection, records: Iterable[Record]) -> None:
        numbers = dict(connection.execute("SELECT name, number FROM value"))
        left = iter(records)
        with connection:  # one transaction
            while batch := list(islice(left, BATCH)):
                _insert(connection, batch, numbers)
        connection.close()


def _connection(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "articles.db")
    connection.execute(f"PRAGMA cache_size = {-MEMORY_MB * 1024}")
    return connection


def _insert(connection: sqlite3.Connection, batch: list[Record], numbers: dict[str, int]) -> None:
    connection.executemany(
        "INSERT INTO text (rowid, title, body) VALUES (?, ?, ?)", [(r.number, r.title, r.body) for r in batch]
    )
    connection.executemany("INSERT INTO article VALUES (?, ?, ?)", [(r.number, r.key, r.day) for r in batch])
    _insert_values(connection, "INSERT INTO location VALUES (?, ?)", [(r.number, r.places) for r in batch], numbers)
    _insert_values(connection, "INSERT INTO actor VALUES (?, ?)", [(r.number, r.actors) for r in batch], numbers)


def _insert_values(
    connection: sqlite3.Connection, statement: str, values: list[tuple[int, tuple[str, ...]]], numbers: dict[str, int]
) -> None:
    names = dict.fromkeys(name for _, some in values for name in some)
    fresh = [name for name in names if name not in numbers]
    numbers.update((name, number) for number, name in enumerate(fresh, len(numbers)))
    connection.executemany("INSERT INTO value VALUES (?, ?)", [(numbers[name], name) for name in fresh])
    connection.executemany(statement, [(article, numbers[name]) for article, some in values for name in some])


ADAPTER = _Adapter()
