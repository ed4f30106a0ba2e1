"""What on a page is not the article: navigation, boxes, comments, advertisements, by its tag or by its name.

Designers name the boxes of a page after what is in them. The words below are those names, as whole words of a class
or id ("post-share-bar" has "share"). They are signs, not proofs: themes put such words on the article as well, so the
body extractor disregards a sign that most of a page's prose stands under.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from bs4 import BeautifulSoup, Tag

__all__ = ["SURE", "figures_apart", "furniture_signs", "is_caption", "remove_programs"]

_TAGS = """
script style noscript template nav header footer aside form button select textarea iframe svg object embed video
audio canvas dialog input label menu map
"""
TAGS = frozenset(_TAGS.split())
PROGRAMS = frozenset(("script", "style", "noscript", "template", "iframe", "svg", "select", "textarea", "button"))
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
NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def remove_programs(tree: BeautifulSoup) -> None:
    """Take out what a browser runs or paints and nobody reads."""
    for tag in tree.find_all(PROGRAMS):
        tag.decompose()


def furniture_signs(tag: Tag) -> frozenset[str]:
    """The reasons to take an element for furniture: its tag, role, style, or words of its name; empty for none."""
    if tag.name in TAGS:
        return frozenset((f"<{tag.name}>",))
    if tag.name in WHOLE:
        return frozenset()
    signs = {str(tag["role"])} if tag.get("role") in ROLES else set()
    if "hidden" in tag.attrs or tag.get("aria-hidden") == "true" or HIDDEN.search(str(tag.get("style") or "")):
        signs.add("hidden")
    words = list(_words(tag))
    signs.update(WORDS.intersection(words))
    signs.update(PAIRS.intersection(f"{one}-{two}" for one, two in pairwise(words)))
    return frozenset(signs)


def figures_apart(tree: BeautifulSoup) -> tuple[str, ...]:
    """Take figures and captions out of the tree and give the texts of the captions."""
    found: list[str] = []
    for figure in tree.find_all(("figure", "figcaption")):
        if not figure.decomposed and len(figure.get_text(strip=True)) <= LONGEST_CAPTION:
            captions = figure.find_all("figcaption") if figure.name == "figure" else [figure]
            found.extend(caption.get_text(" ") for caption in captions)
            figure.decompose()
    for element in tree.find_all(_is_caption):
        if not element.decomposed and len(text := element.get_text(" ")) <= LONGEST_CAPTION:
            found.append(text)
            element.decompose()
    return tuple(text for given in found if (text := " ".join(given.split())))


def is_caption(text: str) -> bool:
    """Whether a paragraph is a caption by the credit at its end, as in "The bridge. Photo: J. Doe"."""
    return len(text) <= LONGEST_CREDITED and bool(CREDITED.search(text))


def _is_caption(tag: Tag) -> bool:
    """Whether a tag is named as a caption or credit."""
    return tag.name not in WHOLE and not CAPTION_WORDS.isdisjoint(_words(tag))


def _words(tag: Tag) -> Iterator[str]:
    """The words that the name, the classes and the id of a tag are made of: amp-ad is an ad."""
    for name in (tag.name, *tag.get_attribute_list("class"), *tag.get_attribute_list("id")):
        for word in NAME.findall(str(name or "")):
            yield word.lower()
