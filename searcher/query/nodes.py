"""What a query means: frozen values, the same for every engine.

    Term        a word, as typed                     kalibr, "S-300", =missiles
    Phrase      words side by side, or near          "abu kamal", "abu kamal"~5
    Prefix      words that begin so                  mis*
    Wildcard    words of that pattern                wil?card
    Fuzzy       words a few letters away             kalibr~
    Value       articles with that facet value       the resolved form of --location Syria
    DateRange   articles of those days               date:2017-10, event:2017-10
    And Or Not Boost Prefer Everything Nothing

Leaves hold text as typed; engines turn it into terms with `searcher.analysis`. `field` None means title or body, each
by itself: a phrase does not run from one into the other. A word or phrase in a field of values means those whose words,
unstemmed, have its words side by side; a pattern means those with a word of that pattern. Membership is defined here,
scores are the engine's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from searcher.choices import DATE_FIELD

__all__ = [
    "And",
    "Boost",
    "DateRange",
    "Everything",
    "Fuzzy",
    "Leaf",
    "Node",
    "Not",
    "Nothing",
    "Or",
    "Phrase",
    "Prefer",
    "Prefix",
    "Term",
    "Value",
    "Wildcard",
    "children",
    "describe",
    "positive_leaves",
]


@dataclass(frozen=True, slots=True)
class Node:
    """A query or a part of one. Nodes are equal when they are of one class and say the same.

    A class without fields of its own inherits all it needs and is no dataclass again: making one takes 0.4 ms.
    """


@dataclass(frozen=True, slots=True)
class Leaf(Node):
    """A part with text of its own; `field` is one of TEXT_FIELDS or VALUE_FIELDS in `searcher.choices`, or None."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Term(Leaf):
    """A word. With `exact`, `text` is one folded word and only that word matches: no stem, no other spellings."""

    exact: bool = False


@dataclass(frozen=True, slots=True)
class Phrase(Leaf):
    """Words side by side in order; with `slop` n, in any order in a stretch with at most n other words.

    `exact` keeps other spellings of a name away.
    """

    slop: int = 0
    exact: bool = False


class Prefix(Leaf):
    """Words, unstemmed, that begin with the text."""

    __slots__ = ()


class Wildcard(Leaf):
    """Words, unstemmed, of the pattern: `*` any letters, `?` one letter."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Fuzzy(Leaf):
    """Words, unstemmed, with the same first letter and at most `distance` letters changed, added, dropped or swapped
    with their neighbour (Damerau's optimal string alignment).
    """

    distance: int = 1


class Value(Leaf):
    """Articles that carry the facet value `text`, case and diacritics aside, in `field`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class DateRange(Node):
    """Articles whose date's first possible day lies between `first` and `last`, both included; None is open.

    With `field` event: articles that tell of a day, month or year of which no day lies outside these bounds.
    """

    first: date | None
    last: date | None
    field: str = DATE_FIELD


@dataclass(frozen=True, slots=True)
class And(Node):
    """All of the nodes."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """At least one of the nodes; their scores are added, or the `best` one counts where they say the same thing."""

    nodes: tuple[Node, ...]
    best: bool = False


@dataclass(frozen=True, slots=True)
class Not(Node):
    """Everything the node does not match."""

    node: Node


@dataclass(frozen=True, slots=True)
class Boost(Node):
    """The node, its score multiplied by `factor`."""

    node: Node
    factor: float


@dataclass(frozen=True, slots=True)
class Prefer(Node):
    """What `node` matches; those that also match `first` come before all others, `better` adds to the score."""

    node: Node
    first: Node
    better: tuple[Node, ...] = ()


class Everything(Node):
    """Every article."""

    __slots__ = ()


class Nothing(Node):
    """No article."""

    __slots__ = ()


def children(node: Node) -> tuple[Node, ...]:
    """The nodes that decide what `node` matches."""
    if isinstance(node, And | Or):
        return node.nodes
    if isinstance(node, Not | Boost | Prefer):
        return (node.node,)
    return ()


def positive_leaves(node: Node) -> Iterator[Leaf]:
    """The leaves that make an article match, in order: all but those under an odd number of Nots."""
    return _leaves(node, wanted=True)


def _leaves(node: Node, *, wanted: bool) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        if wanted:
            yield node
    elif isinstance(node, Not):
        yield from _leaves(node.node, wanted=not wanted)
    else:
        for child in children(node):
            yield from _leaves(child, wanted=wanted)


def describe(node: Node) -> str:
    """The query as it was read, in the query language: what `--explain` and the page show."""
    return _describe(node, top=True)


def _describe(node: Node, *, top: bool = False) -> str:
    match node:
        case And(nodes) | Or(nodes):
            glue = " AND " if isinstance(node, And) else " OR "
            inner = glue.join(_describe(child) for child in nodes)
            return inner if top else f"({inner})"
        case Not(inner_node):
            return "NOT " + _describe(inner_node)
        case Boost(Not() as inner_node, factor):
            return f"({_describe(inner_node)})^{_plain(factor)}"
        case Boost(inner_node, factor):
            return f"{_describe(inner_node)}^{_plain(factor)}"
        case Prefer(inner_node):
            return _describe(inner_node, top=top)
        case DateRange(first, last, field):
            return f"{field}:{first or ''}..{last or ''}"
        case Leaf():
            return (f"{node.field}:" if node.field else "") + _leaf(node)
        case Everything():
            return "*"
        case _:
            return "(nothing)"


def _plain(factor: float) -> str:
    """A number as it is typed: no exponent, no idle zeros."""
    return f"{factor:.6f}".rstrip("0").rstrip(".")


def _leaf(node: Leaf) -> str:
    match node:
        case Phrase(text, slop=slop, exact=exact):
            return ("=" if exact else "") + f'"{text}"' + (f"~{slop}" if slop else "")
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text, distance=distance):
            return f"{text}~{distance}"
        case Value(text):
            return f'"{text}"'
        case Term(text, exact=True):
            return f"={text}"
        case _:
            return node.text
