"""What a compiled query can do, and the ways of putting queries together.

Each is asked twice. First which documents of a segment match: no score is computed for what filters, dates or the
other side of an AND throw away. Then, for those that are left, what it adds to their scores.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.scoring import Scores
from searcher.engines.whoosh.sets import NONE, contained, is_dense, mask_of, union
from searcher.engines.whoosh.snapshot import Docs, Part

__all__ = ["Best", "Both", "Either", "Everywhere", "Nowhere", "Preferring", "Query", "Times", "Unscored", "Without"]


class Query(ABC):
    """A compiled query. Documents may be deleted ones: who asks leaves them out at the end.

    Once the time of a search is over, what is not worked out yet matches nothing. So whatever a query gives is right,
    and may be less than all; what a query refuses has to be known in full, else `Without` matches nothing.
    """

    quick = False
    """Whether it is worked out whatever the time: filters, which keep articles out, have to be."""

    def docs(self, part: Part) -> Docs:
        """The documents of a segment that match; worked out once a search."""
        found = part.found.get(id(self))
        if found is None:
            cut = not self.quick and part.deadline.over()
            found = part.found[id(self)] = NONE if cut else self._find(part)
        return found

    @abstractmethod
    def _find(self, part: Part) -> Docs:
        """The documents of a segment that match."""

    @property
    def scored(self) -> bool:
        """Whether any document gets a score from it."""
        return True

    def size(self, part: Part) -> int:
        """About how many documents match, cheaply."""
        return part.size

    def mark(self, part: Part, mask: npt.NDArray[np.bool_]) -> None:
        """Set the mask for every document that matches; shape (part.size,)."""
        mask[self.docs(part)] = True

    def within(self, part: Part, docs: Docs) -> npt.NDArray[np.bool_]:
        """For each of some documents whether it matches."""
        return contained(docs, self.docs(part), part.size)

    def _marked(self, part: Part) -> Docs:
        """The documents that `mark` marks: the way to find them where they are many."""
        mask = np.zeros(part.size, dtype=bool)
        self.mark(part, mask)
        return np.flatnonzero(mask)

    @abstractmethod
    def add_scores(self, scores: Scores, *, matching: bool) -> None:
        """Add what each document scores; `matching` says that all that are gathered match this query."""


class Unscored(Query):
    """Decides which documents match and nothing else."""

    @property
    def scored(self) -> bool:
        """No document is better than another."""
        return False

    def add_scores(self, scores: Scores, *, matching: bool) -> None:
        """Nothing."""


class Everywhere(Unscored):
    """All documents."""

    quick = True

    def _find(self, part: Part) -> Docs:
        return np.arange(part.size)

    def within(self, part: Part, docs: Docs) -> npt.NDArray[np.bool_]:  # noqa: ARG002 - the interface
        """All of them."""
        return np.ones(len(docs), dtype=bool)


class Nowhere(Unscored):
    """No document."""

    def _find(self, part: Part) -> Docs:  # noqa: ARG002 - the interface
        return NONE

    def size(self, part: Part) -> int:  # noqa: ARG002 - the interface
        """None."""
        return 0


class Without(Unscored):
    """The documents that a query does not match."""

    def __init__(self, refused: Query) -> None:
        self._refused = refused

    def _find(self, part: Part) -> Docs:
        refused = self._refused.docs(part)
        return NONE if part.deadline.passed else np.flatnonzero(~mask_of(refused, part.size))

    def within(self, part: Part, docs: Docs) -> npt.NDArray[np.bool_]:
        """Those that the query refuses are not."""
        refused = self._refused.within(part, docs)
        return np.zeros(len(docs), dtype=bool) if part.deadline.passed else ~refused


class _Several(Query):
    """Made of other queries."""

    def __init__(self, queries: Sequence[Query]) -> None:
        self._queries = tuple(queries)

    @property
    def scored(self) -> bool:
        """Whether one of them gives scores."""
        return any(query.scored for query in self._queries)


class Both(_Several):
    """The documents that all of the queries match; their scores are added."""

    def _find(self, part: Part) -> Docs:
        first, *others = sorted(self._queries, key=lambda query: query.size(part))
        docs = first.docs(part)
        for query in others:
            if not len(docs):
                break
            docs = docs[query.within(part, docs)]
        return docs

    def within(self, part: Part, docs: Docs) -> npt.NDArray[np.bool_]:
        """Of few documents each query is asked about those that the others have left."""
        if id(self) in part.found or len(docs) > self.size(part):
            return super().within(part, docs)
        left = docs
        for query in self._queries:
            left = left[query.within(part, left)]
        return contained(docs, left, part.size)

    def size(self, part: Part) -> int:
        """At most as many as the rarest has."""
        return min(query.size(part) for query in self._queries)

    def add_scores(self, scores: Scores, *, matching: bool) -> None:
        """The sum of all."""
        if matching:
            for query in self._queries:
                query.add_scores(scores, matching=True)
        else:
            _add_own(self, scores)


class Either(_Several):
    """The documents that any of the queries matches; the scores of those that match are added."""

    def _find(self, part: Part) -> Docs:
        if is_dense(self.size(part), part.size):
            return self._marked(part)
        return union([query.docs(part) for query in self._queries], part.size)

    def mark(self, part: Part, mask: npt.NDArray[np.bool_]) -> None:
        """Those of each of the queries."""
        for query in self._queries:
            query.mark(part, mask)

    def size(self, part: Part) -> int:
        """At most as many as all have together."""
        return sum(query.size(part) for query in self._queries)

    def add_scores(self, scores: Scores, *, matching: bool) -> None:  # noqa: ARG002 - the interface
        """The sum of those that match."""
        for query in self._queries:
            if scores.part.deadline.late():
                return
            query.add_scores(scores, matching=False)


class Best(Either):
    """The documents that any of the queries matches, with the best score of those that match."""

    def add_scores(self, scores: Scores, *, matching: bool) -> None:  # noqa: ARG002 - the interface
        """The largest; none is below zero."""
        best = np.zeros(len(scores.docs))
        for query in self._queries:
            if scores.part.deadline.late():
                break
            own = Scores(scores.snapshot, scores.part, scores.docs)
            query.add_scores(own, matching=False)
            np.maximum(best, own.result(), out=best)
        scores.add(scores.docs, best)


class _Around(Query):
    """Matches what another query matches."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def _find(self, part: Part) -> Docs:
        return self._query.docs(part)

    def size(self, part: Part) -> int:
        """As many as the query has."""
        return self._query.size(part)

    def within(self, part: Part, docs: Docs) -> npt.NDArray[np.bool_]:
        """Those of the query."""
        return self._query.within(part, docs)


