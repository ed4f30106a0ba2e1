"""Query nodes to Whoosh queries, for one pinned searcher.

Whoosh's own Not, AndNot, DisjunctionMax, Every, Prefix and date ranges are left alone: each has a way of going wrong
that was measured (an Or with a Not inside excludes, AndNot lets a refused document through, ranges become unions of
many terms). What they mean is worked out on arrays instead.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from whoosh import query as whoosh_query

from searcher.analysis import forms, words
from searcher.choices import TEXT_FIELDS
from searcher.engines.whoosh.collect import collect, matching_docs
from searcher.engines.whoosh.near import near_docs
from searcher.engines.whoosh.queries import Listed, Scaled
from searcher.engines.whoosh.schema import WORD_SUFFIX
from searcher.engines.whoosh.segment import Docs, Segment
from searcher.query.nodes import (
    And,
    Boost,
    DateRange,
    Everything,
    Fuzzy,
    Leaf,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Term,
    Value,
    Wildcard,
)
from searcher.query.patterns import MAX_EXPANSIONS, fixed_start, matches_word

__all__ = ["SIDE_BY_SIDE", "TITLE_WEIGHT", "Translator"]

# A word in the title counts double: on TIME's and Reuters' headlines the usual 2 to 3 rank alike.
TITLE_WEIGHT = 2.0
# More than any sum of BM25 scores of 64 words reaches: what is preferred comes first.
SIDE_BY_SIDE = 1_000.0
# Okapi BM25 as Whoosh's BM25F has it by default.
K1 = 1.2
B = 0.75


class Translator:
    """Turns nodes into Whoosh queries; `notes` collects what had to be cut."""

    def __init__(self, searcher: Any, segments: Sequence[Segment]) -> None:
        self._searcher = searcher
        self._segments = segments
        self.notes: list[str] = []

    def query(self, node: Node) -> whoosh_query.Query:
        """The Whoosh query for a node."""
        match node:
            case Everything():
                return self._everything()
            case Nothing():
                return whoosh_query.NullQuery
            case And(nodes):
                return self._all(nodes)
            case Or(nodes, best):
                found = [self.query(child) for child in nodes]
                return self._best(found) if best else self._any(found)
            case Not(inner):
                return self._without([self.query(inner)])
            case Boost(inner, factor):
                return Scaled(self.query(inner), factor)
            case Prefer(inner, first, better):
                return self._prefer(inner, first, better)
            case DateRange():
                return self._dates(node)
            case Leaf():
                return self._leaf(node)
            case _:
                raise TypeError(f"no query for {type(node).__name__}")

    def _leaf(self, leaf: Leaf) -> whoosh_query.Query:
        if isinstance(leaf, Value):
            return self._listed(lambda part: part.docs_with(str(leaf.field), (leaf.text,)))
        if leaf.field not in (None, *TEXT_FIELDS):
            test = _value_test(leaf)
            return self._listed(lambda part: _carrying(part, str(leaf.field), test))
        asked = [leaf.field] if leaf.field else list(TEXT_FIELDS)
        return self._any([self._weighted(name, self._in_field(leaf, name)) for name in asked])

    def _in_field(self, leaf: Leaf, name: str) -> whoosh_query.Query:
        match leaf:
            case Term(text, exact=True):
                return whoosh_query.Term(name + WORD_SUFFIX, text)
            case Term(text) | Phrase(text, slop=0):
                return self._any([self._sequence(name, sequence) for sequence in forms(text)])
            case Phrase(text, slop=slop):
                return self._any([self._near(name, sequence, slop) for sequence in forms(text)])
            case _:
                return self._pattern(leaf, name)

    def _sequence(self, name: str, sequence: tuple[str, ...]) -> whoosh_query.Query:
        if len(sequence) == 1:
            return whoosh_query.Term(name, sequence[0])
        return whoosh_query.Phrase(name, list(sequence))

    def _near(self, name: str, sequence: tuple[str, ...], slop: int) -> whoosh_query.Query:
        terms = sorted(set(sequence))
        together = whoosh_query.And([whoosh_query.Term(name, term) for term in terms])
        return whoosh_query.And([together, self._listed(lambda part: near_docs(part, name, terms, slop))])

    def _pattern(self, leaf: Leaf, name: str) -> whoosh_query.Query:
        """The words of a pattern counted together, as if they were one word."""
        field = name + WORD_SUFFIX
        test = matches_word(leaf)
        start = fixed_start(leaf)
        found = {word for part in self._segments for word in part.words(field, start) if test(word)}
        if len(found) > MAX_EXPANSIONS:
            frequent = sorted(found, key=lambda word: (-self._searcher.reader().doc_frequency(field, word), word))
            note = f"{leaf.text}: stands for {len(found)} words, the {MAX_EXPANSIONS} in most articles are searched"
            self.notes += [note] if note not in self.notes else []
            found = set(frequent[:MAX_EXPANSIONS])
        return self._together(field, sorted(found))

    def _together(self, field: str, terms: Sequence[str]) -> whoosh_query.Query:
        counted = {id(part.reader): _summed(part, field, terms) for part in self._segments}
        total = max(1, self._searcher.reader().doc_count())
        having = sum(len(docs) for docs, _ in counted.values())
        weight = np.log(total / (having + 1)) + 1  # the idf of Whoosh's scoring.WeightingModel
        average = self._searcher.avg_field_length(field) or 1
        scored = {}
        for part in self._segments:
            docs, often = counted[id(part.reader)]
            lengths = np.array([part.reader.doc_field_length(int(doc), field) for doc in docs], dtype=np.float64)
            scored[id(part.reader)] = (docs, weight * often * (K1 + 1) / (often + K1 * (1 - B + B * lengths / average)))
        return Listed(scored)

    def _all(self, nodes: Sequence[Node]) -> whoosh_query.Query:
        wanted = [self.query(node) for node in nodes if not isinstance(node, Not)]
        refused = [self.query(node.node) for node in nodes if isinstance(node, Not)]
        left = [self._without(refused)] if refused else []
        return whoosh_query.And([*wanted, *left])

    def _any(self, queries: Sequence[whoosh_query.Query]) -> whoosh_query.Query:
        if len(queries) == 1:
            return queries[0]
        found = whoosh_query.Or(list(queries))
        found.matcher_type = whoosh_query.Or.DEFAULT_MATCHER  # the array matcher loses documents whose score is 0
        return found

    def _best(self, queries: Sequence[whoosh_query.Query]) -> whoosh_query.Query:
        """What any of the queries matches, with its best score. Whoosh's DisjunctionMax takes the scores of other
        documents for it, so this is worked out on arrays.
        """
        found: dict[int, tuple[Docs, Any]] = {}
        collected = [collect(self._searcher, query, self._segments) for query in queries]
        for part, matches in zip(self._segments, zip(*collected, strict=True), strict=True):
            scores = np.full(part.size, -np.inf)
            for each in matches:
                scores[each.docs] = np.maximum(scores[each.docs], each.scores)
            docs = np.flatnonzero(scores > -np.inf)
            found[id(part.reader)] = (docs, scores[docs])
        return Listed(found)

    def _prefer(self, inner: Node, first: Node, better: Sequence[Node]) -> whoosh_query.Query:
        ahead = whoosh_query.ConstantScoreQuery(self.query(first), SIDE_BY_SIDE)
        return whoosh_query.AndMaybe(self.query(inner), self._any([ahead, *(self.query(node) for node in better)]))

    def _weighted(self, name: str, query: whoosh_query.Query) -> whoosh_query.Query:
        return Scaled(query, TITLE_WEIGHT) if name == "title" else query

    def _everything(self) -> whoosh_query.Query:
        return self._listed(lambda part: np.flatnonzero(part.live))

    def _without(self, refused: Sequence[whoosh_query.Query]) -> whoosh_query.Query:
        """What none of the queries matches. Whoosh's AndNot lets the first document through when the refused list
        begins before it, so this is worked out on arrays.
        """

        def left(part: Segment) -> Docs:
            mask = part.live.copy()
            for query in refused:
                mask[matching_docs(query, self._searcher, part)] = False
            return np.flatnonzero(mask)

        return self._listed(left)

    def _dates(self, node: DateRange) -> whoosh_query.Query:
        return self._listed(lambda part: np.flatnonzero(part.live & part.within(node.first, node.last)))

    def _listed(self, docs_of: Callable[[Segment], Docs]) -> whoosh_query.Query:
        """Documents that match without a score of their own."""
        found = {id(part.reader): docs_of(part) for part in self._segments}
        return Listed({key: (docs, np.zeros(len(docs))) for key, docs in found.items()})


def _summed(part: Segment, field: str, terms: Sequence[str]) -> tuple[Docs, Any]:
    """Documents with any of the terms, and how often each has them together."""
    found = [part.postings(field, term) for term in terms]
    if not found:
        return np.empty(0, dtype=np.int64), np.empty(0)
    docs, places = np.unique(np.concatenate([docs for docs, _ in found]), return_inverse=True)
    return docs, np.bincount(places, weights=np.concatenate([often for _, often in found]), minlength=len(docs))


def _carrying(part: Segment, field: str, test: Callable[[str], bool]) -> Docs:
    column = part.values(field)
    return column.docs_of(tuple(number for number, value in enumerate(column.values) if test(value)))


def _value_test(leaf: Leaf) -> Callable[[str], bool]:
    """What a facet value must be to match a word or phrase typed for its field."""
    if isinstance(leaf, Prefix | Wildcard | Fuzzy):
        matches = matches_word(leaf)
        return lambda value: any(matches(word) for word in words(value))
    wanted = words(leaf.text)
    pattern = re.compile(r"(?:^| )" + re.escape(" ".join(wanted)) + r"(?: |$)")
    return lambda value: bool(wanted) and pattern.search(" ".join(words(value))) is not None
