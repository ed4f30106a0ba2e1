"""Folders that are kept up with: whatever is written there is added once it has been quiet for a moment."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from searcher.errors import ArchiveLocked, MissingExtra

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

__all__ = ["watch"]

# A file is read when nothing was heard of it for so long: one that is being copied is heard of all the time.
QUIET_SECONDS = 1.0
ASK_AGAIN = 0.2
# Events that change nothing about what a file holds.
_IDLE = frozenset(("opened", "closed_no_write"))
_GONE = frozenset(("deleted", "moved"))


class _Heard:
    """The paths that something happened to, and when that was; `gone` where one may not be there any more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paths: dict[str, float] = {}
        self._gone = False

    def dispatch(self, event: "FileSystemEvent") -> None:
        """What the observer calls, in its thread."""
        if event.event_type in _IDLE or event.is_directory:
            return
        with self._lock:
            now = monotonic()
            self._gone |= event.event_type in _GONE
            for path in (event.src_path, event.dest_path):
                if path:
                    self._paths[str(path)] = now

    def look_again(self) -> None:
        """As if something were gone: the folders are looked at when it has been quiet."""
        with self._lock:
            self._gone = True
            self._paths[""] = monotonic()

    def quiet(self) -> tuple[list[Path], bool] | None:
        """What happened, once nothing has for a moment; None until then, or where nothing did."""
        with self._lock:
            if not self._paths or monotonic() - max(self._paths.values()) < QUIET_SECONDS:
                return None
            paths = [path for path in sorted(map(Path, self._paths)) if path.is_file()]
            gone, self._gone = self._gone, False
            self._paths.clear()
            return paths, gone


def watch(
    folders: Sequence[Path], add: Callable[[Sequence[Path]], None], stop: threading.Event, *, left_out: Sequence[Path]
) -> None:
    """Call `add` with the folders, then with the files that have changed until `stop` is set.

    Where files are gone it is called with the folders again.

    What happens below `left_out` is not heard of: the archive itself may lie in such a folder.

    Raises:
        MissingExtra: watchdog is not installed.
    """
    heard = _Heard()
    observer = _observer(folders, heard)
    inside = [folder.resolve() for folder in left_out]
    try:
        add(folders)  # what is there already; what is written meanwhile is heard of
        while not stop.wait(ASK_AGAIN):
            found = heard.quiet()
            if found is None:
                continue
            paths = [path for path in found[0] if not any(map(path.resolve().is_relative_to, inside))]
            try:
                if found[1]:
                    add(folders)
                elif paths:
                    add(paths)
            except ArchiveLocked:  # somebody else adds something: this comes after it
                heard.look_again()
    finally:
        observer.stop()
        observer.join()


def _observer(folders: Sequence[Path], heard: _Heard) -> "BaseObserver":
    """What listens to the system, or looks again and again where the system does not tell."""
    try:
        from watchdog.events import FileSystemEventHandler
        from watchdog.observers import Observer
        from watchdog.observers.polling import PollingObserver
    except ImportError as error:
        raise MissingExtra("watchdog", "watch") from error

    class Handler(FileSystemEventHandler):
        def dispatch(self, event: "FileSystemEvent") -> None:
            heard.dispatch(event)

    try:
        return _started(Observer(), folders, Handler())
    except OSError:  # no inotify, or no more of it: a network drive, a limit of the system
        return _started(PollingObserver(), folders, Handler())


def _started(observer: "BaseObserver", folders: Sequence[Path], handler: object) -> "BaseObserver":
    for folder in folders:
        observer.schedule(handler, str(folder), recursive=True)  # type: ignore[arg-type]  # a handler of watchdog
    observer.start()
    return observer
