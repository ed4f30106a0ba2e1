"""Nexis and Lexis exports to Word or RTF: a cover with the list of articles, then each from its title to its end mark.

title, outlet, day, copyright, Label: value, ... -> "Body" -> text -> "Classification", "Graphic", Label: value, ...
-> "End of Document"
"""

import re
from collections.abc import Iterator, Sequence

from searcher.models import RawArticle, Skipped
from searcher.readers.lexisnexis import Document, document_article, is_copyright, label_of
from searcher.readers.record import Place
from searcher.readers.source import Source

__all__ = ["export_articles", "is_export"]

BODY = ("body", "volltext", "texte intégral", "cuerpo")
END = ("end of document", "ende des dokuments", "fin du document", "fin de documento")
# Headings of what stands below the text, and the field that the lines below each belong to.
BELOW = {"classification": "", "graphic": "captions", "grafik": "captions"}
COVER = re.compile(
    r"^(?:User Name|Date and Time|Job Number|Documents \(\d+\)|Document \(1\)|Client/Matter|Search Terms|Search Type"
    r"|Content Type|Narrowed by|\d+\. )"
)
DAY = re.compile(r"^(?:[^\W\d_]+\.?\s+\d{1,2}|\d{1,2}\.?\s+[^\W\d_]+),?\s+(?:1[5-9]|20)\d\d\b|^\d{4}年")
ASIDE = re.compile(r"^(?:Correction Appended|\([^()]*\))$")  # between the outlet and the day
ABSTRACT, WHOLE = "ABSTRACT", "FULL TEXT"  # lines of the database, no words of an author


def is_export(lines: Sequence[str]) -> bool:
    """Whether these are the lines of an export: each text between its mark and the mark of its end."""
    marks = {line.strip().lower() for line in lines if len(line) < 40}
    return not marks.isdisjoint(BODY) and not marks.isdisjoint(END)


def export_articles(lines: Sequence[str], source: Source, reader: str) -> Iterator[RawArticle | Skipped]:
    """Each article in turn; `document N` is its place in the file."""
    held: list[str] = []
    number = 1
    for line in (text for line in lines if (text := line.strip())):
        if line.lower() not in END:
            held.append(line)
            continue
        yield _article(held, Place(source.path, reader, "\n".join(held).encode(), f"document {number}"))
        held, number = [], number + 1
    if held and any(line.lower() in BODY for line in held):
        reason = "the document has no end mark; export it again"
        yield Skipped(source.path, reason, f"document {number}")


def _article(lines: list[str], place: Place) -> RawArticle | Skipped:
    """The article of the lines up to an end mark."""
    at = next((at for at, line in enumerate(lines) if line.lower() in BODY), len(lines))
    document = _above(_without_cover(lines[:at]))
    _take_text(document, lines[at + 1 :])
    return document_article(document, place)


def _without_cover(lines: list[str]) -> list[str]:
    """The lines above a text without the cover, where it is the first of the file."""
    last = max((at for at, line in enumerate(lines) if COVER.match(line)), default=-1)
    return lines[last + 1 :]


def _above(lines: list[str]) -> Document:
    """The document with what stands above its text: the outlet and the day close the lines above the copyright."""
    end = next((at for at, line in enumerate(lines) if is_copyright(line)), len(lines))
    if end == len(lines):
        end = next((at for at, line in enumerate(lines) if at > 1 and label_of(line)), len(lines))
    above = [line for line in lines[:end] if not ASIDE.match(line)]
    at = max((at for at, line in enumerate(above) if at and DAY.match(line)), default=len(above))
    document = Document(title=" ".join(above[: at - 1] or above[:1]), day="".join(above[at : at + 1]))
    if at > 1:
        document.source = above[at - 1]
    for line in lines[end:]:
        document.take(line)
    return document


def _take_text(document: Document, lines: list[str]) -> None:
    """Keep the text of a document, and what is said below it."""
    below = _begin_below(lines)
    document.body = lines[:below]
    if document.body[:1] == [ABSTRACT] and WHOLE in document.body:
        whole = document.body.index(WHOLE)
        document.labels.setdefault("lead", []).extend(document.body[1:whole])
        document.body = document.body[whole + 1 :]
    name = ""
    for line in lines[below:]:
        if line.lower() in BELOW:
            name = BELOW[line.lower()]
        elif not document.take(line) and name:
            document.labels.setdefault(name, []).append(line)


def _begin_below(lines: list[str]) -> int:
    """Where the lines below a text begin: with the first of the last run of headings, labels and what they head."""
    begin = len(lines)
    for at in range(len(lines) - 1, -1, -1):
        if lines[at].lower() in BELOW or (label_of(lines[at]) and at == begin - 1):
            begin = at
    return begin
