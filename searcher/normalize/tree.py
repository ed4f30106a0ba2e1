"""A page as a tree, parsed once for its metadata and its body, within bounds that no real page comes near.

libxml2 parses in linear time and stops at 256 levels. What comes after it walks every element several times, so their
number is bounded as well: a page made to be slow is refused by name before it costs anything.
"""

import re
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

__all__ = ["PageRefused", "elements", "names_of_box", "parsed", "take_out", "text_in"]

# The fullest of 376 real pages has 4,100 elements, the longest 2.2 million characters. 50,000 paragraphs of a line
# each, more than a novel has, take 12 seconds.
MOST_ELEMENTS = 50_000
MOST_CHARACTERS = 16_000_000
XML_DECLARATION = re.compile(r"<\?[^<>]{0,500}>")
# What no text of XML may hold: the parser lets it through, and the tree refuses it where text is moved.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
REFERENCE = re.compile(r"&#(?:[xX]0{0,6}([0-9a-fA-F]{1,6})(?![0-9a-fA-F])|0{0,7}([0-9]{1,7})(?![0-9]));?")
LONGEST_NAME = 500  # characters of the classes of an element that are looked at
NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


class PageRefused(ValueError):
    """The page is not read; the message says why."""


def parsed(html: str) -> HtmlElement | None:
    """The tree of a page or fragment; None where there is nothing in it. Raises PageRefused where it is beyond bounds.

    Comments and instructions are left out, nothing is loaded, and no entity but those of HTML is known.
    """
    if len(html) > MOST_CHARACTERS:
        raise PageRefused(f"the page has more than {MOST_CHARACTERS:,} characters; save the article alone")
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, collect_ids=False, huge_tree=False
    )
    try:
        tree = document_fromstring(_legal(html).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    for number, _ in enumerate(tree.iter()):
        if number >= MOST_ELEMENTS:
            raise PageRefused(f"the page has more than {MOST_ELEMENTS:,} elements; save the article alone")
    return tree


def _legal(html: str) -> str:
    """A page without its declarations as XML, its control characters spaces, those that are written as numbers too."""
    page = CONTROLS.sub(" ", XML_DECLARATION.sub("", html, count=5))
    return REFERENCE.sub(_referred, page)


def _referred(found: re.Match[str]) -> str:
    """A reference to a character as it stands; a space where it is to a control character."""
    number = int(found[1], 16) if found[1] else int(found[2])
    return " " if number < 0x110000 and CONTROLS.match(chr(number)) else found[0]


def elements(tree: HtmlElement) -> list[HtmlElement]:
    """Every element, in document order, in a list that stays as it is while some are taken out."""
    return list(tree.iter(etree.Element))


def text_in(element: HtmlElement) -> str:
    """The text inside an element on one line, its parts kept apart."""
    return " ".join(" ".join(element.itertext()).split())


def names_of_box(element: HtmlElement) -> tuple[str, ...]:
    """The words that the tag, the classes and the id of an element are made of: amp-ad is an ad."""
    return _words(element.tag, (element.get("class") or "")[:LONGEST_NAME], (element.get("id") or "")[:LONGEST_NAME])


@lru_cache(maxsize=2048)  # the boxes of a site bear the same names on every page
def _words(*names: str) -> tuple[str, ...]:
    parts = (part for name in names for part in name.split())
    return tuple(word.lower() for part in parts for word in NAME.findall(part))


def take_out(element: HtmlElement) -> None:
    """Remove an element and keep the text behind it, unless it has gone with one around it."""
    if element.getparent() is not None:
        element.drop_tree()
