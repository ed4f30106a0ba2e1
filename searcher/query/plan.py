"""From what a caller asks to what an engine is asked: the one place where options become a request."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict, cast

from searcher.choices import DEFAULT_FACETS, EVERY_COPY, MATCHES, NAME_FIELDS, VALUE_FIELDS
from searcher.languages import language_code
from searcher.query.adjacent import prefer_adjacent
from searcher.query.deadline import NEVER, Deadline
from searcher.query.lexer import clean
from searcher.query.names import Spell, expand_names
from searcher.query.nodes import And, Node, Or, Prefer, describe, positive_leaves
from searcher.query.parser import MAX_CHARACTERS, ParsedQuery, parse
from searcher.query.request import Order, SearchRequest, chosen, comparable, day_after, day_before

__all__ = ["Names", "Plan", "SearchOptions", "alone", "make_plan"]

# A query without its quotation marks.
LONGEST_PHRASE = MAX_CHARACTERS - 2

Values = str | Sequence[str]


class SearchOptions(TypedDict, total=False):
    """What can be asked of a search besides its words: the same names in Python, on the command line and in a URL.

    A facet field takes one value or several: of several, one must be there. `location` and `actor` are what an article
    is about, `mention` is any place or actor that it names. `after` and `before` take a year, a month or a day and
    include it. `copies` says which of the articles that tell one story are wanted: "all", the "first", or the first of
    each source ("per-source"). `phrase` looks for all the words as one phrase; `exact` keeps other spellings of names
    away; `explain` counts each part of the query alone. After `time_limit` seconds, 2 by default, 0 for no limit, what
    was found by then is the answer.
    """

    location: Values
    actor: Values
    mention: Values
    source: Values
    author: Values
    language: Values
    not_location: Values
    not_actor: Values
    not_mention: Values
    not_source: Values
    not_author: Values
    not_language: Values
    after: str | date | None
    before: str | date | None
    sort: str
    limit: int
    offset: int
    match: str
    facets: Sequence[str]
    facet_size: int
    copies: str
    phrase: bool
    exact: bool
    explain: bool
    time_limit: float | None


@dataclass(frozen=True, slots=True)
class Names:
    """What is known about names: their other spellings, and the name under which a spelling is counted in facets."""

    spell: Spell = lambda _name: ()
    canonical: Callable[[str], str] = lambda name: name


@dataclass(frozen=True, slots=True)
class Plan:
    """A request, how its query was read, and the clauses that `explain` counts."""

    request: SearchRequest
    notes: tuple[str, ...] = ()
    clauses: tuple[tuple[str, Node], ...] = ()
    read_as: str = ""

    @property
    def loosens(self) -> bool:
        """Whether the query has several words of which some could match where not all do."""
        return len(list(positive_leaves(self.request.node))) > 1


def make_plan(query: str, options: SearchOptions, names: Names, deadline: Deadline = NEVER) -> Plan:
    """The request for a query and its options, to be answered by the deadline.

    Raises:
        UsageError: an option that cannot be meant (an unknown sort, a date that is none, ...).
    """
    for name in options:
        chosen("option", name, tuple(SearchOptions.__annotations__))
    parsed = _parsed(query, options)
    node, notes = _meant(parsed, options, names, deadline)
    request = SearchRequest(
        node=node,
        query=query,
        include=_values(options, "", names),
        exclude=_values(options, "not_", names),
        after=day_after(options.get("after")),
        before=day_before(options.get("before")),
        order=Order(
            sort=options.get("sort", "relevance"), limit=options.get("limit", 10), offset=options.get("offset", 0)
        ),
        facets=tuple(dict.fromkeys(_several(options.get("facets", DEFAULT_FACETS)))),
        facet_size=options.get("facet_size", 10),
        copies=options.get("copies", EVERY_COPY),
        deadline=deadline,
    )
    clauses = _clauses(node) if options.get("explain") else ()
    return Plan(request, notes, clauses, describe(parsed.node))


def alone(request: SearchRequest, node: Node) -> SearchRequest:
    """The request for the number of articles that match `node` within the same filters."""
    return replace(request, node=node, order=Order(limit=0), facets=())


def _parsed(query: str, options: SearchOptions) -> ParsedQuery:
    match = chosen("match", options.get("match", "all"), MATCHES)
    text = clean(query[:MAX_CHARACTERS]).replace('"', " ").strip() if options.get("phrase") else ""
    if not text:
        return parse(query, match=match)
    # All the words are one phrase, whatever operators and quotation marks stand between them.
    parsed = parse(f'"{text[:LONGEST_PHRASE]}"')
    if max(len(text), len(query) - 2) <= LONGEST_PHRASE:
        return parsed
    return replace(parsed, notes=(f"a phrase has at most {LONGEST_PHRASE} characters: the rest was left out",))


def _meant(
    parsed: ParsedQuery, options: SearchOptions, names: Names, deadline: Deadline
) -> tuple[Node, tuple[str, ...]]:
    """The node with what ranks first and with other spellings, and all notes; a phrase that was asked for is exact."""
    if options.get("phrase"):
        return parsed.node, parsed.notes
    node = prefer_adjacent(parsed.node, match=options.get("match", "all"))
    if options.get("exact"):
        return node, parsed.notes
    node, spelled = expand_names(node, lambda name: () if deadline.over() else names.spell(name))
    return node, parsed.notes + spelled


def _several(given: Values) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _values(options: SearchOptions, prefix: str, names: Names) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in VALUE_FIELDS:
        asked = _several(cast("Values", options.get(prefix + name) or ()))
        comparable(name, asked)
        if name in NAME_FIELDS:
            asked += tuple(names.canonical(value) for value in asked)
        if name == "language":
            asked = tuple(language_code(value) or value for value in asked)
        if asked:
            found[name] = tuple(dict.fromkeys(asked))
    return found


def _clauses(node: Node) -> tuple[tuple[str, Node], ...]:
    """The parts of a query, each under the words that were typed for it."""
    whole = node.node if isinstance(node, Prefer) else node
    parts = whole.nodes if isinstance(whole, And) else (whole,)
    return tuple((describe(_typed(part)), part) for part in parts)


def _typed(node: Node) -> Node:
    """A name without its other spellings."""
    if isinstance(node, Or) and node.best:
        return _typed(node.nodes[0])
    return node.node if isinstance(node, Prefer) else node
