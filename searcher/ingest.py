"""Files into an engine: read, normalize, find entities, write in batches, count what became of each.

A file that was added before is compared with what it became: articles it still holds are unchanged, new ones are
added, those it no longer holds are replaced. An article is known by its bytes, so moving or renaming files changes
nothing and the same bytes under a second path are reported as a duplicate.
"""

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from searcher.config import Settings
from searcher.engines import Engine, Writer
from searcher.entities import extract
from searcher.models import AddReport, Article, Skipped
from searcher.normalize import normalize
from searcher.readers import read_paths

__all__ = ["Progress", "add", "place", "read"]

# Articles held in memory and committed together: 2,000 of 300 words are 30 MB with their mentions.
BATCH = 2_000

Progress = Callable[[Article | Skipped], None]
"""Called for each article read or record skipped, in order."""

_LOG = logging.getLogger("searcher")


def read(
    paths: str | Path | Iterable[str | Path],
    settings: Settings | None = None,
    *,
    today: date | None = None,
    skipped: list[Skipped] | None = None,
) -> Iterator[Article]:
    """Normalized articles with their mentions, in the order of the files; nothing is indexed.

    What cannot be read is appended to `skipped` where a list is given, and logged as a warning where none is.
    """
    chosen = [paths] if isinstance(paths, str | Path) else paths
    for item in _items(chosen, settings or Settings(), today or date.today()):
        if isinstance(item, Article):
            yield _with_entities(item)
        elif skipped is not None:
            skipped.append(item)
        else:
            _LOG.warning("skipped %s %s: %s", item.path, item.record, item.reason)


def add(
    engine: Engine,
    paths: Iterable[str | Path],
    settings: Settings,
    *,
    today: date,
    left_out: Iterable[Path] = (),
    progress: Progress | None = None,
) -> AddReport:
    """Add what the paths hold but for the folders left out; what cannot be added is in the report, the rest is in."""
    tally = _Tally()
    batch = _Batch(engine, tally)
    for path, items in groupby(_items(paths, settings, today, left_out), key=lambda item: place(item.path)):
        before = frozenset(engine.ids("path", path))
        seen: set[str] = set()
        fresh = 0
        broken = False
        for item in items:
            if progress:
                progress(item)
            if isinstance(item, Skipped):
                tally.skipped.append(item)
                broken = True
            elif item.id not in seen:
                seen.add(item.id)
                fresh += batch.take(item)
        batch.settle(set() if broken else before - seen, fresh)  # not read to its end: nothing is known to be gone
    batch.commit()
    return tally.report()


def place(path: str | Path) -> str:
    """A path as articles keep it: absolute, links followed, the same from whatever directory it was named.

    Bytes of a name that are no text are question marks, as readers show them.
    """
    return os.fsencode(Path(path).resolve().as_posix()).decode("utf-8", "replace")


def _items(
    paths: Iterable[str | Path], settings: Settings, today: date, left_out: Iterable[Path] = ()
) -> Iterator[Article | Skipped]:
    for raw in read_paths(paths, settings, left_out=left_out):
        item = raw if isinstance(raw, Skipped) else normalize(raw, settings, today)
        yield replace(item, path=place(item.path)) if isinstance(item, Article) else item


def _with_entities(article: Article) -> Article:
    found = extract(article.body, title=article.title, dateline=article.dateline)
    return replace(
        article,
        mentions=found.mentions,
        locations=found.locations,
        actors=found.actors,
        countries=found.countries,
    )


@dataclass(slots=True)
class _Tally:
    counts: Counter[str] = field(default_factory=Counter)
    fingerprints: set[str] = field(default_factory=set)
    skipped: list[Skipped] = field(default_factory=list)

    def report(self) -> AddReport:
        return AddReport(
            added=self.counts["added"],
            updated=self.counts["updated"],
            unchanged=self.counts["unchanged"],
            duplicates=self.counts["duplicates"],
            stories=len(self.fingerprints),
            skipped=tuple(self.skipped),
        )


class _Batch:
    """Changes on their way into the engine, committed every BATCH articles."""

    def __init__(self, engine: Engine, tally: _Tally) -> None:
        self._engine = engine
        self._tally = tally
        self._added: dict[str, Article] = {}
        self._removed: set[str] = set()
        self._elsewhere: dict[str, Article] = {}

    def take(self, article: Article) -> bool:
        """Add an article, unless it is there already; whether it is new."""
        if article.id in self._added:
            known: Article | None = self._added[article.id]
        else:
            known = None if article.id in self._removed else self._engine.find(article.id)
        if known is not None:
            if known.path == article.path:
                self._tally.counts["unchanged"] += 1
            else:
                self._tally.counts["duplicates"] += 1
                self._elsewhere[article.id] = article
            return False
        self._added[article.id] = _with_entities(article)
        self._tally.fingerprints.add(article.fingerprint)
        self._commit_if_full()
        return True

    def settle(self, gone: AbstractSet[str], fresh: int) -> None:
        """The end of a file: what it no longer holds is removed; each removed one makes one of the new an update."""
        moved = gone & self._elsewhere.keys()  # another file of this run holds it now
        self._added.update((article_id, _with_entities(self._elsewhere[article_id])) for article_id in moved)
        gone -= moved
        updated = min(len(gone), fresh)
        self._tally.counts.update(updated=updated, added=fresh - updated)
        self._removed |= gone
        self._commit_if_full()

    def _commit_if_full(self) -> None:
        if len(self._added) + len(self._removed) >= BATCH:
            self.commit()

    def commit(self) -> None:
        """Write what has gathered."""
        if self._added or self._removed:
            with self._engine.writer() as writer:
                self._write(writer)
        self._added, self._removed = {}, set()

    def _write(self, writer: Writer) -> None:
        for article_id in self._removed - self._added.keys():
            writer.remove(article_id)
        for article in self._added.values():
            writer.add(article)
