"""What the benchmark asks of every engine, in the same words."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from benchmark.queries import Query
from benchmark.record import Record

__all__ = ["EVERY_VALUE", "MEMORY_MB", "TITLE_WEIGHT", "TOP", "Adapter", "Answer", "Searching"]

# What each engine may hold in memory while it indexes, where it can be told.
MEMORY_MB = 256
TITLE_WEIGHT = 2.0
TOP = 10
# More than any facet has values: all of them.
EVERY_VALUE = 1_000_000


class Answer(NamedTuple):
    """What came out, for comparison: how many match, how many of the best were given, and the counts by facet."""

    total: int
    shown: int
    facets: Mapping[str, Mapping[str, int]]


class Searching(Protocol):
    """An opened index. `prepare` and `answer` are not timed, `search` is."""

    @property
    def segments(self) -> int:
        """Of how many parts the index is made; 0 where there are none."""
        ...

    def prepare(self, query: Query) -> Any:
        """The query as the engine takes it."""
        ...

    def search(self, prepared: Any, values: int) -> Any:
        """The best TOP with their scores, the exact total, and the exact counts of both facets over all that match.

        Of each facet the `values` with most articles are given; with 0, facets are not counted at all.
        """
        ...

    def answer(self, found: Any) -> Answer:
        """What `search` gave, in the common form."""
        ...


class Adapter(Protocol):
    """One engine."""

    version: str

    def build(self, records: Iterable[Record], folder: Path) -> None:
        """Index the records in a new folder, and commit."""
        ...

    def add(self, records: Iterable[Record], folder: Path) -> None:
        """Add the records to the index in the folder, and commit."""
        ...

    def open(self, folder: Path) -> Searching:
        """Open the index for searching."""
        ...
