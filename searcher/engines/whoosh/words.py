"""A word in some fields, and the words that a pattern stands for."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.postings import FieldPostings
from searcher.engines.whoosh.codec.segment import SegmentReader
from searcher.engines.whoosh.queries import Query
from searcher.engines.whoosh.scoring import Floats, Scores
from searcher.engines.whoosh.sets import NONE, contained, is_dense, union
from searcher.engines.whoosh.snapshot import K1, Asked, Docs, Part, PostingList, Snapshot
from searcher.query import NEVER, Deadline

__all__ = ["Pattern", "Word"]

# Postings of a pattern's words that are added up at once: they take 40 bytes each while it lasts.
ROOM = 1 << 20


class Word(Query):
    """Articles with a word in any of some fields; `asked` holds (field, word, weight)."""

    def __init__(self, snapshot: Snapshot, asked: Sequence[tuple[str, Asked, float]]) -> None:
        self._asked = [
            (field, word, weight * snapshot.weight_of(snapshot.frequency(field, word))) for field, word, weight in asked
        ]

    def _find(self, part: Part) -> Docs:
        lists = [found for found, _ in self._lists(part)]
        if len(lists) == 1:
            return lists[0].docs
        if not is_dense(sum(found.size for found in lists), part.size):
            return union([found.docs for found in lists], part.size)
        docs = self._marked(part)
        longest = max(lists, key=lambda found: found.size)
        if len(docs) == longest.size:  # who has it in the title has it in the body: scores need no looking up
            longest.docs = docs
        return docs

    def mark(self, part: Part, mask: npt.NDArray[np.bool_]) -> None:
        """Those of each list: long ones are masks already."""
        if part.deadline.over():
            return
        for found, _ in self._lists(part):
            found.mark(mask)

    def size(self, part: Part) -> int:
        """The postings of all lists."""
        return sum(found.size for found, _ in self._lists(part))

    def within(self, part: Part, docs: Docs) -> npt.NDArray[np.bool_]:
        """Asked of each list: a long one need not be joined with the others for it."""
        inside = np.zeros(len(docs), dtype=bool)
        if part.deadline.over():
            return inside
        for found, _ in self._lists(part):
            inside |= contained(docs, found.docs, part.size)
        return inside

    def add_scores(self, scores: Scores, *, matching: bool) -> None:  # noqa: ARG002 - who has no term gets nothing
        """BM25 of each list."""
        for found, factor in self._lists(scores.part):
            scores.add_list(found, factor)

    def _lists(self, part: Part) -> list[tuple[PostingList, float]]:
        return [(found, factor) for field, word, factor in self._asked if (found := part.list(field, word))]


class Pattern(Query):
    """Articles with any of the words a pattern stands for, counted together as if they were one word.

    `ordinals` are those of the words in the field, for each segment by its number in the snapshot. Words that are not
    counted when the time is over match nothing.
    """

    def __init__(
        self, snapshot: Snapshot, field: str, ordinals: Sequence[Docs], weight: float, deadline: Deadline = NEVER
    ) -> None:
        self._field = field
        self._deadline = deadline
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
            docs, often = self._summed(postings, self._ordinals[key]) if postings else (NONE, np.empty(0))
            if reader.live is not None:
                kept = reader.live[docs]
                docs, often = docs[kept], often[kept]
            self._counted[key] = (docs, often)
        return self._counted[key]

    def _summed(self, postings: FieldPostings, ordinals: Docs) -> tuple[Docs, Floats]:
        """How often each document has any of the words: in pieces of about ROOM postings, for the memory they take."""
        ends = np.cumsum(postings.counts[ordinals], dtype=np.int64)
        if not len(ordinals) or ends[-1] <= ROOM:
            return (NONE, np.empty(0)) if self._deadline.over() else postings.summed(ordinals)
        often = np.zeros(postings.documents)
        for piece in np.split(ordinals, np.flatnonzero(np.diff(ends // ROOM)) + 1):
            if self._deadline.over():
                break
            docs, more = postings.summed(piece)
            often[docs] += more
        found = np.flatnonzero(often)
        return found, often[found]
