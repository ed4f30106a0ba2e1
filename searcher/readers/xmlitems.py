"""The items of an XML file one after another, in the memory of one: nothing outside the file is ever read.

No entity is expanded, no document type loaded; nesting and the length of names and attributes are bounded by the
parser (256 or 2,048 levels, 10 MB); the length of an item by `max_record_bytes` and MOST_BYTES.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.errors import ReadError
from searcher.models import RawArticle, Skipped
from searcher.readers.source import Source

if TYPE_CHECKING:
    from lxml.etree import XMLPullParser, _Element

__all__ = ["canonical", "xml_items"]

DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml\s[^<>]{0,500}\?>)?")
CHUNK_BYTES = 64 * 1024
MOST_BYTES = 4 * 1024 * 1024  # the longest item of 70 samples has 16 KB; a tree takes up to forty times its text


def xml_items(
    source: Source, tags: tuple[str, ...], read: "Callable[[_Element, str], RawArticle | Skipped]"
) -> Iterator[RawArticle | Skipped]:
    """What `read` makes of each element of these names and of its record.

    The record is "item 3" where the file holds several. Raises ReadError where the XML breaks off.
    """
    held: RawArticle | Skipped | None = None  # the first item, until it is known whether it is the only one
    count = 0
    try:
        for element in _elements(source, tags):
            count += 1
            if held is not None:
                yield held
            held = read(element, f"item {count}")
    except ReadError:
        if held is not None:
            yield held
        raise
    if held is not None:
        yield replace(held, record="") if count == 1 else held


def canonical(element: "_Element") -> bytes:
    """The bytes of an item alone, the same however the file around it is written."""
    from lxml import etree

    try:
        return bytes(etree.tostring(element, method="c14n", exclusive=True, with_comments=False))
    except (etree.C14NError, ValueError):  # an entity that was not expanded, a namespace that is no address
        return bytes(etree.tostring(element, encoding="utf-8", with_tail=False))


def _elements(source: Source, tags: tuple[str, ...]) -> "Iterator[_Element]":
    """Each element once it is whole; it is emptied when the next is asked for."""
    from lxml import etree

    parser = etree.XMLPullParser(
        ("end",),
        tag=tags,
        encoding=_encoding(source.head),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    most = min(source.limit, MOST_BYTES)
    since, memory = 0, _Memory()
    for chunk in _chunks(source):
        fault = _feed(parser, chunk)
        since += len(chunk)
        for _, element in parser.read_events():
            since = 0
            yield element
            memory.drop(element)
        if fault:
            raise ReadError(source.path, f"the XML breaks off ({fault}); copy the file again from its origin")
        if since > most:
            raise ReadError(source.path, f"an item longer than {most:,} bytes; one article is never so long")


def _encoding(head: bytes) -> str | None:
    """UTF-8 where the first bytes are that and not ASCII, whatever the file says of itself; else what it says."""
    if head.isascii() or b"\x00" in head[:4]:
        return None
    try:
        getincrementaldecoder("utf-8")().decode(head)  # the last character may be cut
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _chunks(source: Source) -> Iterator[bytes]:
    """The bytes of the file piece by piece, without white space before the first; an empty one is its end."""
    with source.stream() as stream:
        yield _lenient(stream.read(CHUNK_BYTES).lstrip(b" \t\r\n"))
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk
    yield b""


def _lenient(begin: bytes) -> bytes:
    """The beginning of a file with a document type, never loaded: without one `&nbsp;` would end the reading."""
    if b"<!DOCTYPE" in begin or b"\x00" in begin[:8]:
        return begin
    declared = DECLARATION.match(begin)
    end = declared.end() if declared else 0
    return begin[:end] + b'<!DOCTYPE item SYSTEM "item.dtd">' + begin[end:]


def _feed(parser: "XMLPullParser", chunk: bytes) -> str:
    """Parse on, to the end where the chunk is empty; what is wrong with the XML, if anything."""
    from lxml import etree

    try:
        parser.feed(chunk) if chunk else parser.close()
    except etree.XMLSyntaxError as error:
        first = next(iter(parser.feed_error_log), None)  # an entity nobody declared is not in the error itself
        return str(first.message if first else error.msg)
    return ""


class _Memory:
    """Lets go of items that were read and of what stands between them; a header before the first one is kept."""

    def __init__(self) -> None:
        self.open: list[tuple[int, _Element, int]] = []  # depth, parent, children kept: items may hold items

    def drop(self, element: "_Element") -> None:
        """Empty an element and take out what came before it in its parent since the first item there."""
        parent = element.getparent()
        element.clear()
        if parent is None:
            return
        depth = sum(1 for _ in parent.iterancestors())
        while self.open and self.open[-1][0] >= depth and self.open[-1][1] is not parent:
            self.open.pop()
        if not self.open or self.open[-1][1] is not parent:
            self.open.append((depth, parent, parent.index(element)))
        kept = self.open[-1][2]
        while parent[kept] is not element:
            del parent[kept]
