"""The reference of the fast path: what Whoosh's own searcher answers to a request, on any Whoosh index of the articles.

Nodes become Whoosh queries, run with `limit=None`. What Whoosh has no query for, or gets wrong, is worked out in plain
loops over its readers and handed to its searcher as a list of documents. With the engine it shares two constants, the
query language and `searcher.analysis`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log
from typing import Any, NamedTuple

from engines.whoosh_held import Held
from engines.whoosh_queries import Listed, Scaled, union
from whoosh import query, scoring

from searcher.analysis import algorithm_of, forms, words
from searcher.choices import DATE_FIELD, EVENT_FIELD, TEXT_FIELDS
from searcher.engines.weights import SIDE_BY_SIDE, TITLE_WEIGHT
from searcher.query import SearchRequest, fold_value
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
from searcher.query.patterns import MAX_EXPANSIONS, matches_word

__all__ = ["Answer", "Reference", "Translator"]


class Answer(NamedTuple):
    """What a request must bring: the score of every matching id, facet counts, and what patterns were cut.

    `moments` holds the minutes since year 1 of every matching id, NO_DATE without a date. `facets` maps a field to the
    count of each value, 0 for picked ones that no match carries; dates are counted by day and UNDATED. `cut` holds
    (text of the pattern, how many words it stands for).
    """

    scores: Mapping[str, float]
    moments: Mapping[str, int]
    facets: Mapping[str, Mapping[str, int]]
    cut: frozenset[tuple[str, int]]


class Reference:
    """A Whoosh index as it is when this is made; patterns stand for at most `expansions` words."""

    def __init__(self, index: Any, expansions: int = MAX_EXPANSIONS) -> None:
        self._held = Held(index.searcher())
        self._expansions = expansions

    def close(self) -> None:
        """Let go of files."""
        self._held.searcher.close()

    def answer(self, request: SearchRequest) -> Answer:
        """What an engine that holds these articles must answer."""
        translator = Translator(self._held, self._expansions)
        found = translator.search(request.node)
        ground = self._narrowed(request, set(found))
        selected = self._picked(request, ground)
        return Answer(
            {self._held.ids[doc]: found[doc] for doc in selected},
            {self._held.ids[doc]: self._held.moments[doc] for doc in selected},
            {name: self._facet(request, name, ground, selected) for name in request.facets},
            frozenset(translator.cut),
        )

    def _narrowed(self, request: SearchRequest, docs: set[int]) -> set[int]:
        for name, values in request.exclude.items():
            docs = docs - self._held.carrying(name, values)
        bounded = request.after is not None or request.before is not None
        return docs & self._held.dated(request.after, request.before) if bounded else docs

    def _picked(self, request: SearchRequest, docs: set[int], but: str = "") -> set[int]:
        for name, values in request.include.items():
            if values and name != but:
                docs = docs & self._held.carrying(name, values)
        return docs

    def _facet(self, request: SearchRequest, name: str, ground: set[int], selected: set[int]) -> dict[str, int]:
        if name == DATE_FIELD:
            return Counter(map(self._held.day, selected))
        if name == EVENT_FIELD:
            return self._held.events(selected)
        docs = self._picked(request, ground, but=name)
        wanted = set(map(fold_value, request.include.get(name, ())))
        counts = {value: len(carrying & docs) for value, carrying in self._held.values(name).items()}
        return {value: count for value, count in counts.items() if count or fold_value(value) in wanted}


class Translator:
    """Turns nodes into Whoosh queries; `cut` collects (text of a pattern, words it stands for) where these are many."""

    def __init__(self, held: Held, expansions: int = MAX_EXPANSIONS) -> None:
        self._held = held
        self._expansions = expansions
        self.cut: set[tuple[str, int]] = set()

    def search(self, node: Node) -> dict[int, float]:
        """Every document that matches, with its score."""
        return self._search(self.query(node))

    def query(self, node: Node) -> Any:
        """The Whoosh query for a node."""
        match node:
            case Everything():
                return self._listed(self._held.ids)  # Whoosh's Every scores 1
            case Nothing():
                return query.NullQuery
            case And(nodes):
                return query.And([self.query(child) for child in nodes])
            case Or(nodes, best):
                found = [self.query(child) for child in nodes]
                return self._best(found) if best else union(found)
            case Not(inner):
                # Whoosh's Not scores, and AndNot lets a refused document through when it is the first.
                return self._listed(set(self._held.ids) - set(self.search(inner)))
            case Boost(inner, factor):
                return Scaled(self.query(inner), factor)
            case Prefer(inner, first, better):
                ahead = query.ConstantScoreQuery(self.query(first), SIDE_BY_SIDE)
                preferring = query.AndMaybe(self.query(inner), union([ahead, *map(self.query, better)]))
                # Worked out by itself: within an And, Whoosh's AndMaybe loses what is added to scores.
                return Listed(self._search(preferring), self._held.offsets)
            case DateRange(first_day, last_day, "event"):
                return self._listed(self._held.telling(first_day, last_day))
            case DateRange(first_day, last_day):
                return self._listed(self._held.dated(first_day, last_day))
            case Leaf():
                return self._leaf(node)
        raise TypeError(f"no query for {type(node).__name__}")

    def _search(self, asked: Any) -> dict[int, float]:
        # With a limit Whoosh loses true hits.
        return {doc: score for score, doc in self._held.searcher.search(asked, limit=None).top_n}

    def _leaf(self, leaf: Leaf) -> Any:
        if isinstance(leaf, Value):
            return self._listed(self._held.carrying(str(leaf.field), (leaf.text,)))
        if leaf.field not in (None, *TEXT_FIELDS):
            test = _value_test(leaf)
            having = [docs for value, docs in self._held.values(str(leaf.field)).items() if test(value)]
            return self._listed(set().union(*having))
        asked = [leaf.field] if leaf.field else TEXT_FIELDS
        return union([Scaled(self._text(leaf, name), TITLE_WEIGHT if name == "title" else 1.0) for name in asked])

    def _text(self, leaf: Leaf, name: str) -> Any:
        match leaf:
            case Term(text, exact=True):
                return query.Term(f"{name}_word", text)
            case Term(text) | Phrase(text, slop=0):
                asked = self._in_languages(text)
                return union([self._side_by_side(name, terms, asked) for terms in asked])
            case Phrase(text, slop=slop):
                asked = self._in_languages(text)
                distinct = {
                    tuple(sorted(set(terms))): _as_many(terms, asked) for terms in asked
                }  # order does not matter
                return union([self._near(name, terms, slop, alike) for terms, alike in distinct.items()])
        return self._pattern(leaf, f"{name}_word")

    def _in_languages(self, text: str) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
        """Each form of a text as some language stems it, with what it is in the others."""
        # Those of deleted documents too, as long as their words count in the statistics.
        languages = (language.decode() for language in self._held.reader.lexicon("language"))
        stemming = {algorithm_of(language) for language in languages} | {""}
        alike = list(zip(*(forms(text, algorithm) for algorithm in sorted(stemming)), strict=True))
        return {
            form: [other for others in alike if form in others for other in others] for same in alike for form in same
        }

    def _term(self, name: str, term: str, asked: Mapping[Any, Sequence[tuple[str, ...]]]) -> Any:
        """A term that counts as often as the word does in all languages: Whoosh's own weight is for its stem alone."""
        family = {
            other[at]
            for form, alike in asked.items()
            for at, own in enumerate(form)
            if own == term
            for other in alike
            if len(other) == len(form)
        }
        often = self._held.reader.doc_frequency
        every = self._held.reader.doc_count_all()

        def idf(documents: int) -> float:
            return log(max(1, every) / (documents + 1)) + 1

        own = idf(often(name, term))
        return Scaled(query.Term(name, term), idf(sum(often(name, other) for other in family)) / own)

    def _side_by_side(self, name: str, terms: Sequence[str], asked: Mapping[Any, Any]) -> Any:
        if len(terms) == 1:
            return self._term(name, terms[0], asked)
        standing = self._search(query.Phrase(name, list(terms)))
        return query.And([*(self._term(name, term, asked) for term in terms), self._listed(standing)])

    def _near(self, name: str, terms: Sequence[str], slop: int, asked: Mapping[Any, Any]) -> Any:
        """Whoosh's own nearness bounds each pair of neighbours, not the whole stretch."""
        places = [dict(self._held.postings(name, term, "positions")) for term in terms]
        common = set.intersection(*map(set, places))
        width = len(terms) + slop
        standing = [doc for doc in common if _within_stretch([found[doc] for found in places], width)]
        return query.And([*(self._term(name, term, asked) for term in terms), self._listed(standing)])

    def _pattern(self, leaf: Leaf, name: str) -> Any:
        """The words of a pattern counted as if they were one word: Whoosh scores each by itself, or none."""
        held, searcher = self._held, self._held.searcher
        often: Counter[int] = Counter()
        for word in self._expanded(leaf, name):
            often.update({doc: int(weight) for doc, weight in held.postings(name, word, "weight")})
        idf = log(max(1, held.reader.doc_count()) / (len(often) + 1)) + 1
        model, average = searcher.weighting, searcher.avg_field_length(name) or 1
        scores = {
            doc: scoring.bm25(idf, weight, held.reader.doc_field_length(doc, name), average, model.B, model.K1)
            for doc, weight in often.items()
        }
        return Listed(scores, held.offsets)

    def _expanded(self, leaf: Leaf, name: str) -> list[str]:
        test = matches_word(leaf)
        found = [word for word in self._held.lexicon(name) if test(word)]
        if len(found) <= self._expansions:
            return found
        self.cut.add((leaf.text, len(found)))
        frequency = self._held.reader.doc_frequency
        return sorted(found, key=lambda word: (-frequency(name, word), word))[: self._expansions]

    def _best(self, queries: Sequence[Any]) -> Any:
        """Whoosh's DisjunctionMax takes the scores of other documents for a document's."""
        scores: dict[int, float] = {}
        for found in map(self._search, queries):
            scores.update({doc: max(score, scores.get(doc, score)) for doc, score in found.items()})
        return Listed(scores, self._held.offsets)

    def _listed(self, docs: Iterable[int]) -> Listed:
        """Documents that match without a score of their own."""
        return Listed(dict.fromkeys(docs, 0.0), self._held.offsets)


def _as_many(form: tuple[str, ...], asked: Mapping[Any, Sequence[tuple[str, ...]]]) -> Mapping[Any, Any]:
    """A form with what it is in the languages in which the same of its words are one."""
    own = list(map(form.index, form))
    return {form: [other for other in asked[form] if list(map(other.index, other)) == own]}


def _within_stretch(places: Sequence[Iterable[int]], width: int) -> bool:
    """Whether one position of each list can be taken so that all lie in a stretch of `width` positions."""
    latest = dict.fromkeys(range(len(places)), -width)
    for position, term in sorted((position, term) for term, found in enumerate(places) for position in found):
        latest[term] = position
        if position - min(latest.values()) < width:
            return True
    return False


def _value_test(leaf: Leaf) -> Callable[[str], bool]:
    """What a facet value must be to match a word, phrase or pattern typed for its field."""
    if isinstance(leaf, Prefix | Wildcard | Fuzzy):
        matches = matches_word(leaf)
        return lambda value: any(map(matches, words(value)))
    wanted = words(leaf.text)
    return lambda value: (
        bool(wanted)
        and any(carried[at : at + len(wanted)] == wanted for carried in [words(value)] for at in range(len(carried)))
    )
