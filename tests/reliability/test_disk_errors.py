"""A disk that fails at any step of a commit: the archive is as it was, says why, and the next commit works."""

import errno
import os
import shutil
from pathlib import Path

import pytest
from conftest import Effort
from reliability.batches import Recording, apply, files_of, held, is_free, kept, put, recorded
from reliability.recorded import Operation, Recorder, cuts

from searcher.engines.whoosh import WhooshEngine
from searcher.errors import DiskError
from searcher.ledger import Ledger

BEFORE = 3
POINTS = 100


class Failing:
    """Lets so many operations through, then fails: once, or from then on."""

    def __init__(self, let: int, code: int, *, once: bool) -> None:
        self.left = let
        self.code = code
        self.once = once
        self.failed = 0

    def __call__(self, operation: Operation) -> None:
        self.left -= 1
        if self.left < 0 and not (self.once and self.failed) and operation.kind != "remove":
            self.failed += 1
            raise OSError(self.code, os.strerror(self.code), str(operation.path))


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """A commit where nothing fails."""
    return recorded(tmp_path_factory.mktemp("whole") / "index", BEFORE)


@pytest.mark.parametrize(
    ("code", "once", "reason"),
    [
        (errno.ENOSPC, False, "the disk is full, and stays so until the commit has failed"),
        (errno.EIO, True, "one operation fails: a bad sector"),
    ],
)
def test_a_commit_that_fails_anywhere_changes_nothing(
    code: int, once: bool, reason: str, before: Recording, tmp_path: Path,
    effort: Effort,
) -> None:  # fmt: skip
    """The error says what and where; the lock is free; index and ledger agree after the next commit."""
    place, files, done = before
    put(files, place, tmp_path / "old")
    old, new = held(tmp_path / "old"), held(place)
    points = cuts(done, every=effort(50, 1))[: -1 : effort(4, 1)]
    assert len(points) >= effort(20, POINTS)
    for number, point in enumerate(points):
        target = tmp_path / f"point{point}"
        put(files, place, target)
        failing = Failing(point, code, once=once)
        said = ""
        try:
            with Recorder(failing).listening():
                apply(target, BEFORE)
        except DiskError as error:
            said = str(error)
        assert (os.strerror(code) in said, str(target) in said) == (bool(failing.failed),) * 2, (reason, point)
        assert is_free(target)
        assert held(target) in (old, new)
        if number % effort(3, 6) == 0:
            apply(target, BEFORE)
            assert held(target) == kept(target) == new, f"operation {point}"
            assert WhooshEngine(target).check(deep=True) == ()
            assert Ledger(target / "articles").check(deep=True) == ()
        shutil.rmtree(target)


def test_what_a_full_disk_left_is_taken_away_at_once(before: Recording, tmp_path: Path) -> None:
    """Its room is needed."""
    place, files, done = before
    middle = next(number for number, each in enumerate(done) if each.to and each.to.suffix == ".toc")
    target = tmp_path / "index"
    put(files, place, target)
    with Recorder(Failing(middle, errno.ENOSPC, once=False)).listening(), pytest.raises(DiskError, match="make room"):
        apply(target, BEFORE)
    left = {path.relative_to(target) for path in files_of(target)} - {path.relative_to(place) for path in files}
    assert [path for path in left if path.suffix not in (".new", ".zst")] == []
