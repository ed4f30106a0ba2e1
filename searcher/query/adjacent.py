"""Words typed side by side rank first where they stand side by side.

The shell eats quotation marks: `search "Kalibr Abu Kamal"` arrives as three words. All of them must match; articles
with the whole run side by side come first, and every pair that stands together adds to the score.
"""

from itertools import pairwise

from searcher.query.nodes import And, Node, Or, Phrase, Prefer, Term

__all__ = ["prefer_adjacent"]


def prefer_adjacent(node: Node, *, match: str = "all") -> Node:
    """`node` with a preference for its runs of plain words; alternatives count only where `match` made them."""
    if isinstance(node, And):
        nodes = tuple(prefer_adjacent(child, match=match) if isinstance(child, Or) else child for child in node.nodes)
        return _preferring(And(nodes), nodes)
    if isinstance(node, Or) and match == "any":
        return _preferring(node, node.nodes)
    return node


def _preferring(node: Node, nodes: tuple[Node, ...]) -> Node:
    runs = [run for run in _runs(nodes) if len(run) > 1]
    if not runs:
        return node
    whole = tuple(Phrase(" ".join(run)) for run in runs)
    pairs = tuple(Phrase(f"{a} {b}") for run in runs if len(run) > 2 for a, b in pairwise(run))
    return Prefer(node, whole[0] if len(whole) == 1 else And(whole), pairs)


def _runs(nodes: tuple[Node, ...]) -> list[list[str]]:
    runs: list[list[str]] = [[]]
    for node in nodes:
        if isinstance(node, Term) and node.field is None and not node.exact:
            runs[-1].append(node.text)
        elif runs[-1]:
            runs.append([])
    return runs
