"""When a search has to end."""

import pytest

from searcher.errors import UsageError
from searcher.query import NEVER, Deadline


class Clock:
    """Shows the time it is set to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_time_runs_out_for_finding_then_for_showing() -> None:
    """What was found by the end is still shown; `passed` says that somebody had to leave something out."""
    clock = Clock()
    deadline = Deadline(2, clock)
    clock.now = 101.9
    assert (deadline.over(), deadline.late(), deadline.passed, deadline.notes) == (False, False, False, ())
    clock.now = 102.0
    assert (deadline.late(), deadline.passed) == (False, False)
    assert (deadline.over(), deadline.passed) == (True, True)
    clock.now = 102.3
    assert (deadline.over(), deadline.late()) == (True, True)
    assert deadline.notes[0].startswith("the search was stopped after 2 s: what was found by then is shown")


@pytest.mark.parametrize("seconds", [0, None])
def test_without_a_limit_there_is_no_end(seconds: float | None) -> None:
    """Nor is the clock asked."""
    clock = Clock()
    deadline = Deadline(seconds, clock)
    clock.now = 1e12
    assert (deadline.over(), deadline.late(), deadline.passed) == (False, False, False)
    assert (NEVER.over(), NEVER.late(), NEVER.passed) == (False, False, False)


def test_items_are_handed_on_while_there_is_time() -> None:
    """The first in any case: who waited gets something to see."""
    clock = Clock()
    deadline = Deadline(2, clock)
    shown = []
    for item in deadline.while_in_time("abc"):
        shown.append(item)
        clock.now += 1.5
    assert (shown, deadline.passed) == (["a", "b"], True)
    clock.now = 1_000
    assert list(deadline.while_in_time("abc")) == ["a"]
    assert list(deadline.while_in_time("")) == []


@pytest.mark.parametrize("seconds", [-1, -0.001, float("nan"), float("inf")])
def test_a_limit_that_cannot_be_meant_is_refused(seconds: float) -> None:
    """With what can be given."""
    with pytest.raises(UsageError, match=r"give seconds such as 2 or 0\.5, or 0 for none"):
        Deadline(seconds)
