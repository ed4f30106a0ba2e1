"""The table of contents: which segments make up the index after a commit, and what each file must be.

    _MAIN_12.toc    {"crc": "...", "toc": {"format": 3, "generation": 12, "fields": {...}, "segments": [...]}}

It is written under another name, synced and renamed, so a commit is there whole or not at all. The number in the name
is the generation, one more with each commit. The generation before is kept until the next commit: should a file of the
last one turn out to be damaged, that one can still answer.
"""

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import sleep
from typing import Any, TypeVar

from searcher import disk
from searcher.engines.whoosh.codec.container import FORMAT_VERSION
from searcher.engines.whoosh.codec.segment import FileNote, SegmentEntry
from searcher.errors import ArchiveDamaged

__all__ = [
    "ATTEMPTS",
    "INDEX_NAME",
    "Contents",
    "generations",
    "is_as_written",
    "latest_generation",
    "previous_generation",
    "read_contents",
    "read_latest",
    "tidy",
    "write_contents",
]

INDEX_NAME = "MAIN"
# How often commits may take away the files of a generation before they are opened, and seconds to wait in between.
ATTEMPTS = 10
PAUSE = 0.01

T = TypeVar("T")

_TOC = re.compile(rf"_{INDEX_NAME}_(\d+)\.toc")
_NAME = re.compile(rf"{INDEX_NAME}_[0-9a-z]+(?:\.[0-9a-z]+)*")
_OURS = re.compile(rf"_?{INDEX_NAME}_[0-9a-z]+\.[a-z0-9.]+")


@dataclass(frozen=True, slots=True)
class Contents:
    """One state of the index."""

    generation: int
    segments: Sequence[SegmentEntry] = ()
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def files(self) -> set[str]:
        """The names of all files that belong to it."""
        return {name for segment in self.segments for name in segment.files}


def generations(path: Path) -> list[int]:
    """The numbers of the commits that are kept, by the names of the files, the last first."""
    names = (_TOC.fullmatch(name) for name in os.listdir(path))  # noqa: PTH208 - 7 us instead of 10, and asked often
    return sorted((int(found[1]) for found in names if found), reverse=True)


def latest_generation(path: Path) -> int:
    """The number of the last commit; -1 where there is none."""
    return next(iter(generations(path)), -1)


def previous_generation(path: Path, generation: int) -> int:
    """The number of the commit kept before a generation; -1 where there is none."""
    return next((number for number in generations(path) if number < generation), -1)


def read_latest(path: Path, read: Callable[[int], T]) -> T:
    """What `read` makes of the last generation; of a later one where a commit took the files of that away meanwhile."""
    for attempt in range(1, ATTEMPTS):
        generation = latest_generation(path)
        try:
            return read(generation)
        except (FileNotFoundError, ArchiveDamaged):
            if generation == latest_generation(path):  # nothing took its place: it is damaged
                raise
            sleep(PAUSE * attempt)
    return read(latest_generation(path))


def read_contents(path: Path, generation: int) -> Contents:
    """The table of contents of a generation.

    Raises:
        FileNotFoundError: a later commit has taken its place.
        ArchiveDamaged: it is not what was written.
    """
    place = path / _toc_name(generation)
    raw = place.read_bytes()
    try:
        held = json.loads(raw)
        toc = held["toc"]
        if held["crc"] != disk.json_crc(toc):
            raise ArchiveDamaged.at(place, "its checksum is another")
        if toc["format"] != FORMAT_VERSION:
            raise ArchiveDamaged.at(place, f"an index of format {toc['format']}, this version reads {FORMAT_VERSION}")
        return Contents(int(toc["generation"]), tuple(map(_entry, toc["segments"])), dict(toc["fields"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ArchiveDamaged.at(place, "the table of contents cannot be read") from error


def write_contents(path: Path, contents: Contents) -> None:
    """Make a generation the current one."""
    disk.write_whole(path / _toc_name(contents.generation), _written(contents))


def is_as_written(path: Path, contents: Contents) -> bool:
    """Whether the table of contents that was read is that of `write_contents` to the last byte."""
    return (path / _toc_name(contents.generation)).read_bytes() == _written(contents)


def tidy(path: Path, contents: Contents, *, reserve: bool = True) -> None:
    """Delete what belongs to neither a generation nor the one before it; who has a file open keeps reading.

    These are files of earlier generations, and of writers that never committed; without a `reserve` those of the one
    before too. Tables of contents go first: a kill in between leaves files that nothing names, not a table of files
    that are gone.
    """
    kept = _names(contents)
    if reserve:
        with suppress(FileNotFoundError, ArchiveDamaged):  # none is kept, or it is none to be kept
            kept |= _names(read_contents(path, previous_generation(path, contents.generation)))
    found = [entry for entry in path.iterdir() if _OURS.fullmatch(entry.name) and entry.name not in kept]
    for entry in sorted(found, key=lambda entry: entry.suffix != ".toc"):
        disk.remove(entry)


def _written(contents: Contents) -> bytes:
    toc = {
        "format": FORMAT_VERSION,
        "generation": contents.generation,
        "fields": dict(contents.fields),
        "segments": [_plain(entry) for entry in contents.segments],
    }
    return json.dumps({"crc": disk.json_crc(toc), "toc": toc}, indent=1).encode()


def _names(contents: Contents) -> set[str]:
    """The files of a generation with its table of contents."""
    return contents.files | {_toc_name(contents.generation)}


def _toc_name(generation: int) -> str:
    return f"_{INDEX_NAME}_{generation}.toc"


def _plain(entry: SegmentEntry) -> dict[str, Any]:
    return {**asdict(entry), "files": {name: [note.size, note.crc] for name, note in entry.files.items()}}


def _entry(plain: dict[str, Any]) -> SegmentEntry:
    files = {str(name): FileNote(int(size), int(crc)) for name, (size, crc) in plain["files"].items()}
    names = [plain["name"], *files, *filter(None, [plain["deletions"]])]
    if not all(_NAME.fullmatch(name) for name in names):  # a name that leads out of the directory
        raise ValueError(f"{names} are not all names of its files")
    return SegmentEntry(plain["name"], int(plain["documents"]), files, int(plain["deleted"]), plain["deletions"])
