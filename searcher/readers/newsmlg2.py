"""NewsML-G2: the items of a news exchange, one or many a file, as Reuters, dpa, AP and STT send them.

The text of an item is NITF or XHTML inside it, or a string. Pictures, packages, plans and concepts are named as such.
"""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.nitfparts import (
    NitfParts,
    bylines_apart,
    fresh_lead,
    nitf_parts,
    place_line,
    unsigned,
    web_address,
)
from searcher.readers.source import Source
from searcher.readers.xmlitems import canonical, xml_items
from searcher.readers.xmlprose import Prose, line_of, local_name, prose, prose_of_markup
from searcher.readers.xmlroot import xml_root

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NewsMlG2Reader"]

NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
# What an item is where it is no news item.
OTHERS = {
    "packageItem": "a package, a list of other items",
    "conceptItem": "a concept",
    "knowledgeItem": "a list of concepts",
    "planningItem": "a plan of coverage",
    "catalogItem": "a catalogue of code lists",
}
ITEMS = ("newsItem", *OTHERS)
TAGS = tuple(f"{{{NAMESPACE}}}{name}" for name in ITEMS)
TEXT_CLASSES = ("text", "composite")
TAKEN_BACK = ("canceled", "cancelled", "withheld")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
PAGES = ("html", "body", "div", "section", "article", "p")


class NewsMlG2Reader:
    """Reads items alone or in a news message; each text is an article, each other item a reason."""

    name = "newsmlg2"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the root element and its namespace."""
        root = xml_root(head)
        return root is not None and root.namespace == NAMESPACE and root.name in (*ITEMS, "newsMessage")

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each item in turn. Raises ReadError where the XML breaks off."""
        yield from xml_items(source, TAGS, partial(_article, source.path))


def _article(path: str, item: "_Element", record: str) -> RawArticle | Skipped:
    """The article of one item, or why there is none."""
    if reason := _no_news(item):
        return Skipped(path, reason, record)
    content, fault = _content(item)
    if content is None:
        return Skipped(path, fault, record)
    nitf = nitf_parts(content) if local_name(content) == "nitf" else None
    text = _text(content, nitf)
    signed, text.paragraphs = bylines_apart(text.paragraphs)
    title = _title(item) or (nitf.title if nitf else "") or _last_title(item, content)
    body = "\n\n".join(text.paragraphs) or title  # a flash is its headline
    if not body:
        return Skipped(path, "a text item without text; nothing to add", record)
    return RawArticle(
        path=path,
        reader=NewsMlG2Reader.name,
        raw=canonical(item),
        record=record,
        title=title,
        lead=_lead(item, title, nitf, text.paragraphs),
        body=body,
        dateline=place_line(line_of(_meta(item, "dateline"))) or (nitf.dateline if nitf else ""),
        dates=_dates(item, nitf),
        captions=tuple(text.captions),
        authors=tuple(dict.fromkeys((*_authors(item, nitf), *signed))),
        source=_source(item, nitf),
        url=web_address(item.get("guid", "")) or (nitf.url if nitf else ""),
        language=_language(item, content),
        tags=_tags(item, nitf),
        warnings=_embargo(item, nitf),
    )


def _no_news(item: "_Element") -> str:
    """Why an item is no text to be read; empty where it may be."""
    kind = local_name(item)
    for name, what in OTHERS.items():
        if kind == name.lower():
            return f"{what}, no text"
    status = _code(item, "pubStatus")
    if status in TAKEN_BACK:
        return f"the item was taken back ({status}); nothing to add"
    item_class = _code(item, "itemClass")
    article = "an" if item_class[:1] in ("a", "e", "i", "o", "u") else "a"
    return f"{article} {item_class} item, no text" if item_class and item_class not in TEXT_CLASSES else ""


def _content(item: "_Element") -> "tuple[_Element | None, str]":
    """The element that holds the text, or why there is none."""
    for inline in item.findall("{*}contentSet/{*}inlineXML"):
        first = next((child for child in inline if local_name(child)), None)
        if first is None:
            return inline, ""
        name = local_name(first)
        if name == "nitf":
            return first, ""
        if name in PAGES:
            return inline, ""
        return None, f"its content is {name}, no text that can be read"
    for inline in item.findall("{*}contentSet/{*}inlineData"):
        if inline.get("encoding"):
            continue
        if inline.get("contenttype", "text/plain").startswith(("text/", "application/xhtml")):
            return inline, ""
    return None, "the item has no text in this file; what it tells of is elsewhere"


def _text(content: "_Element", nitf: NitfParts | None) -> Prose:
    """The paragraphs of the content, whichever way it is written."""
    if nitf:
        return nitf.text
    return prose_of_markup(content.text or "") if local_name(content) == "inlinedata" else prose(content)


