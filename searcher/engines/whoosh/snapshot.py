"""One commit, pinned: its segments and the statistics of the whole index that scores are made of."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from math import log
from pathlib import Path

import numpy as np
import numpy.typing as npt

from searcher.analysis import algorithms_of
from searcher.engines.whoosh.codec.columns import LENGTHS
from searcher.engines.whoosh.codec.container import Array
from searcher.engines.whoosh.codec.folder import Directory
from searcher.engines.whoosh.codec.segment import SegmentReader
from searcher.engines.whoosh.codec.terms import TermTable
from searcher.engines.whoosh.codec.toc import latest_generation, previous_generation, read_contents, read_latest
from searcher.engines.whoosh.faults import sound
from searcher.engines.whoosh.lists import Asked, Docs, JoinedList, PostingList
from searcher.engines.whoosh.repeats import Repeats
from searcher.engines.whoosh.schema import KINDS, LOCATED, MOMENT, PAIRED, UNDATED
from searcher.errors import ArchiveDamaged
from searcher.query import NEVER, Deadline

__all__ = ["K1", "Asked", "B", "Docs", "Part", "PostingList", "Snapshot", "moments_of"]

# Okapi BM25 with the constants of Whoosh's BM25F (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework).
K1 = 1.2
B = 0.75
# A word that stands at most so often in an article finds its score in a table: nearly every one does.
TABLE_WEIGHTS = 16
# Terms whose place in the dictionaries is remembered, and places whose country is: 18 steps of bisection are 7 us, 200
# bytes keep them.
MOST_ORDINALS = 20_000


class Part:
    """One segment during one search: what was decoded and worked out is kept until the search ends."""

    def __init__(self, snapshot: "Snapshot", number: int, deadline: Deadline = NEVER) -> None:
        self.deadline = deadline
        self.reader = snapshot.segments[number]
        self.size = self.reader.documents
        self._snapshot = snapshot
        self.number = number
        self._lists: dict[tuple[str, Asked], PostingList | None] = {}
        self.found: dict[int, Docs] = {}

    def list(self, field: str, asked: Asked) -> PostingList | None:
        """The postings of a word; None where no document has it."""
        key = (field, asked)
        if key not in self._lists:
            found = self._one(field, asked[0]) if len(asked) == 1 else self._joined(field, asked)
            self._lists[key] = found
        return self._lists[key]

    def _one(self, field: str, term: bytes) -> PostingList | None:
        postings = self.reader.field(field)
        ordinal = self._snapshot.ordinals(field, term)[self.number]
        return PostingList(postings, field, ordinal) if postings and ordinal >= 0 else None

    def _joined(self, field: str, asked: Asked) -> PostingList | None:
        lists = [found for term in asked if (found := self.list(field, (term,)))]
        return JoinedList(lists) if len(lists) > 1 else lists[0] if lists else None

    @property
    def moments(self) -> Array:
        """Minutes since year 1 for each document, UNDATED without a date; shape (size,)."""
        return moments_of(self.reader)


class Snapshot:
    """One state of the index. Nothing in it changes; a later commit is another snapshot.

    Segments that `earlier` has open are not opened again. `fault` is what is wrong with a later commit, where that made
    somebody go back to this one; `newest` is the number of the later commit then.

    Raises:
        FileNotFoundError: a later commit has taken its place.
        ArchiveDamaged: its files are not what was written.
    """

    def __init__(
        self, path: Path, generation: int, earlier: "Snapshot | None" = None, fault: ArchiveDamaged | None = None
    ) -> None:
        self.generation = self.newest = generation
        self.fault = fault
        with sound(path):
            self.segments: Sequence[SegmentReader] = _segments(path, generation, earlier.segments if earlier else ())
        self.documents = sum(segment.documents for segment in self.segments)
        self.live = sum(segment.entry.live for segment in self.segments)
        self._ordinals: dict[tuple[str, bytes], list[int]] = {}
        self._norms: dict[str, npt.NDArray[np.float64]] = {}
        self._tables: dict[str, npt.NDArray[np.float64]] = {}
        self._values: dict[str, tuple[TermTable | list[bytes], list[Array]]] = {}
        self._countries: dict[str, str] = {}
        self._repeats: Repeats | None = None

    @classmethod
    def last(cls, path: Path, earlier: "Snapshot | None" = None) -> "Snapshot":
        """The last commit; the one before where that is damaged.

        Raises:
            ArchiveDamaged: the one before is damaged too, or is not kept.
        """
        try:
            return read_latest(path, lambda generation: cls(path, generation, earlier))
        except ArchiveDamaged as error:
            found = cls.before(path, latest_generation(path), error)
            if found is None:
                raise
            return found

    @classmethod
    def before(cls, path: Path, generation: int, fault: ArchiveDamaged) -> "Snapshot | None":
        """The commit before one that is damaged; None where it is not kept, is damaged too, or has no article."""
        try:
            # Not the error itself: it holds what was open when it was raised.
            found = cls(path, previous_generation(path, generation), fault=ArchiveDamaged(str(fault)))
        except (FileNotFoundError, ArchiveDamaged):
            return None
        found.newest = generation
        return found if found.live else None

    def values(self, field: str) -> tuple[TermTable | list[bytes], list[Array]]:
        """The values of a field in all segments, in order, and for each segment the places of its own among them."""
        if field not in self._values:
            fields = [segment.field(field) for segment in self.segments]
            tables: list[TermTable | list[bytes]] = [postings.terms if postings else [] for postings in fields]
            if len(tables) == 1:
                self._values[field] = (tables[0], [np.arange(len(tables[0]))])
            else:
                names = sorted(set().union(*tables))
                place = {name: number for number, name in enumerate(names)}
                held = [np.fromiter(map(place.__getitem__, table), dtype=np.int64) for table in tables]
                self._values[field] = (names, held)
        return self._values[field]

    @property
    def repeats(self) -> Repeats:
        """The documents that share a story, looked for when first asked: 2 ms in 100,000."""
        if self._repeats is None:
            self._repeats = Repeats(self.segments)
        return self._repeats

    @cached_property
    def algorithms(self) -> tuple[str, ...]:
        """The `searcher.analysis.algorithms_of` the languages that articles are in."""
        return algorithms_of(language.decode() for language in self.values("language")[0])

    def country_of(self, place: str) -> str:
        """The country a place lies in, by most of the articles that say so; empty where none does."""
        found = self._countries.get(place)
        if found is None:
            if len(self._countries) >= MOST_ORDINALS:
                self._countries.clear()
            found = self._countries[place] = self._country_of(f"{place}{PAIRED}".encode()).decode()
        return found

    def _country_of(self, start: bytes) -> bytes:
        articles: Counter[bytes] = Counter()
        for segment in self.segments:
            postings = segment.field(LOCATED)
            if postings is None:
                continue
            for ordinal in range(*postings.terms.beginning(start)):
                docs = postings.docs(ordinal)
                live = len(docs) if segment.live is None else int(segment.live[docs].sum())
                articles[postings.terms[ordinal].removeprefix(start)] += live
        return min(articles, key=lambda country: (-articles[country], country), default=b"")

    def ordinals(self, field: str, term: bytes) -> list[int]:
        """The ordinal of a term in each segment, -1 where it has none."""
        key = (field, term)
        found = self._ordinals.get(key)
        if found is None:
            if len(self._ordinals) >= MOST_ORDINALS:
                self._ordinals.clear()
            fields = [segment.field(field) for segment in self.segments]
            found = self._ordinals[key] = [postings.find(term) if postings else -1 for postings in fields]
        return found

    def frequency(self, field: str, asked: Asked) -> int:
        """In how many documents a word stands, deleted ones counted until their segment is merged."""
        fields = [segment.field(field) for segment in self.segments]
        places = [place for term in asked for place in zip(fields, self.ordinals(field, term), strict=True)]
        return sum(int(postings.counts[ordinal]) for postings, ordinal in places if postings and ordinal >= 0)

    def weight_of(self, documents: int) -> float:
        """The inverse document frequency of what stands in so many documents, as Whoosh defines it."""
        return log(max(1, self.documents) / (documents + 1)) + 1

    def length_norms(self, field: str) -> npt.NDArray[np.float64]:
        """K1 * (1 - B + B * length / average) for each place in LENGTHS; shape (256,)."""
        if field not in self._norms:
            self._norms[field] = self._length_norms(field)
        return self._norms[field]

    def _length_norms(self, field: str) -> npt.NDArray[np.float64]:
        total = sum(segment.columns.totals.get(field, 0) for segment in self.segments)
        average = (total / self.documents if self.documents else 0) or 1
        return np.asarray(K1 * (1 - B + B * LENGTHS / average), dtype=np.float64)

    def table(self, field: str) -> npt.NDArray[np.float64]:
        """The BM25 score of a word without its idf by [how often << 8 | length]; shape (TABLE_WEIGHTS * 256,)."""
        if field not in self._tables:
            often = np.arange(TABLE_WEIGHTS, dtype=np.float64)[:, None]
            self._tables[field] = (often * (K1 + 1) / (often + self.length_norms(field))).ravel()
        return self._tables[field]


def moments_of(segment: SegmentReader) -> Array:
    """Minutes since year 1 for each document of a segment, UNDATED without a date; shape (documents,)."""
    found = segment.columns.numbers(MOMENT)
    return np.full(segment.documents, UNDATED) if found is None else found


def _segments(path: Path, generation: int, earlier: Sequence[SegmentReader]) -> list[SegmentReader]:
    contents = read_contents(path, generation)
    if dict(contents.fields) != KINDS:
        raise ArchiveDamaged(f"{path}: an index of another format; `archive rebuild` makes it anew")
    folder = Directory(path)
    opened = {reader.entry.name: reader for reader in earlier}
    readers = [
        opened[entry.name].changed(entry) if entry.name in opened else SegmentReader(folder, entry)
        for entry in contents.segments
    ]
    for reader in readers:
        _ = reader.live, reader.stored  # opened now: a later commit may delete the files
    return readers
