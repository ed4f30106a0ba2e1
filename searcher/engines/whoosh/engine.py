"""The engine on a Whoosh index in a directory."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter, time_ns
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from searcher.articlejson import load
from searcher.choices import TEXT_FIELDS
from searcher.engines.base import Copy, Engine, Key
from searcher.engines.hits import hit_of
from searcher.engines.whoosh.codec.container import FORMAT_VERSION
from searcher.engines.whoosh.codec.folder import Directory
from searcher.engines.whoosh.codec.segment import SegmentReader
from searcher.engines.whoosh.codec.sketches import Pieces, pieces_of
from searcher.engines.whoosh.codec.toc import (
    Contents,
    latest_generation,
    litter,
    read_contents,
    read_latest,
    write_contents,
)
from searcher.engines.whoosh.faults import mapped, reading
from searcher.engines.whoosh.memory import keep_freed_memory
from searcher.engines.whoosh.patterns import matching_words
from searcher.engines.whoosh.ranking import Ranked
from searcher.engines.whoosh.schema import (
    KINDS,
    MINUTES_OF_A_DAY,
    TOLD,
    UNDATED,
    WORD_SUFFIX,
    number_of,
)
from searcher.engines.whoosh.search import Ranking, rank
from searcher.engines.whoosh.snapshot import Snapshot, moments_of
from searcher.errors import ArchiveDamaged, ArchiveMissing
from searcher.models import Article, Hit, Results, Stats
from searcher.query import Highlighter, Order, SearchRequest
from searcher.query.nodes import Everything, Fuzzy

if TYPE_CHECKING:
    from searcher.engines.whoosh.writer import WhooshWriter

__all__ = ["WhooshEngine"]

# What articles may take in memory before they are written.
MEMORY_MB = 256

NO_HITS = Order(limit=0)
# Directories remember changes to 4 ms or better; to look into one takes 7 us, to ask when it changed 2.
TICK_NS = 50_000_000
# Whoever searches so often will go on: a command makes fewer.
SEVERAL = 8
LANGUAGES = 1_000  # ISO 639-1 has 183


class WhooshEngine(Engine):
    """Articles in a Whoosh index, read through memory maps. Threads search side by side on one snapshot."""

    name = "whoosh"

    def __init__(self, directory: Path, memory_mb: int = MEMORY_MB) -> None:
        self._directory = directory
        self._memory_mb = memory_mb
        self._opening = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._looked = _Look(0, 0)
        self._searches = 0

    @classmethod
    def exists(cls, directory: Path) -> bool:
        """Whether the directory holds an index: by file names alone, nothing is opened."""
        if not directory.exists():
            return False
        with mapped(directory):
            return latest_generation(directory) >= 0

    @classmethod
    def create(cls, directory: Path, memory_mb: int = MEMORY_MB) -> "WhooshEngine":
        """A new, empty index in the directory, which is made where it is missing."""
        with mapped(directory):
            directory.mkdir(parents=True, exist_ok=True)
            write_contents(Directory(directory), Contents(0, (), KINDS))
        return cls(directory, memory_mb)

    @classmethod
    def open(cls, directory: Path, memory_mb: int = MEMORY_MB) -> "WhooshEngine":
        """The index in the directory; ArchiveMissing where there is none."""
        if not cls.exists(directory):
            raise ArchiveMissing(f"{directory}: no index here; make one with `archive add PATH -i {directory}`")
        with reading(directory):
            contents = read_latest(directory, partial(read_contents, directory))
        if dict(contents.fields) != KINDS:
            raise ArchiveDamaged(f"{directory}: an index of another format; `archive rebuild` makes it anew")
        return cls(directory, memory_mb)

    @classmethod
    def take_over(cls, directory: Path, made: Path) -> None:
        """Let the index in `made` take the place of that in `directory`, whole or not at all; `made` is used up.

        What is there before may be damaged, of another format, or missing.
        """
        from searcher.engines.whoosh.lock import WriteLock

        lock = WriteLock(directory)
        with mapped(directory):
            lock.acquire()
            try:
                contents = read_contents(made, latest_generation(made))
                for name in contents.files:
                    (made / name).replace(directory / name)
                taken = replace(contents, generation=latest_generation(directory) + 1)
                write_contents(Directory(directory), taken)
                for path in litter(directory, taken):
                    path.unlink(missing_ok=True)
            finally:
                lock.release()

    def writer(self) -> "WhooshWriter":
        """A batch of changes."""
        from searcher.engines.whoosh.writer import WhooshWriter  # analysis and merging, only where something is written

        return WhooshWriter(self._directory, self._memory_mb)

    def rank(self, request: SearchRequest) -> Ranking:
        """Exact total, facet counts and the page as places in the index, before any article is read."""
        with reading(self._directory):
            return self._rank(self._now(), request)

    def _rank(self, now: Snapshot, request: SearchRequest) -> Ranking:
        self._searches += 1
        if self._searches == SEVERAL:
            keep_freed_memory()
        return rank(now, request)

    def search(self, request: SearchRequest) -> Results:
        """Hits, exact total and facet counts in one call."""
        started = perf_counter()
        with reading(self._directory):
            now = self._now()
            found = self._rank(now, request)
            highlighter = Highlighter(request.node)
            hits = [self._hit(now, ranked, highlighter) for ranked in request.deadline.while_in_time(found.page)]
        return Results(
            query=request.query,
            total=found.total,
            stories=found.stories,
            hits=tuple(hits),
            facets=found.facets,
            notes=found.notes,
            partial=request.deadline.passed,
            took_ms=(perf_counter() - started) * 1000,
        )

    def find(self, article_id: str) -> Article | None:
        """The article with that id, as it was added; None where there is none."""
        with reading(self._directory):
            for segment, doc in _carrying(self._now().segments, "id", article_id):
                return load(segment.fields(doc)["article"])
        return None

    def path_of(self, article_id: str) -> str | None:
        """The path of the article with that id, without reading the article; None where there is none."""
        with reading(self._directory):
            for segment, doc in _carrying(self._now().segments, "id", article_id):
                return segment.path_of(doc).decode()
        return None

    def ids(self, key: Key, value: str) -> tuple[str, ...]:
        """Ids of the articles whose path, fingerprint or story is exactly that, sorted."""
        with reading(self._directory):
            now = self._now()
            found = _telling(now.segments, value) if key == "story" else _carrying(now.segments, key, value)
            return tuple(sorted(segment.id_of(doc).decode() for segment, doc in found))

    def alike(self, sketches: Sequence[bytes], least: int) -> list[tuple[int, Copy]]:
        """Articles whose sketch has at least so many bytes in common with one of these, each with its number."""
        with reading(self._directory):
            wanted = pieces_of(sketches)
            return [found for segment in self._now().segments for found in _alike(segment, wanted, least)]

    def articles(self) -> Iterator[Article]:
        """Every article of the generation that is current when the first is asked for."""
        with reading(self._directory):
            pinned = self._now()
        for segment in pinned.segments:
            for doc in segment.live_docs().tolist():
                with reading(self._directory):
                    article = load(segment.fields(doc)["article"])
                yield article

    def word_count(self, word: str) -> int:
        """About how many articles have the folded word: removed ones count until their segment is merged."""
        with reading(self._directory):
            return sum(_frequency(segment, word) for segment in self._now().segments)

    def words_from(self, start: str) -> Iterator[tuple[str, int]]:
        """Folded words that begin with `start`, in order, with about how many articles have them."""
        counts: Counter[str] = Counter()
        with reading(self._directory):
            for segment in self._now().segments:
                counts.update(_frequencies(segment, start))
        yield from sorted(counts.items())

    def words_like(self, word: str, distance: int) -> Iterator[tuple[str, int]]:
        """Folded words with the same first letter, at most so many letters away, in order, with their counts."""
        counts: Counter[str] = Counter()
        with reading(self._directory):
            for segment in self._now().segments:
                counts.update(_frequencies_like(segment, Fuzzy(word, distance=distance)))
        yield from sorted(counts.items())

    def stats(self) -> Stats:
        """Counts and size."""
        with reading(self._directory):
            now = self._now()
            every = rank(
                now, SearchRequest(node=Everything(), order=NO_HITS, facets=("language",), facet_size=LANGUAGES)
            )
            live = [moments_of(segment)[segment.live_docs()] for segment in now.segments]
            moments = np.concatenate(live or [np.empty(0, dtype=np.int64)])
        dated = moments[moments != UNDATED]
        return Stats(
            articles=len(moments),
            stories=every.stories,
            size_bytes=sum(path.stat().st_size for path in self._directory.iterdir() if path.is_file()),
            format_version=FORMAT_VERSION,
            engine=self.name,
            first_day=_day(int(dated.min())) if len(dated) else "",
            last_day=_day(int(dated.max())) if len(dated) else "",
            undated=len(moments) - len(dated),
            languages={count.value: count.count for count in every.facets["language"]},
        )

    def check(self, *, deep: bool = False) -> tuple[str, ...]:
        """Compare every file with the table of contents and, when `deep`, read every article and posting."""
        with mapped(self._directory):
            from searcher.engines.whoosh.check import problems  # only where it is asked for

            return problems(self._directory, deep=deep)

    def close(self) -> None:
        """Let go of files; who still searches on the snapshot keeps it until done."""
        with self._opening:
            self._snapshot = None

    def _now(self) -> Snapshot:
        """The last commit; opened anew when there is a later one than the pinned."""
        with self._opening:
            changed = self._directory.stat().st_mtime_ns
            if self._snapshot and self._looked.still_holds(changed):
                return self._snapshot
            self._looked = _Look(changed, time_ns())
            if self._snapshot is None or self._snapshot.generation != latest_generation(self._directory):
                self._snapshot = Snapshot(self._directory)
            return self._snapshot

    def _hit(self, now: Snapshot, ranked: Ranked, highlighter: Highlighter) -> Hit:
        part, doc, score = ranked
        article = load(part.reader.fields(doc)["article"])
        copies = sum(1 for _ in _telling(now.segments, article.tells))
        return hit_of(article, score, max(0, copies - 1), highlighter)


class _Look(NamedTuple):
    """When the directory had last been changed, and when that was asked, in nanoseconds."""

    changed: int
    at: int

    def still_holds(self, changed: int) -> bool:
        """Whether it holds what it held then: a second change within one tick of its clock would not show."""
        return changed == self.changed < self.at - TICK_NS


def _carrying(segments: Sequence[SegmentReader], field: str, term: str) -> Iterator[tuple[SegmentReader, int]]:
    """The live documents whose key is that term."""
    for segment in segments:
        postings = segment.field(field)
        ordinal = postings.find(term.encode()) if postings else -1
        if postings and ordinal >= 0:
            docs = postings.docs(ordinal)
            if segment.live is not None:
                docs = docs[segment.live[docs]]
            yield from ((segment, doc) for doc in docs.tolist())


def _telling(segments: Sequence[SegmentReader], story: str) -> Iterator[tuple[SegmentReader, int]]:
    """The live documents that tell a story."""
    number = number_of(story)
    for segment in segments:
        told = segment.columns.numbers(TOLD)
        docs = np.flatnonzero(told == number) if told is not None else np.empty(0, dtype=np.int64)
        if segment.live is not None:
            docs = docs[segment.live[docs]]
        yield from ((segment, doc) for doc in docs.tolist())


def _alike(segment: SegmentReader, wanted: Pieces, least: int) -> Iterator[tuple[int, Copy]]:
    rows, docs = segment.columns.sketches.alike(wanted, least)
    if segment.live is not None:
        rows, docs = rows[segment.live[docs]], docs[segment.live[docs]]
    sketches = segment.columns.sketches.of(docs) if len(docs) else []
    for row, doc, sketch in zip(rows.tolist(), docs.tolist(), sketches, strict=True):
        kept = segment.fields(doc)["article"]
        yield row, Copy(kept["id"], kept.get("story") or kept["id"], sketch)


def _frequencies(segment: SegmentReader, start: str) -> dict[str, int]:
    """The words of a segment that begin with `start`, with the larger of their counts in titles and bodies."""
    found: dict[str, int] = {}
    for name in TEXT_FIELDS:
        postings = segment.field(name + WORD_SUFFIX)
        if postings:
            first, end = postings.terms.beginning(start.encode())
            for word, count in zip(postings.terms.slice(first, end), postings.counts[first:end].tolist(), strict=True):
                found[word.decode()] = max(found.get(word.decode(), 0), count)
    return found


def _frequencies_like(segment: SegmentReader, leaf: Fuzzy) -> dict[str, int]:
    """The words of a segment that a fuzzy word stands for, with the larger of their counts in titles and bodies."""
    found: dict[str, int] = {}
    for name in TEXT_FIELDS:
        postings = segment.field(name + WORD_SUFFIX)
        if postings:
            for ordinal in matching_words(postings.terms, leaf).tolist():
                word = postings.terms[ordinal].decode()
                found[word] = max(found.get(word, 0), int(postings.counts[ordinal]))
    return found


def _frequency(segment: SegmentReader, word: str) -> int:
    """In how many articles of a segment a word stands: in the body or, if more, in the title."""
    held = [postings for name in TEXT_FIELDS if (postings := segment.field(name + WORD_SUFFIX))]
    places = [(postings, postings.find(word.encode())) for postings in held]
    return max((int(postings.counts[ordinal]) for postings, ordinal in places if ordinal >= 0), default=0)


def _day(moment: int) -> str:
    return date.fromordinal(moment // MINUTES_OF_A_DAY).isoformat()