def _meta(item: "_Element", name: str) -> "_Element | None":
    """The first element of this name about the content."""
    found: _Element | None = item.find("{*}contentMeta/{*}" + name)
    return found


def _headlines(item: "_Element", *, sub: bool) -> list[str]:
    """The headlines, or those below them."""
    found = item.findall("{*}contentMeta/{*}headline")
    return [line for one in found if ("sub" in one.get("role", "").lower()) == sub and (line := line_of(one))]


def _title(item: "_Element") -> str:
    """The main headline."""
    return next(iter(_headlines(item, sub=False)), "")


def _last_title(item: "_Element", content: "_Element") -> str:
    """A title where there is no headline: that of the item or of the page in it, else the slug."""
    places = (
        item.find("{*}itemMeta/{*}title"),
        content.find(".//{*}head/{*}title"),
        content.find(".//{*}h1"),
        _meta(item, "slugline"),
    )
    return next((line for place in places if (line := line_of(place))), "")


def _lead(item: "_Element", title: str, nitf: NitfParts | None, text: list[str]) -> str:
    """The headline below the headline, unless it says nothing new."""
    below = next((line for line in _headlines(item, sub=True) if line != title), "")
    return fresh_lead(below or (nitf.lead if nitf else ""), title, text)


def _dates(item: "_Element", nitf: NitfParts | None) -> tuple[DateClaim, ...]:
    """When the story first appeared, then when this version and the content were made."""
    paths = ("{*}itemMeta/{*}firstCreated", "{*}itemMeta/{*}versionCreated", "{*}contentMeta/{*}contentCreated")
    texts = [*(line_of(item.find(path)) for path in paths), *(nitf.dates if nitf else ())]
    return tuple(DateClaim(text, "field") for text in dict.fromkeys(filter(None, texts)))


def _authors(item: "_Element", nitf: NitfParts | None) -> tuple[str, ...]:
    """The bylines, else those of the text, else the creators that have a name."""
    lines = [unsigned(line_of(by)) for by in item.findall("{*}contentMeta/{*}by")]
    if not any(lines):
        lines = list(nitf.authors) if nitf else []
    if not any(lines):
        lines = [_named(creator) for creator in item.findall("{*}contentMeta/{*}creator")]
        lines = [line for line in lines if " " in line and line != _source(item, nitf)]  # codes and desks are one word
    return tuple(dict.fromkeys(filter(None, lines)))


def _source(item: "_Element", nitf: NitfParts | None) -> str:
    """The credit line, else the source of the information, else the provider, as far as they have names."""
    credit = line_of(_meta(item, "creditline")).strip(" -–—/")
    if credit:
        return credit
    for path in ("{*}contentMeta/{*}infoSource", "{*}itemMeta/{*}provider"):
        if name := next((name for one in item.findall(path) if (name := _named(one))), ""):
            return name
    return nitf.source if nitf else ""


def _named(element: "_Element") -> str:
    """The name of a person or party: as written, else its literal; never a code."""
    return line_of(element.find("{*}name")) or " ".join(element.get("literal", "").split())


def _language(item: "_Element", content: "_Element") -> str:
    """The language of the content, else of the item."""
    language = _meta(item, "language")
    given = "" if language is None else language.get("tag", "")
    return given or content.get(LANGUAGE) or item.get(LANGUAGE) or ""


def _tags(item: "_Element", nitf: NitfParts | None) -> tuple[str, ...]:
    """Keywords and the names of subjects, the first name where one is given in several languages."""
    words = [line_of(word) for word in item.findall("{*}contentMeta/{*}keyword")]
    words += [line_of(subject.find("{*}name")) for subject in item.findall("{*}contentMeta/{*}subject")]
    words += nitf.tags if nitf else ()
    return tuple(dict.fromkeys(word for word in words if len(word) > 1 or not word.isascii()))  # "f" is a code


def _embargo(item: "_Element", nitf: NitfParts | None) -> tuple[str, ...]:
    """A warning where the item was sent under embargo."""
    until = line_of(item.find("{*}itemMeta/{*}embargoed"))
    if until:
        return (f"the story was sent under embargo until {until}",)
    return ("the story was sent under embargo",) if nitf and nitf.status == "embargoed" else ()


def _code(item: "_Element", name: str) -> str:
    """The last part of a code such as `stat:usable` or of its address, in small letters."""
    found = item.find("{*}itemMeta/{*}" + name)
    given = "" if found is None else found.get("qcode") or found.get("uri") or ""
    return str(given.replace("/", ":").rpartition(":")[2].lower())
