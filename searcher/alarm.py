"""A bound on the time one page or document may take, where the system can hold it.

An alarm of the system breaks in on whatever runs; it is to be had in the main thread alone, which is where the command
line reads, and each worker of an ingest. Elsewhere the bounds on sizes have to do.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["OutOfTime", "alarm"]


class OutOfTime(BaseException):
    """The time is over. No Exception, so that a library that goes on after any error does not go on after this one."""


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block once so many seconds have passed; nothing where another alarm is set already."""
    if not _is_free():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _is_free() -> bool:
    """Whether this thread may have an alarm and nobody else wants one."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        return False
    return signal.getsignal(signal.SIGALRM) == signal.SIG_DFL and signal.getitimer(signal.ITIMER_REAL)[0] == 0


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise OutOfTime
