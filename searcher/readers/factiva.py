"""Factiva HTML: a saved page of many articles, in any language of the interface."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.charset import decode_page
from searcher.readers.factivalines import is_document_line, particulars
from searcher.readers.source import Source

__all__ = ["FactivaReader"]

# Each article has an id; its class "article" is also that of a part inside it, and begins that of its paragraphs.
BEGIN = re.compile(r'<div\b[^<>]*\bid="article-(?P<number>\w+)"[^<>]*>', re.IGNORECASE)
MARK = re.compile(
    rb'<div\b[^<>]*\bid="article-\w{12,}"|<title>\s*Factiva\s*</title>|factiva[\w.-]{0,80}\.(?:com|net)', re.IGNORECASE
)
PAGE = re.compile(rb"\s*+(?:\xef\xbb\xbf\s*+)?<(?:!doctype html|html|head)\b", re.IGNORECASE)
SAVED = re.compile(rb"fcpNavContainer|printsavews|class=\"article [a-z]{2}Article|Factiva\s*</title>", re.IGNORECASE)
PAIR = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")  # what every accented letter of UTF-8 begins with
MOST_TAGS = 100_000  # of one article, each an object of 1.5 kB; real ones have 206 at most
BY = re.compile(r"^(?:by|von|par|por)\s+", re.IGNORECASE)
NO_ARTICLE = "a page of Factiva without articles; open them, choose Display or Save as Article, and save that page"


class FactivaReader:
    """Reads the HTML export of Factiva; each article's record is `document` and the number Factiva gives it."""

    name = "factiva"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By what the page of saved articles is made of."""
        return PAGE.match(head) is not None and SAVED.search(head) is not None and MARK.search(head) is not None

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each article in turn. Raises ReadError where the file is too large or breaks off."""
        html, warnings = _decoded(source.content(), source.settings.encoding)
        begins = list(BEGIN.finditer(html))
        if not begins:
            yield Skipped(source.path, NO_ARTICLE)
        for at, begin in enumerate(begins, 1):
            end = begins[at].start() if at < len(begins) else len(html)
            yield _article(html[begin.start() : end], begin["number"], source, warnings)


def _decoded(raw: bytes, stated: str) -> tuple[str, tuple[str, ...]]:
    """The page as characters; one that a browser saved in the set of its system still says that it is UTF-8."""
    html, warnings = decode_page(raw, stated)
    if "\ufffd" in html and "\ufffd" not in (western := raw.decode("cp1252", "replace")) and not PAIR.search(raw):
        return western, ("declared as UTF-8 and is windows-1252",)
    return html, warnings


def _article(html: str, number: str, source: Source, warnings: tuple[str, ...]) -> RawArticle | Skipped:
    """The article of one part of the page."""
    record = f"document {number}"
    if html.count("<") > MOST_TAGS:
        return Skipped(source.path, f"has more than {MOST_TAGS:,} tags; one article never has so many", record)
    part = BeautifulSoup(html, "lxml").find("div")
    inner = part.find("div", class_="article") if part else None
    if part is None or inner is None:
        return Skipped(source.path, "no article between its marks; save the page again", record)
    texts = inner.find_all("p", class_=_of_text)
    about = _about(inner)
    found = particulars(about)
    if found is None:
        return Skipped(source.path, "no number of words and day above the text; save the page again", record)
    headline = inner.find(id="hd")
    title = _words(headline) if headline else ""
    author = inner.find("div", class_="author")
    after = [_words(line) for line in inner.find_all("p", class_=False) if not line.find_parent("p")]
    return RawArticle(
        path=source.path,
        reader=FactivaReader.name,
        raw=str(part).encode(),
        record=record,
        title=title,
        body="\n\n".join(text for line in texts if (text := _words(line))),
        dates=(DateClaim(found.day, "field"),),
        captions=tuple(_captions(after)),
        authors=(BY.sub("", _words(author)),) if author else (),
        source=found.source,
        language=found.language,
        section=_section(about, title),
        warnings=warnings,
    )


def _about(inner: Tag) -> list[str]:
    """The lines about the article: the parts above its first paragraph."""
    return [text for line in inner.find_all("div", recursive=False) if (text := _words(line))]


def _of_text(name: str | None) -> bool:
    """Whether a class is that of a paragraph."""
    return name is not None and name.lower() == "articleparagraph"


def _section(about: list[str], title: str) -> str:
    """The line above the headline."""
    return about[0] if title in about[1:2] else ""


def _captions(lines: list[str]) -> list[str]:
    """The lines below the text that are about pictures: all but the owner's name and the number of the document."""
    kept = [line for line in lines if line]
    while kept and is_document_line(kept[-1]):
        kept = kept[:-2]
    return kept


def _words(tag: Tag) -> str:
    """The text of an element on one line."""
    return " ".join(tag.get_text().split())
