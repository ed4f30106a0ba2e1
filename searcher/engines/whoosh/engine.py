"""The engine on a Whoosh index in a directory."""

import re
import threading
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from whoosh import index as whoosh_index

from searcher.choices import TEXT_FIELDS
from searcher.engines.base import Engine, Key
from searcher.engines.hits import hit_of
from searcher.engines.whoosh.faults import mapped, mapped_storage
from searcher.engines.whoosh.schema import MINUTES_OF_A_DAY, UNDATED, WORD_SUFFIX, make_schema
from searcher.engines.whoosh.search import Found, find
from searcher.engines.whoosh.segment import Segment
from searcher.engines.whoosh.stored import load
from searcher.engines.whoosh.writer import WhooshWriter
from searcher.errors import ArchiveDamaged, ArchiveMissing
from searcher.models import Article, Results, Stats
from searcher.query import Highlighter, SearchRequest

__all__ = ["FORMAT_VERSION", "WhooshEngine"]

FORMAT_VERSION = 1
# Of 323 openings during 225 commits 4 met a deleted file; ten in a row never.
OPEN_ATTEMPTS = 10

_TOC = re.compile(r"_MAIN_(\d+)\.toc")


class _Generation:
    """One state of the index, pinned: a searcher, its segments, never refreshed.

    `Searcher.refresh` and `reader(reuse=)` bring deleted articles back; a new searcher is opened instead.
    """

    def __init__(self, directory: Path) -> None:
        index = _open_index(directory)
        self.number: int = index.latest_generation()
        self.searcher = index.searcher()
        self.segments = [
            Segment(leaf, offset) for leaf, offset in self.searcher.leaf_searchers() if leaf.doc_count_all()
        ]

    def stored(self, article_id: str) -> Any:
        """The stored fields of an article, or None."""
        for part in self.segments:
            docs, _ = part.postings("id", article_id)
            if len(docs):
                return part.reader.stored_fields(int(docs[-1]))
        return None