class Times(_Around):
    """A query with its scores multiplied."""

    def __init__(self, query: Query, factor: float) -> None:
        super().__init__(query)
        self._factor = factor

    def add_scores(self, scores: Scores, *, matching: bool) -> None:
        """Its scores, multiplied."""
        own = Scores(scores.snapshot, scores.part, scores.docs)
        self._query.add_scores(own, matching=matching)
        scores.add(scores.docs, own.result() * self._factor)


class Preferring(_Around):
    """What a query matches; `ahead` is added for what `first` matches, and the scores of `better`."""

    def __init__(self, query: Query, first: Query, ahead: float, better: Sequence[Query]) -> None:
        super().__init__(query)
        self._first = first
        self._ahead = ahead
        self._better = tuple(better)

    def add_scores(self, scores: Scores, *, matching: bool) -> None:
        """The query's own, and more for what is preferred."""
        if not matching:
            _add_own(self, scores)
            return
        self._query.add_scores(scores, matching=True)
        scores.add(scores.docs[self._first.within(scores.part, scores.docs)], self._ahead)
        for query in self._better:
            if scores.part.deadline.late():
                return
            query.add_scores(scores, matching=False)


def _add_own(query: Query, scores: Scores) -> None:
    """Score the documents that match the query and of these add what is gathered."""
    own = Scores(scores.snapshot, scores.part, scores.docs[query.within(scores.part, scores.docs)])
    query.add_scores(own, matching=True)
    scores.add(own.docs, own.result())
