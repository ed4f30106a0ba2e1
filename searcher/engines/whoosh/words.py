"""Words, and what stands for words: a word in some fields, a phrase, words near each other, a pattern."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.columns import LENGTHS
from searcher.engines.whoosh.codec.segment import SegmentReader
from searcher.engines.whoosh.queries import Query
from searcher.engines.whoosh.scoring import Floats, Scores
from searcher.engines.whoosh.sets import NONE, contained, is_dense, positions_in, union
from searcher.engines.whoosh.snapshot import K1, Docs, Part, PostingList, Snapshot

__all__ = ["Near", "Pattern", "Phrase", "Word"]

# Documents are looked at in pieces of so many positions: a byte for each stays in the cache of a core.
ROOM = 1 << 22
# Room for a position in a text of unknown length.
POSITION_BITS = 28


class Word(Query):
    """Articles with a term in any of some fields; `asked` holds (field, term, weight)."""

    def __init__(self, snapshot: Snapshot, asked: Sequence[tuple[str, bytes, float]]) -> None:
        self._asked = [
            (field, term, weight * snapshot.weight_of(snapshot.frequency(field, term))) for field, term, weight in asked
        ]

    def _find(self, part: Part) -> Docs:
        lists = [found for found, _ in self._lists(part)]
        if len(lists) == 1:
            return lists[0].docs
        if not is_dense(sum(found.size for found in lists), part.size):
            return union([found.docs for found in lists], part.size)
        mask = np.zeros(part.size, dtype=bool)
        self.mark(part, mask)
        docs = np.flatnonzero(mask)
        longest = max(lists, key=lambda found: found.size)
        if len(docs) == longest.size:  # who has it in the title has it in the body: scores need no looking up
            longest.docs = docs
        return docs

    def mark(self, part: Part, mask: npt.NDArray[np.bool_]) -> None:
        """Those of each list: long ones are masks already."""
        for found, _ in self._lists(part):
            found.mark(mask)

    def size(self, part: Part) -> int:
        """The postings of all lists."""
        return sum(found.size for found, _ in self._lists(part))

    def within(self, part: Part, docs: Docs) -> npt.NDArray[np.bool_]:
        """Asked of each list: a long one need not be joined with the others for it."""
        inside = np.zeros(len(docs), dtype=bool)
        for found, _ in self._lists(part):
            inside |= contained(docs, found.docs, part.size)
        return inside

    def add_scores(self, scores: Scores, *, matching: bool) -> None:  # noqa: ARG002 - who has no term gets nothing
        """BM25 of each list."""
        for found, factor in self._lists(scores.part):
            scores.add_list(found, factor)

    def _lists(self, part: Part) -> list[tuple[PostingList, float]]:
        return [(found, factor) for field, term, factor in self._asked if (found := part.list(field, term))]


class _Together(Query):
    """Terms of one field whose positions decide; scored as the sum of the terms."""

    def __init__(self, snapshot: Snapshot, field: str, terms: Sequence[bytes], weight: float) -> None:
        self._field = field
        self._terms = tuple(terms)
        self._factors = [weight * snapshot.weight_of(snapshot.frequency(field, term)) for term in terms]

    def _find(self, part: Part) -> Docs:
        lists = [part.list(self._field, term) for term in self._terms]
        held = [found for found in lists if found]
        if len(held) < len(lists):
            return NONE
        docs = self._common(part, held)
        standing = [self._standing(some, held) for some in self._pieces(part, docs)]
        return np.concatenate(standing) if standing else NONE

    def size(self, part: Part) -> int:
        """At most as many as the rarest term has."""
        lists = [part.list(self._field, term) for term in self._terms]
        return min(found.size if found else 0 for found in lists)

    def add_scores(self, scores: Scores, *, matching: bool) -> None:
        """The sum of the terms, for articles where they stand as they must."""
        docs = self.docs(scores.part)
        own = scores if matching else Scores(scores.snapshot, scores.part, docs)
        for term, factor in zip(self._terms, self._factors, strict=True):
            found = scores.part.list(self._field, term)
            if found:
                own.add_list(found, factor)
        if not matching:
            scores.add(docs, own.result())

    def _common(self, part: Part, lists: Sequence[PostingList]) -> Docs:
        """The documents that have all the terms."""
        shortest, *others = sorted({id(found): found for found in lists}.values(), key=lambda found: found.size)
        docs = shortest.docs
        for found in others:
            docs = docs[contained(docs, found.docs, part.size)]
        return docs

    def _pieces(self, part: Part, docs: Docs) -> Iterator["_Texts"]:
        """The documents in pieces of about ROOM positions."""
        longest = LENGTHS.take(part.reader.columns.lengths_of(self._field).take(docs)) + len(self._terms)
        ends = np.cumsum(longest)
        first = 0
        while first < len(docs):
            begin = int(ends[first] - longest[first])
            end = max(first + 1, int(np.searchsorted(ends, begin + ROOM)))
            yield _Texts.laid_out(part, docs[first:end], longest[first:end])
            first = end

    def _standing(self, texts: "_Texts", lists: Sequence[PostingList]) -> Docs:
        """Those of the documents in which the terms stand as they must."""
        raise NotImplementedError


class _Texts:
    """Some documents laid end to end, so that one number tells document and position.

    `heads` is where each begins, shape (len(docs),); together they take `size` places. They are not `bounded` where
    nobody knows how long a text is: Whoosh's scale of lengths has an end.
    """

    def __init__(self, part: Part, docs: Docs, heads: Docs, size: int, *, bounded: bool) -> None:
        self.docs = docs
        self.heads = heads
        self.bounded = bounded
        self._part = part
        self._size = size

    @classmethod
    def laid_out(cls, part: Part, docs: Docs, lengths: Docs) -> "_Texts":
        """Documents with room for their texts; `lengths` are bounds on those."""
        if int(lengths.max()) >= int(LENGTHS[-1]):
            return cls(part, docs, np.arange(len(docs)) << POSITION_BITS, 0, bounded=False)
        ends = np.cumsum(lengths)
        return cls(part, docs, ends - lengths, int(ends[-1]), bounded=True)

    def places(self, found: PostingList, ahead: int) -> Docs:
        """Where a term that all the documents have stands, moved on by `ahead`; ascending."""
        if len(self.docs) == found.size:
            postings = np.arange(found.size)
        elif is_dense(len(self.docs), self._part.size):
            mask = np.zeros(self._part.size, dtype=bool)
            mask[self.docs] = True
            postings = np.flatnonzero(mask.take(found.docs))
        else:
            postings = np.searchsorted(found.docs, self.docs)
        return found.places(postings, self.heads + ahead)

    def common(self, places: Docs, others: Docs) -> Docs:
        """The places that are in both lists."""
        if not self.bounded:
            return places[positions_in(others, places)[1]]
        few, many = sorted((places, others), key=len)
        marked = np.zeros(self._size, dtype=bool)
        marked[few] = True
        return many[marked.take(many)]

    def only(self, places: Docs) -> "_Texts":
        """Those of the documents in which some of the places are, where they lie."""
        owners = np.searchsorted(self.heads, places, side="right") - 1
        owners = owners[np.diff(owners, prepend=-1) != 0]
        return _Texts(self._part, self.docs.take(owners), self.heads.take(owners), self._size, bounded=self.bounded)

    def heads_of(self, places: Docs) -> Docs:
        """Where the document of each place begins."""
        found: Docs = self.heads.take(np.searchsorted(self.heads, places, side="right") - 1)
        return found


class Phrase(_Together):
    """Terms side by side in order."""

    def _standing(self, texts: _Texts, lists: Sequence[PostingList]) -> Docs:
        last = len(lists) - 1
        order = sorted(range(len(lists)), key=lambda step: lists[step].size)
        places = texts.places(lists[order[0]], last - order[0])
        for step in order[1:]:
            places = texts.common(places, texts.places(lists[step], last - step))
            texts = texts.only(places - last)
            if not len(places):
                return NONE
        return texts.docs


class Near(_Together):
    """Terms in any order in a stretch with at most `slop` other positions."""

    def __init__(self, snapshot: Snapshot, field: str, terms: Sequence[bytes], weight: float, slop: int) -> None:
        super().__init__(snapshot, field, terms, weight)
        self._width = len(self._terms) + slop

    def _standing(self, texts: _Texts, lists: Sequence[PostingList]) -> Docs:
        """For every place of a term the latest places of the others at or before it: all within the stretch?"""
        held = [texts.places(found, 0) for found in lists]
        places = np.sort(np.concatenate(held), kind="stable")
        heads = texts.heads_of(places)
        within = np.ones(len(places), dtype=bool)
        for each in held:
            latest = np.searchsorted(each, places, side="right") - 1
            before = np.where(latest >= 0, each.take(np.maximum(latest, 0)), -1)
            within &= (before >= heads) & (places - before < self._width)
        return texts.only(places[within]).docs


class Pattern(Query):
    """Articles with any of the words a pattern stands for, counted together as if they were one word.

    `ordinals` are those of the words in the field, for each segment by its number in the snapshot.
    """

    def __init__(self, snapshot: Snapshot, field: str, ordinals: Sequence[Docs], weight: float) -> None:
        self._field = field
        self._ordinals = {id(reader): found for reader, found in zip(snapshot.segments, ordinals, strict=True)}
        self._norms = snapshot.length_norms(field)
        self._counted: dict[int, tuple[Docs, Floats]] = {}
        having = sum(len(self._count(reader)[0]) for reader in snapshot.segments)
        idf = float(np.log(max(1, snapshot.live) / (having + 1)) + 1)
        self._factor = weight * idf * (K1 + 1)

    def _find(self, part: Part) -> Docs:
        return self._count(part.reader)[0]

    def size(self, part: Part) -> int:
        """Counted already."""
        return len(self._count(part.reader)[0])

    def add_scores(self, scores: Scores, *, matching: bool) -> None:  # noqa: ARG002 - who has no such word gets nothing
        """BM25 of the words taken together."""
        docs, often = self._count(scores.part.reader)
        if len(docs):
            lengths = scores.part.reader.columns.lengths_of(self._field)
            scores.add(docs, often * self._factor / (often + self._norms.take(lengths.take(docs))))

    def _count(self, reader: SegmentReader) -> tuple[Docs, Floats]:
        """The live documents with any of the words, and how often each has them together."""
        key = id(reader)
        if key not in self._counted:
            postings = reader.field(self._field)
            docs, often = postings.summed(self._ordinals[key]) if postings else (NONE, np.empty(0))
            if reader.live is not None:
                kept = reader.live[docs]
                docs, often = docs[kept], often[kept]
            self._counted[key] = (docs, often)
        return self._counted[key]
