"""The body of a page by trafilatura, after everything that is named as furniture is taken out.

tree -> programs out, captions apart, furniture out -> trafilatura's own rules -> lines -> captions and labels out
     -> where that leaves hardly any text: the whole page once more, through all that trafilatura knows to try

Body F1 on article-extraction-benchmark and fundus, with the share of pages whose body is not found: as here .974
(.000) and .960 (.000); trafilatura on the page as it is .961 (.011) and .953 (.000), its fast rules alone .963 (.006)
and .947 (.010); the densest element by rules of our own, which was here before, .961 (.011) and .954 (.000). Without
remove_leftovers it is .972 and .959, without remove_furniture .970 and .961, without all that is done to the tree .967
and .952. The rules were found on pages of these sets, so elsewhere expect less.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml.html import HtmlElement

from searcher.normalize.furniture import figures_apart, is_caption, remove_furniture, remove_programs
from searcher.normalize.labels import is_label
from searcher.normalize.prose import mark_paragraphs, prose_of, remove_labelled, remove_leftovers, tables_apart
from searcher.normalize.text import one_line
from searcher.normalize.tree import text_in

__all__ = ["Body", "body_of"]

# Characters below which the page is read again as a whole, which takes three times as long. 300 gives the F1 above,
# never .967 and .953, 600 .973 and .960, 1,000 .971 and .959.
LITTLE = 300
FULLEST = 10_000  # elements of a page that is read again; twice that many take 16 s
LIST_MARK = "- "  # what trafilatura writes before the items of a list


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of an article in order, and the captions of its pictures."""

    paragraphs: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()


def body_of(tree: HtmlElement, size: int, again: Callable[[], HtmlElement | None]) -> Body:
    """The article's paragraphs and captions; no paragraphs where the page has no text. The tree is used up.

    `size` is the number of its elements; `again` gives the page anew, for the rare case that too little was left.
    """
    prose = _prepared(tree)
    headlines = {text_in(heading) for heading in tree.iter("h1")}
    remove_furniture(tree, prose)
    remove_labelled(tree, prose)
    captions = figures_apart(tree)
    remove_leftovers(tree, prose)
    lines = _lines(tree, fast=True)
    if size <= FULLEST and sum(map(len, lines)) < LITTLE and (whole := again()) is not None:
        _prepared(whole)
        figures_apart(whole)
        more = _lines(whole, fast=False)
        lines = more if sum(map(len, more)) > sum(map(len, lines)) else lines
    if lines and lines[0] in headlines:  # the headline is the title, whatever the title was taken from
        lines = lines[1:]
    credited = dict.fromkeys(line for line in lines if is_caption(line))
    return Body(tuple(line for line in lines if line not in credited), captions + tuple(credited))


def _prepared(tree: HtmlElement) -> dict[HtmlElement, int]:
    """How much prose there is in each element, once what nobody reads is out and the text is in paragraphs."""
    remove_programs(tree)
    mark_paragraphs(tree)
    prose = prose_of(tree)
    tables_apart(tree, prose)
    return prose


def _lines(tree: HtmlElement, *, fast: bool) -> list[str]:
    """The lines of the text that trafilatura finds, without those that only name a box."""
    found = _extraction()(tree, fast=fast, include_comments=False)
    lines = (one_line(line.strip().removeprefix(LIST_MARK)) for line in (found.text if found else "").split("\n"))
    return [line for line in lines if line and not is_label(line)]


@lru_cache(maxsize=1)
def _extraction() -> Callable[..., Any]:
    """Trafilatura's function, imported where the first page is read; what it logs stays in its log."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    return bare_extraction
