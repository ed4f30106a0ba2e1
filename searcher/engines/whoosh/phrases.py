"""Words whose positions decide: side by side, or near each other."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.columns import LENGTHS
from searcher.engines.whoosh.queries import Query
from searcher.engines.whoosh.scoring import Scores
from searcher.engines.whoosh.sets import NONE, contained, is_dense, mask_of
from searcher.engines.whoosh.snapshot import Asked, Docs, Part, PostingList, Snapshot

__all__ = ["Near", "Phrase"]

Places = npt.NDArray[np.int32]

# Documents are looked at in pieces of so many positions: two common words side by side in 60,000 articles took 20.6 ms
# in pieces of a million, 18.0 of four, 20.8 of eight.
ROOM = 1 << 22
# Of so many times fewer documents than have the rarest word, it is quicker to look at these alone.
FEW = 4


class _Together(Query):
    """Terms of one field whose positions decide; scored as the sum of the terms."""

    def __init__(self, snapshot: Snapshot, field: str, terms: Sequence[Asked], weight: float) -> None:
        self._field = field
        self._terms = tuple(terms)
        self._factors = [weight * snapshot.weight_of(snapshot.frequency(field, term)) for term in terms]

    def _find(self, part: Part) -> Docs:
        return self._among(part)

    def within(self, part: Part, docs: Docs) -> npt.NDArray[np.bool_]:
        """Of few documents only their own positions are looked at."""
        if id(self) in part.found or len(docs) * FEW > self.size(part):
            return super().within(part, docs)
        return contained(docs, NONE if part.deadline.over() else self._among(part, docs), part.size)

    def _among(self, part: Part, docs: Docs | None = None) -> Docs:
        """The documents that match: all, or those of some."""
        lists = [part.list(self._field, term) for term in self._terms]
        held = [found for found in lists if found]
        if len(held) < len(lists):
            return NONE
        docs = self._common(part, held, docs)
        standing = [NONE]
        for some in self._pieces(part, docs, held):
            if part.deadline.over():
                break
            standing.append(self._standing(some, held))
        return np.concatenate(standing)

    def size(self, part: Part) -> int:
        """At most as many as the rarest term has."""
        lists = [part.list(self._field, term) for term in self._terms]
        return min(found.size if found else 0 for found in lists)

    def add_scores(self, scores: Scores, *, matching: bool) -> None:
        """The sum of the terms, for articles where they stand as they must."""
        docs = scores.docs if matching else scores.docs[self.within(scores.part, scores.docs)]
        own = scores if matching else Scores(scores.snapshot, scores.part, docs)
        for term, factor in zip(self._terms, self._factors, strict=True):
            found = scores.part.list(self._field, term)
            if found:
                own.add_list(found, factor)
        if not matching:
            scores.add(docs, own.result())

    def _common(self, part: Part, lists: Sequence[PostingList], docs: Docs | None) -> Docs:
        """The documents that have all the terms: all, or those of some."""
        shortest, *others = sorted({id(found): found for found in lists}.values(), key=lambda found: found.size)
        docs = shortest.docs if docs is None else docs[contained(docs, shortest.docs, part.size)]
        for found in others:
            docs = docs[contained(docs, found.docs, part.size)]
        return docs

    def _pieces(self, part: Part, docs: Docs, lists: Sequence[PostingList]) -> Iterator["_Texts"]:
        """The documents in pieces of about ROOM positions; one whose length nobody knows makes a piece of its own."""
        lengths = LENGTHS.take(part.reader.columns.lengths_of(self._field).take(docs))
        room = np.where(lengths < LENGTHS[-1], lengths + len(lists), ROOM)
        ends = np.cumsum(room)
        distinct = {id(found): found for found in lists}.values()
        known = {id(found): _places_in(part, found.docs, docs) for found in distinct}  # a word may come again and again
        postings = [known[id(found)] for found in lists]
        first = 0
        while first < len(docs):
            begin = int(ends[first] - room[first])
            end = max(first + 1, int(np.searchsorted(ends, begin + ROOM)))
            piece = slice(first, end)
            yield _Texts(docs[piece], ends[piece] - room[piece] - begin, [places[piece] for places in postings])
            first = end

    @abstractmethod
    def _standing(self, texts: "_Texts", lists: Sequence[PostingList]) -> Docs:
        """Those of the documents in which the terms stand as they must."""


class _Texts(NamedTuple):
    """Some documents laid end to end, so that one number tells document and position.

    `heads` is where each begins, shape (len(docs),); `postings` holds for each term the places of the documents in its
    list.
    """

    docs: Docs
    heads: Docs
    postings: list[Docs]

    def places(self, lists: Sequence[PostingList], term: int, ahead: int) -> Places:
        """Where a term stands, moved on by `ahead`; ascending."""
        return lists[term].places(self.postings[term], self.heads + ahead)

    def only(self, places: Places) -> "_Texts":
        """Those of the documents in which some of the places are, where they lie."""
        owners = np.searchsorted(self.heads, places, side="right") - 1
        owners = owners[np.diff(owners, prepend=-1) != 0]
        postings = [places.take(owners) for places in self.postings]
        return _Texts(self.docs.take(owners), self.heads.take(owners), postings)

    def heads_of(self, places: Places) -> Docs:
        """Where the document of each place begins."""
        found: Docs = self.heads.take(np.searchsorted(self.heads, places, side="right") - 1)
        return found


class Phrase(_Together):
    """Terms side by side in order."""

    def _standing(self, texts: _Texts, lists: Sequence[PostingList]) -> Docs:
        last = len(lists) - 1
        order = sorted(range(len(lists)), key=lambda step: lists[step].size)
        places = texts.places(lists, order[0], last - order[0])
        for step in order[1:]:
            places = _common(places, texts.places(lists, step, last - step))
            texts = texts.only(places - last)
            if not len(places):
                return NONE
        return texts.docs


class Near(_Together):
    """Terms in any order in a stretch with at most `slop` other positions."""

    def __init__(self, snapshot: Snapshot, field: str, terms: Sequence[Asked], weight: float, slop: int) -> None:
        super().__init__(snapshot, field, terms, weight)
        self._width = len(self._terms) + slop

    def _standing(self, texts: _Texts, lists: Sequence[PostingList]) -> Docs:
        """For every place of a term the latest places of the others at or before it: all within the stretch?"""
        held = [texts.places(lists, term, 0) for term in range(len(lists))]
        places = np.sort(np.concatenate(held), kind="stable")
        heads = texts.heads_of(places)
        within = np.ones(len(places), dtype=bool)
        for each in held:
            latest = np.searchsorted(each, places, side="right") - 1
            before = np.where(latest >= 0, each.take(np.maximum(latest, 0)), -1)
            within &= (before >= heads) & (places - before < self._width)
        return texts.only(places[within]).docs


def _places_in(part: Part, among: Docs, docs: Docs) -> Docs:
    """The place of each of the documents in a list that holds them all."""
    if not is_dense(len(docs), part.size):
        return np.searchsorted(among, docs)
    return np.flatnonzero(mask_of(docs, part.size).take(among))


def _common(places: Places, others: Places) -> Places:
    """The places that are in both ascending lists."""
    if not len(places) or not len(others):
        return places[:0]
    few, many = sorted((places, others), key=len)
    marked = np.zeros(int(max(few[-1], many[-1])) + 1, dtype=bool)
    marked[few] = True
    found: Places = many[marked.take(many)]
    return found
