"""What goes to a worker, and what comes back from it: values that pickle."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from searcher.config import Settings
from searcher.entities import Aliases
from searcher.ingest.compare import Found
from searcher.ingest.known import Known
from searcher.models import Skipped

if TYPE_CHECKING:
    from searcher.engines import Engine

__all__ = ["Fault", "Job", "Joined", "Opener", "Outcome", "Parcel", "Row"]

Opener = Callable[[], "Engine"]
"""Opens the engine, on whatever machine; a value that pickles. Many writers may be open on that engine at once."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for every parcel of a run; `version` is that of the package that sends it."""

    open: Opener
    settings: Settings
    today: date
    aliases: Aliases
    version: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """Files for one worker, by absolute paths; parcels are numbered in the order of the files.

    Of the files that are `unnoted` the manifest knows nothing: what the archive has of them, a run that was killed put
    there.
    """

    number: int
    paths: tuple[str, ...]
    unnoted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """An article that a parcel brought; not `fresh` where it was there before and nothing was noted of its file.

    `tells` is the story it tells, `words` how many its body has.
    """

    id: str
    path: str
    record: str
    sketch: bytes
    tells: str
    words: int
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class Joined:
    """A story that is a part of another one: its articles were added before those of the other could be seen."""

    story: str
    into: str


@dataclass(slots=True)
class Outcome:
    """What became of a parcel; all of it is acknowledged by the engine but for what that `refused`.

    `known` are the files that are done.
    """

    found: Found = field(default_factory=Found)
    rows: list[Row] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    joined: list[Joined] = field(default_factory=list)
    refused: list[Skipped] = field(default_factory=list)

    def take(self, other: "Outcome") -> None:
        """Take in the outcome of another part of the same parcel."""
        self.found.take(other.found)
        self.rows += other.rows
        self.known += other.known
        self.joined += other.joined
        self.refused += other.refused


@dataclass(frozen=True, slots=True)
class Fault:
    """An error of `searcher.errors` that ended a parcel: the name of its class, and its message."""

    kind: str
    message: str
