"""What is given broken input: every reader, and whatever else reads what others wrote. Only named errors may leave."""

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from fuzzing.samples import MILL, samples, seed
from searcher.config import Settings
from searcher.entities import extract
from searcher.entities.aliasfile import read_aliases
from searcher.errors import ArchiveDamaged, MissingExtra, ReadError, UsageError
from searcher.models import RawArticle, Skipped
from searcher.normalize import normalize
from searcher.query import Highlighter, Names, SearchOptions, make_plan
from searcher.readers import READERS, Reader, open_source, read_file, reader_for
from searcher.readers.source import Source, member_source
from searcher.readers.unpack import Budget

__all__ = ["TARGETS", "Fault", "Target"]

TODAY = date(2026, 11, 20)
MOST_MADE = 20  # articles of one input that are made: the rest are like them
PLAIN = (
    "Heavy shelling near Abu Kamal, said Mr. Smith of the Ministry of Defence on Tuesday; the ISIS left Deir ez-Zor."
)
QUERY = '"Abu Kamal" kalibr OR (syria -navy) title:mis* actor:"Islamic State" date:2017-10..2017-12 "a b"~5 x~ y^2'
ALIASES = (
    '[[alias]]\nname = "Mill Town"\nspellings = ["Milltown"]\nkind = "place"\ncountry = "US"\nlat = 1.5\nlon = 2\n'
)


class Fault(Exception):
    """What reading came to is not as it should be."""


@dataclass(frozen=True)
class Target:
    """What takes the input of a file with a name; `seeds` are the names and contents that inputs are made from;
    `is_file` is false where a text or a small file is all that is ever read.
    """

    name: str
    run: Callable[[str, bytes], None]
    seeds: Callable[[], Iterator[tuple[str, bytes]]]
    is_file: bool = True


def _file(name: str, data: bytes) -> None:
    """The whole chain: the format told, archives and compressions seen through, every article made."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        if not _made(read_file(path, Settings())):
            raise Fault("neither article nor reason")


def _reader(reader: Reader, name: str, data: bytes) -> None:
    """One reader, whether it would take the file or not."""
    try:
        source = member_source(name, Settings(), lambda: io.BytesIO(data), Budget(len(data)))
    except ReadError:
        return
    reader.sniff(source.head, "")
    reader.sniff(source.head, source.name)
    with suppress(ReadError, MissingExtra):
        _made(reader.read(source))


def _made(records: Iterator[RawArticle | Skipped]) -> int:
    """Make the articles, and count what is there."""
    count = 0
    for record in records:
        count += 1
        if isinstance(record, RawArticle):
            if count <= MOST_MADE:
                normalize(record, Settings(), TODAY)
        elif not record.reason.strip():
            raise Fault(f"no reason: {record!r}")
    return count


def _query(_: str, data: bytes) -> None:
    """A query and its options to a plan."""
    text = data.decode("utf-8", "surrogateescape")
    for options in (SearchOptions(), SearchOptions(match="any", phrase=True, explain=True)):
        make_plan(text, options, Names())
    with suppress(UsageError):
        make_plan("x", SearchOptions(after=text, location=text, sort=text), Names())


def _snippet(_: str, data: bytes) -> None:
    """The first line a query, the others a text: marks lie within it."""
    query, _, body = data.decode("utf-8", "replace").partition("\n")
    highlighter = Highlighter(make_plan(query, SearchOptions(), Names()).request.node)
    for mark in highlighter.marks(body):
        if not 0 <= mark.start < mark.end <= len(body):
            raise Fault(f"a mark outside the text: {mark}")
    shown = highlighter.snippet(body)
    if any(not 0 <= start < end <= len(shown.text) for start, end in shown.marks):
        raise Fault(f"a mark outside the snippet: {shown}")


def _extract(_: str, data: bytes) -> None:
    """Names in a text: each mention is what stands there."""
    body = data.decode("utf-8", "replace")
    for mention in extract(body, title=body[:80], dateline=body[:20]).mentions:
        where = {"body": body, "title": body[:80], "dateline": body[:20]}[mention.field]
        if where[mention.start : mention.end] != mention.text:
            raise Fault(f"not what stands there: {mention}")


def _aliases(_: str, data: bytes) -> None:
    """The file of aliases."""
    with suppress(ReadError):
        read_aliases(data.decode("utf-8", "replace"), "aliases.toml")


def _settings(_: str, data: bytes) -> None:
    """The file of settings."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.json"
        path.write_bytes(data)
        with suppress(ArchiveDamaged, UsageError):
            Settings.load(path)


def _read_by(reader: Reader) -> Iterator[tuple[str, bytes]]:
    """The seed of a reader and the samples that it takes."""
    yield seed(reader.name)
    for path in samples():
        source: Source | None = None
        with suppress(ReadError):
            source = open_source(path, Settings())
        if source is not None and reader_for(source) is reader:
            yield path.name, path.read_bytes()


def _everything() -> Iterator[tuple[str, bytes]]:
    for reader in READERS:
        yield seed(reader.name)
    for path in samples():
        yield path.name, path.read_bytes()


def _texts(*texts: str) -> Callable[[], Iterator[tuple[str, bytes]]]:
    return lambda: (("input", text.encode()) for text in texts)


_ALL = (
    Target("file", _file, _everything),
    *(Target(reader.name, partial(_reader, reader), partial(_read_by, reader)) for reader in READERS),
    Target("query", _query, _texts(QUERY, *QUERY.split()), is_file=False),
    Target("snippet", _snippet, _texts(f"{QUERY}\n{PLAIN} {MILL}", f'"on Tuesday" abu*\n{PLAIN}'), is_file=False),
    Target("extract", _extract, _texts(PLAIN, MILL), is_file=False),
    Target("aliases", _aliases, _texts(ALIASES), is_file=False),
    Target("settings", _settings, _texts('{"encoding": "utf-8", "columns": [["title", "t"]]}'), is_file=False),
)
TARGETS = {target.name: target for target in _ALL}
