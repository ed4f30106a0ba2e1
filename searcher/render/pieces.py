"""A text cut at its marks."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["Piece", "pieces", "printable"]

# Controls that could steer a terminal: an archive holds strangers' text. Line breaks and tabs are handled by callers.
_CONTROLS = {code: None for code in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if chr(code) not in "\n\t"}


class Piece(NamedTuple):
    """A stretch of text that is marked or not."""

    text: str
    marked: bool


def pieces(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """The whole text in order, cut at the marks."""
    at = 0
    for start, end in marks:
        if at < start:
            yield Piece(text[at:start], marked=False)
        yield Piece(text[start:end], marked=True)
        at = end
    if at < len(text):
        yield Piece(text[at:], marked=False)


def printable(text: str) -> str:
    """The text without control characters."""
    return text.translate(_CONTROLS)
