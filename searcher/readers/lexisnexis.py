"""The parts of one article as Nexis and Lexis lay it out, whichever file they export it to.

    number, outlet, day, title -> LABEL: value, ... -> body -> LABEL: value, ... -> copyright

Labels are written in the language of the interface. Those below were met in the exports or are named in the guides of
the service; a line with any other word before a colon is text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.record import Place

__all__ = ["Document", "above_labels", "counted", "document_article", "is_copyright", "label_of", "parted"]

NAMES = {
    "authors": ("byline", "autor", "auteur", "autores", "autore"),
    "section": ("section", "rubrik", "rubrique", "sección", "seccion", "sezione", "sectie"),
    "dateline": ("dateline", "ort", "lieu"),
    "lead": ("highlight", "abstract"),
    "captions": ("graphic", "grafik", "photo", "illustration"),
    "language": ("language", "sprache", "langue", "idioma", "lingua", "taal"),
    "url": ("url",),
    "topic": ("subject",),
    "place": ("geographic", "country", "city", "state"),
    "person": ("person",),
    "org": ("organization", "company"),
    "": (  # what says something about the copy alone
        "length", "länge", "longueur", "longitud", "extensión", "lunghezza", "lengte", "load-date", "update",
        "date-chargement", "fecha-carga", "publication-type", "type-publication", "pub-type", "tipo-publicación",
        "journal-code", "journal code", "zeitungs-code", "code-revue", "industry", "ticker", "distribution", "series",
        "type", "correction-date", "acc-no", "document-type", "bibliographie", "facility", "title", "notes",
    ),
}  # fmt: skip
LABELS = {spelling: name for name, spellings in NAMES.items() for spelling in spellings}
LABELLED = re.compile(r"^(?P<label>[^\W\d_](?:[^\W\d_]|[ -](?=[^\W\d_])){2,24}):(?=\s|$)\s*(?P<value>.*)", re.DOTALL)
COUNTED = re.compile(
    r"^\s*(?:dokument\s+|document\s+)?(\d{1,5}) (?:of|von|de|di|van|sur) (\d{1,5})(?: documents?)?\s*$", re.IGNORECASE
)
COPYRIGHT = re.compile(r"^\s*(?:copyright\b|\(c\)|©)", re.IGNORECASE)
DAY = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
# What stands behind the name in a line such as "Jane Doe, Harbour Post Staff Writer".
ROLE = re.compile(
    r"[,;][^,;]{0,80}(?:\b(?:writer|correspondent|editor|reporter|staff|special to|service|reported)\b|\.com\b).*",
    re.IGNORECASE | re.DOTALL,
)
EDITION = re.compile(r"\s+-\s+[^-]*\bedition$", re.IGNORECASE)
# The day and the time in a line that also names the weekday and the edition.
ON = re.compile(r"^(?:[^\W\d_]+\.?\s+\d{1,2}|\d{1,2}\.?\s+[^\W\d_]+),?\s+\d{4}|^\d{4}年\d{1,2}月\d{1,2}日")
AT = re.compile(r"\b\d{1,2}:\d{2}(?:\s*[AP]M\b)?(?:\s+[A-Z]{2,5}\b(?:[+-]\d{1,2}\b)?)?")
BY = re.compile(r"^\s*(?:by|von|par|por)\s+", re.IGNORECASE)
SURE = re.compile(r"(?:(?<!\s)\s++)?\(\d{1,3}%\)\s*$")  # how sure the service is of a label
APPENDED = re.compile(r"\s+-\s+Correction Appended$")  # a mark of the database: the correction stands below the text
PAGE = re.compile(r"^https?://[^\s/<>]+(?P<page>/[^\s<>]+)?/?$")  # an address alone, of a page or only of the outlet
ADDRESS = re.compile(r"(?:^|[\s;])(https?://[^\s<>]{1,2000}+)\s*$")
TAGS = ("topic", "place", "person", "org")


@dataclass(slots=True)
class Document:
    """One article of an export: what stands above the labels, what the labels say, and its paragraphs."""

    title: str = ""
    source: str = ""
    day: str = ""
    labels: dict[str, list[str]] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)

    def take(self, line: str) -> bool:
        """Keep the value of a labelled line; False where the line has no label that is known."""
        found = label_of(line)
        if found is None:
            return False
        name, value = found
        if value:
            self.labels.setdefault(name, []).append(value)
        return True


def label_of(line: str) -> tuple[str, str] | None:
    """The field a line is labelled with, empty for one that is of no use, and its value."""
    found = LABELLED.match(line.replace("\xa0", " ").strip())
    name = LABELS.get(found["label"].lower()) if found else None
    return None if found is None or name is None else (name, found["value"].strip())


def counted(line: str) -> str:
    """The number in a line such as "3 of 74 DOCUMENTS"; empty for any other line."""
    found = COUNTED.match(line)
    return found[1] if found and int(found[1]) <= int(found[2]) else ""


def document_article(document: Document, place: Place) -> RawArticle | Skipped:
    """The article a document describes, or the reason why it describes none."""
    labels = document.labels
    lead, url = _lead("\n\n".join(labels.get("lead", ())))
    day = _moment(document.day)
    body, below = _unsigned(document.body)
    if not (document.title or document.body):
        return Skipped(place.path, "a document without title and text; export it again", place.record)
    return RawArticle(
        path=place.path,
        reader=place.reader,
        raw=place.raw,
        record=place.record,
        title=APPENDED.sub("", document.title),
        lead=lead,
        body="\n\n".join(body),
        dateline=_one(labels, "dateline"),
        dates=(DateClaim(day, "field"),) if day else (),
        captions=tuple(labels.get("captions", ())),
        authors=tuple(ROLE.sub("", BY.sub("", name)) for name in labels.get("authors", ())),
        source=EDITION.sub("", document.source),
        url=_one(labels, "url") or url or below,
        language=_one(labels, "language").partition(";")[0].strip(),
        section=_one(labels, "section"),
        tags=tuple(f"{name}:{tag}" for name in TAGS for tag in _tags(_one(labels, name))),
    )


def above_labels(lines: Sequence[str]) -> Document:
    """The document of HTML and plain text, which begins with the outlet, the day and the title in this order."""
    kept = [line for line in lines if not is_copyright(line) and not counted(line)]
    at = next((at for at, line in enumerate(kept) if at and DAY.search(line)), 0)
    if not at:
        return Document(title=" ".join(kept[1:] or kept), source=kept[0] if kept[1:] else "")
    return Document(title=" ".join(kept[at + 1 :]), source=kept[at - 1], day=kept[at])


def is_copyright(line: str) -> bool:
    """Whether a line says who owns the text."""
    return COPYRIGHT.match(line) is not None


def parted(document: Document, blocks: Sequence[Sequence[str]]) -> Document:
    """The document with its labels and its body: labels stand above and below, what has none between is the body."""
    for block in blocks:
        if label_of(block[0]) is not None:
            document.take("\n\n".join(block))
        elif not is_copyright(block[0]):
            document.body += block
    return document


def _moment(line: str) -> str:
    """The day, and the time where one is given; the line as it is where its day is written in another way."""
    on = ON.match(line)
    at = AT.search(line, on.end()) if on else None
    return f"{on[0]} {at[0]}" if on and at else on[0] if on else line


def _lead(text: str) -> tuple[str, str]:
    """The standfirst, and the address of the page that some outlets write at its end."""
    found = ADDRESS.search(text)
    return (text[: found.start()].rstrip(" ;"), found[1]) if found else (text, "")


def _unsigned(body: list[str]) -> tuple[list[str], str]:
    """The paragraphs without an address that closes them, and the address where it is that of a page."""
    found = PAGE.match(body[-1]) if len(body) > 1 else None
    return (body[:-1], found[0] if found["page"] else "") if found else (body, "")


def _one(labels: Mapping[str, Sequence[str]], name: str) -> str:
    """The first value under a label."""
    return next(iter(labels.get(name, ())), "")


def _tags(text: str) -> list[str]:
    """The labels of a line such as "IMMIGRATION (93%); AGREEMENTS (90%)", each once."""
    return list(dict.fromkeys(tag for part in text.split(";") if (tag := SURE.sub("", part).strip())))
