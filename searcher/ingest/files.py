"""The files to read: what has changed since they were read last.

A file whose size and time are those of then is not opened; one of another time is hashed, and if its bytes are the same
it counts as unchanged too. The records of the others come with a mark behind them that says that the file is done.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from searcher.config import Settings
from searcher.ingest.known import FileState, Known
from searcher.ingest.manifest import Manifest
from searcher.models import Pending, RawArticle, Skipped
from searcher.readers import files_under, read_file

__all__ = ["NOTHING_READ", "FileRead", "Files", "holds_what_it_did", "name_of", "pending", "whole_file"]

State = Literal["new", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class FileRead:
    """A mark behind the records of a file: all of them are read. Without a name it says nothing of a file."""

    name: bytes
    state: FileState
    sha256: bytes


NOTHING_READ = FileRead(b"", FileState(0, 0), b"")


@dataclass(slots=True)
class Files:
    """Files below `paths` but for the folders `left_out`.

    `held` says how many articles of a path the archive has; `unchanged` gathers what is known of the files passed over,
    `found` counts the files.
    """

    paths: tuple[str | Path, ...]
    settings: Settings
    left_out: tuple[Path, ...]
    manifest: Manifest | None
    held: Callable[[str], int]
    unchanged: list[Known] = field(default_factory=list)
    _met: set[bytes] = field(default_factory=set)
    found: int = 0

    def records(self) -> Iterator[RawArticle | Skipped | FileRead]:
        """The records of every file that is new or has changed, in the order of the names."""
        for found in self.to_read():
            if isinstance(found, Skipped):
                yield found
                yield NOTHING_READ
            elif self.manifest is None:
                yield from read_file(found, self.settings)
            else:
                yield from whole_file(found, self.settings)

    def to_read(self) -> Iterator[Path | Skipped]:
        """Every file that is new or has changed, in the order of the names, and why others cannot be read."""
        for found in files_under(self.paths, left_out=self.left_out):
            if isinstance(found, Skipped):
                yield found
                continue
            self.found += 1
            if self.manifest is None or not self._is_passed_over(found, self.manifest):
                yield found

    def states(self) -> Iterator[tuple[State, str] | Skipped]:
        """Every file and whether it would be read, which none is."""
        for found in files_under(self.paths, left_out=self.left_out):
            if isinstance(found, Skipped):
                yield found
                continue
            known = self.manifest.find(name_of(found)) if self.manifest else None
            state: State = "changed" if known else "new"
            if known and self._is_unchanged(found, known):
                state = "unchanged"
            yield state, str(found)

    def _is_passed_over(self, path: Path, manifest: Manifest) -> bool:
        """Whether a file need not be read: it came by another of the paths, or holds what it held."""
        name = name_of(path)
        if self._is_met(name):
            return True
        known = manifest.find(name)
        try:
            state = FileState.of(path)
            if known is None or not self._is_unchanged(path, known):
                return False
        except OSError:  # gone since the folder was listed, or not to be read: the reader says so
            return False
        self.unchanged.append(known)
        if known.state != state:
            manifest.note(replace(known, state=state))
        return True

    def _is_met(self, name: bytes) -> bool:
        """Whether the file came by another of the paths already."""
        if len(self.paths) == 1:  # then each file comes once
            return False
        met = name in self._met
        self._met.add(name)
        return met

    def _is_unchanged(self, path: Path, known: Known) -> bool:
        """Whether a file holds what it held when it was read, and the archive still has that."""
        return sum(map(self.held, known.paths)) == known.articles and holds_what_it_did(path, known)


def holds_what_it_did(path: Path, known: Known) -> bool:
    """Whether a file is what it was when it was read: by size and time, else by its bytes. OSError where it is gone."""
    state = FileState.of(path)
    if state.size != known.state.size:
        return False
    return (state == known.state and state.changed > 0) or _sha256(path) == known.sha256


def whole_file(path: Path, settings: Settings) -> Iterator[RawArticle | Skipped | FileRead]:
    """The records of a file, and the mark behind them."""
    name = name_of(path)
    try:
        state, moment = FileState.of(path), _moment(path)
    except OSError:  # gone since the folder was listed, or not to be read: the reader says so
        yield from read_file(path, settings)
        yield NOTHING_READ
        return
    yield from read_file(path, settings)
    try:
        sha256 = _sha256(path)
        # Written to while it was read: the hash may be that of other bytes, and it will be looked at again.
        yield FileRead(name, state, sha256) if _moment(path) == moment else NOTHING_READ
    except OSError:  # it is not there any more: it will be looked at again
        yield NOTHING_READ


def pending(
    paths: Sequence[str | Path],
    settings: Settings,
    left_out: Sequence[Path],
    manifest: Manifest | None,
    held: Callable[[str], int],
) -> Pending:
    """What adding these paths would do."""
    found: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
    skipped = []
    for state in Files(tuple(paths), settings, tuple(left_out), manifest, held).states():
        if isinstance(state, Skipped):
            skipped.append(state)
        else:
            found[state[0]].append(state[1])
    gone = manifest.missing(map(name_of, paths)) if manifest else ()
    return Pending(
        new=tuple(found["new"]),
        changed=tuple(found["changed"]),
        unchanged=len(found["unchanged"]),
        missing=tuple(os.fsdecode(known.name) for known in gone),
        skipped=tuple(skipped),
    )


def name_of(path: str | Path) -> bytes:
    """The bytes of a path, absolute and with links followed."""
    return os.fsencode(os.path.realpath(path))  # unlike resolve(), it takes a loop of links as it is


def _moment(path: Path) -> tuple[int, int, int]:
    """What a file on the disk is, in as far as the system tells."""
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def _sha256(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
