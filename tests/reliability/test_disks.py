"""Disks that are full, small, not to be written or gone: the cause is named, what was acknowledged is there."""

import os
import random
import re
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from cli.shell import LIKE_ANYONE, Done, Shell, program
from reliability.aftermath import LOCK_SECONDS, assert_sound, litter, lock_seconds
from reliability.disks import limited, mounted, unwritable
from reliability.news import LONG_MARK, line_of, state_of, write_lines

from searcher import Archive
from searcher.errors import SearcherError

DISK_BYTES = 8 * 1024 * 1024
ROOM = 250_000  # of so much a random part is left when adding begins: three files or so fill it
BLOCK = 4096
LIMITS = (0, 1_000, 15_000)  # no table of contents, no notes of files, no ledger can be written
# As the system says it, or SQLite, which keeps no more of it.
FULL = "(No space left on device|database or disk is full)"
TOO_LARGE = "(File too large|disk I/O error)"
State = dict[str, list[str]]


@pytest.fixture
def inbox(tmp_path: Path) -> list[Path]:
    """Files of forty thousand bytes to be added."""
    (tmp_path / "in").mkdir()
    paths = [tmp_path / "in" / f"{number}.jsonl" for number in range(30)]
    for number, path in enumerate(paths):
        write_lines(path, [line_of(f"Story {number} {place} {LONG_MARK}") for place in range(8)])
    return paths


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of its own; None where this user may not mount one."""
    with mounted(tmp_path / "small", str(DISK_BYTES)) as may:
        yield tmp_path / "small" if may else None


def assert_refused(done: Done, cause: str) -> None:
    """One line: what happened, and what to do; the status is that of an error."""
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert re.fullmatch(rf"(archive|search): .+{cause}[^;]*; .+\n", done.stderr), done.stderr
    assert re.match("(archive|search): [^ ]*/", done.stderr), done.stderr  # the place comes first
    assert "delete" not in done.stderr  # nothing is wrong with what is there


def add_until_refused(add: Callable[[str], Done], inbox: list[Path], cause: str) -> tuple[State, Path]:
    """What was acknowledged before the disk was full, and the file that was too much."""
    state: State = {}
    for path in inbox:
        done = add(str(path))
        if done.returncode:
            assert_refused(done, cause)
            return state, path
        state |= state_of([path])
    raise AssertionError("the disk was never full")


def assert_goes_on(place: Path, state: State, path: Path) -> None:
    """The lock is free; with room again the same add works, and the next commit leaves nothing behind.

    The batch that was refused is in or not: its last step may have been the one that failed.
    """
    another = path.with_name("another.jsonl")
    write_lines(another, [line_of("Another story")])
    with Archive.open(place) as archive:
        if archive.exists:
            assert assert_sound(archive) in (state, state | state_of([path]))
            assert lock_seconds(archive) < LOCK_SECONDS
        else:
            assert state == {}
        assert archive.add(path, processes=1).skipped == ()
        assert assert_sound(archive) == state | state_of([path])
        assert archive.add(another, processes=1).added == 1
        assert assert_sound(archive) == state | state_of([path, another])
    assert litter(place) == set()


def test_a_full_disk_is_named_and_harms_nothing(
    tmp_path: Path, inbox: list[Path], small: Path | None, effort: Callable[[int, int], int]
) -> None:
    """Wherever it fills up: in a segment, the ledger, the settings, the table of contents or what is noted of files."""
    if small is None:
        files_that_cannot_grow(tmp_path, inbox, effort(3, 30))
        return
    chance, place, ballast = random.Random(8), small / "index", small / "ballast"
    shell = Shell(tmp_path, place)
    for _ in range(effort(3, 30)):
        free = os.statvfs(small).f_bavail * BLOCK
        ballast.write_bytes(bytes(free - chance.randrange(BLOCK, ROOM)))
        state, path = add_until_refused(partial(shell.archive, "add"), inbox, FULL)
        with Archive.open(place) as archive:  # as long as the disk is full
            assert not state or assert_sound(archive) in (state, state | state_of([path]))
        ballast.unlink()
        assert_goes_on(place, state, path)
        shutil.rmtree(place)


def test_a_file_that_cannot_grow_is_named_and_harms_nothing(
    tmp_path: Path, inbox: list[Path], effort: Callable[[int, int], int]
) -> None:
    """A quota, or a file system with a longest file."""
    files_that_cannot_grow(tmp_path, inbox, effort(3, 30))


def files_that_cannot_grow(folder: Path, inbox: list[Path], trials: int) -> None:
    """Add until a file would become too large, at another size each time."""
    chance, place = random.Random(9), folder / "limited"
    shell = Shell(folder, place)
    for trial in range(trials):
        most = LIMITS[trial] if trial < len(LIMITS) else chance.randrange(100_000)
        command = (*limited(most), *program("archive"), "add")
        state, path = add_until_refused(partial(shell.run, *command), inbox, TOO_LARGE)
        assert_goes_on(place, state, path)
        shutil.rmtree(place)


def test_a_disk_that_cannot_be_written_is_read(tmp_path: Path, inbox: list[Path], small: Path | None) -> None:
    """Searching, reading and checking work; what would change something names the cause, and the index stays."""
    disk = small or tmp_path / "small"
    place = disk / "index"
    with Archive.open(place) as archive:
        archive.add(inbox[0], processes=1)
    shell, state = Shell(tmp_path, place), state_of(inbox[:1])
    article_id = min(state)
    with unwritable(disk) as (like, cause):
        assert shell.run(*like, *program("search"), "grain").returncode == 0
        for reading in (
            ("check", "--deep"),
            ("status",),
            ("show", article_id),
            ("export",),
            ("add", "--dry-run", "in"),
        ):
            done = shell.run(*like, *program("archive"), *reading)
            assert (done.returncode, done.stderr) == (0, ""), reading
        for writing in (
            ("add", str(inbox[1])),
            ("add", "--month-first", str(inbox[1])),
            ("remove", article_id),
            ("remove", "--path", str(inbox[0])),
            ("rebuild",),
            ("add", "-i", str(disk / "other"), str(inbox[1])),
        ):
            assert_refused(shell.run(*like, *program("archive"), *writing), cause)
    assert_goes_on(place, state, inbox[1])


def test_a_folder_that_may_not_be_entered_is_named(tmp_path: Path, inbox: list[Path]) -> None:
    """For reading and for writing, in one line."""
    if sys.platform != "linux":
        pytest.skip("capabilities are Linux's")
    place = tmp_path / "index"
    with Archive.open(place) as archive:
        archive.add(inbox[0], processes=1)
    shell = Shell(tmp_path, place)
    place.chmod(0)
    for command in (
        ("search", "grain"),
        ("archive", "add", str(inbox[1])),
        ("archive", "check"),
        ("archive", "status"),
    ):
        done = shell.run(*LIKE_ANYONE, *program(command[0]), *command[1:])
        assert_refused(done, "Permission denied")
    place.chmod(0o755)
    assert_goes_on(place, state_of(inbox[:1]), inbox[1])


def test_a_path_that_is_a_file_is_named(tmp_path: Path, inbox: list[Path]) -> None:
    """Whatever is asked of it; the file stays what it is."""
    place = tmp_path / "file"
    place.write_text("not an index")
    shell = Shell(tmp_path, place)
    archive = [("add", str(inbox[0])), ("check",), ("rebuild",), ("remove", "x"), ("status",),
               ("add", "-i", str(place / "below"), str(inbox[0]))]  # fmt: skip
    for command in (("search", "x"), *(("archive", *arguments) for arguments in archive)):
        done = shell.run(*program(command[0]), *command[1:])
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), (command, done.stderr)
        assert str(place) in done.stderr
        assert "Traceback" not in done.stderr
    assert place.read_text() == "not an index"


def test_a_folder_that_vanishes_is_named(tmp_path: Path, inbox: list[Path]) -> None:
    """While it is read and while it is written to; the next add makes it anew."""
    place = tmp_path / "index"
    with Archive.open(place) as archive:
        archive.add(inbox[0], processes=1)
        shutil.rmtree(place)
        for ask in (lambda: archive.search("grain"), archive.check, archive.stats, lambda: list(archive.articles())):
            with pytest.raises(SearcherError, match=str(place)):
                ask()
        with pytest.raises(SearcherError, match=str(place)):
            archive.remove(min(state_of(inbox[:1])))
    with Archive.open(place) as archive:
        archive.add(inbox[0], processes=1)
        vanishing = threading.Thread(target=_vanish, args=(place,))
        vanishing.start()
        with suppress(SearcherError):  # or it was quick enough, and all of it went
            archive.add(inbox[1:], processes=1)
        vanishing.join()
    shutil.rmtree(place, ignore_errors=True)
    assert_goes_on(place, {}, inbox[1])


def _vanish(place: Path) -> None:
    """Wait until something is being written, and delete the folder."""
    before = set(place.iterdir())
    end = time.monotonic() + 30
    while set(place.iterdir()) == before and time.monotonic() < end:
        time.sleep(0.001)
    shutil.rmtree(place, ignore_errors=True)
