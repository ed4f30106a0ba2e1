"""When does a search have to end? One value, handed to all that takes time, which asks it between its steps.

Nothing is broken off: who asks and hears that the time is over leaves out what is still to be done, so that what was
found by then is right, and there may only be more of it.
"""

from collections.abc import Callable, Iterable, Iterator
from math import inf, isfinite
from time import monotonic
from typing import TypeVar

from searcher.errors import UsageError

__all__ = ["NEVER", "Deadline"]

# Seconds in which what was found by the end is still put in order and shown: a page of it takes some milliseconds.
GRACE = 0.2

T = TypeVar("T")
Clock = Callable[[], float]


class Deadline:
    """The end of one search; without a limit it never comes. `passed` says whether anything was left out for it."""

    def __init__(self, seconds: float | None = None, clock: Clock = monotonic) -> None:
        """Count from now on, in seconds of the clock; 0 and None are no limit.

        Raises:
            UsageError: the limit is below 0 or no number.
        """
        if seconds is not None and not (isfinite(seconds) and seconds >= 0):
            raise UsageError(f"time limit is {seconds}: give seconds such as 2 or 0.5, or 0 for none")
        self.seconds = seconds or 0.0
        self.passed = False
        self._clock = clock
        self._end = clock() + self.seconds if self.seconds else inf

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell who asked, where something was left out."""
        told = f"the search was stopped after {self.seconds:g} s: what was found by then is shown, there may be more; "
        return (
            (f"{told}ask for fewer words and patterns at once, or give it more time (time limit)",)
            if self.passed
            else ()
        )

    @property
    def left(self) -> float | None:
        """Seconds until the end, 0 once it is over; None without a limit."""
        return None if self._end == inf else max(0.0, self._end - self._clock())

    def over(self) -> bool:
        """Whether no more may be looked for; who asks leaves it out then."""
        if self._end == inf or self._clock() < self._end:
            return False
        self.passed = True
        return True

    def late(self) -> bool:
        """The same for what was found: whether no more of it may be put in order or shown."""
        if self._end == inf or self._clock() < self._end + GRACE:
            return False
        self.passed = True
        return True

    def while_in_time(self, items: Iterable[T]) -> Iterator[T]:
        """The items until it is too late to show more; the first in any case."""
        for number, item in enumerate(items):
            if number and self.late():
                return
            yield item


NEVER = Deadline()
"""No limit."""
