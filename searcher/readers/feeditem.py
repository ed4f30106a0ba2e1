"""One item of a feed to an article: which of its many elements says what."""

import base64
import binascii
import html
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.fragment import settled
from searcher.readers.source import Source
from searcher.readers.xmltree import Element, child, children, local, namespace, raw_of, text_of

__all__ = ["EMPTY", "item_article", "repaired_article"]

EMPTY = "a feed without items; nothing to add"
NOTHING = "an item without title and text; nothing to add"
# Modules of feeds by what their namespace contains; names of any other namespace are not those of the feed.
MODULES = (
    ("purl.org/dc/terms", "dcterms:"), ("purl.org/dc/", "dc:"), ("rss/1.0/modules/content", "content:"),
    ("1999/xhtml", "xhtml:"), ("itunes", "itunes:"), ("search.yahoo.com/mrss", "media:"), ("feedburner", "feedburner:"),
)  # fmt: skip
CORE = re.compile(
    r"$|.*(?:atom|purl\.org/(?:rss/1\.0/$|net/rss1\.1)|netscape\.com|userland|blogs\.law\.harvard|rss2)", re.IGNORECASE
)
TITLES = ("title", "dc:title")
TEXTS = (
    "content:encoded", "content", "xhtml:body", "xhtml:div", "body", "fullitem", "description", "summary",
    "dc:description", "abstract", "itunes:summary",
)  # fmt: skip
DATES = (
    "pubdate", "published", "issued", "dc:date", "dcterms:issued", "created", "dcterms:created", "updated", "modified",
    "dcterms:modified", "lastmod",
)  # fmt: skip
TAGS = ("category", "dc:subject", "media:category", "keywords", "itunes:keywords")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TAG = re.compile(r"<[A-Za-z/!][^<>]*>")
NAMED = re.compile(r"\S+@\S+\s*\(([^()]+)\)|([^<>]+?)\s*<[^<>]*@[^<>]*>")  # an address with the name beside it
Fields = Mapping[str, list[Element]]


def item_article(item: Element, source: Source, record: str) -> RawArticle | Skipped:
    """The article of an item, or the reason why it is none."""
    fields = _fields(item)
    title = next((text for element in _all(fields, TITLES) if (text := _line(element))), "")
    markup, body, where = _text(fields)
    markup, body = settled(markup, body)
    if not (title or markup or body):
        return Skipped(source.path, NOTHING, record)
    head = _head(item)
    return RawArticle(
        path=source.path,
        reader="feed",
        raw=raw_of(item),
        record=record,
        title=title,
        html=markup,
        body=body if markup or body else title,
        dates=tuple(DateClaim(text, "field") for text in _dates(item, fields)),
        authors=_authors(fields, head),
        source=next((text for element in fields.get("source", []) if (text := _source(element))), "")
        or next((text for element in _all(head, TITLES) if (text := _line(element))), ""),
        url=_link(item, fields),
        language=_language(item if where is None else where, fields, head),
        tags=_tags(fields),
    )


def repaired_article(
    entry: Mapping[str, Any], head: Mapping[str, str], source: Source, record: str
) -> RawArticle | Skipped:
    """The article of an item as feedparser hands it over."""
    title = _plain(str(entry.get("title") or ""))
    content = [str(part.get("value") or "") for part in entry.get("content") or ()]
    text = next((part.strip() for part in [*content, str(entry.get("summary") or "")] if part.strip()), "")
    if not (title or text):
        return Skipped(source.path, NOTHING, record)
    # Asked for what it has not, feedparser gives another date for `updated`, and warns.
    stated = [name for name in ("published", "created", "updated") if name in entry]
    dates = [text for name in stated if (text := str(entry[name] or ""))]
    link = str(entry.get("link") or "")
    markup, body = settled(text) if TAG.search(text) else ("", html.unescape(text))
    return RawArticle(
        path=source.path,
        reader="feed",
        raw=json.dumps([title, link, dates, text], ensure_ascii=False).encode("utf-8", "replace"),
        record=record,
        title=title,
        html=markup,
        body=body if markup or body else title,
        dates=tuple(DateClaim(date, "field") for date in dates),
        authors=tuple(dict.fromkeys(_person(str(name)) for name in [entry.get("author")] if name)),
        source=head["title"],
        url=link if link.startswith(("http://", "https://")) else "",
        language=head["language"],
        tags=tuple(dict.fromkeys(str(tag["term"]) for tag in entry.get("tags") or () if tag.get("term"))),
        warnings=("the feed is not well-formed; read as far as it could be made out",),
    )


def _fields(element: Element) -> dict[str, list[Element]]:
    """The children by name, in lower case, with the module they belong to."""
    fields: dict[str, list[Element]] = {}
    for inner in element:
        space, name = namespace(inner), local(inner).lower()
        module = next((prefix for part, prefix in MODULES if part in space), "")
        if name and (module or CORE.match(space)):
            fields.setdefault(module + name, []).append(inner)
    return fields


def _all(fields: Fields, names: tuple[str, ...]) -> list[Element]:
    """The elements with any of these names, in the order of the names."""
    return [element for name in names for element in fields.get(name, [])]


def _head(item: Element) -> Fields:
    """What the feed says of itself: the children of the item's parent, or of the channel beside it."""
    parent = item.getparent()
    if parent is None:
        return {}
    channel = next((inner for inner in parent if local(inner).lower() == "channel"), None)
    fields = _fields(parent if channel is None or channel is item else channel)
    return {name: values for name, values in fields.items() if name not in ("item", "entry")}


