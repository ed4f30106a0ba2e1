"""Writers that are killed at any moment: what they acknowledged is there once, and the next one writes on."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from processes import children, is_alive, until
from reliability.aftermath import LOCK_SECONDS, Journal, assert_sound, litter, lock_seconds
from reliability.busy_writer import INBOX, INDEX, JOURNAL, STATE
from reliability.news import held_by, line_of, state_of, write_lines

from searcher import Archive

TESTS = Path(__file__).resolve().parent.parent
# When to kill: at any moment, or when a file of such a name appears: the steps of a commit in their order.
MOMENTS = (
    "",
    "MAIN_*.postings",  # a segment
    "articles/*.zst",  # what is kept of the batch
    "MAIN_*.deletions",
    "_MAIN_*.toc.new",
    "_MAIN_*.toc",  # committed
    "articles/contents.json.new",
    "files.sqlite-journal",  # what is noted of the files
    "rebuilding/*",
)
LONGEST = 0.5  # seconds before a kill, or before a file is looked for
PATIENCE = 1.5  # seconds for a file to appear
SOON = 0.004  # seconds after it has
# So many workers may die over one chunk and its records before a record is taken for what kills them, and skipped.
SPARED = 3


class Nursery:
    """Starts writers, one after the other."""

    def __init__(self) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent)))}
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "reliability.busy_writer"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip

    def start(self, job: str, folder: Path, **given: Any) -> int:
        """The process id of a writer that has begun."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"job": job, "folder": str(folder), **given}) + "\n")
        self._process.stdin.flush()
        return int(self._answer())

    def ended(self) -> int:
        """Wait for the end of the writer; its status as the system tells it."""
        return int(self._answer())

    def close(self) -> None:
        """No more writers."""
        self._process.communicate()

    def _answer(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "the nursery has ended"
        return line


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """A process that starts writers."""
    started = Nursery()
    yield started
    started.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An inbox, no archive yet."""
    (tmp_path / INBOX).mkdir()
    (tmp_path / STATE).write_text("{}")
    return tmp_path


def test_a_kill_loses_nothing_and_doubles_nothing(
    folder: Path, nursery: Nursery, effort: Callable[[int, int], int]
) -> None:
    """After each kill the archive is that of the last acknowledged batch or of the one in flight, and goes on."""
    chance = random.Random(6)
    state: dict[str, list[str]] = {}
    met: Counter[str] = Counter()
    for trial in range(1, effort(12, 200) + 1):
        pid = nursery.start("work", folder, seed=trial)
        _kill_at(pid, folder / INDEX, MOMENTS[trial % len(MOMENTS)], chance)
        assert nursery.ended() == signal.SIGKILL, (folder / JOURNAL).read_text()[-2_000:]
        journal = Journal.read(folder / JOURNAL, state)
        assert journal.error == ""
        met[journal.doing or "nothing"] += 1
        state = _go_on(folder, journal, trial)
        (folder / STATE).write_text(json.dumps(state))
    with Archive.open(folder / INDEX) as archive:
        archive.rebuild(processes=1)
        assert assert_sound(archive) == state
    print("killed while doing:", dict(met))


def _kill_at(pid: int, place: Path, pattern: str, chance: random.Random) -> None:
    """Kill a process at some moment, or soon after a file appears."""
    time.sleep(chance.uniform(0, LONGEST))
    if pattern:
        where, _, name = pattern.rpartition("/")
        before, end = _names(place / where), time.monotonic() + PATIENCE
        while time.monotonic() < end:
            now = _names(place / where)
            if any(fnmatchcase(new, name) for new in now - before):
                time.sleep(chance.choice((0, chance.uniform(0, SOON))))
                break
            before = now
    os.kill(pid, signal.SIGKILL)


def _names(folder: Path) -> set[str]:
    try:
        return set(os.listdir(folder))  # noqa: PTH208 - the quickest way, to see files that are there for 1 ms
    except FileNotFoundError:
        return set()


def _go_on(folder: Path, journal: Journal, trial: int) -> dict[str, list[str]]:
    """Look at what a kill left, and add one file more; what the archive holds then."""
    path = folder / INBOX / f"after-{trial}.jsonl"
    write_lines(path, [line_of(f"After kill {trial}")])
    with Archive.open(folder / INDEX) as archive:
        found = assert_sound(archive) if archive.exists else {}
        assert found in (journal.acknowledged, journal.in_flight)
        if trial % 2:  # else the next commit finds everything as the kill left it
            assert lock_seconds(archive) < LOCK_SECONDS
        started = time.monotonic()
        assert archive.add(path, processes=1).added == 1
        assert time.monotonic() - started < 10 * LOCK_SECONDS
        state = assert_sound(archive)
        assert state == found | state_of([path])
        assert held_by(archive._ledger().articles()) == state
    assert litter(folder / INDEX) == set()
    return state


def test_a_rebuild_has_what_was_committed_and_not_yet_named(folder: Path) -> None:
    """A kill right after a commit leaves a batch that only the index knows of; the new index has it as well."""
    paths = [folder / INBOX / f"{number}.jsonl" for number in range(2)]
    table = folder / INDEX / "articles" / "contents.json"
    with Archive.open(folder / INDEX) as archive:
        before = b""
        for number, path in enumerate(paths):
            write_lines(path, [line_of(f"Story {number}")])
            before = table.read_bytes() if table.exists() else before
            archive.add(path, processes=1)
        table.write_bytes(before)  # as the kill leaves it
        archive.rebuild(processes=1)
        assert assert_sound(archive) == state_of(paths)
        assert held_by(archive._ledger().articles()) == state_of(paths)


def test_a_commit_that_was_half_deleted_is_no_damage(folder: Path) -> None:
    """A kill in between leaves a table of contents whose files are gone, of a commit that nobody needs any more."""
    path = folder / INBOX / "story.jsonl"
    tables: dict[Path, bytes] = {}
    with Archive.open(folder / INDEX) as archive:
        for number in range(4):
            write_lines(path, [line_of(f"Story {number}")])
            archive.add(path, processes=1)
            tables |= {table: table.read_bytes() for table in (folder / INDEX).glob("_MAIN_*.toc")}
        for table, held in tables.items():
            table.write_bytes(held)
        assert assert_sound(archive) == state_of([path])
        write_lines(path, [line_of("The last story")])
        archive.add(path, processes=1)
        assert assert_sound(archive) == state_of([path])
    assert litter(folder / INDEX) == set()


def test_notes_that_were_being_written_are_no_damage(folder: Path) -> None:
    """A kill in the middle leaves the journal of SQLite, by which the next add takes the half back."""
    path, place = folder / INBOX / "story.jsonl", folder / INDEX / "files.sqlite"
    journal = place.with_name("files.sqlite-journal")
    write_lines(path, [line_of("Story")])
    with Archive.open(folder / INDEX) as archive:
        archive.add(path, processes=1)
        with closing(sqlite3.connect(place)) as database:
            database.execute("PRAGMA cache_size = 1")  # pages: the rest is written at once, so the journal is needed
            database.execute("BEGIN")
            database.execute("CREATE TABLE half (words TEXT)")
            database.executemany("INSERT INTO half VALUES (?)", [("words " * 200,)] * 1_000)
            left = {file: file.read_bytes() for file in (place, journal)}
            database.rollback()
        for file, held in left.items():
            file.write_bytes(held)
        assert assert_sound(archive) == state_of([path])
        assert journal.exists()
        assert archive.add(path, processes=1).unchanged == 1
        assert not journal.exists()


def _fill(inbox: Path, articles: int) -> None:
    """So many articles that workers are started for them."""
    for number in range(0, articles, 50):
        write_lines(inbox / f"{number}.jsonl", [line_of(f"Worked on {number + place}") for place in range(50)])


def test_workers_that_are_killed_cost_nothing(
    folder: Path, nursery: Nursery, effort: Callable[[int, int], int]
) -> None:
    """Whoever kills them, and whenever: fresh ones do the work, and every article is in."""
    chance = random.Random(7)
    _fill(folder / INBOX, 1_500)
    pid = nursery.start("add_inbox", folder, processes=2)
    for _ in range(SPARED):
        until(lambda: children(pid) or not is_alive(pid))
        time.sleep(chance.uniform(0, LONGEST))
        for worker in sorted(children(pid))[:1]:
            os.kill(worker, signal.SIGKILL)
    assert nursery.ended() == 0
    journal = Journal.read(folder / JOURNAL, {})
    assert (journal.error, journal.doing) == ("", "")
    with Archive.open(folder / INDEX) as archive:
        assert assert_sound(archive) == journal.acknowledged


def test_workers_do_not_outlive_whom_they_work_for(folder: Path, nursery: Nursery) -> None:
    """They end with the process that is killed and keep neither its lock nor anything else."""
    _fill(folder / INBOX, 1_500)
    pid = nursery.start("add_inbox", folder, processes=2)
    until(lambda: len(children(pid)) == 2)
    time.sleep(LONGEST)
    workers = children(pid)
    os.kill(pid, signal.SIGKILL)
    assert (nursery.ended(), len(workers)) == (signal.SIGKILL, 2)
    with Archive.open(folder / INDEX) as archive:
        assert lock_seconds(archive) < LOCK_SECONDS
        assert assert_sound(archive) == {}
        until(lambda: not any(map(is_alive, workers)))
        assert archive.add(folder / INBOX, processes=1).added == 1_500
        assert assert_sound(archive) == state_of((folder / INBOX).iterdir())
    assert litter(folder / INDEX) == set()
