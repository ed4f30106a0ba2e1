"""A record of keys and values, as JSON objects and table rows are, to a RawArticle.

Every exporter has its own names for the same few things. The names below were gathered from news-please, NewsAPI,
Event Registry, GDELT, Media Cloud, Zotero, the Guardian's and WordPress's interfaces, schema.org and common data sets;
they are compared without case and marks, so that `datePublished`, `date_published` and `Date published` are one name.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from searcher.models import DateClaim, RawArticle, Skipped

__all__ = ["LEAST_KNOWN", "Columns", "Place", "article_of", "known_fields", "nested_records"]

NAMES = {
    "title": ("title", "headline", "heading", "newstitle", "articletitle"),
    "body": (
        "maintext", "body", "text", "articlebody", "fulltext", "bodytext", "articletext", "plaintext", "content",
        "storytext", "article",
    ),
    "html": ("bodyhtml", "contenthtml", "htmlbody", "articlehtml", "rawhtml", "html"),
    "lead": (
        "lead", "standfirst", "description", "summary", "abstract", "subtitle", "teaser", "excerpt", "trailtext",
        "abstractnote",
    ),
    "date": (
        "datepublished", "datetimepub", "datepublish", "publishedat", "published", "publicationdate", "publishdate",
        "publisheddate", "pubdate", "webpublicationdate", "firstpublished", "date", "datetime", "timestamp",
        "publicationyear",
    ),
    "url": ("url", "link", "canonicalurl", "weburl", "articleurl", "permalink"),
    "source": (
        "source", "outlet", "publisher", "sourcename", "newspaper", "publication", "sitename", "publicationtitle",
        "medianame", "sourcedomain", "domain",
    ),
    "authors": ("authors", "author", "byline", "creator", "writer"),
    "language": ("language", "lang", "languagecode", "inlanguage"),
    "section": ("section", "category", "sectionname", "articlesection", "desk"),
    "tags": ("tags", "keywords", "subjects", "topics", "manualtags"),
    "crawled": (
        "datedownload", "seendate", "crawldate", "crawledat", "crawled", "fetchedat", "scrapedat", "retrievedat",
        "indexeddate", "collectdate", "accessdate",
    ),
    "captions": ("captions", "caption", "imagecaption"),
    "dateline": ("dateline",),
}  # fmt: skip
TEXT_FIELDS = ("body", "html", "lead")
LEAST_KNOWN = 2  # known names that the first line of a table must have to be one, whatever the file is called
# A list of articles, and one article, inside an envelope that says something about the export.
LISTS = ("articles", "items", "results", "docs", "documents", "entries", "data", "hits", "response")
ENVELOPES = ("_source", "article", "doc", "document", "fields")
# Where a value is an object, the key of it that holds the words: names, WordPress's rendered HTML, MongoDB's dates.
INNER = ("rendered", "name", "title", "text", "value", "$date", "#text", "domain", "url")
MARKS = re.compile(r"[\W_]+")
MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|blockquote)\b[^<>]*>|</p>", re.IGNORECASE)
KEYS_SHOWN = 8
ISO_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
CUT = re.compile(r"\[\+\d+ chars\]$")  # how NewsAPI ends the 200 characters that it gives of a text
CUT_SHORT = "the text is only the beginning that NewsAPI gives; read the page at its address for the rest"

Values = Mapping[str, object]
Columns = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: its file, its place in it, the reader that met it, and its bytes."""

    path: str
    reader: str
    raw: bytes
    record: str = ""


