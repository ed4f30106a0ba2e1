"""Which stretches of a text could be names? Runs of capitalised words, cut where one name ends (cuts.py).

Small words belong to a run where a name goes on behind them: Ministry *of* Trade *and* Industry, Sheriff*'s* Office.
"""

from collections.abc import Iterator

from searcher.entities.context import FUNCTION_WORDS, TITLES
from searcher.entities.cuts import Run, cut
from searcher.entities.document import Document
from searcher.entities.kinds import (
    CALENDAR,
    EARNINGS,
    FACILITY,
    ORGANISATION,
    ORGANISATION_OPENING,
)
from searcher.entities.match import PARTICLES
from searcher.entities.text import Passage

__all__ = ["runs"]

_CONNECTORS = frozenset(["of", "for", "and", "the", "in", "on"])
_PARTNERS = frozenset(["co", "sons", "bros", "brothers", "partners", "associates", "company"])
_MOST_CONNECTORS = 3
_LONGEST = 40  # words; no name is longer, and what looks back over a run costs its length for each of its words
_NUMERALS = frozenset(["I", "V", "X"])  # of several letters they are words of a name anyway
_LETTERS = 2  # MTV2 is a name, W145 is none


def runs(document: Document, passage: Passage) -> Iterator[Run]:
    """The candidates of one passage, in order, none overlapping another."""
    reached = 0
    for index in passage.heads:
        if index >= reached and _begins(document, passage, index):
            reached = _end(document, passage, index)
            yield from cut(document, passage, index, reached)


def _begins(document: Document, passage: Passage, index: int) -> bool:
    """Whether a run can begin here: a capital that is more than the start of a sentence, or al- before one."""
    if passage.shouted[index]:
        return False
    if passage.capital[index]:
        span = document.span_at(passage, index)
        return not _idle(passage, index) or (span is not None and (span.last > index + 1 or bool(span.names)))
    if index + 1 < len(passage.words) and passage.joined[index + 1] and passage.gap(index + 1) in ("-", "‑", ""):
        return passage.folds[index] in PARTICLES and passage.capital[index + 1] and passage.gap(index) in (" ", "")
    return False


def _idle(passage: Passage, index: int) -> bool:
    """Whether a capitalised word is none of a name: The, Monday, the Shr of a table of earnings."""
    word = passage.folds[index]
    if not word.isalpha() and any(letter.isdigit() for letter in word):
        return sum(letter.isalpha() for letter in word) < _LETTERS
    return (word in FUNCTION_WORDS or word in CALENDAR or word in EARNINGS) and not (
        passage.words[index].isupper() and len(word) > 1
    )


def _end(document: Document, passage: Passage, first: int) -> int:
    """Where the run that begins at `first` ends."""
    span = document.span_at(passage, first)
    last = span.last if span else first + 1
    most = min(len(passage.words), first + _LONGEST)
    while last < most and passage.joined[last]:
        if passage.capital[last] and not passage.shouted[last]:
            if _idle(passage, last) and not _numeral(passage, first, last):
                break
            last += 1
            continue
        following = _over(document, passage, first, last)
        if following == last:
            break
        last = following
    return last


def _numeral(passage: Passage, first: int, index: int) -> bool:
    """Whether a word is the number of a king or pope: Elizabeth I."""
    return (
        passage.words[index] in _NUMERALS
        and index - first < _MOST_CONNECTORS
        and bool(passage.before(first))
        and (passage.folds[first - 1] in TITLES or passage.folds[first] in TITLES)
    )


def _over(document: Document, passage: Passage, first: int, index: int) -> int:
    """The next capitalised word behind small words that can stand inside a name; `index` where there is none."""
    if passage.folds[index] == "'s":
        return index + 1 if _owned(document, passage, first, index) else index
    at = index
    while at < len(passage.words) and at - index < _MOST_CONNECTORS and passage.joined[at] and not passage.capital[at]:
        word = passage.folds[at]
        if word == "and" and passage.folds[at + 1 : at + 2] and passage.folds[at + 1] in _PARTNERS:
            pass  # Allen and Co
        elif word in _CONNECTORS:
            if not _opened(passage, first, index, word) or (
                word in ("in", "on") and _a_place(document, passage, at + 1)
            ):
                return index
        elif word not in PARTICLES or word == "'s":
            return index
        at += 1
    if at >= len(passage.words) or not passage.joined[at] or not passage.capital[at] or _idle(passage, at):
        return index
    return at


def _a_place(document: Document, passage: Passage, index: int) -> bool:
    """Whether a listed place begins there: the University of Chile in | Santiago."""
    span = document.span_at(passage, index)
    return span is not None and (bool(span.places) or any(name.entity.kind == "LOC" for name in span.names))


def _owned(document: Document, passage: Passage, first: int, index: int) -> bool:
    """Whether a possessive is inside a name: the Clark County Sheriff's Office, but not Kenya's Army."""
    head = index + 1
    if head >= len(passage.words) or not passage.joined[head] or not passage.capital[head]:
        return False
    if passage.folds[head] not in ORGANISATION and passage.folds[head] not in FACILITY:
        return False
    span = document.span_at(passage, first)
    return span is None or span.last < index


def _opened(passage: Passage, first: int, last: int, connector: str) -> bool:
    """Whether the words so far are those of an organisation whose name goes on: "Ministry of", "Bank for"."""
    so_far = passage.folds[first:last]
    heads = [word for word in so_far if word in ORGANISATION_OPENING or word in ORGANISATION]
    if not heads:
        return False
    if connector in ("of", "for"):
        return so_far[-1] in ORGANISATION_OPENING or so_far[-1] in ORGANISATION
    if connector == "the":
        return True
    return any(word in ("of", "for") for word in so_far)
