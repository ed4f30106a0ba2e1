"""JSON files: one article as an object, or many in an array, an envelope, or one object after another.

The file is decoded piece by piece, so that an array of any length is read in the memory of its longest record.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from searcher.errors import ReadError
from searcher.models import RawArticle, Skipped
from searcher.readers.encoding import encoding_of
from searcher.readers.magic import looks_like_text
from searcher.readers.record import Place, article_of, nested_records
from searcher.readers.source import Source

__all__ = ["JsonReader"]

CHUNK_BYTES = 256 * 1024
MARK = re.compile(r"[^ \t\r\n]")
DECODER = json.JSONDecoder(strict=False)  # real exports hold raw line ends inside strings


class JsonReader:
    """Reads .json files. An array's articles are `item 1` and so on; a file of one object has no record."""

    name = "json"

    def sniff(self, head: bytes, path: str) -> bool:
        """By an opening brace and quote, or a bracket and brace; by the extension .json.

        An object on one line may be the first of JSON lines, so then the name has a say.
        """
        if not looks_like_text(head):
            return False
        begin = head.removeprefix(codecs.BOM_UTF8).lstrip()
        pair = begin[:1] + begin[1:4096].lstrip()[:1]
        first = begin.partition(b"\n")[0].rstrip()
        if pair in (b'{"', b"{}") and (first.endswith(b"}") or first == begin.rstrip()):
            return bool(path)
        return pair in (b'{"', b"{}", b"[{", b"[]") or path.lower().endswith(".json")

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each object in turn. Raises ReadError at the first thing that is not JSON."""
        with source.stream() as stream:
            pieces = _Pieces(stream, source)
            if pieces.peek() == "{":
                value, text = pieces.value()
                if not pieces.peek():
                    yield from _single(value, source)
                    return
                yield _item(value, text, 1, source)
                yield from _items(pieces, source, 2)
            else:
                yield from _items(pieces, source, 1)


def _single(value: object, source: Source) -> Iterator[RawArticle | Skipped]:
    """The article a file of one object is, or those in its envelope."""
    records = nested_records(value) if isinstance(value, dict) else None
    if records is None:
        yield _read(value, Place(source.path, JsonReader.name, source.content()))
        return
    for number, record in enumerate(records, 1):
        text = json.dumps(record, sort_keys=True, separators=(",", ":"))
        yield _item(record, text, number, source)


def _items(pieces: "_Pieces", source: Source, number: int) -> Iterator[RawArticle | Skipped]:
    """The remaining values of an array or of a sequence of objects."""
    array = pieces.take("[")
    while (mark := pieces.peek()) and mark != "]":
        value, text = pieces.value()
        yield _item(value, text, number, source)
        number += 1
        pieces.take(",")
    if array and not mark:
        raise ReadError(
            source.path, "the JSON array is cut short; copy the file again from its origin", f"item {number}"
        )
    if number == 1:
        raise ReadError(source.path, "an empty JSON array; nothing to add")


def _item(value: object, text: str, number: int, source: Source) -> RawArticle | Skipped:
    """One record of several."""
    return _read(value, Place(source.path, JsonReader.name, text.encode("utf-8", "replace"), f"item {number}"))


def _read(value: object, place: Place) -> RawArticle | Skipped:
    """The article of a decoded value, where it is an object."""
    if isinstance(value, dict):
        return article_of(value, place)
    return Skipped(place.path, f"a JSON {type(value).__name__}, not an object with a title and a text", place.record)


class _Pieces:
    """JSON values taken from a stream one at a time; only the value at hand is in memory."""

    def __init__(self, stream: BinaryIO, source: Source) -> None:
        self.stream = stream
        self.source = source
        encoding = encoding_of(source.head, "utf-8")
        if not _fits(source.head, encoding):
            encoding = source.settings.encoding
        try:
            self.decoder = codecs.getincrementaldecoder(encoding)()
        except LookupError as error:
            raise ReadError(source.path, f"unknown encoding {encoding!r}; name another with --encoding") from error
        self.text = ""
        self.at = 0
        self.line = 1
        self.read = 0

    def peek(self) -> str:
        """The next character that is not white space; empty at the end."""
        while True:
            mark = MARK.search(self.text, self.at)
            self.at = mark.start() if mark else len(self.text)
            if self.at < len(self.text) or not self._fill(CHUNK_BYTES):
                return self.text[self.at : self.at + 1]

    def take(self, mark: str) -> bool:
        """Pass over `mark` where it comes next."""
        found = self.peek() == mark
        self.at += found
        return found

    def value(self) -> tuple[object, str]:
        """The next value and its own text. Raises ReadError where there is none or it is too long."""
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self.text, self.at)
            except (ValueError, RecursionError) as error:
                held = len(self.text) - self.at
                if held <= self.source.limit and self._fill(max(CHUNK_BYTES, held)):
                    continue
                raise ReadError(self.source.path, self._reason(error)) from error
            text, self.at = self.text[self.at : end], end
            return value, text

    def _fill(self, size: int) -> bool:
        """Forget what was taken and read on; False at the end."""
        self.line += self.text.count("\n", 0, self.at)
        self.text, self.at = self.text[self.at :], 0
        data = self.stream.read(size)
        try:
            self.text += self.decoder.decode(data, final=not data)
        except UnicodeError as error:
            at = self.read + getattr(error, "start", 0)
            reason = f"not valid UTF-8 at byte {at}; name the encoding with --encoding"
            raise ReadError(self.source.path, reason) from error
        self.read += len(data)
        return bool(data)

    def _reason(self, error: ValueError | RecursionError) -> str:
        """What is wrong with the value that begins here."""
        if isinstance(error, json.JSONDecodeError):
            line = self.line + self.text.count("\n", 0, error.pos)
            return f"invalid JSON at line {line} ({error.msg}); correct it or export it again"
        return f"invalid JSON at line {self.line} (nested too deep or with a number too long); export it again"


def _fits(head: bytes, encoding: str) -> bool:
    """Whether the head, which may end inside a character, is text in this encoding."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeError:
        return False
    return True
