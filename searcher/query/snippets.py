"""The stretch of a body that shows most of what matched, on one line."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from searcher.query.marks import Mark

__all__ = ["SENTENCE_REACH", "SNIPPET", "Snippet", "snippet_of"]

# Characters of a snippet: two lines of a terminal, what one reads at a glance.
SNIPPET = 240
# How far back the start of a sentence may lie for a snippet to begin there; a snippet is longer by at most that much.
SENTENCE_REACH = 130
# What is shown at least after the last mark.
AFTER_MARK = 40
# How much is given up at the end of a stretch so as not to cut a word.
WORD_REACH = 25

_SENTENCE_END = re.compile(r"[.!?…]['\"”’)]*\s+|[。！？][”’」』）]*|\n\s*\n")
_BLANK_LINE = re.compile(r"\n\s*\n")
_SPACE = re.compile(r"\s+")

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a text on one line; `marks` are offsets into `text`; `where` names the paragraph it stands in."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    where: str = ""


def snippet_of(body: str, marks: Sequence[Mark]) -> Snippet:
    """The stretch with most of the query in it, the earliest of equals; the beginning where nothing matches.

    Where that stretch lacks a part of the query that stands elsewhere, two shorter stretches are joined.
    """
    if not marks:
        return _joined(body, [_trimmed(body, 0, _word_end(body, SNIPPET, 1))], marks)
    best = _window(marks, body, SNIPPET)
    shown = frozenset[int]().union(*(mark.leaves for mark in _inside(marks, best)))
    missing = [mark for mark in marks if mark.leaves - shown]
    if not missing:
        return _joined(body, [best], marks)
    best, other = sorted([_window(marks, body, SNIPPET // 2), _window(missing, body, SNIPPET // 2)])
    if other[0] <= best[1]:
        return _joined(body, [(best[0], max(best[1], other[1]))], marks)
    return _joined(body, [best, other], marks)


def _inside(marks: Sequence[Mark], stretch: Stretch) -> list[Mark]:
    """The marks of a stretch, cut where they reach beyond it."""
    start, end = stretch
    return [
        Mark(max(mark.start, start), min(mark.end, end), mark.leaves)
        for mark in marks
        if mark.start < end and start < mark.end
    ]


def _window(marks: Sequence[Mark], body: str, width: int) -> Stretch:
    ends = [mark.end for mark in marks]
    best, first, last = 0.0, marks[0], marks[0]
    for number, mark in enumerate(marks):
        until = max(number, bisect_right(ends, mark.start + width * 3 // 4) - 1)
        inside = marks[number : until + 1]
        # A long mark is several words of the query side by side: worth more than the same words apart.
        longest = max(body.count(" ", found.start, found.end) for found in inside)
        shown = frozenset[int]().union(*(found.leaves for found in inside))
        worth = len(shown) + 1.5 * longest + 0.1 * min(len(inside), 5)
        if worth > best:
            best, first, last = worth, mark, marks[until]
    start = _start_of(body, first.start)
    end = min(max(last.end + AFTER_MARK, start + width), start + SENTENCE_REACH + width)
    return _trimmed(body, start, _word_end(body, end, last.end if last.end <= end else first.start + 1))


def _start_of(body: str, at: int) -> int:
    """The start of the sentence that holds `at`, or of a word some way before it where the sentence is long."""
    reach = max(0, at - SENTENCE_REACH)
    start = 0 if reach == 0 else None
    for end in _SENTENCE_END.finditer(body, reach, at):
        start = end.end()
    if start is not None:
        return start
    space = _SPACE.search(body, reach, at)
    return space.end() if space else at


def _word_end(body: str, end: int, least: int) -> int:
    """The end of a word shortly before `end` but not before `least`."""
    if end >= len(body):
        return len(body)
    for place in range(end, max(least, end - WORD_REACH) - 1, -1):
        if body[place].isspace():
            return place
    return end


def _trimmed(body: str, start: int, end: int) -> Stretch:
    text = body[start:end]
    start += len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _joined(body: str, stretches: Sequence[Stretch], marks: Sequence[Mark]) -> Snippet:
    text = "… " if body[: stretches[0][0]].strip() else ""
    moved_marks: list[tuple[int, int]] = []
    paragraphs: list[str] = []
    for start, end in stretches:
        inside = _inside(marks, (start, end))
        line, offset = _on_one_line(body, start, end)
        at = len(text)
        moved_marks += [(at + offset(mark.start), at + offset(mark.end - 1) + 1) for mark in inside]
        if inside:
            paragraphs.append(_paragraph(body, inside[0].start))
        text += line + (" … " if body[end:].strip() else "")
    where = " and ".join(dict.fromkeys(paragraphs))
    label = "paragraphs" if " and " in where else "paragraph"
    return Snippet(text.rstrip(), tuple(moved_marks), f"{label} {where}" if where else "")


def _paragraph(body: str, at: int) -> str:
    return str(len(_BLANK_LINE.findall(body[:at].lstrip())) + 1)


def _on_one_line(body: str, start: int, end: int) -> tuple[str, Callable[[int], int]]:
    """A stretch with its white space collapsed, and where each of its offsets went."""
    pieces: list[str] = []
    moved: dict[int, int] = {}
    at, length = start, 0
    for space in _SPACE.finditer(body, start, end):
        moved[at] = length
        pieces += [body[at : space.start()], " "]
        length += space.start() - at + 1
        at = space.end()
    moved[at] = length
    pieces.append(body[at:end])
    starts = sorted(moved)

    def offset(place: int) -> int:
        origin = starts[bisect_right(starts, place) - 1]
        return moved[origin] + place - origin

    return "".join(pieces), offset
