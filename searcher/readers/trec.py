"""SGML of news collections: TREC (AP, WSJ, LA Times, FT and others), IEER and Gigaword, one <DOC> an article.

The collections agree on <DOC> and <TEXT> and differ in the rest, and none of them is SGML that a parser takes: tags are
left open and ampersands bare. Documents are cut out one at a time, so the memory used is that of one document.
"""

import html
import re
from collections.abc import Iterator

from searcher.errors import ReadError
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.encoding import without_controls
from searcher.readers.paragraphs import paragraphs
from searcher.readers.source import Source

__all__ = ["TrecReader"]

BEGIN = re.compile(rb"\s*<DOC(?:\s[^<>]*)?>", re.IGNORECASE)
FIRST = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!DOCTYPE[^<>]*>\s*)?<DOC(?:\s+id=[^<>]*>|>\s*<(?:DOCNO|DOCID|DOCTYPE)\b)", re.IGNORECASE
)
END = b"</DOC>"
HEADLINES = ("HEADLINE", "HEAD", "HL", "TI", "TITLE")
DAYS = ("DATE_TIME", "DATETIME", "DATE1", "DATE", "DD", "PUBDATE")
TEXTS = ("LP", "LEADPARA", "TEXT")
NUMBER = re.compile(r"<DOCNO>\s*([^<>\s]+)|<DOC\s[^<>]*\bid=\"([^\"<>]+)\"|<DOCID>\s*([^<>\s]+)", re.IGNORECASE)
MARKUP = re.compile(r"</?[A-Za-z_][^<>]*>")
PARAGRAPH = re.compile(r"<(?:/?P|/?LP|BR)>", re.IGNORECASE)
BLANK = re.compile(r"\n[ \t]*+\n")
QUOTES = (("``", "“"), ("''", "”"))
AMERICAN = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+(\d{1,2}:\d{2}(?::\d{2})?))?")  # IEER, by its manual
COMPACT = re.compile(r"^(\d{2})(\d{2})(\d{2})$")  # FT and WSJ: 920409
# Where the day stands in the number of a document, by the collections' manuals; LA Times and SJM put it otherwise.
NUMBERED = re.compile(r"^(?:(?:APW|NYT|XIE|AFP|CNA|LTW|XIN)(?:_[A-Z]{3}_)?((?:19|20)\d{6})|(?:AP|WSJ)(\d{6}))[.-]")
LETTERS = re.compile(r"[A-Z]+")
SOURCES = {
    "AP": "Associated Press", "APW": "Associated Press", "NYT": "New York Times", "WSJ": "Wall Street Journal",
    "LA": "Los Angeles Times", "FT": "Financial Times", "XIE": "Xinhua", "XIN": "Xinhua", "AFP": "Agence France-Presse",
    "LTW": "Los Angeles Times/Washington Post", "CNA": "Central News Agency", "SJMN": "San Jose Mercury News",
}  # fmt: skip


class TrecReader:
    """Reads files of <DOC> elements; each article's record is its number in the collection."""

    name = "trec"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the first document and its number."""
        return FIRST.match(head[:4096]) is not None

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each document in turn; one that is cut short or too long is skipped."""
        held: list[bytes] = []
        size = number = 0
        for piece in _pieces(source):
            if BEGIN.match(piece):
                if held:
                    yield _cut_short(held, number, source)
                held, size, number = [], 0, number + 1
            elif not held:
                continue
            held.append(piece)
            size += len(piece)
            if piece.rstrip().endswith(END):
                yield _article(b"".join(held).strip(), number, source)
                held = []
            elif size > source.limit:
                yield _cut_short(held, number, source)
                held = []
        if held:
            yield _cut_short(held, number, source)


def _pieces(source: Source) -> Iterator[bytes]:
    """The lines, cut where a document ends and the next begins on the same one."""
    for line in source.lines():
        if not line.whole:
            raise ReadError(
                source.path, f"line {line.number} is longer than {source.limit:,} bytes; copy the file again"
            )
        parts = line.data.split(END)
        yield from (part + END for part in parts[:-1])
        if parts[-1].strip():
            yield parts[-1]


