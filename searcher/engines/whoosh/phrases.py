"""Words whose positions decide: side by side, or near each other."""

from collections.abc import Iterator, Sequence

import numpy as np

from searcher.engines.whoosh.codec.columns import LENGTHS
from searcher.engines.whoosh.queries import Query
from searcher.engines.whoosh.scoring import Scores
from searcher.engines.whoosh.sets import NONE, contained, is_dense, positions_in
from searcher.engines.whoosh.snapshot import Docs, Part, PostingList, Snapshot

__all__ = ["Near", "Phrase"]

# Documents are looked at in pieces of so many positions: a byte for each stays in the cache of a core.
ROOM = 1 << 22
# Room for a position in a text of unknown length.
POSITION_BITS = 28


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
