"""NewsML-G2 of the IPTC: one or many items a file, as they are sent or inside a news message."""

import re
from collections.abc import Iterator

from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.fragment import settled
from searcher.readers.source import Source
from searcher.readers.wire import EMBARGOED, UNUSABLE, captions, found, line, lines, nitf_fields, prose
from searcher.readers.xmltree import Element, child, children, local, raw_of, records, root_of, text_of

__all__ = ["NewsMLG2Reader"]

NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
ITEMS = frozenset({"newsitem", "packageitem", "conceptitem", "knowledgeitem", "planningitem", "catalogitem"})
KINDS = {
    "packageItem": "a package, which only lists other items",
    "conceptItem": "a concept item",
    "knowledgeItem": "a knowledge item",
    "planningItem": "a planning item",
    "catalogItem": "a catalog item",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
STAMP = re.compile(r"^\d{4}-\d\d-\d\d .*")  # a date that some put where the dateline belongs
TAG = re.compile(r"<(?:p|br|div)\b[^<>]*>", re.IGNORECASE)
DATES = ("contentCreated", "firstCreated", "versionCreated", "contentModified")


class NewsMLG2Reader:
    """Reads newsItem and newsMessage; what is no text, such as a picture or a plan, is skipped with its kind."""

    name = "newsml-g2"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the namespace of the root element."""
        root = root_of(head)
        return root is not None and root.namespace.rstrip("/") == NAMESPACE.rstrip("/")

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each item in turn. Raises ReadError where the XML breaks."""
        number = 0
        for number, item in enumerate(records(source, ITEMS), start=1):
            yield _article(item, source, f"item {number}")
        if not number:
            yield Skipped(source.path, "NewsML-G2 without any item; nothing to add")


def _article(item: Element, source: Source, record: str) -> RawArticle | Skipped:
    """The article of an item, or the reason why it is none."""
    meta, content = child(item, "itemMeta"), child(item, "contentMeta")
    status = _code(child(meta, "pubStatus"))
    if status in UNUSABLE:
        return Skipped(source.path, f"the agency marked it {status}; left out", record)
    if local(item) in KINDS:
        return Skipped(source.path, f"{KINDS[local(item)]}, no text; nothing to add", record)
    fields = _content(item)
    if not (fields["body"] or fields["html"]):
        kind = _code(child(meta, "itemClass")) or "news"
        return Skipped(source.path, f"a {kind} item, no text; nothing to add", record)
    fields["html"], fields["body"] = settled(fields["html"], fields["body"])
    return RawArticle(
        path=source.path,
        reader=NewsMLG2Reader.name,
        raw=raw_of(item),
        record=record,
        title=line(child(content, "headline")) or fields["title"] or line(child(meta, "title")),
        lead=fields["lead"],
        body=fields["body"],
        html=fields["html"],
        dateline=STAMP.sub("", line(child(content, "dateline"))) or fields["dateline"],
        dates=tuple(DateClaim(text, "field") for text in _dates(meta, content)),
        captions=captions(item),
        authors=_authors(content, fields["byline"]),
        source=_named(content, "infoSource") or _named(meta, "provider") or fields["source"],
        language=_language(item, content),
        tags=_tags(content),
        warnings=(EMBARGOED,) if _embargoed(meta, status) else (),
    )


def _content(item: Element) -> dict[str, str]:
    """The text an item carries: NITF, XHTML or plain."""
    fields = dict.fromkeys(("title", "lead", "body", "html", "byline", "dateline", "source"), "")
    for element in found(item, "inlineXML", "inlineData"):
        kind = (element.get("contenttype") or "").lower()
        nitf = next(iter(found(element, "nitf")), None)
        if nitf is not None:
            fields |= nitf_fields(nitf)
        elif local(element) == "inlineXML":
            page = next(iter(found(element, "body")), element if "html" in kind else None)
            fields["body"] = "" if page is None else prose(page)
        elif not element.get("encoding") and not kind.startswith(("image", "video", "audio")):
            text = text_of(element).strip()
            fields["html" if TAG.search(text) else "body"] = text
        if fields["body"] or fields["html"]:
            break
    return fields


def _code(element: Element | None) -> str:
    """The last part of a code such as `stat:usable`."""
    if element is None:
        return ""
    return (element.get("qcode") or element.get("uri") or "").rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()


def _embargoed(meta: Element | None, status: str) -> bool:
    """Whether an item says that it must not be shown before a day."""
    return status == "embargoed" or bool(line(child(meta, "embargoed")))


def _dates(meta: Element | None, content: Element | None) -> list[str]:
    """The dates of an item, that of its making first."""
    elements = [child(part, name) for name in DATES for part in (content, meta)]
    return [text for text in dict.fromkeys(map(line, elements)) if text]


def _named(parent: Element | None, name: str) -> str:
    """The first organisation under this name: its name, else what stands in for one."""
    for one in [] if parent is None else children(parent, name):
        if text := line(child(one, "name")) or one.get("literal") or _code(one):
            return str(text)
    return ""


def _authors(content: Element | None, byline: str) -> tuple[str, ...]:
    """The byline, else the names of those who made the item."""
    text = line(child(content, "by")) or byline
    if text:
        return (text.removeprefix("By ").rstrip(" ,"),)
    return () if content is None else lines([n for one in children(content, "creator") for n in children(one, "name")])


def _language(item: Element, content: Element | None) -> str:
    """The language of the text."""
    tag = child(content, "language")
    return ("" if tag is None else tag.get("tag") or "") or item.get(LANG) or ""


def _tags(content: Element | None) -> tuple[str, ...]:
    """Keywords and the names of subjects and genres."""
    if content is None:
        return ()
    subjects = [name for one in children(content, "subject", "genre") for name in children(one, "name")[:1]]
    return lines([*children(content, "keyword"), *subjects])
