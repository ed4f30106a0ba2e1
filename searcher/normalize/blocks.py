"""The text of a page as blocks: what stands between two block-level boundaries, with how much of it is links."""

from dataclasses import dataclass
from itertools import islice

from bs4 import BeautifulSoup, Tag
from bs4.element import CData, NavigableString

__all__ = ["HEADINGS", "Block", "around", "blocks_of"]

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = """
address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form header hr html
li main nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
BLOCK_TAGS = HEADINGS | frozenset(_BLOCKS.split())
BREAKS = frozenset(("br", "hr"))


# Elements looked at around a text. The deepest of 376 real pages has 51 levels; a page made to be much deeper
# would otherwise cost the square of its size.
DEEPEST = 200


@dataclass(slots=True)
class Block:
    """One run of text; `home` is the block-level element it stands in, `linked` the characters of it inside links."""

    home: Tag
    text: str
    linked: int

    @property
    def link_share(self) -> float:
        """How much of the text is links, 0 to 1."""
        return min(1.0, self.linked / max(1, len(self.text)))


def blocks_of(tree: BeautifulSoup) -> list[Block]:
    """The blocks of a tree in reading order, white space collapsed, none of them empty."""
    blocks: list[Block] = []
    parts: list[str] = []
    home: Tag | None = None
    linked = 0

    def close() -> None:
        nonlocal linked
        text = " ".join("".join(parts).split())
        if text and home is not None:
            blocks.append(Block(home, text, linked))
        parts.clear()
        linked = 0

    for node in tree.descendants:
        if isinstance(node, Tag):
            if node.name in BLOCK_TAGS or node.name in BREAKS:
                close()
        elif type(node) is NavigableString or type(node) is CData:
            parent, in_link = _home(node)
            if parent is not home:
                close()
                home = parent
            parts.append(node)
            linked += len(node.strip()) if in_link else 0
    close()
    return blocks


def _home(node: NavigableString) -> tuple[Tag | None, bool]:
    """The nearest block-level element around a text, and whether the text is inside a link."""
    elements = around(node.parent) if node.parent is not None else []
    in_link = any(element.name == "a" for element in elements)
    return next((element for element in elements if element.name in BLOCK_TAGS), None), in_link


def around(element: Tag) -> list[Tag]:
    """The element and those around it, innermost first."""
    return [element, *islice(element.parents, DEEPEST)]
