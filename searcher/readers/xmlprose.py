"""The text of a marked-up story, NITF or XHTML: paragraphs, tables as lines, captions apart. No recursion."""

import html
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from searcher.readers.paragraphs import paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Prose", "line_of", "local_name", "prose", "prose_of_markup"]

_BLOCKS = """
address article aside bq block blockquote body body.content body.end center dd div dl dt fn footer h1 h2 h3 h4
h5 h6 hl1 hl2 hr li main note ol p pre q.block section table nitf-table tagline td th tr ul
"""
BLOCKS = frozenset(_BLOCKS.split())
BREAK = "\x0b"  # a line end that was marked up; XML can hold no such character
BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
CELLS = ("td", "th")
TABLES = ("table",)
_LEFT_OUT = """
byline custom-table dateline head header media-metadata media-object media-producer media-reference
nitf-table-metadata noscript object script style svg template video audio
"""
LEFT_OUT = frozenset(_LEFT_OUT.split())
CAPTIONS = ("media-caption", "figcaption")
PICTURES = ("media", "figure")


@dataclass(slots=True)
class Prose:
    """Paragraphs in order and the captions of the pictures among them, none of them empty."""

    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)


def local_name(node: "_Element") -> str:
    """The name of an element in small letters without its namespace; empty for a comment or an entity."""
    tag = node.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def line_of(node: "_Element | None") -> str:
    """All text of an element on one line; empty where there is no such element."""
    return "" if node is None else " ".join("".join(part for _, _, part in _walk(node)).split())


def prose(element: "_Element") -> Prose:
    """The text of an element as it would be read."""
    taken = _Taken()
    for begins, node, text in _walk(element):
        if node is not None:
            taken.step(local_name(node), begins=begins)
        if text:
            taken.add(text)
    taken.close()
    return taken.prose


def prose_of_markup(text: str) -> Prose:
    """The text of a string that may be HTML or plain lines."""
    if "<" not in text:
        return Prose(paragraphs(text.splitlines()))
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    return prose(lxml_html.document_fromstring(f"<div>{text}</div>", parser=parser))


class _Taken:
    """The text gathered so far and where it stands."""

    def __init__(self) -> None:
        self.prose = Prose()
        self.text: list[str] = []
        self.rows: list[str] = []
        self.depth: dict[str, int] = {}

    def step(self, name: str, *, begins: bool) -> None:
        """Go into an element or out of it."""
        if name in BLOCKS or name in CAPTIONS or name in PICTURES:
            self._part(name, begins=begins)
        elif name == "br" and begins:
            self.text.append(BREAK)
        self.depth[name] = self.depth.get(name, 0) + (1 if begins else -1)

    def add(self, text: str) -> None:
        """Text where it stands, unless it is none of the story."""
        if self._within(LEFT_OUT) or (self._within(PICTURES) and not self._within(CAPTIONS)):
            return
        self.text.append(text)

    def close(self) -> None:
        """End the last paragraph."""
        self._part("", begins=False)

    def _part(self, name: str, *, begins: bool) -> None:
        """A boundary: what was gathered is a cell, a row, a caption or one or more paragraphs."""
        if self._within(TABLES) and not self._within(CAPTIONS):
            self._table(name, begins=begins)
            return
        text, self.text = "".join(self.text), []
        if self._within(CAPTIONS):
            self.prose.captions += [line] if (line := " ".join(text.split())) else []
        else:
            self.prose.paragraphs += _paragraphs(text, kept=self._within(("pre",)))

    def _table(self, name: str, *, begins: bool) -> None:
        """A boundary inside a table: cells stand apart on the line of their row."""
        if name in CELLS and not begins:
            self.text.append("\x00")
        elif name in ("tr", "table") and not begins:
            cells = (" ".join(cell.split()) for cell in "".join(self.text).split("\x00"))
            self.rows += [row] if (row := " | ".join(cell for cell in cells if cell)) else []
            self.text = []
        else:
            self.text.append(" ")
        if name == "table" and not begins and self.depth.get("table", 0) == 1 and self.rows:
            self.prose.paragraphs.append("\n".join(self.rows))
            self.rows = []

    def _within(self, names: Iterable[str]) -> bool:
        return any(self.depth.get(name, 0) > 0 for name in names)


def _walk(element: "_Element") -> "Iterator[tuple[bool, _Element | None, str]]":
    """Every begin and end of an element with the text that follows it; entities known to HTML are characters."""
    from lxml import etree

    stack = [(element, False)]
    while stack:
        node, ended = stack.pop()
        if ended:
            yield False, node, "" if node is element else node.tail or ""
        elif isinstance(node.tag, str):
            yield True, node, node.text or ""
            stack.append((node, True))
            stack += [(child, False) for child in reversed(node)]
        else:
            known = html.unescape(node.text) if node.tag is etree.Entity else ""
            yield True, None, ("" if known.startswith("&") else known) + (node.tail or "")


def _paragraphs(text: str, *, kept: bool) -> list[str]:
    """The paragraphs of one block: one, unless lines are marked or it holds plain text with blank lines of its own."""
    text = text.strip(" \t\r\n")
    if not kept and not BLANK_LINE.search(text):
        return paragraphs([" ".join(line.split()) for line in text.split(BREAK)])
    first, _, rest = text.partition("\n")
    return paragraphs([*first.splitlines(), *textwrap.dedent(rest).splitlines()])
