"""Tables with one article a row: the delimiter is found from the first line, which names the columns.

Names that are not known are given with `--column FIELD=NAME`. Zotero and Media Cloud write such tables.
"""

import codecs
import csv
import io
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from searcher.errors import ReadError
from searcher.models import RawArticle, Skipped
from searcher.readers.encoding import encoding_of
from searcher.readers.magic import looks_like_text
from searcher.readers.record import LEAST_KNOWN, Columns, Place, article_of, known_fields
from searcher.readers.source import Source

__all__ = ["CsvReader"]

DELIMITERS = (",", ";", "\t", "|")
EXTENSIONS = (".csv", ".tsv", ".tab", ".psv")
TEXT_FIELDS = {"body", "html", "lead"}
HEADLINES = {"stories_id", "media_name", "media_url"}  # columns of the export of Media Cloud, which holds no text
HEADLINE_ALONE = "the table holds no text: the headline stands for it; add the page at its address for the rest"
# The csv module keeps its limit of a field for the whole process: it is raised for one row at a time and put back.
LIMIT_LOCK = threading.Lock()


class CsvReader:
    """Reads .csv and .tsv files; each article's record is `row N`, the first row below the names being 1."""

    name = "csv"

    def sniff(self, head: bytes, path: str) -> bool:
        """By a first line of column names that are known, one of a text among them; by the extension."""
        if not looks_like_text(head):
            return False
        first = head.decode(encoding_of(head, "utf-8"), "replace").lstrip("\r\n").partition("\n")[0]
        known = known_fields(_names(first, _delimiter(first)))
        named = len(known) >= LEAST_KNOWN and bool(known & TEXT_FIELDS)
        return named or path.lower().removesuffix(".gz").endswith(EXTENSIONS)

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each row in turn. Raises ReadError where no column holds text or a quotation is never closed."""
        with source.stream() as stream:
            rows = _Rows(stream, source)
            names = rows.names()
            columns, warnings = _columns(names, source)
            for number, row in enumerate(rows, 1):
                yield _read(names, row, Place(source.path, self.name, b"", f"row {number}"), columns, warnings)


def _columns(names: list[str], source: Source) -> tuple[Columns, tuple[str, ...]]:
    """The columns chosen, and what to say of each article; ReadError where none of the columns holds text."""
    chosen = source.settings.columns
    known = known_fields(names, chosen)
    if known & TEXT_FIELDS:
        return chosen, ()
    if "title" in known and HEADLINES & set(names):
        return (*chosen, ("body", "title")), (HEADLINE_ALONE,)
    shown = ", ".join(name for name in names[:8] if name) or "none"
    reason = f"no column holds text; the columns are {shown}: name the one that does with --column body=NAME"
    raise ReadError(source.path, reason)


def _read(
    names: list[str], row: list[str], place: Place, columns: Columns, warnings: tuple[str, ...]
) -> RawArticle | Skipped:
    """The article of one row."""
    if any("\udc80" <= mark <= "\udcff" for cell in row for mark in cell):
        return Skipped(place.path, "not valid UTF-8; name the encoding with --encoding", place.record)
    values = {name: cell for name, cell in zip(names, row, strict=False) if name}
    raw = json.dumps(values, sort_keys=True, separators=(",", ":")).encode()
    surplus = len(row) - len(names)
    if surplus > 0:
        warnings = (*warnings, f"{surplus} cells more than there are columns were left out")
    return article_of(values, replace(place, raw=raw), warnings, columns)


class _Rows:
    """The rows of a table, read in the memory of the longest row allowed."""

    def __init__(self, stream: BinaryIO, source: Source) -> None:
        self.source = source
        encoding = encoding_of(source.head, source.settings.encoding)
        try:
            codecs.lookup(encoding)
            # Bytes that do not fit are carried along and cost their row alone.
            self.text = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
        except LookupError as error:
            raise ReadError(source.path, f"unknown encoding {encoding!r}; name another with --encoding") from error
        self.line = 0
        self.held = 0
        self.quotes = 0

    def names(self) -> list[str]:
        """The column names, and from then on the delimiter they are parted by."""
        first = next(self._lines(), "")
        self.delimiter = _delimiter(first, self.source.settings.columns)
        return _names(first, self.delimiter)

    def __iter__(self) -> Iterator[list[str]]:
        rows = csv.reader(self._lines(), delimiter=self.delimiter)
        while True:
            begin, self.held, self.quotes = self.line + 1, 0, 0
            row = self._next(rows)
            if row is None:
                return
            if self.line > begin and self.quotes % 2:
                raise self._unclosed(begin)
            if any(cell.strip() for cell in row):
                yield row

    def _next(self, rows: Iterator[list[str]]) -> list[str] | None:
        """The next row with the process-wide limit of a field out of the way."""
        with LIMIT_LOCK:
            limit = csv.field_size_limit(self.source.limit)
            try:
                return next(rows, None)
            except csv.Error as error:
                raise ReadError(
                    self.source.path, f"not a table at line {self.line} ({error}); export it again"
                ) from error
            finally:
                csv.field_size_limit(limit)

    def _lines(self) -> Iterator[str]:
        """The lines, counted; a row that has grown past all bounds ends the file."""
        while line := self._line():
            self.line += 1
            self.held += len(line)
            self.quotes += line.count('"')
            if self.held > self.source.limit:
                raise self._unclosed(self.line)
            yield line

    def _line(self) -> str:
        """The next line; empty at the end."""
        try:
            return self.text.readline(self.source.limit + 1)
        except UnicodeError as error:
            reason = f"not valid {self.text.encoding} after line {self.line}; name the encoding with --encoding"
            raise ReadError(self.source.path, reason) from error

    def _unclosed(self, line: int) -> ReadError:
        """The report of a row without an end."""
        reason = (
            f"the row at line {line} has no end: a quotation mark is never closed or the row is too long; correct it"
        )
        return ReadError(self.source.path, reason)


def _delimiter(first: str, columns: Columns = ()) -> str:
    """The delimiter under which the first line gives most known column names, then most columns."""
    return max(DELIMITERS, key=lambda mark: (len(known_fields(_names(first, mark), columns)), first.count(mark)))


def _names(first: str, delimiter: str) -> list[str]:
    """The column names of the first line."""
    return [name.strip().strip('"').strip().lstrip("\ufeff") for name in first.strip("\r\n").split(delimiter)]
