"""What was measured, and what it comes to: medians, percentiles and ratios with their spread.

The times of a query are kept one a round, so that two engines are compared within a round, under the same conditions.
The ratio of a class in a round is the geometric mean over its queries of one engine's time by the other's; its middle
over the rounds is given, with the quartiles. Over classes the geometric mean is taken again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import geometric_mean, median, quantiles
from typing import Any

from benchmark.queries import CLASSES, Query

__all__ = ["HOW", "Comparison", "Ratio", "milliseconds"]

HOW = ("plain", "facets")
"""plain: the best 10 with the exact total; facets: the same, and the counts of both facets over all that match."""

_NANOSECONDS = 1e6  # in a millisecond


@dataclass(frozen=True, slots=True)
class Ratio:
    """The time of one engine by that of another: the middle over the rounds, and its quartiles."""

    middle: float
    low: float
    high: float

    @classmethod
    def of(cls, rounds: Sequence[float]) -> "Ratio":
        """The ratio of several rounds."""
        if len(rounds) == 1:
            return cls(rounds[0], rounds[0], rounds[0])
        low, _, high = quantiles(rounds, n=4, method="inclusive")
        return cls(median(rounds), low, high)


@dataclass(slots=True)
class Comparison:
    """Engines on the same articles. `times[engine][how][query][round]` are nanoseconds; the rest is seconds and bytes.

    `values` is how many of each facet were given. `build` and `add` hold wall, cpu, peak and, for `build`, bytes on
    disk; `search` how long opening took and what was in memory in the end; `one_shot` wall and cpu of this engine's
    `search` in a fresh process, empty without it.
    """

    corpus: str
    articles: int
    values: int
    queries: list[Query]
    totals: list[int] = field(default_factory=list)
    build: dict[str, dict[str, Any]] = field(default_factory=dict)
    add: dict[str, dict[str, Any]] = field(default_factory=dict)
    search: dict[str, dict[str, Any]] = field(default_factory=dict)
    times: dict[str, dict[str, list[list[int]]]] = field(default_factory=dict)
    one_shot: dict[str, float] = field(default_factory=dict)

    @property
    def engines(self) -> list[str]:
        """The engines, in the order in which they were asked."""
        return list(self.build)

    def classes(self) -> list[str]:
        """The classes of which there are queries."""
        present = {query.kind for query in self.queries}
        return [kind for kind in CLASSES if kind in present]

    def hits(self, kind: str) -> float:
        """How many articles match a query of the class: the median."""
        return median(self.totals[number] for number in self._numbers(kind))

    def middle(self, engine: str, how: str, kind: str) -> float:
        """Milliseconds of a class: the median over its queries of each one's median over the rounds."""
        return milliseconds(median(median(self.times[engine][how][number]) for number in self._numbers(kind)))

    def slow(self, engine: str, how: str, kinds: Iterable[str]) -> float:
        """Milliseconds in which 95% of all runs of the classes are done."""
        runs = sorted(
            took for kind in kinds for number in self._numbers(kind) for took in self.times[engine][how][number]
        )
        return milliseconds(runs[ceil(0.95 * len(runs)) - 1])

    def ratio(self, engine: str, other: str, how: str, kinds: Sequence[str]) -> Ratio:
        """One engine's time by the other's, over all of the classes."""
        rounds = range(len(self.times[engine][how][0]))
        return Ratio.of([self._in_round(engine, other, how, kinds, number) for number in rounds])

    def _in_round(self, engine: str, other: str, how: str, kinds: Sequence[str], turn: int) -> float:
        mine, theirs = self.times[engine][how], self.times[other][how]
        return geometric_mean(
            geometric_mean(mine[number][turn] / theirs[number][turn] for number in self._numbers(kind))
            for kind in kinds
        )

    def _numbers(self, kind: str) -> list[int]:
        return [query.number for query in self.queries if query.kind == kind]


def milliseconds(nanoseconds: float) -> float:
    """As a number of milliseconds."""
    return nanoseconds / _NANOSECONDS
