"""One writer at a time: a lock that the kernel frees when its holder dies."""

import fcntl
import os
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import IO, Self

from searcher.config import environment
from searcher.disk import mapped, network_disk
from searcher.errors import ArchiveLocked, DiskError

__all__ = ["WriteLock"]

LOCK_FILE = "MAIN_WRITELOCK"
# Seconds to wait for another process's commit before saying that the index is locked.
LOCK_WAIT = 10.0
ASK_AGAIN = 0.05


class WriteLock:
    """Held from `acquire` to `release`, or while it is a context. The file says which process has it, for people."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._file: IO[bytes] | None = None

    def acquire(self) -> None:
        """Wait for the lock.

        Raises:
            ArchiveLocked: another writer keeps it.
            DiskError: files there cannot be locked or written.
        """
        _trusted(self._directory)
        until = monotonic() + LOCK_WAIT
        with mapped(self._directory):
            file = (self._directory / LOCK_FILE).open("a+b")
            try:
                while not _locked(file):
                    self._wait(file, until)
                file.truncate(0)
                file.write(b"%d\n" % os.getpid())
                file.flush()
            except BaseException:
                file.close()
                raise
        self._file = file

    def release(self) -> None:
        """Let the next one write."""
        if self._file:
            self._file.close()
            self._file = None

    def _wait(self, file: IO[bytes], until: float) -> None:
        if monotonic() > until:
            raise ArchiveLocked(
                f"{self._directory}: {_holder(file)} is writing to this index; try again when it is done"
            )
        sleep(ASK_AGAIN)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _locked(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(file: IO[bytes]) -> str:
    file.seek(0)
    pid = file.read(20).strip()
    return f"another process ({pid.decode()})" if pid.isdigit() else "another process"


def _trusted(directory: Path) -> None:
    """A server may free a lock that is held, and take away a file that is read: it is not written to unasked."""
    kind = network_disk(directory)
    if kind and not environment().network_disk:
        raise DiskError(
            f"{directory}: on a {kind} disk, where locks and files are only as safe as its server; put the archive on "
            "a local disk, or set SEARCHER_NETWORK_DISK=1 to write to it all the same"
        )
