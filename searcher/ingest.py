"""Files into an engine: read, normalize, find entities, write in batches, count what became of each.

A file that was added before is compared with what it became: articles it still holds are unchanged, new ones are
added, those it no longer holds are replaced. An article is known by its bytes, so moving or renaming files changes
nothing and the same bytes under a second path are reported as a duplicate.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
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

__all__ = ["Progress", "add", "read"]

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
    for path, items in groupby(_items(paths, settings, today, left_out), key=lambda item: _place(item.path)):
        now: dict[str, Article] = {}
        broken = False
        for item in items:
            if progress:
                progress(item)
            if isinstance(item, Skipped):
                tally.skipped.append(item)
                broken = True
            else:
                now.setdefault(item.id, item)
                if len(now) >= BATCH:
                    batch.take(path, now, before=frozenset())
                    now, broken = {}, True  # part of a large file: what it held before is not compared
        batch.take(path, now, before=frozenset() if broken else frozenset(engine.ids("path", path)))
    batch.commit()
    return tally.report()


def _items(
    paths: Iterable[str | Path], settings: Settings, today: date, left_out: Iterable[Path] = ()
) -> Iterator[Article | Skipped]:
    for raw in read_paths(paths, settings, left_out=left_out):
        item = raw if isinstance(raw, Skipped) else normalize(raw, settings, today)
        yield replace(item, path=_place(item.path)) if isinstance(item, Article) else item


def _place(path: str) -> str:
    """The path as articles keep it: absolute, links followed, the same from whatever directory it was named."""
    return Path(path).resolve().as_posix()


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

    def take(self, path: str, now: dict[str, Article], before: frozenset[str]) -> None:
        """What the file at `path` holds now, and the ids of what it held before."""
        gone = before - now.keys()
        fresh = [
            _with_entities(article) for article_id, article in now.items() if self._is_new(article_id, path, before)
        ]
        updated = min(len(gone), len(fresh))
        self._tally.counts.update(updated=updated, added=len(fresh) - updated)
        self._tally.fingerprints.update(article.fingerprint for article in fresh)
        self._added.update((article.id, article) for article in fresh)
        self._removed |= gone
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

    def _is_new(self, article_id: str, path: str, before: frozenset[str]) -> bool:
        if article_id in before:
            self._tally.counts["unchanged"] += 1
            return False
        known = self._added.get(article_id) or self._engine.find(article_id)
        if known is None or article_id in self._removed:
            return True
        self._tally.counts["unchanged" if known.path == path else "duplicates"] += 1
        return False
