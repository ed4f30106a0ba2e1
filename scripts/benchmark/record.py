"""One article of the benchmark, and the file of them that every engine reads.

A line holds title, body, day, places and actors, parted by tabs; several values are parted by bars. Texts hold ASCII
letters, spaces and full stops alone, so nothing needs quoting and every tokenizer sees the same words.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

__all__ = ["FACETS", "Record", "read_records", "write_records"]

FACETS = ("location", "actor")


class Record(NamedTuple):
    """`number` counts from 0 and names the article; `day` is that of `datetime.date.toordinal`."""

    number: int
    title: str
    body: str
    day: int
    places: tuple[str, ...]
    actors: tuple[str, ...]

    @property
    def key(self) -> str:
        """The id that engines store and index: 16 hex digits."""
        return f"{self.number:016x}"

    @property
    def iso_day(self) -> str:
        """The day as 2017-10-31."""
        return date.fromordinal(self.day).isoformat()


def write_records(records: Iterable[Record], path: Path) -> Iterator[Record]:
    """Write the records one by one, and hand each on."""
    with path.open("w", encoding="ascii") as file:
        for record in records:
            places, actors = "|".join(record.places), "|".join(record.actors)
            file.write(f"{record.title}\t{record.body}\t{record.day}\t{places}\t{actors}\n")
            yield record


def read_records(path: Path, first: int = 0) -> Iterator[Record]:
    """The records of a file, numbered from `first`."""
    with path.open(encoding="ascii") as file:
        for number, line in enumerate(file, first):
            title, body, day, places, actors = line.rstrip("\n").split("\t")
            yield Record(number, title, body, int(day), _values(places), _values(actors))


def _values(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()
