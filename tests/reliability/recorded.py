"""Everything that is written through `searcher.disk`, in order: so that it can be cut anywhere, and lost in part.

What a power cut leaves of a cut recording: bytes that were synced and names whose folder was synced after them are
there; of the rest nothing, half, zeros or all, as the file system happened to write (Pillai et al. 2014, All File
Systems Are Not Created Equal, section 3: unordered writes, cut appends, directory operations that are not durable).
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

import pytest

from searcher import disk

__all__ = ["LOSSES", "Loss", "Operation", "Recorder", "after", "cuts"]

Kind = Literal["create", "write", "fsync", "rename", "remove", "folder", "sync"]
Loss = Literal["nothing", "unsynced", "half", "zeros", "some"]
LOSSES: tuple[Loss, ...] = ("nothing", "unsynced", "half", "zeros", "some")
CALLS = ("create", "keep", "sync", "rename", "remove", "make_folder")


@dataclass(frozen=True)
class Operation:
    """One thing that was done: to a path; a rename has the other, a write its bytes."""

    kind: Kind
    path: Path
    to: Path | None = None
    data: bytes = b""


class _File:
    """A file whose writes are noted."""

    def __init__(self, file: IO[bytes], path: Path, note: Callable[[Operation], None]) -> None:
        self._file = file
        self._path = path
        self._note = note

    def write(self, data: Any) -> int:
        self._note(Operation("write", self._path, data=bytes(data)))
        return self._file.write(data)

    def synced(self) -> None:
        self._note(Operation("fsync", self._path))

    def __enter__(self) -> "_File":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class Recorder:
    """Notes what is done; `before` is called first, and may raise what the system would."""

    def __init__(self, before: Callable[[Operation], None] = lambda _: None) -> None:
        self.done: list[Operation] = []
        self._before = before

    def note(self, operation: Operation) -> None:
        """Something is about to be done."""
        self._before(operation)
        self.done.append(operation)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """While this lasts everything is noted, and done."""
        real = {name: getattr(disk, name) for name in CALLS}

        def create(path: Path) -> Any:
            self.note(Operation("create", path))
            return _File(real["create"](path), path, self.note)

        def keep(file: Any) -> None:
            try:
                file.synced()
            except OSError:
                file.close()
                raise
            real["keep"](file)

        def sync(folder: Path) -> None:
            self.note(Operation("sync", folder))
            real["sync"](folder)

        def rename(old: Path, new: Path) -> None:
            self.note(Operation("rename", old, new))
            real["rename"](old, new)

        def remove(path: Path) -> None:
            self.note(Operation("remove", path))
            real["remove"](path)

        def make_folder(path: Path) -> None:
            if not path.is_dir():
                self.note(Operation("folder", path))
            real["make_folder"](path)

        with pytest.MonkeyPatch.context() as patch:
            for call in (create, keep, sync, rename, remove, make_folder):
                patch.setattr(disk, call.__name__, call)
            yield


@dataclass
class _Bytes:
    """A file on its way to the disk."""

    data: bytes = b""
    synced: bytes = b""


@dataclass
class _Names:
    """The names of files: as programs see them, and as the disk has them."""

    seen: dict[Path, _Bytes]
    kept: dict[Path, _Bytes]
    waiting: list[Operation] = field(default_factory=list)
    made: dict[int, _Bytes] = field(default_factory=dict)


def cuts(operations: list[Operation], every: int) -> list[int]:
    """Where to cut: between any two operations, but of writes that follow each other at every so many alone."""
    kinds = ["", *(operation.kind for operation in operations), ""]
    return [
        number
        for number in range(len(operations) + 1)
        if not kinds[number] == kinds[number + 1] == "write" or number % every == 0
    ]


def after(start: dict[Path, bytes], operations: list[Operation], loss: Loss, seed: int = 0) -> dict[Path, bytes]:
    """The files that a power cut after these operations leaves, of those that were there and durable before."""
    files = {path: _Bytes(data, data) for path, data in start.items()}
    names = _Names(dict(files), dict(files))
    for operation in operations:
        _do(names, operation)
    chance = random.Random(seed)
    if loss in ("nothing", "half", "zeros"):
        names.kept = dict(names.seen)
    elif loss == "some":  # in any order, each or not
        for operation in names.waiting:
            if chance.random() < 0.5:
                _keep(names, operation)
    return {path: _left(held, loss, chance) for path, held in names.kept.items()}


def _do(names: _Names, operation: Operation) -> None:
    match operation.kind:
        case "create":
            names.seen[operation.path] = names.made[id(operation)] = _Bytes()
            names.waiting.append(operation)
        case "write":
            names.seen[operation.path].data += operation.data
        case "fsync":
            names.seen[operation.path].synced = names.seen[operation.path].data
        case "rename":
            assert operation.to
            names.seen[operation.to] = names.seen.pop(operation.path)
            names.made[id(operation)] = names.seen[operation.to]
            names.waiting.append(operation)
        case "remove":
            names.seen.pop(operation.path, None)
            names.waiting.append(operation)
        case "sync":
            for waiting in [each for each in names.waiting if operation.path in _folders(each)]:
                _keep(names, waiting)
                names.waiting.remove(waiting)


def _folders(operation: Operation) -> set[Path]:
    """The folders that have to be synced for it: of a rename the one where the new name is."""
    return {(operation.to or operation.path).parent}


def _keep(names: _Names, operation: Operation) -> None:
    """The disk has a change of names."""
    match operation.kind:
        case "create":
            names.kept[operation.path] = names.made[id(operation)]
        case "rename":
            assert operation.to
            names.kept.pop(operation.path, None)
            names.kept[operation.to] = names.made[id(operation)]
        case _:
            names.kept.pop(operation.path, None)


def _left(held: _Bytes, loss: Loss, chance: random.Random) -> bytes:
    unsynced = len(held.data) - len(held.synced)
    match loss:
        case "nothing":
            return held.data
        case "unsynced":
            return held.synced
        case "half":
            return held.data[: len(held.synced) + unsynced // 2]
        case "zeros":
            return held.synced + bytes(unsynced)
        case _:
            return held.data[: len(held.synced) + chance.randint(0, unsynced)]
