"""NewsML 1 of the IPTC, versions 1.0 to 1.2: its news items, whose text is NITF, HTML or plain."""

import re
from collections.abc import Iterator

from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.fragment import settled
from searcher.readers.source import Source
from searcher.readers.wire import EMBARGOED, UNUSABLE, found, line, lines, nitf_fields, prose
from searcher.readers.xmltree import Element, child, local, raw_of, records, root_of, text_of

__all__ = ["NewsML1Reader"]

TEXTS = ("text", "complextext")
TAG = re.compile(r"<(?:p|br|div)\b[^<>]*>", re.IGNORECASE)
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class NewsML1Reader:
    """Reads files whose root is `NewsML`; each NewsItem is an article."""

    name = "newsml-1"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the root element."""
        root = root_of(head)
        return root is not None and root.name == "NewsML"

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each item in turn. Raises ReadError where the XML breaks."""
        number = 0
        for number, item in enumerate(records(source, frozenset({"newsitem"})), start=1):
            yield _article(item, source, f"item {number}")
        if not number:
            yield Skipped(source.path, "NewsML without any item; nothing to add")


def _article(item: Element, source: Source, record: str) -> RawArticle | Skipped:
    """The article of an item, or the reason why it is none."""
    management = child(item, "NewsManagement")
    status = _formal(child(management, "Status")).lower()
    if status in UNUSABLE:
        return Skipped(source.path, f"the agency marked it {status}; left out", record)
    body, markup = _content(item)
    if not (body or markup):
        kinds = sorted({kind for one in found(item, "MediaType") if (kind := _formal(one).lower())} - set(TEXTS))
        return Skipped(source.path, f"a {kinds[0] if kinds else 'news'} item, no text; nothing to add", record)
    bylines = lines(found(item, "ByLine"))
    dates = [line(one) for name in ("FirstCreated", "DateId", "ThisRevisionCreated") for one in found(item, name)]
    markup, body = settled(markup, body)
    return RawArticle(
        path=source.path,
        reader=NewsML1Reader.name,
        raw=raw_of(item),
        record=record,
        title=line(next(iter(found(item, "HeadLine")), None)),
        lead=line(next(iter(found(item, "SubHeadLine")), None)),
        body=body,
        html=markup,
        dateline=line(next(iter(found(item, "DateLine")), None)),
        dates=tuple(DateClaim(text, "field") for text in dict.fromkeys(dates) if text),
        captions=lines(found(item, "media-caption")),
        authors=tuple(name.removeprefix("By ") for name in bylines),
        source=_provider(item),
        language=next((tag for one in found(item, "Language") if (tag := _formal(one))), "") or item.get(LANG) or "",
        tags=_tags(item),
        warnings=(EMBARGOED,) if status == "embargoed" else (),
    )


def _formal(element: Element | None) -> str:
    """The name that an element states formally."""
    return "" if element is None else str(element.get("FormalName") or "")


def _content(item: Element) -> tuple[str, str]:
    """The first text of an item: as plain paragraphs, or as markup that stands in it as text."""
    for content in found(item, "ContentItem"):
        data, kind = child(content, "DataContent"), _formal(child(content, "MediaType")).lower()
        if data is None or (kind and kind not in TEXTS):
            continue
        nitf = next(iter(found(data, "nitf")), None)
        if nitf is not None:
            return nitf_fields(nitf)["body"], ""
        if any(local(inner) for inner in data):
            page = next(iter(found(data, "body.content", "body")), data)
            return prose(page), ""
        if text := text_of(data).strip():
            return ("", text) if TAG.search(text) else (text, "")
    return "", ""


def _provider(item: Element) -> str:
    """The agency: the provider's name, else the provider's part of the item's identifier."""
    for name in ("Provider", "Creator"):
        for provider in found(item, name):
            if text := _formal(child(provider, "Party")):
                return text
    return line(next(iter(found(item, "ProviderId")), None))


def _tags(item: Element) -> tuple[str, ...]:
    """The keywords of an item."""
    values = [str(one.get("Value") or "") for one in found(item, "Property") if _formal(one) == "Keyword"]
    return tuple(dict.fromkeys(text for text in [*values, *lines(found(item, "KeywordLine"))] if text))