def article_of(
    values: Values, place: Place, warnings: tuple[str, ...] = (), columns: Columns = ()
) -> RawArticle | Skipped:
    """The article a record describes, or the reason why it describes none: no text under any known name.

    `columns` names the field of some keys, as the user chose: (field, key). Where the key is there, it is that field.
    """
    fields = _fields(values, columns)
    if not any(_text(value) for name in TEXT_FIELDS for value in fields.get(name, ())):
        inner = next((values[key] for key in ENVELOPES if isinstance(values.get(key), dict)), None)
        if isinstance(inner, dict):
            outer = {key: value for key, value in values.items() if value is not inner}
            return article_of({**outer, **inner}, place, warnings, columns)
        return Skipped(place.path, f"no text under any known name; {_keys(values)}", place.record)
    texts = {name: _first(fields.get(name, ())) for name in NAMES}
    html, body = texts["html"], texts["body"]
    if MARKUP.search(body):
        html, body = body, ""
    if CUT.search(body):
        body, warnings = _uncut(body), (*warnings, CUT_SHORT)
    return RawArticle(
        path=place.path,
        reader=place.reader,
        raw=place.raw,
        record=place.record,
        title=texts["title"],
        lead=texts["lead"],
        body=body,
        html="" if body else html,
        dateline=texts["dateline"],
        dates=tuple(DateClaim(claim, "field") for value in fields.get("date", ()) if (claim := _text(value))),
        captions=_list(fields, "captions"),
        authors=_list(fields, "authors"),
        source=texts["source"],
        url=texts["url"],
        language=texts["language"],
        section=texts["section"],
        tags=tuple(tag for tags in _list(fields, "tags") for part in tags.split(";") if (tag := part.strip())),
        crawled=_day(texts["crawled"]),
        warnings=warnings,
    )


def _uncut(body: str) -> str:
    """A text without the mark that says how much is missing, and the dots before it."""
    text = CUT.sub("", body).rstrip()
    return text.removesuffix("…").removesuffix("...").rstrip()


def known_fields(keys: Sequence[str], columns: Columns = ()) -> set[str]:
    """The fields that these names stand for, among those above and those the user chose."""
    marked = {_plain(key) for key in keys}
    chosen = {name for name, key in columns if _plain(key) in marked}
    return chosen | {name for name, spellings in NAMES.items() if marked & set(spellings)}


def nested_records(values: Values) -> list[object] | None:
    """The list of records inside the envelope of an interface's answer, or None where the object is one record."""
    for key in LISTS:
        inner = values.get(key)
        if isinstance(inner, list) and any(isinstance(record, dict) for record in inner):
            return inner
        if isinstance(inner, dict) and (deeper := nested_records(inner)) is not None:
            return deeper
    return None


def _fields(values: Values, columns: Columns) -> dict[str, list[object]]:
    """The values under the names chosen, else under known names: each field's in the order of preference above."""
    plain = {_plain(key): value for key, value in reversed([*values.items()])}
    chosen = {name: (_plain(key),) for name, key in columns if _plain(key) in plain}
    return {
        name: [plain[spelling] for spelling in spellings if plain.get(spelling) not in (None, "", [])]
        for name, spellings in {**NAMES, **chosen}.items()
    }


def _first(values: list[object] | tuple[()]) -> str:
    """The first value that says something."""
    return next((text for value in values if (text := _text(value))), "")


def _text(value: object) -> str:
    """A value as text: paragraphs of a list joined by blank lines, the words of an object; empty for the rest."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return "\n\n".join(text for item in value if (text := _text(item)))
    if isinstance(value, dict):
        return next((text for key in INNER if (text := _text(value.get(key)))), "")
    return ""


def _list(fields: Mapping[str, list[object]], name: str) -> tuple[str, ...]:
    """A field of several values, whether given as a list, as an object, or as one string."""
    for value in fields.get(name, ()):
        items = value if isinstance(value, list) else [value]
        if texts := tuple(text for item in items if (text := _text(item))):
            return texts
    return ()


def _day(text: str) -> str:
    """The ISO day of a moment; empty where it is not written so."""
    found = ISO_DAY.match(text)
    return "-".join(found.groups()) if found else ""


def _plain(key: str) -> str:
    """A name without case and marks."""
    return MARKS.sub("", key).casefold()


def _keys(values: Values) -> str:
    """The names a record has, for the report."""
    if not values:
        return "it is empty"
    shown = ", ".join(json.dumps(key, ensure_ascii=False) for key in list(values)[:KEYS_SHOWN])
    more = " ..." if len(values) > KEYS_SHOWN else ""
    return f'its keys are {shown}{more}; name the one that holds it "body"'
