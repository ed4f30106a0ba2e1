"""XML in memory bounded by one record: what the root element is, and each record of a file in turn.

Nothing outside the file is read and no entity is expanded; the limits of libxml2 (256 levels, 10 MB a text) stay on.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from searcher.errors import ReadError
from searcher.readers.source import Source
from searcher.readers.xmlroot import name_of

__all__ = [
    "Element",
    "Root",
    "child",
    "children",
    "line",
    "lines",
    "local",
    "namespace",
    "raw_of",
    "records",
    "root_of",
    "text_of",
]

ENCODED = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
UTF16 = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
START = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
XMLNS = re.compile(r"""\bxmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']""")
# What a list of records may have beside them, such as the head of a feed; 40 at most in the samples.
MOST_BESIDE = 1000
CHUNK = 4096  # bytes given to the parser at once; whole records among those that break the XML are lost
SAFE = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_comments": True,
    "remove_pis": True,
}  # fmt: skip
Element = Any  # lxml is published without types


@dataclass(frozen=True, slots=True)
class Root:
    """The first element of a file: its local name, its namespace, its start tag as written and its document type."""

    name: str
    namespace: str
    tag: str = ""
    doctype: str = ""


def root_of(head: bytes) -> Root | None:
    """The root element that the first bytes of a file show; None where they do not begin like XML."""
    text = _characters(head).lstrip()
    doctype, at = "", 0
    while text.startswith("<", at) and text[at + 1 : at + 2] in ("?", "!"):
        end = _end(text, at)
        if end < 0:
            return None
        if text[at + 2 : at + 9].lower() == "doctype":
            doctype = text[at:end][:300]
        at = end
        while text[at : at + 1].isspace():
            at += 1
    found = START.match(text, at)
    if not found:
        return None
    close = text.find(">", at)
    tag = text[at : close if close >= 0 else len(text)]
    prefix = (found[1] or "").rstrip(":")
    spaces = dict(XMLNS.findall(tag))
    return Root(found[2], spaces.get(prefix, ""), tag, doctype)


def _characters(head: bytes) -> str:
    """The head as characters, good enough to see its markup."""
    for mark, encoding in (*ENCODED, *UTF16):
        if head.startswith(mark):
            return head.decode(encoding, "replace").lstrip("\ufeff")
    return head.decode("latin-1")


def _end(text: str, at: int) -> int:
    """Where a declaration, comment or document type that begins here is over; -1 where it is not."""
    if text.startswith("<!--", at):
        end, mark = text.find("-->", at), "-->"
    elif text.startswith("<?", at):
        end, mark = text.find("?>", at), "?>"
    else:
        close, inner = text.find(">", at), text.find("[", at)
        mark = ">"
        end = close
        if 0 <= inner < close:
            inside = text.find("]", inner)
            end = text.find(">", inside) if inside >= 0 else -1
    return end + len(mark) if end >= 0 else -1


def records(source: Source, names: frozenset[str]) -> Iterator[Element]:
    """Each outermost element with one of these local names (lower case), its parents and what precedes it in place.

    An element is emptied when the next is asked for. Raises ReadError where the XML breaks.
    """
    parser = etree.XMLPullParser(events=("start", "end"), **SAFE)
    inside, done, since = 0, None, 0
    with source.stream() as stream:
        while data := stream.read(CHUNK):
            since += len(data)
            if since > source.limit:
                raise ReadError(source.path, f"a record larger than {source.limit:,} bytes; split the file")
            _feed(parser, data, source.path)
            for event, element in parser.read_events():
                if local(element).lower() not in names:
                    continue
                inside += 1 if event == "start" else -1
                if event == "end" and not inside:
                    _forget(done)
                    yield element
                    element.clear()
                    done, since = element, 0
        _feed(parser, b"", source.path)


def _feed(parser: Any, data: bytes, path: str) -> None:
    """Give the parser the next bytes, or the end. Raises ReadError where they break the XML.

    The events of bytes that break it are lost on purpose: the parser closes all that is open, and half a record would
    look whole.
    """
    try:
        if data:
            parser.feed(data)
        else:
            parser.close()
    except etree.XMLSyntaxError as error:
        raise ReadError(path, f"not well-formed XML ({_fault(error)}); export it again") from error


def _forget(done: Element | None) -> None:
    """Take out a record that was read, and what stands beside the records where there is far too much of it."""
    parent = None if done is None else done.getparent()
    if done is not None and parent is not None:
        parent.remove(done)
        if len(parent) > MOST_BESIDE:
            del parent[MOST_BESIDE // 2 : -1]


def _fault(error: Exception) -> str:
    """What the parser says, in one short line."""
    return " ".join(str(error).split())[:160]


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return name_of(element.tag).name if isinstance(element.tag, str) else ""


def namespace(element: Element) -> str:
    """The namespace of an element; empty where it has none."""
    return name_of(element.tag).namespace if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> list[Element]:
    """The children with any of these local names, whatever their namespace."""
    return [inner for inner in element if local(inner) in names]


def child(element: Element | None, *path: str) -> Element | None:
    """The first element at this path of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element


def text_of(element: Element | None) -> str:
    """All text in an element, its white space as it is; entities of HTML are read, others left out."""
    if element is None:
        return ""
    parts = [_own(element)]
    for inner in element.iterdescendants():
        parts += (_own(inner), inner.tail or "")
    return "".join(parts)


def _own(element: Element) -> str:
    """The text that stands first in an element; of a reference to an entity, what HTML knows it to mean."""
    if isinstance(element, etree._Entity):
        known = html.unescape(f"&{element.name};")
        return "" if known == f"&{element.name};" else known
    return (element.text or "") if isinstance(element.tag, str) else ""


def raw_of(element: Element) -> bytes:
    """The bytes of one record: the element as it would stand alone."""
    data: bytes = etree.tostring(element, encoding="utf-8", with_tail=False)
    return data


def line(element: Element | None) -> str:
    """The text of an element as one line."""
    return " ".join(text_of(element).split())


def lines(elements: list[Element]) -> tuple[str, ...]:
    """The elements that say something, each as one line and once."""
    return tuple(dict.fromkeys(text for element in elements if (text := line(element))))
