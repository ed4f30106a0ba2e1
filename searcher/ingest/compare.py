"""Files against what the archive holds of them: what is new, known or gone is handed on, and counted."""

from collections import Counter
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from searcher.ingest.changes import Changes
from searcher.ingest.known import Known
from searcher.ingest.line import Item
from searcher.ingest.maker import Make
from searcher.models import AddReport, RawArticle, Skipped
from searcher.readers.source import INSIDE

__all__ = ["Comparison", "Found", "Gone", "Progress", "Taken"]

Progress = Callable[[RawArticle | Skipped], None]
"""Called for each record in the order of reading, when it is known what becomes of it: with the record as it was read,
or with the reason why it was skipped."""


# A table of a library has some rows without a text; a file of 60 kB can hold twenty million, and the report is kept.
MOST_NAMED = 10_000
MORE = "{:,} more of its records were skipped and are not named one by one; put the file right, or leave it out"


@dataclass(slots=True)
class _File:
    """A file while its records come in; `before` are the ids the archive holds of it."""

    path: str
    before: AbstractSet[str]
    seen: set[str] = field(default_factory=set)
    fresh: int = 0
    held: int = 0
    duplicates: int = 0
    broken: bool = False


@dataclass(slots=True)
class Taken:
    """What became of the records of a file: articles, duplicates, the paths of both, and what was skipped."""

    articles: int = 0
    duplicates: int = 0
    paths: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Gone:
    """Articles that a path held and no longer does, and how many fresh ones it has by now."""

    path: str
    ids: AbstractSet[str]
    fresh: int


@dataclass(slots=True)
class Found:
    """Counts, what was skipped, files that are not there any more, and what is to be seen to when all are read.

    That is `gone`, what files no longer hold, and `elsewhere`, of articles met at a second place its path and record;
    the files of the names `searched` have told all of theirs.
    """

    counts: Counter[str] = field(default_factory=Counter)
    skipped: list[Skipped] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    elsewhere: dict[str, tuple[str, str]] = field(default_factory=dict)
    searched: set[bytes] = field(default_factory=set)

    def take(self, other: "Found") -> None:
        """Take in what another comparison found."""
        self.counts.update(other.counts)
        self.skipped += other.skipped
        self.missing += other.missing
        self.gone += other.gone
        self.elsewhere.update(other.elsewhere)
        self.searched |= other.searched


class Comparison:
    """One run over files; `found` is what it found so far. What none of the workers has made, `make` makes here."""

    def __init__(self, changes: Changes, make: Make, progress: Progress | None = None) -> None:
        self._changes = changes
        self._make = make
        self._progress = progress
        self.found = Found()
        self._file = Taken()
        self._skipping = ("", 0)  # the file on the disk whose records were skipped last, and how many

    def take_file(self, path: str, items: Iterable[Item | Skipped]) -> None:
        """Take what a file holds, and keep in mind what it held before and does not any more."""
        file = _File(path, self._changes.ids_at(path))
        for item in items:
            done = item if isinstance(item, Skipped) else self._take(file, item)
            if isinstance(done, Skipped):
                self._skip(done)
                file.broken = True
            if self._progress:
                self._progress(done)
        self._settle(file)

    def _skip(self, skipped: Skipped) -> None:
        """Name what was skipped: of one file on the disk up to MOST_NAMED, then how many more."""
        on_disk = skipped.path.partition(INSIDE)[0]
        if on_disk != self._skipping[0]:
            self._skipping = on_disk, 0
        self._skipping = on_disk, self._skipping[1] + 1
        more = self._skipping[1] - MOST_NAMED
        for named in (self.found.skipped, self._file.skipped):
            if more > 1:
                named.pop()
            named.append(Skipped(on_disk, MORE.format(more)) if more > 0 else skipped)

    def taken(self) -> "Taken":
        """What was taken since this was asked last: of one file, or of the files in it where it is an archive."""
        taken, self._file, self._skipping = self._file, Taken(), ("", 0)
        return taken

    def pass_over(self, known: Known) -> None:
        """Count a file that has not changed since it was read."""
        self.found.counts.update(unchanged=known.articles, duplicates=known.duplicates)
        self.found.skipped += known.skipped

    def report(self) -> AddReport:
        """What became of the files so far; what the engine refused at the last commit is neither added nor updated."""
        refused = self._changes.refused
        added = max(0, self.found.counts["added"] - len(refused))
        return AddReport(
            added=added,
            updated=self.found.counts["updated"] + self.found.counts["added"] - len(refused) - added,
            unchanged=self.found.counts["unchanged"],
            duplicates=self.found.counts["duplicates"],
            stories=len(self._changes.told),
            removed=self.found.counts["removed"],
            missing=tuple(self.found.missing),
            skipped=(*self.found.skipped, *refused),
        )

    def _take(self, file: _File, item: Item) -> RawArticle | Skipped:
        """Add what is new, count what is not; the record, or why there is no article in it."""
        if item.id in file.seen:
            return item.raw
        known = self._changes.path_of(item.id)
        if known is None:
            made = item.made or self._make(item.raw)
            if isinstance(made, Skipped):
                return made
            self._changes.add(made if made.path == file.path else replace(made, path=file.path))
            file.fresh += 1
            file.held += 1
        elif known == file.path:
            self.found.counts["unchanged"] += 1
            file.held += 1
        else:
            self.found.counts["duplicates"] += 1
            file.duplicates += 1
            self.found.elsewhere[item.id] = file.path, item.raw.record
        file.seen.add(item.id)
        return item.raw

    def _settle(self, file: _File) -> None:
        """The end of a file: of one that was not read to its end nothing is known to be gone.

        A path with articles, with duplicates or with some that are to go is noted: should the run end before they are
        moved or removed, their number tells the next one.
        """
        gone = set() if file.broken else file.before - file.seen
        if gone:
            self.found.gone.append(Gone(file.path, gone, file.fresh))
        self.found.counts["added"] += file.fresh
        self._file.articles += file.held
        self._file.duplicates += file.duplicates
        if file.held or file.duplicates or gone:
            self._file.paths.append(file.path)
