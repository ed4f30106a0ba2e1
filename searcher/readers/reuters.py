"""Reuters-21578: a thousand news items of 1987 in one SGML file, as David D. Lewis distributes them.

The files are latin-1 and no parser of SGML or XML takes them whole, as control characters stand in them as `&#5;`.
Items are cut out one at a time, so the memory used is that of one item.
"""

import html
import re
from collections.abc import Iterator

from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.paragraphs import paragraphs
from searcher.readers.source import Source

__all__ = ["ReutersReader"]

BEGIN = re.compile(rb"<REUTERS\b")
END = b"</REUTERS>"
NUMBER = re.compile(r'NEWID="(\d+)"')
ENTITY = re.compile(r"&(?:#\d+|lt|gt|amp|quot|apos);")
DATE = re.compile(r"\d{1,2}-[A-Z]{3}-\d{4}(?: +\d{1,2}:\d{2}:\d{2}(?:\.\d+)?)?", re.IGNORECASE)
KIND = re.compile(r'<TEXT\b[^>]*TYPE="(\w+)"')
SIGNATURE = re.compile(r"reuters?$", re.IGNORECASE)  # of the agency, below a story
BY = re.compile(r"^\s*by\s+", re.IGNORECASE)
AGENCY = re.compile(r",?\s*Reuters?\s*$", re.IGNORECASE)
MARKS = str.maketrans("", "", "".join(map(chr, (*range(1, 9), 11, 12, *range(14, 32), 127))))
TAGS = (("topic", "TOPICS"), ("place", "PLACES"), ("person", "PEOPLE"), ("org", "ORGS"), ("exchange", "EXCHANGES"))
PLACEHOLDER = "Blah blah blah."  # what the collection puts where a flash had no text below its headline


class ReutersReader:
    """Reads reut2-NNN.sgm; each item's record is its `NEWID N`, its given labels are tags such as `topic:cocoa`."""

    name = "reuters"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the document type or the first item."""
        begin = head[:4096].lstrip()
        return begin.startswith((b"<!DOCTYPE lewis", b"<REUTERS "))

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each item in turn; one that is cut short or too long is skipped."""
        block: list[bytes] = []
        size = 0
        for line in source.lines():
            if BEGIN.match(line.data):
                if block:
                    yield _cut_short(block, source)
                block, size = [], 0
            elif not block:
                continue
            block.append(line.data)
            size += len(line.data)
            if line.data.rstrip().endswith(END):
                yield _article(b"".join(block), source)
                block = []
            elif size > source.limit or not line.whole:
                yield _cut_short(block, source)
                block = []
        if block:
            yield _cut_short(block, source)


def _article(raw: bytes, source: Source) -> RawArticle | Skipped:
    """The article of one item."""
    block = raw.rstrip().decode("latin-1").replace("\r\n", "\n")
    text = _between(block, "TEXT")
    title = " ".join(_plain(_between(text, "TITLE")).split())
    lines = _unsigned(_plain(_body(text)).rstrip()).split("\n")
    body = [part for part in paragraphs(lines) if part != PLACEHOLDER]
    if not title and body:
        title, body = body[0], body[1:]
    if not (title or body):
        return Skipped(source.path, "an item without text; nothing to add", _record(block))
    return RawArticle(
        path=source.path,
        reader=ReutersReader.name,
        raw=raw.rstrip(),
        record=_record(block),
        title=title,
        body="\n\n".join(body) or title,  # a flash is its headline
        dateline=" ".join(_plain(_between(text, "DATELINE")).split()).rstrip(" -"),
        dates=tuple(DateClaim(found[0], "field") for found in DATE.finditer(_between(block, "DATE"))),
        authors=_authors(_plain(_between(text, "AUTHOR"))),
        source="Reuters",
        language="en",
        tags=tuple(f"{name}:{label}" for name, tag in TAGS for label in _labels(_between(block, tag))),
    )


def _body(text: str) -> str:
    """The text of an item: its BODY, else what stands directly in TEXT beside the parts that have a tag."""
    if "<BODY>" in text:
        return _between(text, "BODY")
    return re.sub(r"<(TITLE|AUTHOR|DATELINE)>[^<]*</\1>", "", text).replace("******", "")


def _between(block: str, tag: str) -> str:
    """What stands in the first element of this name; empty where there is none."""
    begin = re.search(rf"<{tag}(?:\s[^<>]*)?>", block)
    end = block.find(f"</{tag}>", begin.end()) if begin else -1
    return block[begin.end() : end] if begin and end >= 0 else ""


def _plain(text: str) -> str:
    """The text with its entities read and control characters left out."""
    return ENTITY.sub(lambda entity: html.unescape(entity[0]), text).translate(MARKS)


def _unsigned(text: str) -> str:
    """The text without the signature that stands behind a line break or a gap at its end."""
    if found := SIGNATURE.search(text):
        story = text[: found.start()].rstrip()
        gap = text[len(story) : found.start()]
        return story if "\n" in gap or "  " in gap else text
    return text


def _labels(text: str) -> list[str]:
    """The labels of one kind."""
    return [_plain(label).strip() for label in re.findall(r"<D>([^<]*)</D>", text)]


def _authors(text: str) -> tuple[str, ...]:
    """The names of a byline such as `by Jane Doe, Reuters`."""
    name = AGENCY.sub("", BY.sub("", " ".join(text.split())))
    return (name,) if name else ()


def _record(block: str) -> str:
    """The number of an item, as the collection counts them."""
    found = NUMBER.search(block[:300])
    return f"NEWID {found[1]}" if found else ""


def _cut_short(block: list[bytes], source: Source) -> Skipped:
    """The report of an item without an end."""
    record = _record(block[0][:300].decode("latin-1"))
    return Skipped(source.path, "the item has no </REUTERS> within bounds; copy the file again from its origin", record)
