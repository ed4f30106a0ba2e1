"""Articles that their files no longer hold: moved to where they are held now, else removed, once all files are read.

The same bytes may stand in another file. One that this run has read told of it. One that it has not read, unchanged or
not among the paths, is not read later either, so what it holds would stay away: before anything is removed it is looked
into. Its note tells whether it has to be, and a file that has changed since is left to the run that reads it again.
"""

import os
from collections import defaultdict
from collections.abc import Collection, Generator
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from searcher.config import Settings
from searcher.ingest.changes import Changes
from searcher.ingest.compare import Comparison, Found
from searcher.ingest.files import Files, holds_what_it_did, name_of
from searcher.ingest.known import UNREAD, Known
from searcher.ingest.maker import on_disk, place
from searcher.ingest.manifest import Manifest
from searcher.models import RawArticle
from searcher.normalize.fingerprint import identity
from searcher.readers import read_file

__all__ = ["see_to_gone"]

# Ids in memory, of files that are not there any more; for so many at a time other files are looked into.
TOGETHER = 100_000


@dataclass(frozen=True, slots=True)
class _Holder:
    """Where an article is held now: the path and the record in it, and the name of the file on the disk."""

    path: str
    record: str
    name: bytes


def see_to_gone(
    comparison: Comparison, changes: Changes, manifest: Manifest | None, files: Files, *, prune: bool
) -> None:
    """Move or remove what files of this run no longer hold, and what is in files that are not there any more.

    Of the latter only what another file read by this run holds is moved unless `prune` lets the rest go. Where not one
    file is found a disk may not be there: nothing is dropped for that.
    """
    found = comparison.found
    departures = _Departures(found, changes, manifest, files.settings)
    dropped = {article_id: gone.path for gone in found.gone for article_id in gone.ids}
    there = changes.paths_of(dropped)
    going = {article_id for article_id, path in dropped.items() if there.get(article_id) == path}
    removed = departures.let_go(going)
    updated = sum(min(len(gone.ids & removed), gone.fresh) for gone in found.gone)
    found.counts.update(updated=updated, added=-updated)
    if manifest:
        _see_to_missing(departures, manifest, files, prune=prune and files.found > 0)


def _see_to_missing(departures: "_Departures", manifest: Manifest, files: Files, *, prune: bool) -> None:
    """A file is forgotten once all that it held is seen to."""
    names, going = list[bytes](), set[str]()

    def let_go() -> None:
        departures.found.counts["removed"] += len(departures.let_go(going))
        for name in names:
            manifest.forget(name)
        names.clear()
        going.clear()

    for known in manifest.missing(map(name_of, files.paths)):
        ids = departures.held(known)
        left = ids - departures.found.elsewhere.keys()
        if left and not prune:
            departures.found.missing.append(os.fsdecode(known.name))
            ids -= left
        else:
            names.append(known.name)
        going |= ids
        if len(going) >= TOGETHER:
            let_go()
    let_go()


class _Departures:
    """Lets articles go from where they were."""

    def __init__(self, found: Found, changes: Changes, manifest: Manifest | None, settings: Settings) -> None:
        self.found = found
        self._changes = changes
        self._manifest = manifest
        self._settings = settings

    def held(self, known: Known) -> set[str]:
        """The articles that are at the paths of a file."""
        return {article_id for path in known.paths for article_id in self._changes.ids_at(path)}

    def let_go(self, ids: AbstractSet[str]) -> set[str]:
        """Move what another file holds and remove the rest; the ids of those."""
        holders = {}
        for article_id in ids & self.found.elsewhere.keys():
            path, record = self.found.elsewhere[article_id]
            holders[article_id] = _Holder(path, record, name_of(on_disk(path)))
        left = set(ids - holders.keys())
        if left and self._manifest:
            holders |= self._looked_up(left, self._manifest)
        for article_id, holder in sorted(holders.items()):
            self._changes.move(article_id, holder.path, holder.record)
        if self._manifest:
            _note_moves(holders.values(), self._manifest)
        left -= holders.keys()
        for article_id in sorted(left):
            self._changes.remove(article_id)
        return left

    def _looked_up(self, ids: AbstractSet[str], manifest: Manifest) -> dict[str, _Holder]:
        """Which of some articles files hold that this run has not read; each in the first of them."""
        holders: dict[str, _Holder] = {}
        unread: list[Known] = []
        with closing(self._records(manifest, unread)) as records:
            for known, record in records:
                article_id = identity(record.raw)
                if article_id in ids and article_id not in holders:
                    holders[article_id] = _Holder(place(record.path), record.record, known.name)
                    if len(holders) == len(ids):
                        return holders
        for known in unread:  # it may hold what is removed now
            manifest.note(replace(known, state=UNREAD, sha256=b""))
        return holders

    def _records(self, manifest: Manifest, unread: list[Known]) -> Generator[tuple[Known, RawArticle]]:
        """The records of files with duplicates that this run has not read; what cannot be read is put on a list."""
        for known in manifest.with_duplicates():
            if known.name in self.found.searched:
                continue
            path = Path(os.fsdecode(known.name))
            try:
                if not holds_what_it_did(path, known):
                    continue
            except OSError:
                unread.append(known)
                continue
            whole = True
            for record in read_file(path, self._settings):
                if isinstance(record, RawArticle):
                    yield known, record
                elif whole:
                    whole = False
                    unread.append(known)


def _note_moves(holders: Collection[_Holder], manifest: Manifest) -> None:
    """What moved to a file is one of its articles now, and no duplicate any more."""
    moved = defaultdict[bytes, list[str]](list)
    for holder in holders:
        moved[holder.name].append(holder.path)
    for name, paths in moved.items():
        noted = manifest.find(name)
        if noted:
            manifest.note(
                replace(
                    noted,
                    articles=noted.articles + len(paths),
                    duplicates=max(0, noted.duplicates - len(paths)),
                    paths=tuple(dict.fromkeys((*noted.paths, *paths))),
                )
            )
