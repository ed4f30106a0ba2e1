"""Lines of a width, as offsets into the text, so that what is marked there can be marked in the lines."""

import re
from collections.abc import Iterator, Sequence

__all__ = ["inside", "lines"]

Span = tuple[int, int]

_WORD = re.compile(r"\S+")


def lines(text: str, width: int, whole: Sequence[Span] = ()) -> Iterator[Span]:
    """Where each line starts and ends; the white space between two lines is in neither.

    Stretches of `whole` are not broken. A word or stretch longer than `width` has a line of its own.
    """
    at: Span | None = None
    for start, end in _unbroken(text, whole):
        if at and end - at[0] <= width:
            at = at[0], end
        else:
            if at:
                yield at
            at = start, end
    if at:
        yield at


def inside(marks: Sequence[Span], line: Span) -> list[Span]:
    """The marks within a line, as offsets into the line."""
    first, last = line
    return [(max(start, first) - first, min(end, last) - first) for start, end in marks if start < last and end > first]


def _unbroken(text: str, whole: Sequence[Span]) -> Iterator[Span]:
    """The words in order; those with only kept white space between them count as one."""
    kept = {at for start, end in whole for at in range(start, end)}
    at: Span | None = None
    for word in _WORD.finditer(text):
        if at and all(gap in kept for gap in range(at[1], word.start())):
            at = at[0], word.end()
        else:
            if at:
                yield at
            at = word.span()
    if at:
        yield at
