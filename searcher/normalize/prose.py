"""How much prose each element of a page holds, and what follows from it: where the article is, and what is beside it.

Prose is text of some length that is no link. The article is the element with most prose close to it; what stands
outside of that and holds no prose at all (a weather line, a poll, "All times local.") is beside it, and so is a box
that its heading gives away.
"""

from collections import defaultdict
from collections.abc import Mapping

from lxml.html import Element, HtmlElement

from searcher.normalize.labels import is_label
from searcher.normalize.tree import elements, take_out, text_in

__all__ = ["mark_paragraphs", "prose_of", "remove_labelled", "remove_leftovers", "tables_apart"]

PROSE = 80  # characters from which a text is prose
PARAGRAPHS = frozenset(("p", "li", "blockquote", "td", "pre", "dd"))
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# How much of the prose of an element counts for the one around it; any value from .4 to .8 gives the same F1.
DECAY = 0.6
MOST = 0.5  # share of the page's prose above which what stands around a label is the article itself
CELL = 200  # characters of prose in a cell that show that a table is there for the layout


def prose_of(tree: HtmlElement) -> dict[HtmlElement, int]:
    """The characters of prose in each element, counted from the leaves up; what is a link is none."""
    prose: dict[HtmlElement, int] = defaultdict(int)
    for element in reversed(elements(tree)):
        if element.tag == "a":
            prose[element] = 0
        elif element.tag in PARAGRAPHS:
            prose[element] = max(prose[element], _unlinked(element))
        else:
            texts = ((text or "").strip() for text in (element.text, *(child.tail for child in element)))
            prose[element] += sum(len(text) for text in texts if len(text) >= PROSE)
        if (around := element.getparent()) is not None:
            prose[around] += prose[element]
    return prose


def tables_apart(tree: HtmlElement, prose: Mapping[HtmlElement, int]) -> None:
    """Make plain boxes of the tables that lay a page out, so that they are not read as tables of data."""
    for table in list(tree.iter("table")):
        cells = list(table.iter("td"))
        if any(prose[cell] >= CELL for cell in cells) or next(table.iter("h1"), None) is not None:
            for part in table.iter("table", "tbody", "tr", "td", "th"):
                part.tag = "div"


def mark_paragraphs(tree: HtmlElement) -> None:
    """Put the text that stands bare beside paragraphs into paragraphs, as browsers show it: one<p>two<p>three."""
    for around in dict.fromkeys(paragraph.getparent() for paragraph in tree.iter("p")):
        if around is None or around.tag == "p":
            continue
        if len((around.text or "").strip()) >= PROSE:
            around.insert(0, _paragraph(around.text))
            around.text = None
        for child in list(around):
            if child.tag in ("p", "br") and len((child.tail or "").strip()) >= PROSE:
                text, child.tail = child.tail, None
                child.addnext(_paragraph(text))


def _paragraph(text: str | None) -> HtmlElement:
    made = Element("p")
    made.text = text
    return made


def remove_labelled(tree: HtmlElement, prose: Mapping[HtmlElement, int]) -> None:
    """Take out the boxes whose first words are a heading such as "Comments" or "Most read"."""
    for heading in list(tree.iter(*HEADINGS)):
        box = heading.getparent()
        if box is None or not is_label(text_in(heading)) or prose[box] > MOST * prose[tree]:
            continue
        if not (box.text or "").strip() and heading.getprevious() is None and box.tag != "body":
            take_out(box)


def remove_leftovers(tree: HtmlElement, prose: Mapping[HtmlElement, int]) -> None:
    """Take out what stands beside the element that holds the article and has no prose in it."""
    holder = _densest(tree, prose)
    while holder is not None and holder.getparent() is not None:
        for neighbour in [*holder.itersiblings(), *holder.itersiblings(preceding=True)]:
            if isinstance(neighbour.tag, str) and not prose[neighbour] and neighbour.tag != "head":
                take_out(neighbour)
        holder = holder.getparent()


def _densest(tree: HtmlElement, prose: Mapping[HtmlElement, int]) -> HtmlElement | None:
    """The element with most prose close to it; None where there is no prose."""
    weights: dict[HtmlElement, float] = defaultdict(float)
    best, chosen = 0.0, None
    for element in reversed(elements(tree)):
        inner = sum(prose[child] for child in element)
        weights[element] += prose[element] - inner if prose[element] > inner else 0
        if element.tag not in ("p", "li", "blockquote", "pre") and weights[element] > best:
            best, chosen = weights[element], element
        if (around := element.getparent()) is not None:
            weights[around] += DECAY * weights[element]
    return chosen


def _unlinked(paragraph: HtmlElement) -> int:
    """The length of a paragraph; none where it is short or mostly links."""
    length = len(paragraph.text_content().strip())
    linked = sum(len(link.text_content()) for link in paragraph.iter("a"))
    return length if length >= PROSE and linked <= length / 2 else 0