def _article(raw: bytes, number: int, source: Source) -> RawArticle | Skipped:
    """The article of one document."""
    block = _decoded(raw)
    named = _record(block)
    record = named or f"document {number}"
    title = _line(_first(block, HEADLINES))
    body = [part for tag in TEXTS for text in _all(block, tag) for part in _paragraphs(text)]
    if not title and body:
        title, body = body[0], body[1:] or body
    if not body:
        return Skipped(source.path, "a document without text; nothing to add", record)
    return RawArticle(
        path=source.path,
        reader=TrecReader.name,
        raw=raw,
        record=record,
        title=title,
        body="\n\n".join(body),
        dateline=_line(_first(block, ("DATELINE",))),
        dates=tuple(_dates(block, named)),
        authors=tuple(name for text in _all(block, "BYLINE") if (name := _line(text))),
        source=_line(_first(block, ("SO", "PUB"))) or SOURCES.get(_letters(named), ""),
        section=_line(_first(block, ("SECTION",))),
    )


def _decoded(raw: bytes) -> str:
    """The characters: UTF-8, else latin-1, which the collections of the nineties are in."""
    try:
        return without_controls(raw.decode("utf-8")).replace("\r\n", "\n")
    except UnicodeDecodeError:
        return without_controls(raw.decode("latin-1")).replace("\r\n", "\n")


def _all(block: str, tag: str) -> Iterator[str]:
    """What stands in each element of this name; an element left open ends where another of the document begins."""
    at = 0
    while begin := re.compile(rf"<{tag}(?:\s[^<>]*)?>", re.IGNORECASE).search(block, at):
        at = begin.end()
        end = block.find(f"</{begin[0][1 : 1 + len(tag)]}>", at)
        if end < 0:
            return
        yield block[at:end]
        at = end


def _first(block: str, tags: tuple[str, ...]) -> str:
    """What stands in the first of these elements that is there and says something."""
    return next((text for tag in tags for text in _all(block, tag) if text.strip()), "")


def _plain(text: str) -> str:
    """The text without tags, its entities and typewriter quotation marks read."""
    plain = html.unescape(MARKUP.sub("", text))
    for typed, mark in QUOTES:
        plain = plain.replace(typed, mark)
    return plain


def _line(text: str) -> str:
    """The text on one line."""
    return " ".join(_plain(PARAGRAPH.sub(" ", text)).split())


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: as its tags mark them, or else by indents and blank lines."""
    marked = PARAGRAPH.split(text)
    if len(marked) > 2:
        found = [part for block in marked for part in BLANK.split(_plain(block))]
    else:
        found = paragraphs(_plain("\n\n".join(marked)).split("\n"))
    return [line for part in found if (line := " ".join(part.split()))]


def _dates(block: str, number: str) -> Iterator[DateClaim]:
    """The day that an element names, then that in the number of the document."""
    given = _line(_first(block, DAYS))
    if found := AMERICAN.match(given):
        day = f"{found[3]}-{found[1]:0>2}-{found[2]:0>2}"
        yield DateClaim(f"{day} {found[4]}" if found[4] else day, "field")
    elif found := COMPACT.match(given):
        yield DateClaim(f"19{found[1]}-{found[2]}-{found[3]}", "field")
    elif given:
        yield DateClaim(given, "field")
    if found := NUMBERED.match(number):
        digits = found[1] or f"19{found[2]}"
        yield DateClaim(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}", "field")


def _record(block: str) -> str:
    """The number of a document; empty where it has none."""
    found = NUMBER.search(block[:2000])
    return next(filter(None, found.groups()), "") if found else ""


def _letters(number: str) -> str:
    """The letters that a number begins with, which name the outlet."""
    found = LETTERS.match(number)
    return found[0] if found else ""


def _cut_short(held: list[bytes], number: int, source: Source) -> Skipped:
    """The report of a document without an end."""
    record = _record(_decoded(b"".join(held[:20])[:2000])) or f"document {number}"
    return Skipped(source.path, "the document has no </DOC> within bounds; copy the file again from its origin", record)
