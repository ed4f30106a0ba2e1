"""Query nodes become compiled queries for one snapshot."""

from collections.abc import Iterable, Sequence

from searcher.choices import EVENT_FIELD, TEXT_FIELDS
from searcher.engines.readings import in_any_order, in_order
from searcher.engines.weights import SIDE_BY_SIDE, TITLE_WEIGHT
from searcher.engines.whoosh import phrases, queries, words
from searcher.engines.whoosh.columns import Carrying, CarryingWords, Dated, Telling
from searcher.engines.whoosh.expansions import most_frequent
from searcher.engines.whoosh.patterns import matching_words
from searcher.engines.whoosh.schema import WORD_SUFFIX
from searcher.engines.whoosh.sets import NONE
from searcher.engines.whoosh.snapshot import Asked, Docs, Snapshot
from searcher.query import NEVER, Deadline
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
from searcher.query.patterns import FEWEST_EXPANSIONS, MAX_EXPANSIONS, MOST_WORDS

__all__ = ["Compiler"]


class Compiler:
    """Turns nodes into queries; `notes` collects what had to be cut."""

    def __init__(self, snapshot: Snapshot, deadline: Deadline = NEVER) -> None:
        self._snapshot = snapshot
        self._deadline = deadline
        self._made: dict[Leaf, queries.Query] = {}
        self._words = MOST_WORDS
        self.notes: list[str] = []

    def query(self, node: Node) -> queries.Query:
        """The query for a node; Nowhere for what the time does not allow to look up."""
        match node:
            case Everything():
                return queries.Everywhere()
            case Nothing():
                return queries.Nowhere()
            case And(nodes):
                return queries.Both([self.query(child) for child in nodes])
            case Or(nodes, best):
                found = [self.query(child) for child in nodes]
                return queries.Best(found) if best else queries.Either(found)
            case Not(inner):
                return queries.Without(self.query(inner))
            case Boost(inner, factor):
                return queries.Times(self.query(inner), factor)
            case Prefer(inner, first, better):
                more = [self.query(other) for other in better]
                return queries.Preferring(self.query(inner), self.query(first), SIDE_BY_SIDE, more)
            case DateRange(first_day, last_day, field):
                return Telling(first_day, last_day) if field == EVENT_FIELD else Dated(first_day, last_day)
            case Leaf():
                return self._known(node)
            case _:
                raise TypeError(f"no query for {type(node).__name__}")

    def _known(self, leaf: Leaf) -> queries.Query:
        """What is said twice is looked for once."""
        if leaf not in self._made:
            self._made[leaf] = queries.Nowhere() if self._deadline.over() else self._leaf(leaf)
        return self._made[leaf]

    def _leaf(self, leaf: Leaf) -> queries.Query:
        if isinstance(leaf, Value):
            return Carrying(str(leaf.field), (leaf.text,))
        if leaf.field not in (None, *TEXT_FIELDS):
            return CarryingWords(leaf)
        asked = [(name, TITLE_WEIGHT if name == "title" else 1.0) for name in TEXT_FIELDS]
        asked = [(name, weight) for name, weight in asked if leaf.field in (None, name)]
        match leaf:
            case Term(text, exact=True):
                word = [(name + WORD_SUFFIX, (text.encode(),), weight) for name, weight in asked]
                return words.Word(self._snapshot, word)
            case Term(text) | Phrase(text, slop=0):
                return self._sequences(_stored(in_order(text, self._snapshot.algorithms)), asked)
            case Phrase(text, slop=slop):
                return _either(
                    [
                        phrases.Near(self._snapshot, name, terms, weight, slop)
                        for terms in _stored(in_any_order(text, self._snapshot.algorithms))
                        for name, weight in asked
                    ]
                )
            case Prefix() | Wildcard() | Fuzzy():
                return _either([self._pattern(leaf, name + WORD_SUFFIX, weight) for name, weight in asked])
            case _:
                raise TypeError(f"no query for {type(leaf).__name__}")

    def _sequences(self, sequences: Sequence[Sequence[Asked]], asked: Sequence[tuple[str, float]]) -> queries.Query:
        """Single words are looked for in all fields at once, several side by side in each field by itself."""
        single = [terms[0] for terms in sequences if len(terms) == 1]
        parts: list[queries.Query] = []
        if single:
            parts.append(
                words.Word(self._snapshot, [(name, word, weight) for word in single for name, weight in asked])
            )
        for terms in sequences:
            if len(terms) > 1:
                parts += [phrases.Phrase(self._snapshot, name, terms, weight) for name, weight in asked]
        return _either(parts)

    def _pattern(self, leaf: Prefix | Wildcard | Fuzzy, field: str, weight: float) -> queries.Query:
        found = [
            matching_words(postings.terms, leaf) if (postings := segment.field(field)) else NONE
            for segment in self._snapshot.segments
        ]
        return words.Pattern(self._snapshot, field, self._cut(leaf, field, found), weight, self._deadline)

    def _cut(self, leaf: Leaf, field: str, found: Sequence[Docs]) -> Sequence[Docs]:
        """At most MAX_EXPANSIONS words, fewer where a query has many patterns: those in most articles."""
        most = min(MAX_EXPANSIONS, max(FEWEST_EXPANSIONS, self._words))
        kept, distinct = list(found), sum(map(len, found))
        if distinct > most:
            fields = [segment.field(field) for segment in self._snapshot.segments]
            kept, distinct = most_frequent(fields, found, most)
        if distinct > most:
            note = f"{leaf.text}: stands for {distinct} words, the {most} in most articles are searched"
            self.notes += [note] if note not in self.notes else []
        self._words -= min(distinct, most)
        return kept


def _stored(sequences: Iterable[Sequence[tuple[str, ...]]]) -> list[list[Asked]]:
    """Terms as the index has them."""
    return [[tuple(map(str.encode, terms)) for terms in sequence] for sequence in sequences]


def _either(parts: Sequence[queries.Query]) -> queries.Query:
    if not parts:
        return queries.Nowhere()
    return parts[0] if len(parts) == 1 else queries.Either(parts)
