"""Where a text matches a query: marks with offsets, and the stretch of the body that shows most of them."""

from searcher.query.marks import Mark, find_marks
from searcher.query.nodes import Node, positive_leaves
from searcher.query.snippets import Snippet, snippet_of

__all__ = ["Highlighter", "Mark", "Snippet"]


class Highlighter:
    """Marks for one query, for as many texts as wanted."""

    def __init__(self, node: Node) -> None:
        self._leaves = tuple(dict.fromkeys(positive_leaves(node)))

    def marks(self, text: str, field: str = "body") -> tuple[Mark, ...]:
        """What matched in a text that is the title or the body; a phrase is one mark, so are words side by side."""
        leaves = [(number, leaf) for number, leaf in enumerate(self._leaves) if leaf.field in (None, field)]
        return find_marks(leaves, text) if leaves and text else ()

    def snippet(self, body: str) -> Snippet:
        """The stretch with most of the query in it, on one line; the beginning where nothing matches."""
        return snippet_of(body, self.marks(body))
