"""JSON lines: one article a line. A bad line costs itself; the lines after it are read."""

import codecs
import json
from collections.abc import Iterator

from searcher.errors import ReadError
from searcher.models import RawArticle, Skipped
from searcher.readers.encoding import decode
from searcher.readers.magic import looks_like_text
from searcher.readers.record import Place, article_of
from searcher.readers.source import Line, Source

__all__ = ["JsonLinesReader"]

EXTENSIONS = (".jsonl", ".ndjson", ".jsonlines", ".jl")


class JsonLinesReader:
    """Reads JSON lines; each article's record is `line N`, blank lines counted."""

    name = "jsonl"

    def sniff(self, head: bytes, path: str) -> bool:
        """By a first line that is one object, with something below it that is no part of it; by the extension."""
        if not looks_like_text(head):
            return False
        first, _, rest = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
        several = first.startswith(b"{") and first.rstrip().endswith(b"}") and bool(rest.strip())
        return several or path.lower().endswith(EXTENSIONS)

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each line in turn. Raises ReadError where the file breaks off."""
        for line in source.lines():
            if line.data.strip():
                yield _read(line, source)


def _read(line: Line, source: Source) -> RawArticle | Skipped:
    """The article of one line, or the reason why there is none."""
    record = f"line {line.number}"
    if not line.whole:
        return Skipped(
            source.path, f"longer than {source.limit:,} bytes; split the article or leave the line out", record
        )
    data = line.data.removeprefix(codecs.BOM_UTF8).strip()
    try:
        value = json.loads(_text(data, source, record), strict=False)
    except ReadError as error:
        return Skipped(error.path, error.reason, record)
    except json.JSONDecodeError as error:
        return Skipped(
            source.path, f"invalid JSON at column {error.colno} ({error.msg}); correct or remove the line", record
        )
    except (ValueError, RecursionError):
        return Skipped(source.path, "invalid JSON (nested too deep or with a number too long); remove the line", record)
    if not isinstance(value, dict):
        return Skipped(source.path, f"a JSON {type(value).__name__}, not an object with a title and a text", record)
    return article_of(value, Place(source.path, JsonLinesReader.name, data, record))


def _text(data: bytes, source: Source, record: str) -> str:
    """The line as text: UTF-8, as JSON is by its standard, else the archive's encoding."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return decode(data, source.path, source.settings.encoding, record)
