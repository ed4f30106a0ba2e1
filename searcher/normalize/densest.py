"""The element of a page that holds the article: where most prose stands close together."""

from collections import defaultdict

from bs4 import Tag

from searcher.normalize.blocks import HEADINGS, Block, around

__all__ = ["densest_element", "is_prose"]

PROSE = 80  # characters from which a block is prose whatever it ends in
SHORT_PROSE = 25  # characters from which a block is prose where it ends as a sentence does
SENTENCE_ENDS = tuple('.!?…:;。！？؟۔»”"’)')
MOSTLY_LINKS = 0.5
# Measured on the benchmark sets of body extraction: any DECAY from .4 to .8 gives the same F1; CLIMB from 1.15 to 1.35
# and PURITY from .65 to .95 change it by less than .01 on either set.
DECAY = 0.6  # how much of a block's weight each further element around it gets
CLIMB = 1.2  # how many times the prose an element around the densest one must hold to be taken instead
PURITY = 0.75  # and how much of the share of prose in its text it must keep
# Elements that are one paragraph, not the holder of several.
SINGLE = HEADINGS | {"p", "li", "blockquote", "pre"}


def is_prose(block: Block) -> bool:
    """Whether a block reads as sentences rather than as a label or a list of links."""
    if block.link_share >= MOSTLY_LINKS or block.home.name in HEADINGS:
        return False
    return len(block.text) >= PROSE or (len(block.text) >= SHORT_PROSE and block.text.endswith(SENTENCE_ENDS))


def densest_element(blocks: list[Block]) -> Tag | None:
    """The element with most prose close to it, widened while much prose is gained; None where there is no prose."""
    weights: dict[int, float] = defaultdict(float)
    prose: dict[int, int] = defaultdict(int)
    text: dict[int, int] = defaultdict(int)
    elements: dict[int, Tag] = {}
    for block in blocks:
        length = len(block.text)
        good = length if is_prose(block) else 0
        for distance, element in enumerate(_holders(block)):
            key = id(element)
            elements[key] = element
            text[key] += length
            prose[key] += good
            weights[key] += good * DECAY**distance
    if not any(weights.values()):
        return None
    chosen = elements[max(weights, key=lambda key: weights[key])]
    for element in chosen.parents:
        one, other = id(chosen), id(element)
        gained = prose[other] >= CLIMB * prose[one]
        if other in elements and gained and prose[other] * text[one] >= PURITY * prose[one] * text[other]:
            chosen = element
    return chosen


def _holders(block: Block) -> list[Tag]:
    """The elements that may hold the article a block is part of, innermost first."""
    elements = around(block.home)
    return elements[1:] if block.home.name in SINGLE else elements
