"""Nexis HTML: the results of a search, many articles a file, each between <DOCFULL> and </DOCFULL>."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from searcher.models import RawArticle, Skipped
from searcher.readers.charset import decode_page
from searcher.readers.lexisnexis import Document, above_labels, counted, document_article, label_of, parted
from searcher.readers.record import Place
from searcher.readers.source import Source

__all__ = ["NexisReader"]

BEGIN = b"<DOCFULL>"
END = b"</DOCFULL>"
MARK = re.compile(rb"<DOCFULL>|<!--\s*LXNComment\b|<META TOPIC=\"[^\"<>]*\" DOCUMENTS=")
COMMENT = re.compile(r"^\s*-->|<!--(?:(?!-->).)*(?:-->|$)", re.DOTALL)
MOST_TAGS = 100_000  # of one document, each an object of 1.5 kB; real ones have 481 at most
TOO_MANY_TAGS = f"has more than {MOST_TAGS:,} tags; one article never has so many"
HEAD_BLOCKS = 4  # number, outlet, day and title: where a document has no label at all


class NexisReader:
    """Reads the HTML export of Nexis; each article's record is `document N`, as the export counts them."""

    name = "nexis"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the mark of the first document, or the service's comment above it."""
        return b"<" in head[:256] and MARK.search(head) is not None and b"DOCUMENTS" in head

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each document in turn; one that is cut short or too long is skipped."""
        held: list[bytes] = []
        size = number = 0
        for line in source.lines():
            if BEGIN in line.data:
                if held:
                    yield _cut_short(number, source)
                held, size, number = [], 0, number + 1
            elif not held:
                continue
            held.append(line.data)
            size += len(line.data)
            if END in line.data:
                yield _article(b"".join(held), number, source)
                held = []
            elif size > source.limit or not line.whole:
                yield _cut_short(number, source)
                held = []
        if held:
            yield _cut_short(number, source)


def _article(raw: bytes, number: int, source: Source) -> RawArticle | Skipped:
    """The article of one document."""
    html, _ = decode_page(raw, source.settings.encoding)
    text = html.partition(BEGIN.decode())[2].partition(END.decode())[0]
    if text.count("<") > MOST_TAGS:
        return Skipped(source.path, TOO_MANY_TAGS, f"document {number}")
    blocks = _blocks(BeautifulSoup(COMMENT.sub("", text), "lxml"))
    counts = [found for block in blocks[:3] if (found := counted(block[0]))]
    record = f"document {counts[0] if counts else number}"
    return document_article(_document(blocks), Place(source.path, NexisReader.name, raw.strip(), record))


def _blocks(tree: BeautifulSoup) -> list[list[str]]:
    """The paragraphs of each part of the page, told by what they stand in; those without words are left out."""
    blocks: dict[int, list[str]] = {}
    for line in tree.find_all("p"):
        if text := _words(line):
            blocks.setdefault(id(line.parent), []).append(text)
    return list(blocks.values())


def _words(tag: Tag) -> str:
    """The text of an element on one line."""
    return " ".join(tag.get_text().split())


def _document(blocks: list[list[str]]) -> Document:
    """The parts of a document."""
    named = (at for at, block in enumerate(blocks) if label_of(block[0]) is not None)
    first = next(named, min(HEAD_BLOCKS, len(blocks)))
    above = [" ".join(block) for block in blocks[:first]]
    return parted(above_labels(above), blocks[first:])


def _cut_short(number: int, source: Source) -> Skipped:
    """The report of a document without an end."""
    reason = "the document has no </DOCFULL> within bounds; export or copy the file again"
    return Skipped(source.path, reason, f"document {number}")
