"""Commits whose number says all that the index must hold, and a process that makes them one after the other.

`python -m reliability.generations PLACE LOG SECONDS` commits until the time is over and notes when each commit was
begun and done, on the clock that all processes share.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from searcher.engines.whoosh import WhooshEngine
from searcher.models import Article, PublicationDate
from searcher.query import Order, SearchRequest
from searcher.query.nodes import Everything

__all__ = ["MARKER", "REQUEST", "commit", "facets_after", "ids_after", "number_in", "write_down"]

MARKER = "marker"  # the article that says which commit it is
KEPT = 40  # commits after which a pair of articles is removed again
CHANGED = 7  # commits after which it is replaced
SIDES = ("East", "West")
# The marker is the newest article; so one answer has everything: which commit, its total and its counts.
REQUEST = SearchRequest(node=Everything(), order=Order(sort="newest", limit=1), facets=("location", "source"))


def commit(engine: WhooshEngine, number: int) -> None:
    """The batch of a number: a pair comes, one changes, one goes."""
    with engine.writer() as writer:
        for side in SIDES:
            writer.add(_article(number, side))
            if number > CHANGED:
                writer.add(replace(_article(number - CHANGED, side), source="Second Edition"))
            if number > KEPT:
                writer.remove(_id(number - KEPT, side))
        writer.add(Article(id=MARKER, title=f"number {number}", body="", date=PublicationDate("2030-01-01", "field")))


def number_in(title: str) -> int:
    """The number of the commit, by the title of its marker."""
    return int(title.removeprefix("number "))


def ids_after(number: int) -> list[str]:
    """The ids of all articles after the commit of that number, sorted."""
    pairs = range(max(1, number - KEPT + 1), number + 1)
    return sorted([MARKER, *(_id(pair, side) for pair in pairs for side in SIDES)])


def facets_after(number: int) -> Mapping[str, Mapping[str, int]]:
    """The counts of `REQUEST` after it."""
    pairs = min(number, KEPT)
    editions = {"First Edition": 2 * min(pairs, CHANGED), "Second Edition": 2 * max(0, pairs - CHANGED)}
    return {
        "location": dict.fromkeys(SIDES, pairs),
        "source": {name: count for name, count in editions.items() if count},
    }


def _id(number: int, side: str) -> str:
    return f"{side}-{number}"


def _article(number: int, side: str) -> Article:
    words = f"The {side} convoy of grain and wheat number{number} left. " * (1 + number % 5)
    return Article(
        id=_id(number, side), title=f"Convoy {number}", body=words, locations=(side,), source="First Edition",
        date=PublicationDate(f"2017-10-{1 + number % 31:02}", "field"),
    )  # fmt: skip


def _commits(place: Path, seconds: float) -> Iterator[dict[str, float]]:
    engine = WhooshEngine.open(place, memory_mb=1)
    end = time.monotonic() + seconds
    number = 1  # the first is there before anyone looks
    while time.monotonic() < end:
        number += 1
        began = time.monotonic()
        commit(engine, number)
        yield {"number": number, "began": began, "done": time.monotonic()}


def write_down(rows: Callable[[Path, float], Iterator[object]]) -> None:
    """What a process does at a place for so many seconds, as lines of JSON: its arguments are PLACE LOG SECONDS."""
    place, log, seconds = sys.argv[1:]
    with Path(log).open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows(Path(place), float(seconds)))


if __name__ == "__main__":
    write_down(_commits)
