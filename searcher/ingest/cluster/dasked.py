"""The workers of a Dask scheduler: parcels go out, bounded, and outcomes come back in whatever order.

A parcel over which workers die is given to others by Dask, so many times as its scheduler is set to (allowed-failures,
3 unless set). Which of the parcels of those workers was at fault is not known then: their files are tried once more,
each alone with nothing beside it, and one that ends workers again is skipped with the reason.
"""

import logging
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import replace
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from searcher import errors
from searcher.errors import ArchiveError, EngineError, MissingExtra, ModelError, UsageError, WorkersMissing
from searcher.ingest.cluster.parcels import Fault, Job, Outcome, Parcel
from searcher.ingest.cluster.work import work
from searcher.ingest.compare import Found
from searcher.models import Skipped

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["Finished", "Workers", "connected"]

CONNECT_SECONDS = 10
# A worker that died is started again by its nanny within seconds, by other keepers of machines within minutes.
NO_WORKER_SECONDS = 120
LOOK_SECONDS = 5
# What is handed out for each thread of a worker: one parcel to work at, one to go on with.
PARCELS_AHEAD = 2
LOST = "the workers that were given it died, last with nothing beside it; see what they say, split it or leave it out"
START = "start some with: dask worker {}"
_TOLD_AS_THEY_ARE = (ArchiveError, EngineError, ModelError, UsageError, WorkersMissing)


class Finished(NamedTuple):
    """What became of a parcel, and the numbers of those that were under way when it was done."""

    parcel: Parcel
    outcome: Outcome
    running: frozenset[int]


@contextmanager
def connected(address: str) -> Iterator["Workers"]:
    """The workers of the scheduler at an address such as tcp://host:8786.

    Raises:
        MissingExtra: Dask is not installed.
        WorkersMissing: there is no scheduler, or it has no worker.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingExtra("dask", "distributed") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is the matter is told once, in our words
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError, ImportError) as error:
        raise WorkersMissing(
            f"{address}: no Dask scheduler answers there ({_first_line(error)}); start one with: dask scheduler, "
            "and give the address that it prints, such as tcp://host:8786"
        ) from error
    with client:
        workers = Workers(client, address)
        if not workers.threads():
            raise WorkersMissing(f"{address}: this scheduler has no worker; " + START.format(address))
        yield workers


class Workers:
    """What a scheduler has to work with."""

    def __init__(self, client: "Client", address: str) -> None:
        self._client = client
        self._address = address
        self._run = uuid4().hex
        self._flying: dict[Future, Parcel] = {}
        self._ended: SimpleQueue[Future] = SimpleQueue()
        self._submitted = 0

    def threads(self) -> int:
        """How many parcels are worked at, at most, at the same time."""
        threads: dict[str, int] = self._client.nthreads()
        return sum(threads.values())

    def finished(self, job: Job, parcels: Iterable[Parcel]) -> Generator[Finished]:
        """Each parcel when it is done. Closing the iterator early takes back what was not begun."""
        left, suspects = iter(parcels), list[Parcel]()
        try:
            while self._fill(job, left, PARCELS_AHEAD * self.threads()):
                parcel, outcome = self._next()
                if outcome is None:
                    suspects.append(parcel)
                else:
                    yield Finished(parcel, outcome, frozenset(other.number for other in self._flying.values()))
            yield from self._alone(job, suspects)
        finally:
            if self._flying:
                self._client.cancel(list(self._flying))

    def _alone(self, job: Job, suspects: Iterable[Parcel]) -> Iterator[Finished]:
        """Each file of these parcels with nothing beside it; skipped where it ends workers once more."""
        files = (replace(parcel, paths=(path,)) for parcel in suspects for path in parcel.paths)
        while self._fill(job, files, 1):
            parcel, outcome = self._next()
            lost = Outcome(Found(skipped=[Skipped(parcel.paths[0], LOST)]))
            yield Finished(parcel, outcome or lost, frozenset())

    def _fill(self, job: Job, parcels: Iterator[Parcel], most: int) -> bool:
        """Hand out parcels until so many are under way; whether any is."""
        while len(self._flying) < max(most, 1) and (parcel := next(parcels, None)):
            numbered = replace(parcel, number=self._submitted)
            key = f"searcher-add-{self._run}-{self._submitted}"
            future = self._client.submit(work, job, numbered, key=key, pure=False)
            self._flying[future] = numbered
            future.add_done_callback(self._ended.put)
            self._submitted += 1
        return bool(self._flying)

    def _next(self) -> tuple[Parcel, Outcome | None]:
        """A parcel that is done and its outcome, None where workers died over it; waits for one.

        WorkersMissing where no worker is there for long.
        """
        seen = monotonic()
        while True:
            try:
                future = self._ended.get(timeout=LOOK_SECONDS)
            except Empty:
                if self._has_workers():
                    seen = monotonic()
                elif monotonic() - seen > NO_WORKER_SECONDS:
                    again = f"{START.format(self._address)}, and do the same again: it goes on from there"
                    raise WorkersMissing(f"{self._address}: no worker is left; {again}") from None
            else:
                return self._flying.pop(future), self._outcome(future)

    def _has_workers(self) -> bool:
        try:
            return self.threads() > 0
        except OSError as error:
            raise self._lost() from error

    def _outcome(self, future: "Future") -> Outcome | None:
        """What came back; None where workers died over it."""
        from distributed import KilledWorker

        try:
            done: Outcome | Fault = future.result()
        except KilledWorker:
            return None
        except (CancelledError, OSError) as error:
            raise self._lost() from error
        except (ImportError, AttributeError) as error:
            raise WorkersMissing(
                f"{self._address}: a worker cannot do the work ({_first_line(error)}); install the same searcher with "
                "the same extras on every machine"
            ) from error
        if isinstance(done, Fault):
            raise _error(done)
        return done

    def _lost(self) -> WorkersMissing:
        return WorkersMissing(
            f"{self._address}: the Dask scheduler was lost; start it and its workers again, and do the same again: it "
            "goes on from there"
        )


def _error(fault: Fault) -> errors.SearcherError:
    """The error that a worker met; what has a form of its own becomes an EngineError with the same words."""
    kind = getattr(errors, fault.kind, EngineError)
    return kind(fault.message) if issubclass(kind, _TOLD_AS_THEY_ARE) else EngineError(fault.message)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
