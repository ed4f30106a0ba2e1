"""Nodes put together: what the parser builds with."""

from dataclasses import replace

from searcher.choices import VALUE_FIELDS
from searcher.query.nodes import And, Boost, DateRange, Leaf, Node, Not, Nothing, Or, children

__all__ = ["MAX_BOOST", "all_of", "any_of", "boosted", "in_field", "narrows", "negated"]

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
    """The node with its score multiplied by `factor`, at most MAX_BOOST in all."""
    if isinstance(node, Boost):
        return boosted(node.node, node.factor * factor)
    if node is None or factor == 1.0:
        return node
    return Boost(node, min(factor, MAX_BOOST))


def negated(node: Node) -> Node:
    """Everything the node does not match; twice is not at all."""
    return node.node if isinstance(node, Not) else Not(node)


def narrows(node: Node) -> bool:
    """Whether the node says where to look rather than what for: with match="any" too, all such parts hold."""
    if isinstance(node, And | Or | Boost):
        return all(map(narrows, children(node)))
    return isinstance(node, Not | DateRange | Nothing) or (isinstance(node, Leaf) and node.field in VALUE_FIELDS)


def in_field(node: Node, name: str) -> Node:
    """The node with every word that has no field of its own looked for in `name`."""
    match node:
        case Leaf(field=None):
            return replace(node, field=name)
        case And(nodes):
            return And(tuple(in_field(child, name) for child in nodes))
        case Or(nodes):
            return Or(tuple(in_field(child, name) for child in nodes))
        case Not(inner):
            return Not(in_field(inner, name))
        case Boost(inner, factor):
            return Boost(in_field(inner, name), factor)
        case _:
            return node
