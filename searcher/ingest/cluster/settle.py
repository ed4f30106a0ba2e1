"""Outcomes of parcels into one report; the engine and the manifest put right where parcels could not see each other.

The engine first, then the notes: a kill in between lets the files of the parcel be read again.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.ingest.changes import Changes
from searcher.ingest.cluster.overlap import Overlap, Twice
from searcher.ingest.cluster.parcels import Joined, Outcome, Row
from searcher.ingest.compare import Comparison
from searcher.ingest.files import name_of
from searcher.ingest.known import Known
from searcher.ingest.manifest import Manifest
from searcher.normalize import sketch_of
from searcher.readers.source import INSIDE

if TYPE_CHECKING:
    from searcher.engines import Engine

__all__ = ["Settlement"]


class Settlement:
    """The outcomes of one run."""

    def __init__(self, engine: "Engine", changes: Changes, comparison: Comparison, manifest: Manifest) -> None:
        self._engine = engine
        self._changes = changes
        self._comparison = comparison
        self._manifest = manifest
        self._overlap = Overlap()

    def take(self, number: int, outcome: Outcome, running: Collection[int]) -> None:
        """Take in what became of a parcel while the parcels of the numbers `running` were under way."""
        self._comparison.found.take(outcome.found)
        self._changes.refused += outcome.refused  # with the next commit their files count as not read
        known = {path: entry for entry in outcome.known for path in entry.paths}
        rows = {row.id: row for row in outcome.rows}
        for twice in self._overlap.twice(number, rows):
            self._part(twice, known)
        self._changes.told.update(row.tells for row in rows.values() if row.fresh)
        for joined in (*outcome.joined, *self._overlap.joined(number, rows)):
            self._join(joined)
        self._overlap.keep(number, rows, running)
        for entry in {entry.name: entry for entry in (*outcome.known, *known.values())}.values():
            self._manifest.note(entry)
        self._changes.commit()

    def _part(self, twice: Twice, known: dict[str, Known]) -> None:
        """Let an article be where it belongs, and count the other as the duplicate that it is."""
        first, other = twice.first, twice.other
        if self._changes.path_of(first.id) not in (None, first.path):
            self._changes.move(first.id, first.path, first.record)
        found = self._comparison.found
        found.counts["added" if other.fresh else "unchanged"] -= 1
        found.counts["duplicates"] += 1
        found.elsewhere[other.id] = other.path, other.record
        noted = self._manifest.find(_file_of(other)) if twice.is_kept else known.get(other.path)
        if noted:
            less = replace(noted, articles=noted.articles - 1, duplicates=noted.duplicates + 1)
            if twice.is_kept:
                self._manifest.note(less)
            else:
                known.update(dict.fromkeys(less.paths, less))

    def _join(self, joined: Joined) -> None:
        into = self._overlap.story(joined.into)
        if into == joined.story:
            return
        self._overlap.join(Joined(joined.story, into))
        self._changes.commit()  # the engine tells what is committed
        for article_id in self._engine.ids("story", joined.story):
            found = self._engine.find(article_id)
            if found:
                sketch = sketch_of(found.title, found.body)
                self._changes.put(replace(found, story="" if found.id == into else into, sketch=sketch))
        self._changes.commit()
        if joined.story in self._changes.told:
            self._changes.told.discard(joined.story)
            self._changes.told.add(into)


def _file_of(row: Row) -> bytes:
    """The file on the disk that a row came from. Where the name says otherwise the file is read again, no harm done."""
    return name_of(row.path.partition(INSIDE)[0])
