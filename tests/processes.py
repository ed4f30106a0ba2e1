"""Processes as the system sees them, for tests that end some and look for what is left."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

__all__ = ["children", "is_alive", "until"]


def until(holds: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something holds; fail where it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    return _status(pid)[:1] not in ([], ["Z"])


def children(pid: int) -> set[int]:
    """The processes that a process started and that run."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("this system has no /proc to find processes in")
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return {child for child in pids if _status(child)[1:] == [str(pid)] and is_alive(child)}


def _status(pid: int) -> list[str]:
    """The state of a process and its parent; nothing where it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return []
