"""Teasers: lists of other stories, each a linked headline with a sentence or two, that no class name gives away.

They are known by their repetition: several neighbours of one kind, each beginning with a link and short.
"""

from collections import defaultdict

from bs4 import Tag

from searcher.normalize.blocks import Block, around

__all__ = ["without_teasers"]

FEWEST = 3  # neighbours of one kind; two linked boxes may be two sources of the article
LONGEST = 600  # characters of one teaser with its headline
HEADLINE = 20  # characters of a linked headline; shorter links are buttons and labels
MOSTLY_LINK = 0.8
ROW_TAGS = frozenset(("li", "div", "article", "section", "td", "tr", "dd"))

Kind = tuple[int, str, str]


def without_teasers(blocks: list[Block]) -> list[Block]:
    """The blocks that are in no list of teasers."""
    lengths: dict[int, int] = defaultdict(int)
    first: dict[int, Block] = {}
    for block in blocks:
        for element in around(block.home):
            lengths[id(element)] += len(block.text)
            first.setdefault(id(element), block)
    kinds: dict[Kind, set[int]] = defaultdict(set)
    for block in blocks:
        if block.link_share >= MOSTLY_LINK and len(block.text) >= HEADLINE:
            for element in _rows(block, lengths):
                if first[id(element)] is block:
                    kinds[_kind(element)].add(id(element))
    teasers = {key for members in kinds.values() if len(members) >= FEWEST for key in members}
    return [block for block in blocks if not any(id(element) in teasers for element in around(block.home))]


def _rows(block: Block, lengths: dict[int, int]) -> list[Tag]:
    """The elements around a headline that may be one teaser."""
    return [element for element in around(block.home) if element.name in ROW_TAGS and lengths[id(element)] <= LONGEST]


def _kind(element: Tag) -> Kind:
    """What neighbours of one kind have in common: the element around them, their tag and class."""
    return id(element.parent), element.name, " ".join(element.get("class") or ())
