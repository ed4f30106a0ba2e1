"""What a page says about its article outside the text: title, date, authors, outlet, address, section, language.

JSON-LD is believed first, then meta tags, then what is printed on the page: measured on 195 pages of 41 countries,
that order gives more right titles and dates than any extraction library tried.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from lxml.html import HtmlElement

from searcher.models import DateClaim
from searcher.normalize.jsonld import article_node, names_of, text_of
from searcher.normalize.pagedates import date_claims
from searcher.normalize.text import one_line
from searcher.normalize.tree import text_in

__all__ = ["Metadata", "metadata_of"]

TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title")
AUTHOR_NAMES = (
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
)
OUTLET_NAMES = ("og:site_name", "application-name", "dc.publisher", "publisher")
SECTION_NAMES = ("article:section", "parsely-section", "section")
TAG_NAMES = ("news_keywords", "keywords", "article:tag", "parsely-tags")
ADDRESS_NAMES = ("og:url", "twitter:url", "parsely-link")
LANGUAGE_NAMES = ("og:locale", "content-language", "language", "dc.language")
SUFFIX = re.compile(r"\s+(?:[|–—•·«»]|-|::)\s+")
MOST_TAGS = 20
SIGNED = re.compile(r"\b(?:byline|author|autor|auteur)(?:s|-name|__name|_name)?\b", re.IGNORECASE)
LONGEST_BYLINE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The claims of one page; empty where it makes none."""

    title: str = ""
    claims: tuple[DateClaim, ...] = ()
    authors: tuple[str, ...] = ()
    source: str = ""
    url: str = ""
    section: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    body: object = None


def metadata_of(tree: HtmlElement) -> Metadata:
    """The claims of the page; the tree is left as it is."""
    node = article_node(tree)
    meta = _meta(tree)
    url = _address(tree, node, meta)
    source = text_of(node.get("publisher")) or _first(meta, OUTLET_NAMES)
    return Metadata(
        title=_title(tree, node, meta, source),
        claims=tuple(date_claims(tree, node, meta, url)),
        authors=_authors(tree, node, meta, source),
        source=source,
        url=url,
        section=text_of(node.get("articleSection")) or _first(meta, SECTION_NAMES),
        language=_language(tree, node, meta),
        tags=_tags(node, meta),
        body=node.get("articleBody"),
    )


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    """The meta tags by their lower-case name, whichever attribute holds it."""
    found: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        content = one_line(tag.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _first(meta: Mapping[str, list[str]], names: tuple[str, ...]) -> str:
    """The first value under these names, in their order."""
    return next((meta[name][0] for name in names if name in meta), "")


def _title(tree: HtmlElement, node: Mapping[str, object], meta: Mapping[str, list[str]], source: str) -> str:
    """The headline: JSON-LD, meta, the first heading, the page's title, without the outlet's name behind it."""
    headings = [text for tag in tree.iter("h1") if (text := one_line(text_in(tag)))]
    page = next((one_line(text_in(tag)) for tag in tree.iter("title")), "")
    candidates = [text_of(node.get("headline")), _first(meta, TITLE_NAMES), *headings[:1], page]
    title = next((one_line(text) for text in candidates if text), "")
    # A heading that the title begins with is the title without what was put behind it.
    for heading in headings:
        if len(heading) > 15 and title != heading and title.startswith(heading):
            return heading
    return _without_outlet(title, source)


def _without_outlet(title: str, source: str) -> str:
    """The title without " | Outlet" at its end."""
    parts = SUFFIX.split(title)
    if len(parts) == 1:
        return title
    last = parts[-1].casefold()
    named = source and (last in source.casefold() or source.casefold() in last)
    return title[: title.rindex(parts[-1])].rstrip(" |–—•·«»-:") if named else title


def _authors(
    tree: HtmlElement, node: Mapping[str, object], meta: Mapping[str, list[str]], source: str
) -> tuple[str, ...]:
    """The names of the authors as the page gives them; a name that is not the outlet's own goes before one that is."""
    bylines = list(_bylines(tree, node, meta))
    own = (names for names in bylines if not all(_is_outlet(name, source) for name in names))
    printed = ((text,) for tag in _classed(tree) if (text := text_in(tag)) and len(text) <= LONGEST_BYLINE)
    return next(own, ()) or next(iter(bylines), ()) or next(printed, ())


def _bylines(tree: HtmlElement, node: Mapping[str, object], meta: Mapping[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """What the page gives as its authors, surest place first, none of it empty."""
    given = (names_of(node.get("author")), names_of(node.get("creator")))
    stated = (tuple(value for value in meta.get(name, ()) if "://" not in value) for name in AUTHOR_NAMES)
    printed = ((text,) for tag in _signed(tree) if (text := text_in(tag)) and len(text) <= LONGEST_BYLINE)
    yield from (names for names in chain(given, stated, printed) if names)


def _is_outlet(name: str, source: str) -> bool:
    """Whether a byline is the name of the outlet."""
    one, other = name.casefold(), source.casefold()
    return bool(other) and (one in other or other in one)


def _signed(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that are marked as a byline."""
    yield from (tag for tag in tree.xpath("//*[@rel]") if "author" in tag.get("rel").split())
    yield from tree.xpath("//*[@itemprop='author'][not(self::meta)]")


def _classed(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements whose class only looks like that of a byline."""
    return (tag for tag in tree.xpath("//*[@class]") if SIGNED.search(tag.get("class")))


def _address(tree: HtmlElement, node: Mapping[str, object], meta: Mapping[str, list[str]]) -> str:
    """The canonical address of the article."""
    link = next((tag for tag in tree.iter("link") if "canonical" in (tag.get("rel") or "").lower().split()), None)
    candidates = (
        (link.get("href") or "") if link is not None else "",
        _first(meta, ADDRESS_NAMES),
        text_of(node.get("url")),
        text_of(node.get("mainEntityOfPage")),
    )
    return next((text for given in candidates if (text := given.strip()).startswith(("http://", "https://"))), "")


def _language(tree: HtmlElement, node: Mapping[str, object], meta: Mapping[str, list[str]]) -> str:
    """The language the page states."""
    root = next(tree.iter("html"), tree)
    stated = root.get("lang") or root.get("xml:lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return stated or text_of(node.get("inLanguage")) or _first(meta, LANGUAGE_NAMES)


def _tags(node: Mapping[str, object], meta: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The keywords of the page."""
    given = node.get("keywords")
    values = [text_of(item) for item in given] if isinstance(given, list) else [text_of(given)]
    for name in TAG_NAMES:
        values = values if any(values) else meta.get(name, [])
    parts = (part.strip() for value in values for part in (value.split(",") if len(values) == 1 else [value]))
    return tuple(dict.fromkeys(part for part in parts if part))[:MOST_TAGS]
