"""Nodes put together: what the parser builds with."""

from collections.abc import Callable

from searcher.query.nodes import And, Boost, Fuzzy, Node, Not, Or, Phrase, Prefix, Term, Wildcard

__all__ = ["MAX_BOOST", "all_of", "any_of", "boosted", "in_field"]

# Beyond this the other words of a query no longer count at all.
MAX_BOOST = 100.0


def all_of(nodes: list[Node]) -> Node | None:
    """All of the nodes, flat; None where there are none."""
    flat = [inner for node in nodes for inner in (node.nodes if isinstance(node, And) else (node,))]
    return And(tuple(flat)) if len(flat) > 1 else (flat[0] if flat else None)


def any_of(nodes: list[Node]) -> Node | None:
    """At least one of the nodes, flat; None where there are none."""
    flat = [inner for node in nodes for inner in (node.nodes if isinstance(node, Or) else (node,))]
    return Or(tuple(flat)) if len(flat) > 1 else (flat[0] if flat else None)


def boosted(node: Node | None, factor: float) -> Node | None:
    """The node with its score multiplied by `factor`, at most MAX_BOOST."""
    if node is None or factor == 1.0:
        return node
    return Boost(node, min(factor, MAX_BOOST))


def in_field(node: Node, name: str) -> Node:
    """The node with every word that has no field of its own looked for in `name`."""
    again: Callable[[Node], Node] = lambda child: in_field(child, name)  # noqa: E731 - used thrice below
    match node:
        case Term(text, None, exact):
            return Term(text, name, exact)
        case Phrase(text, None, slop, exact):
            return Phrase(text, name, slop, exact)
        case Prefix(text, None):
            return Prefix(text, name)
        case Wildcard(text, None):
            return Wildcard(text, name)
        case Fuzzy(text, None, distance):
            return Fuzzy(text, name, distance)
        case And(nodes):
            return And(tuple(map(again, nodes)))
        case Or(nodes):
            return Or(tuple(map(again, nodes)))
        case Not(inner):
            return Not(again(inner))
        case Boost(inner, factor):
            return Boost(again(inner), factor)
        case _:
            return node
