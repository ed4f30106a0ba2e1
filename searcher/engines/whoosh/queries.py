"""Queries that Whoosh lacks, as Whoosh queries: they run in its searcher like any other."""

from collections.abc import Mapping
from typing import Any

import numpy.typing as npt
from whoosh import matching
from whoosh.query import qcore, wrappers

from searcher.engines.whoosh.segment import Docs

__all__ = ["Listed", "Scaled"]


class Listed(qcore.Query):
    """Documents worked out beforehand: reader -> (document numbers, scores)."""

    def __init__(self, found: Mapping[int, tuple[Docs, npt.NDArray[Any]]]) -> None:
        self.found = found
        self.boost = 1.0

    def is_leaf(self) -> bool:
        """It has no child queries."""
        return True

    def field(self) -> None:
        """It belongs to no one field."""

    def estimate_size(self, ixreader: Any) -> int:  # noqa: ARG002 - Whoosh's signature
        """How many documents it has in all segments."""
        return sum(len(docs) for docs, _ in self.found.values())

    def matcher(self, searcher: Any, context: Any = None) -> Any:  # noqa: ARG002 - Whoosh's signature
        """The documents of one segment."""
        docs, scores = self.found.get(id(searcher.reader()), ((), ()))
        if not len(docs):
            return matching.NullMatcher()
        return matching.ListMatcher([int(doc) for doc in docs], [float(score) for score in scores])


class Scaled(wrappers.WrappingQuery):
    """The child query with its scores multiplied by `factor`."""

    def __init__(self, child: qcore.Query, factor: float) -> None:
        super().__init__(child)
        self.boost = 1.0
        self.factor = factor

    def _rewrap(self, child: qcore.Query) -> "Scaled":
        return Scaled(child, self.factor)

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """The child's matcher, scaled."""
        found = self.child.matcher(searcher, context)
        if isinstance(found, matching.NullMatcherClass):
            return found
        return matching.WrappingMatcher(found, boost=self.factor)
