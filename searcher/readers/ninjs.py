"""ninjs, the IPTC's news in JSON, versions 1 to 3, and the envelopes in which AP and the BBC send it."""

import json
import re
from collections.abc import Iterator, Mapping

from searcher.errors import ReadError
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.encoding import decode
from searcher.readers.fragment import settled
from searcher.readers.source import Source

__all__ = ["NinjsReader"]

# Names that only ninjs has; a record with one of each kind is ninjs, whatever else it holds.
FIRST = re.compile(rb'"(?:versioncreated|versionCreated|pubstatus|pubStatus)"\s*:')
SECOND = re.compile(rb'"(?:body_(?:text|html|xhtml)|bodies|headline|headlines|renditions|slugline|associations)"\s*:')
NO_TEXT = ("picture", "photo", "video", "audio", "graphic", "composite", "planning", "event", "package")
UNUSABLE = ("canceled", "cancelled", "withheld")
EMBARGOED = "the agency put this under embargo; check that it may be shown"
BODIES = (("body_html", "html"), ("body_xhtml", "html"), ("body_text", "body"), ("body", "body"))
TAG = re.compile(r"<[A-Za-z][^<>]*>")
DEEPEST = 6  # levels of envelopes; AP's has four
Values = Mapping[str, object]


class NinjsReader:
    """Reads a JSON file of one item, of an envelope of items, or of one item a line."""

    name = "ninjs"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By names that only ninjs has."""
        begins = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
        return begins and FIRST.search(head) is not None and SECOND.search(head) is not None

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each item in turn. Raises ReadError where the file is too large or no JSON."""
        raw = source.content()
        try:
            items = list(_items(json.loads(decode(raw, source.path, source.settings.encoding)), 0))
        except (ValueError, RecursionError) as error:
            reason = f"not valid JSON ({str(error)[:100]}); export it again"
            raise ReadError(source.path, reason) from error
        if not items:
            yield Skipped(source.path, "JSON without any ninjs item; nothing to add")
        for number, item in enumerate(items, start=1):
            if len(items) == 1:
                yield _article(item, raw, source, "")
            else:
                data = json.dumps(item, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
                yield _article(item, data, source, f"item {number}")


def _items(value: object, level: int) -> Iterator[Values]:
    """The items in a value, whatever envelope they are in."""
    if isinstance(value, list):
        for inner in value:
            yield from _items(inner, level + 1)
    elif isinstance(value, dict) and level <= DEEPEST:
        if any(name in value for name in ("versioncreated", "versionCreated", "pubstatus", "body_text", "body_html")):
            yield value
        else:
            for name in ("data", "items", "item"):
                yield from _items(value.get(name), level + 1)


def _article(item: Values, raw: bytes, source: Source, record: str) -> RawArticle | Skipped:
    """The article of an item, or the reason why it is none."""
    status = (_text(item, "pubstatus") or _text(item, "pubStatus")).lower()
    kind = _text(item, "type").lower()
    if status in UNUSABLE:
        return Skipped(source.path, f"the agency marked it {status}; left out", record)
    title, text = _text(item, "headline") or _main(item, "headlines"), _body(item)
    if kind in NO_TEXT or not text:
        return Skipped(source.path, f"a {kind or 'news'} item, no text; nothing to add", record)
    markup, body = settled(text.get("html", ""), text.get("body", ""))
    return RawArticle(
        path=source.path,
        reader=NinjsReader.name,
        raw=raw,
        record=record,
        title=title or _text(item, "title"),
        lead=_text(item, "description_text") or _main(item, "descriptions"),
        dateline=_text(item, "dateline") or _text(item, "located"),
        dates=tuple(DateClaim(text, "field") for text in _dates(item)),
        captions=_captions(item),
        authors=_authors(item),
        source=_text(item, "source") or _text(item, "provider") or _text(item, "copyrightholder"),
        url=next((url for name in ("url", "uri") if (url := _text(item, name)).startswith("http")), ""),
        language=_text(item, "language"),
        tags=_tags(item),
        warnings=(EMBARGOED,) if status == "embargoed" or _text(item, "embargoed") else (),
        html=markup,
        body=body,
    )


def _text(item: Values, name: str) -> str:
    """A value that is text, as one line."""
    value = item.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _main(item: Values, name: str) -> str:
    """The first of the values that ninjs 2 keeps in a list, such as `headlines`."""
    return next((text for one in _dicts(item, name) if (text := _text(one, "value"))), "")


def _dicts(item: Values, name: str) -> list[Values]:
    """The objects in a list, or in an object of objects."""
    value = item.get(name)
    found = list(value.values()) if isinstance(value, dict) else value
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _body(item: Values) -> dict[str, str]:
    """The text of an item, under the field of an article that it fills."""
    for name, field in BODIES:
        value = item.get(name)
        if isinstance(value, str) and value.strip():
            return {field if TAG.search(value) else "body": value.strip()}
    for one in _dicts(item, "bodies"):
        value, kind = one.get("value"), _text(one, "contentType") or _text(one, "contenttype")
        if isinstance(value, str) and value.strip():
            return {"html" if "html" in kind else "body": value.strip()}
    return {}


def _dates(item: Values) -> list[str]:
    """The dates of an item, that of its first making before that of this version."""
    names = ("firstcreated", "firstCreated", "versioncreated", "versionCreated", "contentcreated", "contentCreated")
    return list(dict.fromkeys(text for name in names if (text := _text(item, name))))


def _authors(item: Values) -> tuple[str, ...]:
    """The byline, else the names of the authors."""
    if byline := _text(item, "byline"):
        return (byline.removeprefix("By "),)
    return tuple(dict.fromkeys(name for one in _dicts(item, "authors") if (name := _text(one, "name"))))


def _tags(item: Values) -> tuple[str, ...]:
    """Keywords and the names of subjects."""
    words = item.get("keywords")
    found = [word for word in words if isinstance(word, str)] if isinstance(words, list) else []
    found += [_text(one, "name") for name in ("subject", "subjects") for one in _dicts(item, name)]
    return tuple(dict.fromkeys(text for text in found if text))


def _captions(item: Values) -> tuple[str, ...]:
    """The captions of the pictures that go with an item."""
    pictures = [one for one in _dicts(item, "associations") if _text(one, "type") in ("picture", "photo", "graphic")]
    return tuple(dict.fromkeys(text for one in pictures if (text := _text(one, "description_text"))))
