"""One writer at a time: a lock that the kernel frees when its holder dies."""

import fcntl
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from searcher.errors import ArchiveLocked

__all__ = ["WriteLock"]

LOCK_FILE = "MAIN_WRITELOCK"
# Seconds to wait for another process's commit before saying that the index is locked.
LOCK_WAIT = 10.0
ASK_AGAIN = 0.05


class WriteLock:
    """Held from `acquire` to `release`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._file: IO[bytes] | None = None

    def acquire(self) -> None:
        """Wait for the lock; ArchiveLocked where another writer keeps it."""
        until = monotonic() + LOCK_WAIT
        file = (self._directory / LOCK_FILE).open("ab")
        while not _locked(file):
            if monotonic() > until:
                file.close()
                raise ArchiveLocked(
                    f"{self._directory}: another process is writing to this index; try again when it is done"
                )
            sleep(ASK_AGAIN)
        self._file = file

    def release(self) -> None:
        """Let the next one write."""
        if self._file:
            self._file.close()
            self._file = None


def _locked(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
