"""Right, wrong and missed, and the figures made of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

__all__ = ["Scores", "Tally", "chosen", "fitted"]

Item = TypeVar("Item")

Scores = dict[str, float]
"""Figures of one set by name, each from 0 to 1."""


@dataclass
class Tally:
    """Counts over a whole set, as micro-averages need them."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def compare(self, expected: Iterable[Item], found: Iterable[Item]) -> None:
        """Count one text: both sides as sets."""
        wanted, got = set(expected), set(found)
        self.right += len(wanted & got)
        self.wrong += len(got - wanted)
        self.missed += len(wanted - got)

    def count(self, found: bool) -> None:
        """Count one expected item, found or not."""
        self.right += found
        self.missed += not found

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was."""
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        """The share of what was expected that was found."""
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


def chosen(texts: Iterable[Item], *, held: bool) -> Iterator[Item]:
    """All texts; with `held` every second one, those that are not `fitted`."""
    return islice(texts, 1, None, 2) if held else iter(texts)


def fitted(texts: Iterable[Item]) -> Iterator[Item]:
    """Of a set that serves for both, the texts on which fit_names.py finds its weights."""
    return islice(texts, 0, None, 2)