class WhooshEngine(Engine):
    """Articles in a Whoosh index. One lock serializes reading: Whoosh's readers share file positions."""

    name = "whoosh"

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = threading.RLock()
        self._generation: _Generation | None = None

    @classmethod
    def exists(cls, directory: Path) -> bool:
        """Whether the directory holds an index: by file names alone, nothing is opened."""
        if not directory.exists():
            return False
        with mapped_storage(directory):
            return _latest(directory) >= 0

    @classmethod
    def create(cls, directory: Path) -> "WhooshEngine":
        """A new, empty index in the directory, which is made where it is missing."""
        with mapped(directory):
            directory.mkdir(parents=True, exist_ok=True)
            whoosh_index.create_in(str(directory), make_schema())
        return cls(directory)

    @classmethod
    def open(cls, directory: Path) -> "WhooshEngine":
        """The index in the directory; ArchiveMissing where there is none."""
        if not cls.exists(directory):
            raise ArchiveMissing(f"{directory}: no index here; make one with `archive add PATH -i {directory}`")
        with mapped(directory):
            index = _open_index(directory)
        if set(index.schema.names()) != set(make_schema().names()):
            raise ArchiveDamaged(f"{directory}: an index of another format; delete it and add the articles again")
        return cls(directory)

    def writer(self) -> WhooshWriter:
        """A batch of changes."""
        with mapped(self._directory):
            index = _open_index(self._directory)
        return WhooshWriter(index, self._directory)

    def search(self, request: SearchRequest) -> Results:
        """Hits, exact total and facet counts in one call."""
        started = perf_counter()
        with self._lock, mapped(self._directory):
            now = self._now()
            found = find(now.searcher, now.segments, request)
            highlighter = Highlighter(request.node)
            hits = [self._hit(now, part, doc, score, highlighter) for part, doc, score in found.page]
        return self._results(request, found, hits, started)

    def _results(self, request: SearchRequest, found: Found, hits: Sequence[Any], started: float) -> Results:
        return Results(
            query=request.query,
            total=found.total,
            hits=tuple(hits),
            facets=found.facets,
            notes=found.notes,
            took_ms=(perf_counter() - started) * 1000,
        )

    def find(self, article_id: str) -> Article | None:
        """The article with that id, as it was added; None where there is none."""
        with self._lock, mapped(self._directory):
            stored = self._now().stored(article_id)
            return load(stored["article"]) if stored is not None else None

    def ids(self, key: Key, value: str) -> tuple[str, ...]:
        """Ids of the articles whose path or fingerprint is exactly that, sorted."""
        with self._lock, mapped(self._directory):
            found = [
                part.reader.stored_fields(int(doc))["id"]
                for part in self._now().segments
                for doc in part.postings(key, value)[0]
            ]
        return tuple(sorted(found))

    def articles(self) -> Iterator[Article]:
        """Every article of the generation that is current when the first is asked for."""
        with self._lock, mapped(self._directory):
            pinned = _Generation(self._directory)
        with pinned.searcher:
            for part in pinned.segments:
                for doc in part.reader.all_doc_ids():
                    with mapped(self._directory):
                        yield load(part.reader.stored_fields(doc)["article"])

    def word_count(self, word: str) -> int:
        """About how many articles have the folded word: removed ones count until their segment is merged."""
        with self._lock, mapped(self._directory):
            return sum(_frequency(part, word) for part in self._now().segments)

    def words_from(self, start: str) -> Iterator[tuple[str, int]]:
        """Folded words that begin with `start`, in order, with about how many articles have them."""
        counts: Counter[str] = Counter()
        with self._lock, mapped(self._directory):
            for part in self._now().segments:
                counts.update(_frequencies(part, start))
        yield from sorted(counts.items())

    def stats(self) -> Stats:
        """Counts and size."""
        with self._lock, mapped(self._directory):
            segments = self._now().segments
            days = sorted(day for part in segments for day in part.moments[part.live].tolist())
            languages: dict[str, int] = {}
            for part in segments:
                column = part.values("language")
                for value, count in zip(column.values, column.counts(part.live).tolist(), strict=True):
                    languages[value] = languages.get(value, 0) + count
        return Stats(
            articles=len(days),
            size_bytes=sum(path.stat().st_size for path in self._directory.iterdir() if path.is_file()),
            format_version=FORMAT_VERSION,
            engine=self.name,
            first_day=_day(next((day for day in days if day != UNDATED), None)),
            last_day=_day(days[-1] if days and days[-1] != UNDATED else None),
            undated=days.count(UNDATED),
            languages=dict(sorted(languages.items(), key=lambda entry: (-entry[1], entry[0]))),
        )

    def check(self, *, deep: bool = False) -> tuple[str, ...]:
        """Open the index and, when `deep`, read every stored article and every list of postings."""
        try:
            articles = self.articles()
            next(articles, None)
            if deep:
                deque(articles, maxlen=0)
                self._walk()
        except ArchiveDamaged as error:
            return (str(error),)
        return ()

    def close(self) -> None:
        """Let go of files."""
        with self._lock:
            if self._generation:
                self._generation.searcher.close()
                self._generation = None

    def _walk(self) -> None:
        with self._lock, mapped(self._directory):
            for part in self._now().segments:
                for field, term in part.reader.all_terms():
                    sum(1 for _ in part.reader.postings(field, term).all_ids())

    def _now(self) -> _Generation:
        """The last committed generation; a new searcher is opened when there is a newer one than the pinned.

        Whoosh's own `up_to_date` says yes always for an index in files: the numbers are compared here.
        """
        if self._generation is None or self._generation.number != _latest(self._directory):
            self.close()
            self._generation = _Generation(self._directory)
        return self._generation

    def _hit(self, now: _Generation, part: Segment, doc: int, score: float, highlighter: Highlighter) -> Any:
        article = load(part.reader.stored_fields(doc)["article"])
        copies = sum(len(other.postings("fingerprint", article.fingerprint)[0]) for other in now.segments)
        return hit_of(article, score, max(0, copies - 1), highlighter)


def _latest(directory: Path) -> int:
    """The number of the last generation by the names of its files; -1 where there is none."""
    numbers = (_TOC.fullmatch(path.name) for path in directory.iterdir())
    return max((int(found[1]) for found in numbers if found), default=-1)


def _open_index(directory: Path) -> Any:
    """Open the last generation. A commit may delete it between the look and the opening: then look again."""
    for attempt in range(1, OPEN_ATTEMPTS):
        try:
            return whoosh_index.open_dir(str(directory))
        except FileNotFoundError:
            sleep(0.01 * attempt)
    return whoosh_index.open_dir(str(directory))


def _frequencies(part: Segment, start: str) -> dict[str, int]:
    found = {word for name in TEXT_FIELDS for word in part.words(name + WORD_SUFFIX, start)}
    return {word: _frequency(part, word) for word in found}


def _frequency(part: Segment, word: str) -> int:
    """In how many articles of a segment a word stands: in the body or, if more, in the title."""
    return max(int(part.reader.doc_frequency(name + WORD_SUFFIX, word)) for name in TEXT_FIELDS)


def _day(moment: int | None) -> str:
    return date.fromordinal(moment // MINUTES_OF_A_DAY).isoformat() if moment is not None else ""
