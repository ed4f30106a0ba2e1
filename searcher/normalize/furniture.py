"""What on a page is not the article: navigation, boxes, comments, advertisements, by its tag or by its name.

Designers name the boxes of a page after what is in them. The words below are those names, as whole words of a class
or id ("post-share-bar" has "share"). They are signs, not proofs: themes put such words on the article as well, so a
sign counts only where little of the page's prose stands under it.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from lxml.html import HtmlElement

from searcher.normalize.tree import elements, names_of_box, take_out, text_in

__all__ = ["figures_apart", "is_caption", "remove_furniture", "remove_programs"]

_TAGS = """
script style noscript template nav header footer aside form button select textarea iframe svg object embed video
audio canvas dialog input label menu map
"""
TAGS = frozenset(_TAGS.split())
PROGRAMS = ("script", "style", "noscript", "template", "iframe", "svg", "select", "textarea", "button")
_ROLES = """
navigation banner complementary contentinfo search dialog alert alertdialog menu toolbar
"""
ROLES = frozenset(_ROLES.split())
_WORDS = """
share sharing shares sharebar social socials related newsletter newsletters subscribe subscription subscriptions
signup comment comments commentlist disqus respond cookie cookies consent gdpr promo promos promotion promoted
advert adverts ad ads advertisement advertising sponsor sponsored sponsors breadcrumb breadcrumbs nav navbar
navigation menu sidebar footer masthead popular trending recommended recommendation recommendations recirc
recirculation teaser teasers toolbar tags taglist topics login signin modal popup popover overlay widget widgets
outbrain taboola poll quiz pagination pager copyright skip banner byline dateline timestamp readmore crosslink
crosslinks
"""
WORDS = frozenset(_WORDS.split())
_PAIRS = """
most-read most-viewed most-popular most-shared read-more read-next see-also also-read more-from more-on
more-stories more-news you-may up-next next-article prev-article sign-up log-in author-bio about-author
author-box post-meta entry-meta article-meta post-tags entry-tags article-tags reading-time read-time min-read
back-top site-header page-header site-footer page-footer whats-app letter-editor letters-editor reader-letters
user-comments print-only visually-hidden screen-reader sr-only
"""
PAIRS = frozenset(_PAIRS.split())
# Names that no theme gives to an article: these are furniture however much of the page they fill.
_SURE = """
cookie cookies consent gdpr newsletter newsletters disqus breadcrumb breadcrumbs outbrain taboola
"""
SURE = frozenset(_SURE.split())
_CAPTION_WORDS = """
cap cutline caption captions figcaption legend credit credits photocredit imagecaption wp-caption-text bildunterschrift
"""
CAPTION_WORDS = frozenset(_CAPTION_WORDS.split())
WHOLE = frozenset(("[document]", "html", "body", "main", "article"))  # never furniture: themes name them after anything
LONGEST_CREDITED = 300  # characters of a caption that only its credit shows
CREDITED = re.compile(
    r"(?:^|[.)\]»”\"]\s*|\s[|/–—-]\s*)(?:photo(?:graph)?|picture|image|foto|fotos|bild|imagen|фото|صورة)s?"
    r"(?:\s+(?:by|courtesy(?: of)?|credit)\b|\s*[:/©])\s*(?:[^\s.!?:]+\.?,?\s*){1,5}$",
    re.IGNORECASE,
)
LONGEST_CAPTION = 700  # characters; a longer element named so holds a story
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Share of the page's prose up to which an element with signs is furniture. Body F1 on article-extraction-benchmark and
# fundus: .1 gives .968 and .958, .2 .969 and .958, .35 and .5 .971 and .957.
MOST = 0.35
KEPT = frozenset(("head", "meta", "link", "title", "p", "script"))


def remove_programs(tree: HtmlElement) -> None:
    """Take out what a browser runs or paints and nobody reads."""
    for element in list(tree.iter(*PROGRAMS)):
        take_out(element)


def remove_furniture(tree: HtmlElement, prose: Mapping[HtmlElement, int]) -> None:
    """Take out the elements with signs of furniture that hold little of the page's prose."""
    whole = max(1, prose[tree])
    gone: set[HtmlElement] = set()
    for element in elements(tree):
        kept = element.tag in KEPT or not _is_furniture(element, prose[element] / whole)
        if element.getparent() in gone or not kept:
            gone.add(element)
    for element in gone:
        if element.getparent() is not None and element.getparent() not in gone:
            take_out(element)


def figures_apart(tree: HtmlElement) -> tuple[str, ...]:
    """Take figures and captions out of the tree and give the texts of the captions."""
    found: list[str] = []
    for figure in list(tree.iter("figure", "figcaption")):
        if len(figure.text_content().strip()) <= LONGEST_CAPTION:
            captions = figure.iter("figcaption") if figure.tag == "figure" else (figure,)
            found.extend(text_in(caption) for caption in captions)
            take_out(figure)
    for element in elements(tree):
        if _is_named_caption(element) and len(text := text_in(element)) <= LONGEST_CAPTION:
            found.append(text)
            take_out(element)
    return tuple(dict.fromkeys(text for text in found if text))


def is_caption(text: str) -> bool:
    """Whether a paragraph is a caption by the credit at its end, as in "The bridge. Photo: J. Doe"."""
    return len(text) <= LONGEST_CREDITED and bool(CREDITED.search(text))


def _is_furniture(element: HtmlElement, share: float) -> bool:
    """Whether an element that holds this share of the page's prose is furniture."""
    signs = _signs(element)
    return bool(signs) and (share <= MOST or bool(signs & SURE))


def _signs(element: HtmlElement) -> frozenset[str]:
    """The reasons to take an element for furniture: its tag, role, style, or words of its name; empty for none."""
    if element.tag in TAGS:
        return frozenset((f"<{element.tag}>",))
    if element.tag in WHOLE:
        return frozenset()
    role = element.get("role")
    signs = {role} if role in ROLES else set()
    if "hidden" in element.attrib or element.get("aria-hidden") == "true" or HIDDEN.search(element.get("style") or ""):
        signs.add("hidden")
    return _named_signs(names_of_box(element)).union(signs)


@lru_cache(maxsize=2048)
def _named_signs(words: tuple[str, ...]) -> frozenset[str]:
    """The words and pairs of words that name furniture."""
    return WORDS.intersection(words) | PAIRS.intersection(f"{one}-{two}" for one, two in pairwise(words))


def _is_named_caption(element: HtmlElement) -> bool:
    """Whether an element is named as a caption or credit."""
    return element.tag not in WHOLE and not CAPTION_WORDS.isdisjoint(names_of_box(element))
