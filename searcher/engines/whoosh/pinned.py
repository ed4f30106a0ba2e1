"""Which commit does a search see? The last one, pinned until there is a later; the one before where it is damaged."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time_ns
from typing import NamedTuple, TypeVar

from searcher.engines.whoosh.codec.toc import latest_generation
from searcher.engines.whoosh.faults import reading, sound
from searcher.engines.whoosh.snapshot import Snapshot
from searcher.errors import ArchiveDamaged

__all__ = ["Pinned"]

# Directories remember changes to 4 ms or better; to look into one takes 7 us, to ask when it changed 2.
TICK_NS = 50_000_000

T = TypeVar("T")
_LOG = logging.getLogger("searcher")


class Pinned:
    """The snapshot of a directory that threads share."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._opening = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._looked = _Look(0, 0)
        self._writers = 0

    def answer(self, ask: Callable[[Snapshot], T]) -> T:
        """What `ask` makes of the last commit; of the one before where that turns out to be damaged.

        Raises:
            ArchiveDamaged: that one is damaged too, or is not kept; or somebody writes, who must not take the one for
                the other.
        """
        with reading(self._directory):
            now = self.now()
            try:
                with sound(self._directory):
                    return ask(now)
            except ArchiveDamaged as error:
                fault, before = error, self._fall_back(now, error)
            if before:
                with suppress(ArchiveDamaged), sound(self._directory):
                    return ask(before)
            raise fault

    def now(self) -> Snapshot:
        """The last commit; opened anew when there is a later one than the pinned."""
        with self._opening:
            changed = self._directory.stat().st_mtime_ns
            if self._snapshot and self._looked.still_holds(changed):
                return self._snapshot
            self._looked = _Look(changed, time_ns())
            if self._snapshot is None or self._snapshot.newest != latest_generation(self._directory):
                self._snapshot = Snapshot.last(self._directory, self._snapshot)
                _tell(self._snapshot)
            return self._snapshot

    @contextmanager
    def writing(self) -> Iterator[None]:
        """While this lasts nothing but the last commit answers.

        Raises:
            ArchiveDamaged: it is damaged: nothing can be added to it.
        """
        with reading(self._directory):
            fault = self.now().fault
        if fault:
            raise fault
        with self._opening:
            self._writers += 1
        try:
            yield
        finally:
            with self._opening:
                self._writers -= 1

    def close(self) -> None:
        """Let go of files; who still searches on the snapshot keeps it until done."""
        with self._opening:
            self._snapshot = None

    def _fall_back(self, now: Snapshot, fault: ArchiveDamaged) -> Snapshot | None:
        with self._opening:
            if now.fault or self._writers:
                return None
            if self._snapshot is now:
                before = Snapshot.before(self._directory, now.generation, fault)
                if before:
                    self._snapshot = before
                    _tell(before)
                return before
            return self._snapshot  # another thread has found the same, or a later commit took its place


class _Look(NamedTuple):
    """When the directory had last been changed, and when that was asked, in nanoseconds."""

    changed: int
    at: int

    def still_holds(self, changed: int) -> bool:
        """Whether it holds what it held then: a second change within one tick of its clock would not show."""
        return changed == self.changed < self.at - TICK_NS


def _tell(snapshot: Snapshot) -> None:
    if snapshot.fault:
        _LOG.warning("%s; until then the commit before answers", str(snapshot.fault))
