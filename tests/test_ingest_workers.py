"""Worker processes: what they make comes back, whatever happens to them, and none is left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from makers import DiesAt, DiesTimes, Fails, Simple, Sleeps, made_from, raw
from processes import children, is_alive, until

from searcher.errors import UsageError
from searcher.ingest import usable_processes
from searcher.ingest.crew import Crew
from searcher.ingest.maker import Made, Make
from searcher.ingest.wire import receive, send
from searcher.models import RawArticle, Skipped

RAWS = [raw(word) for word in ("alpha", "beta", "gamma", "delta")]


def made_by(make: Make, raws: list[RawArticle], size: int = 1) -> list[Made | None]:
    """What a crew of that size makes of one chunk."""
    with Crew(size, make) as crew:
        return crew.submit(raws).result(timeout=30)


def test_workers_make_what_would_be_made_here() -> None:
    """Chunk by chunk, each in its order; what they print does not get in between."""
    chunks = [[raw(f"{number} {word}") for word in "abc"] for number in range(20)]
    with Crew(2, Simple()) as crew:
        futures = [crew.submit(chunk) for chunk in chunks]
        assert [future.result(timeout=30) for future in futures] == [list(map(made_from, chunk)) for chunk in chunks]
        workers = children(os.getpid())
    assert len(workers) == 2


def test_ctrl_c_reaches_the_starter_alone(tmp_path: Path) -> None:
    """A terminal interrupts its whole process group; workers are in others, and ended by who started them."""
    with Crew(1, Sleeps(60, tmp_path)) as crew:
        crew.submit(RAWS)
        until(lambda: list(tmp_path.iterdir()))
        (worker,) = children(os.getpid())
        assert os.getpgid(worker) == worker


def test_a_record_of_many_megabytes_goes_through() -> None:
    """There and back, though a pipe holds 64 kB."""
    long = raw("x" * 5_000_000)
    assert made_by(Simple(), [long]) == [made_from(long)]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_what_a_killed_worker_was_at_is_done_again(tmp_path: Path, times: int) -> None:
    """Once and twice with the whole chunk, then record by record."""
    assert made_by(DiesTimes("gamma", times, tmp_path), RAWS) == [made_from(record) for record in RAWS]
    assert len(list(tmp_path.iterdir())) == times


def test_a_record_that_kills_every_worker_costs_itself_alone() -> None:
    """It is skipped with what happened and what to do; those before and after it are made."""
    alpha, beta, deadly, delta = made_by(DiesAt("gamma"), RAWS)
    assert [alpha, beta, delta] == [made_from(RAWS[number]) for number in (0, 1, 3)]
    assert isinstance(deadly, Skipped)
    assert (deadly.path, deadly.record) == ("file", "of gamma")
    assert deadly.reason.startswith("reading it ended 2 processes (Killed)")
    assert "leave it out" in deadly.reason


def test_a_worker_killed_from_outside_is_noticed_at_once(tmp_path: Path) -> None:
    """Though it would have slept for a minute; the next one does its work."""
    with Crew(1, Sleeps(60, tmp_path)) as crew:
        future = crew.submit(RAWS[:1])
        until(lambda: list(tmp_path.iterdir()))
        (first,) = children(os.getpid())
        os.kill(first, signal.SIGKILL)
        until(lambda: len(list(tmp_path.iterdir())) == 2)
        (second,) = children(os.getpid())
        assert (second != first, future.done()) == (True, False)


def test_a_fault_of_the_program_is_left_to_the_caller(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is made of the chunk, so the caller makes it and meets the fault; the worker told of it on stderr."""
    assert made_by(Fails("gamma"), RAWS) == [None] * 4
    assert "ZeroDivisionError: gamma" in capfd.readouterr().err


def test_without_workers_the_caller_makes_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Those that end by themselves are not started over and over; nothing hangs and nothing is lost."""
    broken = tmp_path / "python"
    broken.write_text(f"#!/bin/sh\necho started >> {tmp_path}/starts\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    with Crew(2, Simple()) as crew:
        futures = [crew.submit(RAWS) for _ in range(9)]
        assert [future.result(timeout=30) for future in futures] == [[None] * 4] * 9
    assert (tmp_path / "starts").read_text().count("started") <= 2


def test_a_worker_that_cannot_be_started_is_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Once for each worker, with the reason."""
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with Crew(1, Simple()) as crew:
        for _ in range(3):
            crew.submit(RAWS).result(timeout=30)
    (told,) = [record.getMessage() for record in caplog.records]
    assert told.startswith("no worker process could be started ([Errno 2] No such file or directory")


def test_leaving_ends_workers_whatever_they_are_at(tmp_path: Path) -> None:
    """At once, with work waiting and in the making."""
    with Crew(2, Sleeps(20, tmp_path)) as crew:
        futures = [crew.submit(RAWS[:1]) for _ in range(6)]
        until(lambda: len(list(tmp_path.iterdir())) == 2)
        started = time.monotonic()
    assert time.monotonic() - started < 10
    assert children(os.getpid()) == set()
    assert all(future.done() for future in futures)
    assert [thread.name for thread in threading.enumerate() if "worker" in thread.name] == []


ABANDONED = """
import sys
from pathlib import Path
from makers import Sleeps, raw
from searcher.ingest.crew import Crew
crew = Crew(2, Sleeps(0.5, Path(sys.argv[1])))
for word in "abcdefgh":
    crew.submit([raw(word)])
sys.stdin.read()
"""


def test_workers_do_not_outlive_the_process_that_started_them(tmp_path: Path) -> None:
    """Killed with no time to tell them, it leaves nobody; its main program, without a guard, is not run again."""
    script = tmp_path / "script.py"
    script.write_text(ABANDONED)
    marks = tmp_path / "marks"
    marks.mkdir()
    with subprocess.Popen(
        [sys.executable, str(script), str(marks)],
        stdin=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as starter:
        until(lambda: len(list(marks.iterdir())) == 2)
        workers = children(starter.pid)
        starter.kill()
    assert len(workers) == 2
    until(lambda: not any(is_alive(pid) for pid in workers), seconds=5)


def test_a_message_cut_short_is_no_message() -> None:
    """Wherever it breaks off, since a worker may be killed while it writes."""
    message = {"a": [1, 2, 3]}
    whole = _written(message)
    for length in range(len(whole)):
        assert _read(whole[:length]) is None
    assert _read(whole) == message


def _written(message: object) -> bytes:
    reading, writing = os.pipe()
    send(writing, message)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        return stream.read()


def _read(data: bytes) -> object:
    reading, writing = os.pipe()
    os.write(writing, data)
    os.close(writing)
    try:
        return receive(reading)
    except EOFError:
        return None
    finally:
        os.close(reading)


def test_how_many_processes() -> None:
    """As many as wanted; by default one for each core, but no more than this process can feed."""
    assert usable_processes(3) == 3
    assert 1 <= usable_processes(None) <= 8
    with pytest.raises(UsageError, match="give 1 or more"):
        usable_processes(0)
