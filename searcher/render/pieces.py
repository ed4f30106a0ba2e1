"""A text cut at its marks."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["Piece", "pieces", "printable"]

# Controls could steer a terminal, and an archive holds strangers' text; the marks that turn the direction of writing
# could make a file name look like another. Each becomes one space, so that offsets into the text stay true.
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), " ")


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
    """The text on one line and without control characters, as long as it was."""
    return text.translate(_CONTROLS)
