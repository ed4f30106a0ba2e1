"""Where a page says when it was published, surest place first.

The first `<time>` of a page is often that of another story, so one counts only with a mark of publication on it or
beside the headline.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from searcher.models import DateClaim
from searcher.normalize.jsonld import text_of
from searcher.normalize.months import MONTHS, WEEKDAYS, folded

__all__ = ["OTHER", "date_claims"]

_META_NAMES = """
article:published_time og:article:published_time og:published_time datepublished article:published publishdate
publish-date publish_date published_time pubdate publication_date publicationdate date dc.date.issued
dcterms.issued dc.date dc.date.created dcterms.created dcterms.date parsely-pub-date sailthru.date
article.published article:post_date cxenseparse:recs:publishtime cxenseparse:publishtime datecreated
rnews:datepublished displaydate originalpublicationdate article_date_original iso-8601-publish-date
"""
META_NAMES = tuple(_META_NAMES.split())
NODE_NAMES = ("datePublished", "dateCreated", "uploadDate")
PUBLICATION = re.compile(r"publish|pubdate|posted|issued|created|entry-date|post-date|article-date|date", re.IGNORECASE)
OTHER = re.compile(r"modif|updat|comment|related|sidebar|teaser", re.IGNORECASE)
MOMENTS = "//time | //abbr | //*[@itemprop='datePublished']"
PROGRAMS = frozenset(("script", "style", "noscript", "template"))
ELSEWHERE = frozenset(("aside", "nav", "footer"))
URL_DAY = re.compile(r"/((?:19|20)\d{2})[/-]?(\d{2})[/-]?(\d{2})(?:[/_-]|$)|/((?:19|20)\d{2})-(\d{2})-(\d{2})\b")
NEAR_TEXTS = 40  # how many texts below the headline may hold the date line
DATE_LINE = 80  # characters; longer texts are sentences
PARAGRAPH = 200  # characters that show the article's text has begun
LED = re.compile(r"([^\d,:|·•]{2,40}),\s+")
HAS_DATE = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}")


def date_claims(
    tree: HtmlElement, node: Mapping[str, object], meta: Mapping[str, list[str]], url: str
) -> Iterator[DateClaim]:
    """Every claim of the page about the day of publication, surest first."""
    yield from (DateClaim(text, "jsonld") for name in NODE_NAMES[:1] if (text := text_of(node.get(name))))
    yield from (DateClaim(text, "meta") for name in META_NAMES for text in meta.get(name, ())[:1])
    yield from (DateClaim(text, "jsonld") for name in NODE_NAMES[1:] if (text := text_of(node.get(name))))
    yield from _times(tree)
    yield from _written(tree)
    if found := URL_DAY.search(url):
        yield DateClaim("-".join(part for part in found.groups() if part), "url")


def _times(tree: HtmlElement) -> Iterator[DateClaim]:
    """The time elements that are marked as that of publication, then those that stand near the headline."""
    times = [tag for tag in tree.xpath(MOMENTS) if _has_moment(tag) and not _is_elsewhere(tag)]
    marked = [tag for tag in times if PUBLICATION.search(_names(tag)) and not OTHER.search(_names(tag))]
    near = [tag for tag in times if tag.tag == "time" and not OTHER.search(_names(tag))]
    heading = next(tree.iter("h1"), None)
    after = near[:1]
    if heading is not None:
        following = dict.fromkeys(islice((tag for _, tag in _following(heading) if tag.tag == "time"), NEAR_TEXTS))
        after = [tag for tag in [*following][:2] if tag in near]
    for tag in dict.fromkeys((*marked, *after)):
        yield DateClaim(tag.get("datetime") or tag.get("content") or tag.get("title") or "", "time")


def _has_moment(tag: HtmlElement) -> bool:
    """Whether an element carries a date for machines."""
    if tag.tag == "time":
        return bool(tag.get("datetime"))
    return (tag.get("itemprop") == "datePublished" and bool(tag.get("content") or tag.get("datetime"))) or (
        tag.tag == "abbr" and "published" in (tag.get("class") or "").split()
    )


def _written(tree: HtmlElement) -> Iterator[DateClaim]:
    """The short texts with a year that stand between the headline and the first long paragraph."""
    heading = next(tree.iter("h1"), None)
    if heading is None:
        return
    texts = ((" ".join(text.split()), home) for text, home in _following(heading) if text.strip())
    for text, home in islice(texts, NEAR_TEXTS):
        if len(text) >= PARAGRAPH:
            return
        if len(text) <= DATE_LINE and HAS_DATE.search(text) and not _is_elsewhere(home):
            yield DateClaim(_without_name(text), "text")


def _following(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """The texts behind an element in reading order, programs left out, each with the element it stands in."""
    for holder in (element, *element.iterancestors()):
        around = holder.getparent()
        if around is None:
            return
        yield holder.tail or "", around
        for sibling in holder.itersiblings(etree.Element):
            for event, node in etree.iterwalk(sibling, events=("start", "end")):
                if event == "end" and node is not sibling:
                    yield node.tail or "", node.getparent()
                elif event == "start" and node.tag not in PROGRAMS:
                    yield node.text or "", node
            yield sibling.tail or "", around


def _without_name(text: str) -> str:
    """A date line without the name before it, as in "Island Gazette, 13 January 2010"."""
    found = LED.match(text)
    if found is None or any(folded(word) in MONTHS or folded(word) in WEEKDAYS for word in found[1].split()):
        return text
    return text[found.end() :]


def _names(tag: HtmlElement) -> str:
    """The words an element and the one around it are marked with."""
    around = tag.getparent()
    marks = [tag.get(name) for name in ("class", "id", "itemprop", "pubdate", "data-testid")]
    marks += [around.get("class"), around.get("id")] if around is not None else []
    return " ".join(mark for mark in marks if mark is not None) + (" pubdate" if "pubdate" in tag.attrib else "")


def _is_elsewhere(element: HtmlElement) -> bool:
    """Whether an element belongs to a box beside the article."""
    return any(
        holder.tag in ELSEWHERE or OTHER.search(f"{holder.get('class') or ''} {holder.get('id') or ''}")
        for holder in (element, *element.iterancestors())
        if holder.tag not in ("body", "html")
    )
