"""Query nodes become the query language of OpenSearch.

What has no score (values, dates, what is refused) scores 0, so that what ties comes by date.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from searcher.analysis import words
from searcher.analysis.lines import BAR
from searcher.choices import EVENT_FIELD, TEXT_FIELDS
from searcher.engines.opensearch.mapping import SPELLED, WORD_SUFFIX
from searcher.engines.readings import Asked, in_any_order, in_order
from searcher.engines.weights import SIDE_BY_SIDE, TITLE_WEIGHT
from searcher.query import fold_value
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

__all__ = ["Clause", "carrying", "dated", "has_text", "query_of"]

Clause = dict[str, Any]

LAST_DAY = date.max.toordinal()
_NONE: Clause = {"match_none": {}}


def has_text(node: Node) -> bool:
    """Whether a word of a text is looked for, which every language has in a form of its own."""
    if isinstance(node, Leaf):
        return isinstance(node, Term | Phrase) and node.field in (None, *TEXT_FIELDS)
    parts = [part for name in ("nodes", "better") for part in getattr(node, name, ())]
    parts += [part for name in ("node", "first") if isinstance(part := getattr(node, name, None), Node)]
    return any(map(has_text, parts))


def query_of(node: Node, algorithms: Sequence[str]) -> Clause:
    """The query for a node, of an archive whose articles are stemmed by these `algorithms`."""
    match node:
        case Everything():
            return _unscored({"match_all": {}})
        case Nothing():
            return _NONE
        case And(nodes):
            return {"bool": {"must": [query_of(child, algorithms) for child in nodes]}}
        case Or(nodes, best):
            found = [query_of(child, algorithms) for child in nodes]
            return {"dis_max": {"queries": found}} if best and found else _either(found)
        case Not(inner):
            return {"bool": {"must_not": [query_of(inner, algorithms)]}}
        case Boost(inner, factor):
            return {"bool": {"must": [query_of(inner, algorithms)], "boost": factor}}
        case Prefer(inner, first, better):
            ahead = {"constant_score": {"filter": query_of(first, algorithms), "boost": SIDE_BY_SIDE}}
            more = [query_of(other, algorithms) for other in better]
            return {"bool": {"must": [query_of(inner, algorithms)], "should": [ahead, *more]}}
        case DateRange(first_day, last_day, field):
            return _unscored(_told(first_day, last_day) if field == EVENT_FIELD else dated(first_day, last_day))
        case Leaf():
            return _leaf(node, algorithms)
        case _:
            raise TypeError(f"no query for {type(node).__name__}")


def carrying(field: str, values: Sequence[str]) -> Clause:
    """Articles that carry one of some values, case and diacritics aside."""
    return _either([{"prefix": {f"{field}_key": f"{fold_value(value)}{SPELLED}"}} for value in values])


def dated(first: date | None, last: date | None) -> Clause:
    """Articles whose first possible day lies between two days, both included; None is open."""
    bounds = {"gte": first.isoformat() if first else None, "lte": last.isoformat() if last else None}
    given = {name: day for name, day in bounds.items() if day}
    return {"range": {"day": given}} if given else {"exists": {"field": "day"}}


def _told(first: date | None, last: date | None) -> Clause:
    bounds = {"gte": first.toordinal() if first else 1, "lte": last.toordinal() if last else LAST_DAY}
    return {"range": {"event_span": {**bounds, "relation": "within"}}} if bounds["gte"] <= bounds["lte"] else _NONE


def _leaf(leaf: Leaf, algorithms: Sequence[str]) -> Clause:
    if isinstance(leaf, Value):
        return _unscored(carrying(str(leaf.field), (leaf.text,)))
    if leaf.field not in (None, *TEXT_FIELDS):
        return _unscored(_in_values(leaf))
    asked = [(name, TITLE_WEIGHT if name == "title" else 1.0) for name in TEXT_FIELDS if leaf.field in (None, name)]
    match leaf:
        case Term(text, exact=True):
            return _either([_term(name + WORD_SUFFIX, text, weight) for name, weight in asked])
        case Term(text) | Phrase(text, slop=0):
            sequences = in_order(text, algorithms)
            return _either([_side_by_side(name, terms, weight) for terms in sequences for name, weight in asked])
        case Phrase(text, slop=slop):
            sets = in_any_order(text, algorithms)
            return _either([_near(name, terms, weight, slop) for terms in sets for name, weight in asked])
        case _:
            return _either([_pattern(leaf, name + WORD_SUFFIX, weight) for name, weight in asked])


def _in_values(leaf: Leaf) -> Clause:
    """What has a value with these words side by side, or with a word of the pattern."""
    field = f"{leaf.field}_words"
    if isinstance(leaf, Prefix | Wildcard | Fuzzy):
        return _pattern(leaf, field, 1.0)
    typed = words(leaf.text)
    return _side_by_side(field, [(word,) for word in typed], 1.0) if typed else _NONE


def _side_by_side(field: str, terms: Sequence[Asked], weight: float) -> Clause:
    """One word is asked for as such: of several terms at its place Lucene makes one, as often as they are together."""
    line = " ".join(BAR.join(asked) for asked in terms)
    if len(terms) == 1:
        return {"match": {field: {"query": line, "boost": weight}}} if BAR in line else _term(field, line, weight)
    return {"match_phrase": {field: {"query": line, "boost": weight}}}


def _near(field: str, terms: Sequence[Asked], weight: float, slop: int) -> Clause:
    """In any order, in a stretch that holds at most `slop` other words: Lucene's unordered spans are just that."""
    if len(terms) == 1:
        return _side_by_side(field, terms, weight)
    spans = [_span(field, asked) for asked in terms]
    return {"span_near": {"clauses": spans, "slop": slop, "in_order": False, "boost": weight}}


def _span(field: str, asked: Asked) -> Clause:
    found = [{"span_term": {field: term}} for term in asked]
    return found[0] if len(found) == 1 else {"span_or": {"clauses": found}}


def _pattern(leaf: Leaf, field: str, weight: float) -> Clause:
    match leaf:
        case Prefix(text):
            return {"prefix": {field: {"value": text, "boost": weight}}}
        case Wildcard(text):
            return {"wildcard": {field: {"value": text, "boost": weight}}}
        case Fuzzy(text, distance=distance):
            return {
                "fuzzy": {
                    field: {
                        "value": text, "fuzziness": distance, "prefix_length": 1, "transpositions": True,
                        "rewrite": "constant_score", "boost": weight,
                    }
                }
            }  # fmt: skip
        case _:
            raise TypeError(f"no query for {type(leaf).__name__}")


def _term(field: str, term: str, weight: float) -> Clause:
    return {"term": {field: {"value": term, "boost": weight}}}


def _unscored(clause: Clause) -> Clause:
    return {"constant_score": {"filter": clause, "boost": 0.0}}


def _either(parts: Sequence[Clause]) -> Clause:
    if not parts:
        return _NONE
    return parts[0] if len(parts) == 1 else {"bool": {"should": list(parts), "minimum_should_match": 1}}