def _line(element: Element) -> str:
    """An element as one line of plain text; markup in it is read, unless it is said to be plain."""
    text = text_of(element)
    if len(element) and any(local(inner) for inner in element):
        return " ".join(text.split())
    plain = element.get("type") in ("text", "text/plain") or (element.get("type") is None and _is_atom(element))
    return " ".join(text.split()) if plain else _plain(text)


def _is_atom(element: Element) -> bool:
    """Whether text without a type is plain by the specification, as it is in Atom 1.0."""
    return namespace(element) == "http://www.w3.org/2005/Atom"


def _plain(text: str) -> str:
    """Text that may hold escaped markup, without it."""
    return " ".join(html.unescape(TAG.sub("", text)).split())


def _text(fields: Fields) -> tuple[str, str, Element | None]:
    """The fullest text of an item, as markup or as plain text, and the element it stands in."""
    for element in _all(fields, TEXTS):
        kind = (element.get("type") or "").lower()
        if any(local(inner) for inner in element):
            markup = (html.escape(element.text or "", quote=False)) + "".join(map(_inner, element))
            return markup.strip(), "", element
        text = text_of(element).strip()
        if element.get("mode") == "base64" or (kind and _is_atom(element) and not _is_text(kind)):
            text = _decoded(text, kind)
        if text and kind != "text/plain" and TAG.search(text) and not (kind in ("", "text") and _is_atom(element)):
            return text, "", element
        if text:
            return "", text if _is_atom(element) and kind != "html" else html.unescape(text), element
    return "", "", None


def _inner(element: Element) -> str:
    """A child of a text with what follows it, as markup."""
    if not local(element):
        return html.escape(text_of(element) + (element.tail or ""), quote=False)
    return raw_of(element).decode() + html.escape(element.tail or "", quote=False)


def _is_text(kind: str) -> bool:
    """Whether content of this type stands as it is, not as base64."""
    return kind in ("text", "html", "xhtml") or kind.startswith("text/") or kind.endswith(("+xml", "/xml"))


def _decoded(text: str, kind: str) -> str:
    """What base64 holds where it is text; empty where it is something else."""
    if kind.startswith(("image/", "audio/", "video/")):
        return ""
    try:
        return base64.b64decode(text, validate=False).decode("utf-8").strip()
    except (binascii.Error, ValueError):
        return ""


def _dates(item: Element, fields: Fields) -> list[str]:
    """The dates of an item, that of publication first."""
    found = [" ".join(text_of(element).split()) for element in _all(fields, DATES)]
    attributes = [value for name, value in item.attrib.items() if str(name).lower() == "lastmod"]
    return [text for text in [*found, *attributes] if text]


def _authors(fields: Fields, head: Fields) -> tuple[str, ...]:
    """The names of those who wrote an item; in Atom the feed's where the item has none."""
    found: list[str] = []
    for fields_ in (fields, head):
        elements = _all(fields_, ("dc:creator", "author"))
        if fields_ is head:
            elements = [element for element in elements if _is_atom(element)]
        for element in elements:
            name = child(element, "name")
            found.append(_person(_line(element if name is None else name)))
        found = [name for name in found if name]
        if found:
            break
    return tuple(dict.fromkeys(found or [_line(element) for element in fields.get("itunes:author", [])]))


def _person(text: str) -> str:
    """The name in "mail@example.org (Jane Doe)"."""
    named = NAMED.fullmatch(text)
    return (named[1] or named[2]).strip() if named else text


def _source(element: Element) -> str:
    """The feed an item was taken from."""
    return next(iter([_line(title) for title in children(element, "title")]), "") or (
        "" if len(element) else _line(element)
    )


def _link(item: Element, fields: Fields) -> str:
    """The address of the article."""
    guids = [guid for guid in fields.get("guid", []) if (guid.get("isPermaLink") or "true").lower() != "false"]
    own = [str(value) for name, value in item.attrib.items() if str(name).lower() == "href"]
    for element in [*fields.get("feedburner:origlink", []), *fields.get("link", []), *guids, *fields.get("a", [])]:
        href = next((value for name, value in element.attrib.items() if str(name).lower() == "href"), None)
        if href is not None and element.get("rel", "alternate") != "alternate":
            continue
        if url := _address(item, (href or text_of(element)).strip()):
            return url
    return next((url for value in own if (url := _address(item, value.strip()))), "")


def _address(item: Element, address: str) -> str:
    """An address made whole with xml:base; empty where it is not one of the web."""
    try:
        whole = urljoin(item.base or "", address) if address else ""
    except ValueError:
        return ""  # brackets that are no address
    return whole if whole.startswith(("http://", "https://")) else ""


def _language(element: Element, fields: Fields, head: Fields) -> str:
    """The language of the text: by the nearest xml:lang, else by what the item or the feed says."""
    near: Element | None = element
    while near is not None:
        if near.get(LANG):
            return str(near.get(LANG))
        near = near.getparent()
    said = [*_all(fields, ("dc:language", "language")), *_all(head, ("language", "dc:language"))]
    return next((text for item in said if (text := " ".join(text_of(item).split()))), "")


def _tags(fields: Fields) -> tuple[str, ...]:
    """The labels of an item."""
    found = [element.get("label") or _line(element) or element.get("term") or "" for element in _all(fields, TAGS)]
    return tuple(dict.fromkeys(text for text in found if text))
