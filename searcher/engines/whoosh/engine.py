"""The engine on a Whoosh index in a directory."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from searcher import disk
from searcher.articlejson import load
from searcher.engines.base import Copy, Engine, Key
from searcher.engines.hits import hit_of
from searcher.engines.whoosh.codec.container import FORMAT_VERSION
from searcher.engines.whoosh.codec.segment import SegmentReader
from searcher.engines.whoosh.codec.toc import Contents, latest_generation, read_contents, tidy, write_contents
from searcher.engines.whoosh.faults import reading
from searcher.engines.whoosh.lookups import alike, carrying, telling, word_count, words_from, words_like
from searcher.engines.whoosh.memory import keep_freed_memory
from searcher.engines.whoosh.pinned import Pinned
from searcher.engines.whoosh.ranking import Ranked
from searcher.engines.whoosh.schema import KINDS, MINUTES_OF_A_DAY, UNDATED
from searcher.engines.whoosh.search import Ranking, in_order, rank
from searcher.engines.whoosh.snapshot import Snapshot, moments_of
from searcher.errors import ArchiveMissing
from searcher.models import Article, Hit, Results, Stats
from searcher.query import Highlighter, Order, SearchRequest
from searcher.query.nodes import Everything

if TYPE_CHECKING:
    from searcher.engines.whoosh.writer import WhooshWriter

__all__ = ["WhooshEngine"]

# What articles may take in memory before they are written.
MEMORY_MB = 256

NO_HITS = Order(limit=0)
# Whoever searches so often will go on: a command makes fewer.
SEVERAL = 8
LANGUAGES = 1_000  # ISO 639-1 has 183


class WhooshEngine(Engine):
    """Articles in a Whoosh index, read through memory maps. Threads search side by side on one snapshot."""

    name = "whoosh"

    def __init__(self, directory: Path, memory_mb: int = MEMORY_MB) -> None:
        self._directory = directory
        self._memory_mb = memory_mb
        self._pinned = Pinned(directory)
        self._searches = 0

    @classmethod
    def exists(cls, directory: Path) -> bool:
        """Whether the directory holds an index: by file names alone, nothing is opened."""
        if not directory.exists():
            return False
        with disk.mapped(directory):
            return latest_generation(directory) >= 0

    @classmethod
    def create(cls, directory: Path, memory_mb: int = MEMORY_MB) -> "WhooshEngine":
        """The index in the directory: an empty one, and the directory itself, where there is none."""
        with disk.mapped(directory):
            disk.make_folder(directory)
            with cls.locked(directory):
                if latest_generation(directory) < 0:
                    write_contents(directory, Contents(0, (), KINDS))
        return cls(directory, memory_mb)

    @classmethod
    def open(cls, directory: Path, memory_mb: int = MEMORY_MB) -> "WhooshEngine":
        """The index in the directory; ArchiveMissing where there is none."""
        if not cls.exists(directory):
            raise ArchiveMissing(f"{directory}: no index here; make one with `archive add PATH -i {directory}`")
        engine = cls(directory, memory_mb)
        with reading(directory):
            engine._pinned.now()
        return engine

    @classmethod
    def take_over(cls, directory: Path, made: Path) -> None:
        """Let the index in `made` take the place of that in `directory`, whole or not at all; `made` is used up.

        What is there before may be damaged, of another format, or missing. The caller holds its lock.
        """
        with disk.mapped(directory):
            contents = read_contents(made, latest_generation(made))
            for name in contents.files:
                disk.rename(made / name, directory / name)
            taken = replace(contents, generation=latest_generation(directory) + 1)
            write_contents(directory, taken)
            tidy(directory, taken, reserve=False)  # what was there may be what is wrong

    @classmethod
    def locked(cls, directory: Path) -> AbstractContextManager[object]:
        """While this lasts no one else writes there."""
        from searcher.engines.whoosh.lock import WriteLock  # only where something is written

        return WriteLock(directory)

    def writer(self) -> "WhooshWriter":
        """A batch of changes."""
        from searcher.engines.whoosh.writer import WhooshWriter  # analysis and merging, only where something is written

        return WhooshWriter(self._directory, self._memory_mb, self._pinned.writing())

    def sound(self) -> AbstractContextManager[None]:
        """While this lasts nothing but the last commit answers; ArchiveDamaged where it is damaged."""
        return self._pinned.writing()

    def rank(self, request: SearchRequest) -> Ranking:
        """Exact total, facet counts and the page as places in the index, before any article is read."""
        return self._pinned.answer(lambda now: self._rank(now, request))

    def _rank(self, now: Snapshot, request: SearchRequest) -> Ranking:
        self._searches += 1
        if self._searches == SEVERAL:
            keep_freed_memory()
        return rank(now, request)

    def search(self, request: SearchRequest) -> Results:
        """Hits, exact total and facet counts in one call."""
        started = perf_counter()
        found = self._pinned.answer(lambda now: self._results(now, request))
        return replace(found, took_ms=(perf_counter() - started) * 1000)

    def _results(self, now: Snapshot, request: SearchRequest) -> Results:
        found = self._rank(now, request)
        highlighter = Highlighter(request.node)
        return Results(
            query=request.query,
            total=found.total,
            stories=found.stories,
            hits=tuple(_hit(now, ranked, highlighter) for ranked in request.deadline.while_in_time(found.page)),
            facets=found.facets,
            notes=(*((f"{now.fault}: this is what the commit before it held",) if now.fault else ()), *found.notes),
            partial=request.deadline.passed,
        )

    def find(self, article_id: str) -> Article | None:
        """The article with that id, as it was added; None where there is none."""

        def found(now: Snapshot) -> Article | None:
            places = carrying(now.segments, "id", article_id)
            return next((_article(segment, doc) for segment, doc in places), None)

        return self._pinned.answer(found)

    def path_of(self, article_id: str) -> str | None:
        """The path of the article with that id, without reading the article; None where there is none."""

        def found(now: Snapshot) -> str | None:
            places = carrying(now.segments, "id", article_id)
            return next((segment.path_of(doc).decode() for segment, doc in places), None)

        return self._pinned.answer(found)

    def ids(self, key: Key, value: str) -> tuple[str, ...]:
        """Ids of the articles whose path or story is exactly that, sorted."""

        def found(now: Snapshot) -> tuple[str, ...]:
            places = telling(now.segments, value) if key == "story" else carrying(now.segments, key, value)
            return tuple(sorted(segment.id_of(doc).decode() for segment, doc in places))

        return self._pinned.answer(found)

    def alike(self, sketches: Sequence[bytes], least: int) -> list[tuple[int, Copy]]:
        """Articles whose sketch has at least so many bytes in common with one of these, each with its number."""
        return self._pinned.answer(lambda now: alike(now.segments, sketches, least))

    def articles(self) -> Iterator[Article]:
        """Every article of the generation that is current when the first is asked for."""
        with reading(self._directory):
            pinned = self._pinned.now()
        for segment in pinned.segments:
            for doc in segment.live_docs().tolist():
                with reading(self._directory):
                    article = _article(segment, doc)
                yield article

    def found(self, request: SearchRequest) -> Iterator[Article]:
        """Every article that a search finds, in its order, from the generation that is current at the first."""
        places = self._pinned.answer(lambda now: in_order(now, request))
        while True:
            with reading(self._directory):
                place = next(places, None)
                if place is None:
                    return
                article = _article(place[0].reader, place[1])
            yield article

    def word_count(self, word: str) -> int:
        """About how many articles have the folded word: removed ones count until their segment is merged."""
        return self._pinned.answer(lambda now: word_count(now.segments, word))

    def words_from(self, start: str) -> Iterator[tuple[str, int]]:
        """Folded words that begin with `start`, in order, with about how many articles have them."""
        yield from sorted(self._pinned.answer(lambda now: words_from(now.segments, start)).items())

    def words_like(self, word: str, distance: int) -> Iterator[tuple[str, int]]:
        """Folded words with the same first letter, at most so many letters away, in order, with their counts."""
        yield from sorted(self._pinned.answer(lambda now: words_like(now.segments, word, distance)).items())

    def stats(self) -> Stats:
        """Counts and size."""
        with disk.mapped(self._directory):
            size = disk.size_of(self._directory)
        return self._pinned.answer(lambda now: _stats(now, size))

    def check(self, *, deep: bool = False) -> tuple[str, ...]:
        """Compare every file with the table of contents and, when `deep`, read every article and posting."""
        from searcher.engines.whoosh.check import problems  # only where it is asked for

        with disk.mapped(self._directory):
            return problems(self._directory, deep=deep)

    def close(self) -> None:
        """Let go of files; who still searches on the snapshot keeps it until done."""
        self._pinned.close()


def _article(segment: SegmentReader, doc: int) -> Article:
    """An article with its sketch, which is kept apart."""
    return replace(load(segment.fields(doc)["article"]), sketch=segment.columns.sketches.one(doc))


def _hit(now: Snapshot, ranked: Ranked, highlighter: Highlighter) -> Hit:
    part, doc, score = ranked
    article = load(part.reader.fields(doc)["article"])
    copies = sum(1 for _ in telling(now.segments, article.tells))
    return hit_of(article, score, max(0, copies - 1), highlighter)


def _stats(now: Snapshot, size_bytes: int) -> Stats:
    every = rank(now, SearchRequest(node=Everything(), order=NO_HITS, facets=("language",), facet_size=LANGUAGES))
    live = [moments_of(segment)[segment.live_docs()] for segment in now.segments]
    moments = np.concatenate(live or [np.empty(0, dtype=np.int64)])
    dated = moments[moments != UNDATED]
    return Stats(
        articles=len(moments),
        stories=every.stories,
        size_bytes=size_bytes,
        format_version=FORMAT_VERSION,
        engine=WhooshEngine.name,
        first_day=_day(int(dated.min())) if len(dated) else "",
        last_day=_day(int(dated.max())) if len(dated) else "",
        undated=len(moments) - len(dated),
        languages={count.value: count.count for count in every.facets["language"]},
    )


def _day(moment: int) -> str:
    return date.fromordinal(moment // MINUTES_OF_A_DAY).isoformat()
