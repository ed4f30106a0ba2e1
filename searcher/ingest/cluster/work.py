"""What a worker does with a parcel: the same as `ingest.add` with its files, but for what only the client can see to.

Dask works in threads. The work is done in a process beside each of them: the bounds on the time that a page may take
need a main thread, two threads of one process would share one core, and a file that ends whoever reads it ends that
process and not the worker with all that it is at.
"""

import platform
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.errors import SearcherError, WorkersMissing
from searcher.ingest.changes import Changes
from searcher.ingest.cluster.parcels import Fault, Job, Outcome, Parcel, Row
from searcher.ingest.cluster.retold import retold
from searcher.ingest.compare import Comparison, Found
from searcher.ingest.crew import TRIES, Worker
from searcher.ingest.files import NOTHING_READ, FileRead, name_of, whole_file
from searcher.ingest.intake import take_in
from searcher.ingest.known import Known
from searcher.ingest.maker import Maker
from searcher.models import Article, RawArticle, Skipped

if TYPE_CHECKING:
    from searcher.engines import Engine

__all__ = ["perform", "work"]

# Articles committed together: a worker has them in memory, and there are many workers.
BATCH = 2_000
UNSEEN = "the worker on {} does not see this file; keep it on a disk that every worker has, at the same path"
DEADLY = "it ended {} processes that read it ({}); it may need more memory than there is: split it or leave it out"
OTHER_VERSION = "the worker on {} has searcher {}, this is {}: install the same on every machine"

_beside = threading.local()


def work(job: Job, parcel: Parcel) -> Outcome | Fault:
    """What became of a parcel; called by Dask. A process that is killed over it is tried again, then file by file."""
    process = _process()
    for _ in range(TRIES):
        done = process.work(partial(perform, job), [parcel])
        if done is not None:
            return done[0]
        if not process.killed_by:  # a fault of the program ended it: let it be met, and told, here
            del _beside.worker
            return perform(job, parcel)
    if len(parcel.paths) == 1:
        why = signal.strsignal(process.killed_by) or f"signal {process.killed_by}"
        return Outcome(Found(skipped=[Skipped(parcel.paths[0], DEADLY.format(TRIES, why))]))
    return _one_by_one(job, parcel)


def perform(job: Job, parcel: Parcel) -> Outcome | Fault:
    """What became of a parcel, all of it acknowledged by the engine; or the error that ended it."""
    try:
        if (own := version("searcher")) != job.version:
            raise WorkersMissing(OTHER_VERSION.format(platform.node(), own, job.version))
        with closing(job.open()) as engine:
            return _added(engine, job, parcel)
    except SearcherError as error:  # as a value: not every error can be made again from its message
        return Fault(type(error).__name__, str(error))


def _process() -> Worker:
    """The process beside this thread, which ends when the worker does."""
    if not hasattr(_beside, "worker"):
        _beside.worker = Worker()
    found: Worker = _beside.worker
    return found


def _one_by_one(job: Job, parcel: Parcel) -> Outcome | Fault:
    whole = Outcome()
    for path in parcel.paths:
        done = work(job, replace(parcel, paths=(path,)))
        if isinstance(done, Fault):
            return done
        whole.take(done)
    return whole


def _added(engine: "Engine", job: Job, parcel: Parcel) -> Outcome:
    make = Maker(job.settings, job.today, job.aliases)
    rows, known = _Rows(), list[Known]()
    with Changes(engine, BATCH, rows) as changes:
        comparison = Comparison(changes, make)
        take_in(_records(parcel, job), comparison, changes, make, 1, known.append)
    refused = {(skipped.path, skipped.record) for skipped in changes.refused}
    taken = [row for row in rows.sealed if (row.path, row.record) not in refused]
    done = Outcome(comparison.found, taken, known, refused=changes.refused)
    unnoted = {name_of(path) for path in parcel.unnoted}
    places = [path for file in known if file.name in unnoted for path in file.paths]
    if places:
        before, done.joined = retold(engine, places, {row.id for row in taken})
        done.rows += before
    return done


def _records(parcel: Parcel, job: Job) -> Iterator[RawArticle | Skipped | FileRead]:
    for path in parcel.paths:
        if Path(path).is_file():
            yield from whole_file(Path(path), job.settings)
        else:
            yield Skipped(path, UNSEEN.format(platform.node()))
            yield NOTHING_READ


class _Rows:
    """The articles of a parcel: those of the open batch, and in `sealed` those that the engine has acknowledged."""

    def __init__(self) -> None:
        self._open: dict[str, Row] = {}
        self.sealed: list[Row] = []

    def add(self, article: Article) -> None:
        """An article with its story."""
        words = len(article.body.split())
        row = Row(article.id, article.path, article.record, article.sketch, article.tells, words)
        self._open[article.id] = row

    def remove(self, article_id: str) -> None:
        """Nothing is removed by a worker."""

    def write(self) -> None:
        """Nothing is kept on a disk."""

    def seal(self) -> None:
        """The batch is acknowledged."""
        self.sealed += self._open.values()
        self._open = {}

    def discard(self) -> None:
        """The batch is given up."""
        self._open = {}

    def settle(self, held: Callable[[str], bool] | None) -> None:
        """Nothing is left by a kill."""
