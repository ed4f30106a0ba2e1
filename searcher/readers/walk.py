"""Paths to files, and files to articles: every file is either read or named with the reason why not.

The order is that of the names, so that two runs over one folder see the same sequence.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from searcher.config import Settings
from searcher.errors import MissingExtra, ReadError
from searcher.models import RawArticle, Skipped
from searcher.readers.listing import page_stems, passed_over
from searcher.readers.magic import binary_kind
from searcher.readers.members import DEEPEST, is_container, members
from searcher.readers.registry import reader_for
from searcher.readers.source import Source, open_source, shown

__all__ = ["files_under", "read_file", "read_paths"]


def read_paths(
    paths: Iterable[str | Path], settings: Settings, *, left_out: Iterable[Path] = ()
) -> Iterator[RawArticle | Skipped]:
    """Every article of the files and folders named, and one Skipped for each thing that could not be read.

    Folders in `left_out`, such as that of the index, are passed over.
    """
    for found in files_under(paths, left_out=left_out):
        if isinstance(found, Skipped):
            yield found
        else:
            yield from read_file(found, settings)


def read_file(path: Path, settings: Settings) -> Iterator[RawArticle | Skipped]:
    """The records of one file, and of the files in it where it is an archive. Never raises for what the file holds."""
    try:
        source = open_source(path, settings)
    except ReadError as error:
        yield Skipped(error.path, error.reason)
        return
    yield from _records(source, 0)


def _records(source: Source, depth: int) -> Iterator[RawArticle | Skipped]:
    """The records of one source; `depth` is how many archives it lies in."""
    try:
        reader = reader_for(source)
        if reader is not None:
            yield from _or_why_none(reader.read(source), source)
        elif not is_container(source):
            kind = binary_kind(source.head) or "a kind of text that no reader knows"
            yield Skipped(source.path, f"{kind}, not an article; convert it to text, HTML or JSON, or leave it out")
        elif depth == DEEPEST:
            yield Skipped(source.path, f"an archive inside {DEEPEST} others; unpack the outer ones")
        else:
            for member in members(source):
                if isinstance(member, Skipped):
                    yield member
                else:
                    yield from _records(member, depth + 1)
    except ReadError as error:
        yield Skipped(error.path, error.reason, error.record)
    except MissingExtra as error:
        yield Skipped(source.path, str(error), extra=error.extra)


def _or_why_none(records: Iterator[RawArticle | Skipped], source: Source) -> Iterator[RawArticle | Skipped]:
    """The records of a source; a line of the report where there are none, so that no file is passed over in silence."""
    found = False
    for record in records:
        found = True
        yield record
    if not found:
        yield Skipped(source.path, "no article in it; look whether it was saved whole")


def files_under(paths: Iterable[str | Path], *, left_out: Iterable[Path] = ()) -> Iterator[Path | Skipped]:
    """The files to read, sorted within each folder; a file named outright is taken whatever it is called."""
    known = (folder.stat() for folder in left_out if folder.is_dir())
    visited = {(status.st_dev, status.st_ino) for status in known}
    for given in paths:
        path = Path(given)
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            yield Skipped(shown(path), "no such file or folder; check the spelling of the path")
        except (OSError, ValueError) as error:
            yield _unreachable(path, error)
        else:
            if stat.S_ISDIR(mode):
                yield from _walk(path, visited)
            else:
                yield path if stat.S_ISREG(mode) else _special(path)


def _walk(top: Path, visited: set[tuple[int, int]]) -> Iterator[Path | Skipped]:
    """The files below a folder, links followed, each folder entered once."""
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                if (status.st_dev, status.st_ino) not in visited:
                    visited.add((status.st_dev, status.st_ino))
                    waiting.extend(reversed(_entries(path)))
            else:
                yield path if stat.S_ISREG(status.st_mode) else _special(path)
        except (OSError, ValueError) as error:
            yield _unreachable(path, error)


def _entries(folder: Path) -> list[Path]:
    """What a folder holds that may be or hold articles, sorted by name."""
    names = sorted(os.listdir(folder))  # noqa: PTH208 - names are wanted, not paths
    pages = page_stems(names)
    return [folder / name for name in names if not passed_over(name, pages)]


def _unreachable(path: Path, error: OSError | ValueError) -> Skipped:
    """The report of a path the system would not show."""
    if isinstance(error, PermissionError):
        return Skipped(shown(path), "permission denied; give the user who runs this the right to read it")
    if isinstance(error, FileNotFoundError):
        return Skipped(shown(path), "a link to nothing, or gone since the folder was listed; remove or restore it")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Skipped(shown(path), f"cannot be reached ({reason}); check the path")


def _special(path: Path) -> Skipped:
    """The report of a pipe, socket or device."""
    return Skipped(shown(path), "not a regular file (a pipe, socket or device); save its content to a file first")
