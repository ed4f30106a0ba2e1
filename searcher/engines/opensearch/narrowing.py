"""What a request leaves of the articles that match: one query, and for each facet its own filters."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from searcher.engines.opensearch.nodes import Clause, carrying, dated, query_of
from searcher.query import SearchRequest

__all__ = ["EVERYTHING", "Narrowing"]

EVERYTHING: Clause = {"match_all": {}}


@dataclass
class Narrowing:
    """`base` is the ground on which facets are counted; the picks of a field narrow all facets but its own.

    `dropped` are ids of copies that are not wanted, by the field whose picks were left aside; "" for none.
    """

    base: Clause
    picks: dict[str, Clause]
    dropped: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, request: SearchRequest, algorithms: Sequence[str]) -> "Narrowing":
        """That of a request."""
        parts: dict[str, Any] = {"must": [query_of(request.node, algorithms)]}
        if request.after or request.before:
            parts["filter"] = [dated(request.after, request.before)]
        if refused := [carrying(name, values) for name, values in request.exclude.items() if values]:
            parts["must_not"] = refused
        picks = {name: carrying(name, values) for name, values in request.include.items() if values}
        base = parts["must"][0] if len(parts) == 1 else {"bool": parts}
        return cls(base, picks)

    @property
    def variants(self) -> tuple[str, ...]:
        """The fields that have to be counted with their own picks left aside, after "" for none of them."""
        return "", *self.picks

    def under(self, name: str = "") -> Clause:
        """The filter that a facet is counted under; that of `""` is what the hits are found under."""
        chosen = "" if name not in self.picks else name
        clauses = [clause for field_name, clause in self.picks.items() if field_name != chosen]
        if gone := self.dropped.get(chosen):
            clauses.append({"bool": {"must_not": [{"ids": {"values": gone}}]}})
        if not clauses:
            return EVERYTHING
        return clauses[0] if len(clauses) == 1 else {"bool": {"filter": clauses}}

    def all_of(self, name: str = "") -> Clause:
        """The query of what a facet counts, by itself."""
        under = self.under(name)
        return self.base if under is EVERYTHING else {"bool": {"must": [self.base], "filter": [under]}}
