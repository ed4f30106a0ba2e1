"""Where a text matches a query: marks with offsets, and the stretch of the body that shows most of them."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from searcher.analysis import Token, forms, tokens
from searcher.query.nodes import Fuzzy, Leaf, Node, Phrase, Prefix, Term, Wildcard, positive_leaves
from searcher.query.patterns import matches_word

__all__ = ["Highlighter", "Mark", "Snippet"]

# Characters of a snippet: two lines of a terminal, what one reads at a glance.
SNIPPET = 240
# How far back the start of a sentence may lie for a snippet to begin there.
SENTENCE_REACH = 90
# Two stretches with less than this between them are shown as one.
NEAR = 60

_SENTENCE_END = re.compile(r"[.!?…]['\"”’)]*\s+|\n\n")
_SPACE = re.compile(r"\s+")
_JOINT = re.compile(r"[\s\-‐‑]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """What matched: offsets [start, end) into the text and the number of the query's leaf."""

    start: int
    end: int
    leaf: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a text on one line; `marks` are offsets into `text`; `where` names the paragraph it stands in."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    where: str = ""


class Highlighter:
    """Marks for one query, for as many texts as wanted."""

    def __init__(self, node: Node) -> None:
        self._leaves = tuple(dict.fromkeys(positive_leaves(node)))

    def marks(self, text: str, field: str = "body") -> tuple[Mark, ...]:
        """What matched in a text that is the title or the body; a phrase is one mark, so are words side by side."""
        leaves = [leaf for leaf in self._leaves if leaf.field in (None, field)]
        if not leaves or not text:
            return ()
        index = _TextIndex(text)
        found = [Mark(start, end, number) for number, leaf in enumerate(leaves) for start, end in _spans(leaf, index)]
        return _merged(found, text)

    def snippet(self, body: str) -> Snippet:
        """The stretch with most of the query in it, the earliest of equals; the beginning where nothing matches.

        Where that stretch lacks a part of the query that stands elsewhere, two shorter stretches are joined.
        """
        marks = self.marks(body)
        if not marks:
            return _joined_stretches(body, [(0, _word_end(body, min(SNIPPET, len(body))))], marks)
        best = _window(marks, body, SNIPPET)
        shown = {mark.leaf for mark in marks if best[0] <= mark.start and mark.end <= best[1]}
        missing = [mark for mark in marks if mark.leaf not in shown]
        if not missing:
            return _joined_stretches(body, [best], marks)
        best = _window(marks, body, SNIPPET // 2)
        other = _window(missing, body, SNIPPET // 2)
        if other[0] < best[1] + NEAR and best[0] < other[1] + NEAR:
            return _joined_stretches(body, [(min(best[0], other[0]), max(best[1], other[1]))], marks)
        return _joined_stretches(body, sorted([best, other]), marks)


class _TextIndex:
    """The tokens of one text, by term and by word."""

    def __init__(self, text: str) -> None:
        self.tokens: list[Token] = list(tokens(text))
        self.by_term: dict[str, list[Token]] = defaultdict(list)
        self.by_word: dict[str, list[Token]] = defaultdict(list)
        for token in self.tokens:
            self.by_term[token.term].append(token)
            self.by_word[token.word].append(token)


def _spans(leaf: Leaf, index: _TextIndex) -> Iterator[tuple[int, int]]:
    match leaf:
        case Term(text, exact=True):
            yield from ((token.start, token.end) for token in index.by_word.get(text, ()))
        case Term(text) | Phrase(text, slop=0):
            for sequence in forms(text):
                yield from _side_by_side(sequence, index.by_term)
        case Phrase(text, slop=slop):
            for sequence in forms(text):
                yield from _near(sequence, slop, index.by_term)
        case Prefix() | Wildcard() | Fuzzy():
            matches: Callable[[str], bool] = matches_word(leaf)
            for word, places in index.by_word.items():
                if matches(word):
                    yield from ((token.start, token.end) for token in places)


def _side_by_side(sequence: Sequence[str], named: dict[str, list[Token]]) -> Iterator[tuple[int, int]]:
    if any(term not in named for term in sequence):
        return
    following = [{token.position: token for token in named[term]} for term in sequence[1:]]
    for first in named[sequence[0]]:
        last = first
        for step, places in enumerate(following, 1):
            token = places.get(first.position + step)
            if token is None:
                break
            last = token
        else:
            yield first.start, last.end


def _near(sequence: Sequence[str], slop: int, named: dict[str, list[Token]]) -> Iterator[tuple[int, int]]:
    """Each word of the shortest stretches that hold all of them is marked."""
    wanted = set(sequence)
    if any(term not in named for term in wanted):
        return
    places = sorted(((token.position, term, token) for term in wanted for token in named[term]), key=lambda p: p[0])
    latest: dict[str, Token] = {}
    for position, term, token in places:
        latest[term] = token
        if len(latest) < len(wanted):
            continue
        first = min(found.position for found in latest.values())
        if position - first + 1 <= len(wanted) + slop:
            yield from ((found.start, found.end) for found in latest.values())


def _merged(marks: list[Mark], text: str) -> tuple[Mark, ...]:
    """Marks in order; those that overlap or have only white space or a hyphen between them are one."""
    done: list[Mark] = []
    for mark in sorted(set(marks), key=lambda mark: (mark.start, -mark.end)):
        last = done[-1] if done else None
        if last and (mark.start <= last.end or _joined(text, last.end, mark.start)):
            done[-1] = Mark(last.start, max(last.end, mark.end), last.leaf)
        else:
            done.append(mark)
    return tuple(done)


def _joined(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return _JOINT.fullmatch(between) is not None and "\n\n" not in between


def _window(marks: Sequence[Mark], body: str, width: int) -> tuple[int, int]:
    ends = [mark.end for mark in marks]
    best, first, last = 0.0, marks[0], marks[0]
    for number, mark in enumerate(marks):
        until = max(number, bisect_right(ends, mark.start + width * 3 // 4) - 1)
        inside = marks[number : until + 1]
        # A long mark is several words of the query side by side: worth more than the same words apart.
        longest = max(body.count(" ", found.start, found.end) for found in inside)
        worth = len({found.leaf for found in inside}) + 1.5 * longest + 0.1 * min(len(inside), 5)
        if worth > best:
            best, first, last = worth, mark, marks[until]
    start = _start_of(body, first.start)
    return start, _word_end(body, max(last.end, min(len(body), start + width)))


def _start_of(body: str, at: int) -> int:
    """The start of the sentence that holds `at`, or of a word some way before it where the sentence is long."""
    reach = max(0, at - SENTENCE_REACH)
    start = 0 if reach == 0 else None
    for end in _SENTENCE_END.finditer(body, reach, at):
        start = end.end()
    if start is not None:
        return start
    space = body.find(" ", reach, at)
    return space + 1 if space >= 0 else at


def _word_end(body: str, end: int) -> int:
    if end >= len(body):
        return len(body)
    space = max(body.rfind(" ", max(0, end - 25), end + 1), body.rfind("\n", max(0, end - 25), end + 1))
    return space if space > 0 else end


def _joined_stretches(body: str, stretches: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> Snippet:
    text, moved_marks, paragraphs = "", [], []
    for start, end in stretches:
        inside = [mark for mark in marks if mark.start >= start and mark.end <= end]
        text += "… " if start and not text else ""
        line, offsets = _on_one_line(body, start, end)
        at = len(text)
        moved_marks += [(at + offsets(mark.start), at + offsets(mark.end - 1) + 1) for mark in inside]
        if inside:
            paragraphs.append(str(body.count("\n\n", 0, inside[0].start) + 1))
        text += line + (" … " if end < len(body.rstrip()) else "")
    where = " and ".join(dict.fromkeys(paragraphs))
    label = "paragraphs" if " and " in where else "paragraph"
    return Snippet(text.rstrip(), tuple(moved_marks), f"{label} {where}" if where else "")


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
