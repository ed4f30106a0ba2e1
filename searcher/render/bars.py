"""Articles over time: buckets of the date facet as bars, empty periods kept so that a gap is seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from searcher.models import FacetCount

__all__ = ["HEIGHT", "WIDTH", "Bar", "bars_of"]

WIDTH, HEIGHT = 720, 64
# A few bars are not drawn wider than this many would be.
FEWEST_BARS = 24
# More bars than this cannot be told apart at WIDTH; gaps are then left out.
MOST_BARS = 180


@dataclass(frozen=True, slots=True)
class Bar:
    """One bucket: `name` is its year, month or day; the rest is where its bar stands in the drawing, in pixels."""

    name: str
    count: int
    stories: int
    x: float
    y: float
    width: float
    height: float


def bars_of(counts: Sequence[FacetCount]) -> tuple[Bar, ...]:
    """Bars for the dated buckets, in order of time."""
    dated = {count.value: count for count in counts if count.value[:1].isdigit()}
    if not dated:
        return ()
    names = _with_gaps(sorted(dated))
    step = WIDTH / max(len(names), FEWEST_BARS)
    top = max(count.count for count in dated.values())
    made = []
    for number, name in enumerate(names):
        count = dated.get(name, FacetCount(name, 0))
        height = max(2.0, HEIGHT * count.count / top) if count.count else 0.0
        x, y, width = round(number * step, 2), round(HEIGHT - height, 2), round(step * 0.86, 2)
        made.append(Bar(name, count.count, count.stories or count.count, x, y, width, height))
    return tuple(made)


def _with_gaps(names: Sequence[str]) -> list[str]:
    every = [names[0]]
    while every[-1] < names[-1] and len(every) <= MOST_BARS:
        every.append(_next(every[-1]))
    return every if len(every) <= MOST_BARS and set(names) <= set(every) else list(names)


def _next(name: str) -> str:
    """The year, month or day after."""
    if len(name) == 4:
        return f"{int(name) + 1:04}"
    if len(name) == 7:
        year, month = int(name[:4]), int(name[5:])
        return f"{year + month // 12:04}-{month % 12 + 1:02}"
    return (date.fromisoformat(name) + timedelta(days=1)).isoformat()
