"""Queries that Whoosh lacks, as Whoosh queries: its searcher runs them like its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from whoosh import matching, query
from whoosh.query import wrappers

__all__ = ["Listed", "Scaled", "union"]


class Listed(query.Query):
    """Documents worked out beforehand, with their scores, by their numbers in the whole index.

    `offsets` says at which number each segment begins, by the identity of its reader.
    """

    def __init__(self, scores: Mapping[int, float], offsets: Mapping[int, int]) -> None:
        self.scores = scores
        self.offsets = offsets
        self.boost = 1.0

    def is_leaf(self) -> bool:
        return True

    def field(self) -> None:
        return None

    def estimate_size(self, ixreader: Any) -> int:
        return len(self.scores)

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Those of one segment, as one of Whoosh's own lists."""
        offset = self.offsets[id(searcher.reader())]
        inside = sorted(doc for doc in self.scores if 0 <= doc - offset < searcher.doc_count_all())
        if not inside:
            return matching.NullMatcher()
        return matching.ListMatcher([doc - offset for doc in inside], [self.scores[doc] for doc in inside])


class Scaled(wrappers.WrappingQuery):
    """A query with its scores multiplied: the `boost` of a compound query is lost where it has one part."""

    def __init__(self, child: Any, factor: float) -> None:
        super().__init__(child)
        self.boost = 1.0
        self.factor = factor

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """The child's matcher, scaled."""
        found = self.child.matcher(searcher, context)
        return matching.WrappingMatcher(found, boost=self.factor) if found.is_active() else matching.NullMatcher()


def union(queries: Sequence[Any]) -> Any:
    """What any of the queries matches, scores added."""
    found = query.Or(list(queries))
    found.matcher_type = query.Or.DEFAULT_MATCHER  # the one for small indexes loses documents that score 0
    return found
