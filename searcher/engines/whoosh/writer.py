"""A batch of changes on its way into the index.

Articles are analysed and compressed as they come and written as a segment when so many have gathered as fit the
memory they may take; nothing points at such a segment before the batch is committed. Articles replaced or removed are
marked as deleted: in segments of earlier commits when the batch ends, in those of this batch at once.
"""

import shutil
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex

import numpy as np

from searcher import disk
from searcher.engines.base import Writer
from searcher.engines.whoosh.batch import Batch
from searcher.engines.whoosh.codec.folder import Directory
from searcher.engines.whoosh.codec.merge import merge
from searcher.engines.whoosh.codec.segment import SegmentEntry, SegmentReader, write_deletions
from searcher.engines.whoosh.codec.toc import (
    INDEX_NAME,
    Contents,
    latest_generation,
    read_contents,
    tidy,
    write_contents,
)
from searcher.engines.whoosh.lock import WriteLock
from searcher.engines.whoosh.policy import to_merge
from searcher.engines.whoosh.schema import KINDS
from searcher.engines.whoosh.vocabulary import Vocabulary
from searcher.errors import EngineError
from searcher.models import Article
from searcher.places import SETTINGS_FILE, WORKSHOP

__all__ = ["WhooshWriter"]


@dataclass(slots=True)
class _Segment:
    """A segment of this batch of changes, and which of its documents were replaced or removed later on."""

    entry: SegmentEntry
    gone: set[int]


class WhooshWriter(Writer):
    """One batch, in which articles may take `memory_mb`. It holds the lock of the index from the beginning to its end.

    Segments are written in the calling thread: in another, the two wait for each other at every step of numpy, and
    100,000 articles took as long.
    """

    def __init__(self, directory: Path, memory_mb: int, while_open: AbstractContextManager[object]) -> None:
        self._path = directory
        self._folder = Directory(directory)
        self._memory_mb = memory_mb
        self._most = memory_mb * 1_000_000
        with ExitStack() as held, disk.mapped(directory):
            held.enter_context(WriteLock(directory))
            held.enter_context(while_open)
            self._before = read_contents(directory, latest_generation(directory))
            self._held = held.pop_all()
        self._vocabulary = Vocabulary()
        self._written: list[_Segment] = []
        self._open = self._new_batch()
        self._gone: set[int] = set()
        # Every id of this batch: in which segment of `_written` its article stands and where; None where removed.
        self._places: dict[str, tuple[int, int] | None] = {}

    def add(self, article: Article) -> None:
        """Add an article, in place of any with the same id."""
        if not article.id:
            raise EngineError(f"{article.path or article.title!r}: an article without an id cannot be added")
        if not isinstance(article.title, str) or not isinstance(article.body, str):
            raise TypeError(f"{article.path or article.id}: title and body of an article are text")
        with disk.mapped(self._path):
            self._open.add(article)
            self._forget(article.id)
            self._places[article.id] = (len(self._written), len(self._open) - 1)
            if self._open.size >= self._most or self._vocabulary.full:
                self._close_batch()

    def remove(self, article_id: str) -> None:
        """Remove the article with that id."""
        self._forget(article_id)
        self._places[article_id] = None

    def commit(self) -> None:
        """Write the batch. Where that fails the index is as it was before, and what was written of it is gone."""
        try:
            with disk.mapped(self._path):
                try:
                    self._close_batch()
                    write_contents(self._path, self._contents())
                finally:
                    self._tidy()
        finally:
            self._end()

    def discard(self) -> None:
        """Forget the batch and free the lock."""
        try:
            with disk.mapped(self._path):
                self._tidy()
        finally:
            self._end()

    def _end(self) -> None:
        self._open.discard()
        self._held.close()

    def _new_batch(self) -> Batch:
        return Batch(self._folder, _new_name(), self._vocabulary)

    def _close_batch(self) -> None:
        """Write the articles that gathered."""
        if not len(self._open):
            return
        self._written.append(_Segment(self._open.write(), self._gone))
        if self._vocabulary.full:
            self._vocabulary = Vocabulary()
        self._open, self._gone = self._new_batch(), set()

    def _forget(self, article_id: str) -> None:
        """What this batch held under an id before is no longer it."""
        place = self._places.get(article_id)
        if place is not None:
            number, doc = place
            (self._written[number].gone if number < len(self._written) else self._gone).add(doc)

    def _contents(self) -> Contents:
        """The state after this batch: earlier segments less what was deleted, its own, and what merging makes."""
        generation = self._before.generation + 1
        names = {article_id.encode() for article_id in self._places}
        segments = [self._without(entry, names, generation) for entry in self._before.segments]
        segments += [
            self._less(SegmentReader(self._folder, made.entry), sorted(made.gone), generation)
            if made.gone
            else made.entry
            for made in self._written
        ]
        segments = [segment for segment in segments if segment.live]
        for group in to_merge(segments):
            merged = self._merged(group)
            segments = [segment for segment in segments if segment not in group] + [merged]
        return Contents(generation, segments, KINDS)

    def _without(self, entry: SegmentEntry, names: set[bytes], generation: int) -> SegmentEntry:
        """The segment less the documents that carry one of the ids."""
        segment = SegmentReader(self._folder, entry)
        postings = segment.field("id")
        if postings is None:
            return entry
        docs = sorted(int(doc) for term in postings.terms.find_all(names) for doc in postings.docs(term))
        return self._less(segment, docs, generation) if docs else entry

    def _less(self, segment: SegmentReader, docs: Sequence[int], generation: int) -> SegmentEntry:
        """The segment with more documents deleted; the files themselves do not change."""
        entry = segment.entry
        live = np.ones(entry.documents, dtype=bool) if segment.live is None else segment.live.copy()
        live[docs] = False
        name = f"{entry.name}.{generation}.deletions"
        files = {known: note for known, note in entry.files.items() if known != entry.deletions}
        files[name] = write_deletions(self._folder, name, live)
        return replace(entry, files=files, deleted=int((~live).sum()), deletions=name)

    def _merged(self, group: Sequence[SegmentEntry]) -> SegmentEntry:
        readers = [SegmentReader(self._folder, entry) for entry in group]
        return merge(self._folder, _new_name(), readers, self._memory_mb)

    def _tidy(self) -> None:
        """Delete what no longer belongs to the index, and what a kill has left of other work in its directory."""
        tidy(self._path, read_contents(self._path, latest_generation(self._path)))
        shutil.rmtree(self._path / WORKSHOP, ignore_errors=True)
        disk.remove(self._path / (SETTINGS_FILE + disk.NEW))


def _new_name() -> str:
    return f"{INDEX_NAME}_{token_hex(8)}"
