"""The body of a page: the densest run of paragraphs, after everything named as furniture is left out.

tree -> captions apart -> blocks of text -> furniture, boxes and teasers out -> the element that holds the article
"""

from collections import defaultdict
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from searcher.normalize.blocks import Block, around, blocks_of
from searcher.normalize.densest import MOSTLY_LINKS, densest_element, is_prose
from searcher.normalize.furniture import SURE, figures_apart, furniture_signs, is_caption, remove_programs
from searcher.normalize.labels import without_labelled
from searcher.normalize.teasers import without_teasers

__all__ = ["Body", "body_of"]

# Share of the page's prose above which an element is the article or holds it, whatever it is called.
# Body F1 on article-extraction-benchmark and fundus: .35 gives .947 and .956, .5 .955 and .959, .65 .958 and .955.
MOST = 0.5


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of an article in order, and the captions of its pictures."""

    paragraphs: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()


def body_of(tree: BeautifulSoup) -> Body:
    """The article's paragraphs and captions; no paragraphs where the page has no prose. The tree is used up."""
    remove_programs(tree)
    captions = figures_apart(tree)
    blocks = without_teasers(without_labelled(_without_furniture(blocks_of(tree))))
    holder = densest_element(blocks)
    if holder is None:
        return Body((), captions)
    inside = [block for block in blocks if any(element is holder for element in around(block.home))]
    texts = _texts(inside)
    credited = [text for text in texts if is_caption(text)]
    return Body(tuple(text for text in texts if text not in credited), captions + tuple(credited))


def _without_furniture(blocks: list[Block]) -> list[Block]:
    """The blocks that stand in nothing that is named as furniture."""
    prose: dict[int, int] = defaultdict(int)
    for block in blocks:
        for element in around(block.home):
            prose[id(element)] += len(block.text) if is_prose(block) else 0
    whole = max(1, *prose.values()) if prose else 1
    furniture: dict[int, bool] = {}
    for block in blocks:
        inside = False
        for element in reversed(around(block.home)):
            key = id(element)
            if key not in furniture:
                furniture[key] = inside or _is_furniture(element, prose[key] / whole)
            inside = furniture[key]
    return [block for block in blocks if not furniture[id(block.home)]]


def _is_furniture(element: Tag, share: float) -> bool:
    """Whether an element that holds this share of the page's prose is furniture."""
    signs = furniture_signs(element)
    return bool(signs) and (share <= MOST or bool(signs & SURE))


def _texts(blocks: list[Block]) -> list[str]:
    """The texts of the article's element that belong to it: prose, and headings and list items between prose."""
    good = [number for number, block in enumerate(blocks) if is_prose(block)]
    if not good:
        return []
    between = blocks[good[0] : good[-1] + 1]
    return [block.text for block in between if block.link_share < MOSTLY_LINKS and block.home.name != "h1"]
