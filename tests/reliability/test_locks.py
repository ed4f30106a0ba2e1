"""One writer at a time: others wait, then say who is in the way; a lock ends with its holder; nobody's work is lost."""

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from cli.shell import Shell, program
from reliability.aftermath import LOCK_SECONDS, assert_sound, litter, lock_seconds
from reliability.news import held_by, line_of, state_of, write_lines

from searcher import Archive
from searcher.engines.whoosh import lock
from searcher.errors import ArchiveLocked, SearcherError
from searcher.ingest import manifest

FILES = 20  # that each of two commands adds
HOLD = """
import sys
from pathlib import Path
from searcher.engines.whoosh import WhooshEngine
writer = WhooshEngine.open(Path(sys.argv[1])).writer()
print("locked", flush=True)
sys.stdin.read()
writer.discard()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An inbox of two halves, and an archive with one article."""
    (tmp_path / "first").mkdir()
    write_lines(tmp_path / "first" / "first.jsonl", [line_of("The first")])
    with Archive.open(tmp_path / "index") as archive:
        archive.add(tmp_path / "first", processes=1)
    for half in ("left", "right"):
        (tmp_path / half).mkdir()
        for number in range(FILES):
            lines = [line_of(f"Story {half} {number} {place}") for place in range(10)]
            write_lines(tmp_path / half / f"{half}-{number}.jsonl", lines)
    return tmp_path


@contextmanager
def holding(shell: Shell, place: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that holds the lock of an index; it is killed at the end."""
    command = [sys.executable, "-c", HOLD, str(place)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=shell.environment, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "locked\n"
            yield process
        finally:
            process.kill()


def test_whoever_waits_in_vain_is_told_for_whom(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message has the process id of the holder; adding, removing and rebuilding all wait their time."""
    monkeypatch.setattr(lock, "LOCK_WAIT", 0.3)
    state = state_of([folder / "first" / "first.jsonl"])
    with Archive.open(folder / "index") as archive, holding(Shell(folder), folder / "index") as process:
        for write in (
            lambda: archive.add(folder / "left", processes=1),
            lambda: archive.remove(*state),
            lambda: archive.rebuild(processes=1),
        ):
            started = time.monotonic()
            with pytest.raises(ArchiveLocked, match=rf"\b{process.pid}\b"):
                write()
            assert time.monotonic() - started > 0.3
        assert assert_sound(archive) == state


def test_a_lock_that_is_let_go_in_time_is_no_error(folder: Path) -> None:
    """The second writer begins when the first is done."""
    with Archive.open(folder / "index") as archive, holding(Shell(folder), folder / "index") as process:
        assert process.stdin
        threading.Timer(0.5, process.stdin.close).start()
        started = time.monotonic()
        assert archive.add(folder / "left", processes=1).added == FILES * 10
        assert time.monotonic() - started > 0.4


def test_a_lock_ends_with_its_holder(folder: Path) -> None:
    """Whatever ends it: the kernel gives the lock back."""
    with Archive.open(folder / "index") as archive:
        for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV):
            with holding(Shell(folder), folder / "index") as process:
                process.send_signal(number)
                assert process.wait() == -number
                assert lock_seconds(archive) < LOCK_SECONDS


def test_two_adds_at_the_same_time_lose_nothing(folder: Path) -> None:
    """Both end well; index, ledger and the notes of files have what both brought."""
    shell = Shell(folder, folder / "index")
    pipe = subprocess.PIPE
    halves = ("left", "right")
    commands = [[*program("archive"), "add", half] for half in halves]
    running = [
        subprocess.Popen(command, cwd=folder, env=shell.environment, stdout=pipe, stderr=pipe, text=True)
        for command in commands
    ]
    for process in running:
        told, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
        assert told.startswith(f"{FILES * 10} added")
    _assert_both_are_in(folder, halves)


def _assert_both_are_in(folder: Path, halves: tuple[str, ...]) -> None:
    everything = state_of(path for half in ("first", *halves) for path in (folder / half).iterdir())
    with Archive.open(folder / "index") as archive:
        assert assert_sound(archive) == everything
        assert held_by(archive._ledger().articles()) == everything
        pending = archive.pending([folder / half for half in ("first", *halves)])
        assert (pending.new, pending.changed, pending.unchanged) == ((), (), 1 + 2 * FILES)
        archive.rebuild(processes=1)
        assert assert_sound(archive) == everything
    assert litter(folder / "index") == set()


def test_notes_that_another_process_keeps_locked_are_not_lost(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known of files is neither thrown away nor a raw error while somebody else writes to it."""
    monkeypatch.setattr(manifest, "PATIENCE", 0.3)
    place = folder / "index" / "files.sqlite"
    with Archive.open(folder / "index") as archive, closing(sqlite3.connect(place)) as other:
        before = sorted(other.iterdump())
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(SearcherError, match=r"files\.sqlite"):
            archive.add(folder / "left", processes=1)
        other.rollback()
        assert sorted(other.iterdump()) == before
        assert archive.add([folder / "first", folder / "left"], processes=1).unchanged == 1


def test_what_is_added_during_a_rebuild_is_not_lost(folder: Path) -> None:
    """One of the two waits for the other: the new index has what came meanwhile."""
    with Archive.open(folder / "index") as archive:
        archive.add(folder / "left", processes=1)
    shell = Shell(folder, folder / "index")
    command = [*program("archive"), "rebuild"]
    with subprocess.Popen(command, cwd=folder, env=shell.environment, stdout=subprocess.PIPE, text=True) as rebuilding:
        end = time.monotonic() + 30
        while not (folder / "index" / "rebuilding").exists() and time.monotonic() < end:
            time.sleep(0.005)
        with Archive.open(folder / "index") as archive:
            archive.add(folder / "right", processes=1)
        rebuilding.communicate(timeout=60)
    assert rebuilding.returncode == 0
    _assert_both_are_in(folder, ("left", "right"))
