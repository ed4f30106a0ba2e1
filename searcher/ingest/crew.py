"""Worker processes that make articles, as the process that started them sees them.

One that is killed is noticed at once, as its pipe closes, and a fresh one does its chunk again. A chunk over which
TRIES were killed is done record by record, and a record over which as many were killed is skipped with the reason: it
costs itself alone. A worker that ended by a fault of the program, or could not be started, leaves its chunk to the
caller, who makes the articles and so meets the fault as if there were no workers.

Neither fork nor `multiprocessing` starts them: the first is unsafe beside threads, the second runs the main program
again in each worker, which a script has to be written for.
"""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from types import TracebackType
from typing import Generic, Self, TypeVar

from searcher.errors import UsageError
from searcher.ingest.maker import Made
from searcher.ingest.wire import receive, send
from searcher.models import Article, RawArticle, Skipped

__all__ = ["Crew", "Worker", "usable_processes"]

# The process that reads and writes feeds 3,000 news items a second at best, what four or five workers make.
MOST_PROCESSES = 8
TRIES = 2
PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from searcher.ingest.worker import serve; serve()"

_LOG = logging.getLogger("searcher")
Record = TypeVar("Record", RawArticle, Article)
Given = TypeVar("Given")
Done = TypeVar("Done")


def usable_processes(wanted: int | None) -> int:
    """How many processes make articles: as many as wanted, else one for each core this process may use.

    UsageError where less than one is wanted.
    """
    if wanted is not None and wanted < 1:
        raise UsageError(f"{wanted} processes cannot do anything: give 1 or more, or none to use every core")
    if wanted is not None:
        return wanted
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_PROCESSES)


class Crew(Generic[Record]):
    """So many workers. A context manager: leaving it ends them, whatever they are at."""

    def __init__(self, size: int, make: Callable[[Record], Made]) -> None:
        self._make: Callable[[Record], Made] = make
        self._workers = [Worker() for _ in range(size)]
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(size, "searcher-worker")  # each waits for one worker

    def submit(self, raws: Sequence[Record]) -> "Future[list[Made | None]]":
        """What will be made of each record, as soon as a worker is free; None where the caller has to make it."""
        return self._threads.submit(self._with_a_worker, raws)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.dismiss()
        self._threads.shutdown()
        for worker in self._workers:
            worker.bury()

    def _with_a_worker(self, raws: Sequence[Record]) -> list[Made | None]:
        worker = self._idle.get()
        try:
            return self._made(worker, raws)
        finally:
            self._idle.put(worker)

    def _made(self, worker: "Worker", raws: Sequence[Record]) -> list[Made | None]:
        for _ in range(TRIES):
            made = worker.work(self._make, raws)
            if made is not None:
                return list(made)
            if not worker.killed_by:
                return [None] * len(raws)
        if len(raws) == 1:
            return [_deadly(raws[0], worker.killed_by)]
        return [made for raw in raws for made in self._made(worker, [raw])]


class Worker:
    """One process, started when there is work for it and again when it was killed.

    `killed_by` is the number of the signal that killed it last; 0 where it ended by itself or was dismissed, after
    which it is not started again.
    """

    def __init__(self) -> None:
        self.killed_by = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._may_start = True
        self._lock = Lock()

    def work(self, make: Callable[[Given], Done], raws: Sequence[Given]) -> list[Done] | None:
        """What it made of each record; None where it died over them or is no more."""
        process = self._running()
        if process is None or process.stdin is None or process.stdout is None:
            return None
        try:
            send(process.stdin.fileno(), (make, raws))
            made: list[Done] = receive(process.stdout.fileno())
        except (EOFError, BrokenPipeError):
            self.bury()
            return None
        return made

    def dismiss(self) -> None:
        """End it, from whatever thread: who waits for its work sees that it died."""
        with self._lock:
            self._may_start = False
            if self._process:
                self._process.kill()

    def bury(self) -> None:
        """Let go of the process, which has ended or is about to, and keep how it ended."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        with process:  # its pipes are closed and its end waited for
            pass
        self.killed_by = max(0, -process.returncode) if self._may_start else 0
        if not self.killed_by:
            self._may_start = False  # what ended by itself would do so again

    def _running(self) -> "subprocess.Popen[bytes] | None":
        with self._lock:
            if self._process is None and self._may_start:
                try:
                    self._process = _start()
                except OSError as error:
                    _LOG.warning("no worker process could be started (%s): going on without it", error)
                    self._may_start = False
                    self.killed_by = 0
            return self._process


def _start() -> "subprocess.Popen[bytes]":
    """A new process with the modules of this one, in a group of its own so that Ctrl-C reaches this one alone."""
    folders = [*sys.path, str(Path(__file__).parents[2])]  # the last where the first was the directory of then
    command = [sys.executable, "-c", PROGRAM, *folders]
    return subprocess.Popen(  # noqa: S603 - this interpreter, this package
        command, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, process_group=0
    )


def _deadly(raw: RawArticle | Article, number: int) -> Skipped:
    """The report of a record that ends whoever reads it."""
    how = signal.strsignal(number) or f"signal {number}"
    reason = (
        f"reading it ended {TRIES} processes ({how}); it may need more memory than there is: split it or leave it out"
    )
    return Skipped(raw.path, reason, raw.record)
