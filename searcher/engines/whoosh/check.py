"""What is wrong with the files of an index.

Sizes and tables of contents are compared in a moment. A deep check reads every byte for its checksum, then walks every
list and counts it against the stored articles (see walk.py): what a program wrote wrongly has checksums that fit.
"""

from collections.abc import Iterator
from pathlib import Path

from searcher.engines.whoosh.codec.checks import crc_of
from searcher.engines.whoosh.codec.container import Container
from searcher.engines.whoosh.codec.folder import Directory
from searcher.engines.whoosh.codec.segment import FileNote, SegmentReader
from searcher.engines.whoosh.codec.toc import ATTEMPTS, Contents, generations, is_as_written, read_contents
from searcher.engines.whoosh.faults import sound
from searcher.engines.whoosh.schema import KINDS
from searcher.engines.whoosh.walk import walk
from searcher.errors import ArchiveDamaged

__all__ = ["problems"]

# The last commit and the one before; what a kill left of earlier ones, the next commit takes away.
KEPT = 2


def problems(path: Path, *, deep: bool) -> tuple[str, ...]:
    """One line for each thing that is wrong with the last commit, and with the one that is kept before it."""
    for _ in range(ATTEMPTS):
        looked = generations(path)[:KEPT]
        found = _problems(path, looked, deep=deep)
        if not found or looked == generations(path)[:KEPT]:  # a commit meanwhile takes files away
            break
    return found


def _problems(path: Path, numbers: list[int], *, deep: bool) -> tuple[str, ...]:
    found: list[str] = []
    seen: set[str] = set()
    for number in numbers:
        try:
            contents = _contents(path, number)
        except ArchiveDamaged as error:
            found.append(_told(str(error), number, numbers))
            continue
        files = {name: note for entry in contents.segments for name, note in entry.files.items() if name not in seen}
        seen |= contents.files
        faults = [fault for name, note in files.items() for fault in _changed(path, name, note, deep=deep)]
        if deep and not faults and number == numbers[0]:
            faults += _unsound(path, contents)
        found += [_told(fault, number, numbers) for fault in faults]
    return tuple(found)


def _contents(path: Path, number: int) -> Contents:
    try:
        contents = read_contents(path, number)
    except FileNotFoundError as error:
        raise ArchiveDamaged.at(path, f"the table of contents of generation {number} is missing") from error
    if dict(contents.fields) != KINDS:
        raise ArchiveDamaged(f"{path}: an index of another format; `archive rebuild` makes it anew")
    if not is_as_written(path, contents):
        raise ArchiveDamaged.at(path, f"the table of contents of generation {number} is not what was written")
    return contents


def _told(fault: str, number: int, numbers: list[int]) -> str:
    """A fault of the commit before the last does no harm yet: the next commit takes it away."""
    return fault if number == numbers[0] else f"{fault} (of the commit before the last, which is kept in reserve)"


def _changed(path: Path, name: str, note: FileNote, *, deep: bool) -> Iterator[str]:
    """Whether a file is missing, of another size, cannot be opened or, when it is read, of another checksum."""
    folder = Directory(path)
    try:
        with sound(path / name):
            data = folder.load(name, note.size)
            container = Container(data, folder.place(name))
            if deep:
                container.verify()
                if crc_of(data) != note.crc:
                    yield str(ArchiveDamaged.at(path / name, "its bytes are not those that were written"))
    except ArchiveDamaged as error:
        yield str(error)


def _unsound(path: Path, contents: Contents) -> Iterator[str]:
    """What does not fit together in files that are as they were written."""
    ids: set[str] = set()
    for entry in contents.segments:
        try:
            with sound(path / entry.name):
                walk(SegmentReader(Directory(path), entry), ids)
        except ArchiveDamaged as error:
            yield str(error)
