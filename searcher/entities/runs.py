"""Which stretches of a text could be names? Runs of capitalised words, cut where one name ends and another begins.

Russian President Vladimir Putin   ->  Russian | Vladimir Putin
Ministry of Trade and Industry     ->  one run, as the words before "of" open the name of an organisation
Boeing Co Chairman Jane Roe        ->  Boeing Co | Jane Roe
"""

from collections.abc import Iterator

from searcher.entities.context import FUNCTION_WORDS, TITLES
from searcher.entities.document import Document
from searcher.entities.kinds import (
    CALENDAR,
    EARNINGS,
    FACILITY,
    FIRM,
    ORGANISATION,
    ORGANISATION_OPENING,
    ORGANISATION_WEAK,
    PLACE_FIRST,
    ROLE,
)
from searcher.entities.lexicon import Name
from searcher.entities.match import PARTICLES
from searcher.entities.tables import words
from searcher.entities.text import Passage
from searcher.entities.vocabulary import COMMON, GIVEN, SURNAME, flags_of

__all__ = ["Run", "runs"]

Run = tuple[int, int]
"""First word and the word after the last."""

_CONNECTORS = frozenset(["of", "for", "and", "the", "in", "on"])
# Titles that are the first words of an organisation as well: General Motors, Chief Constable's Office.
_TITLE_LEADS = words("runs title leads")
# Bodies that every country has, whose names do not take the country in: the Turkish | Foreign Ministry.
_OF_STATE = words("runs of state")
_PARTNERS = frozenset(["co", "sons", "bros", "brothers", "partners", "associates", "company"])
_MOST_CONNECTORS = 3
_NUMERALS = frozenset(["I", "V", "X"])  # of several letters they are words of a name anyway
_LETTERS = 2  # MTV2 is a name, W145 is none


def runs(document: Document, passage: Passage) -> Iterator[Run]:
    """The candidates of one passage, in order, none overlapping another."""
    reached = 0
    for index in passage.heads:
        if index >= reached and _begins(document, passage, index):
            reached = _end(document, passage, index)
            yield from _cut(document, passage, index, reached)


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
    while last < len(passage.words) and passage.joined[last]:
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


def _cut(document: Document, passage: Passage, first: int, last: int) -> Iterator[Run]:
    """The names of a run: titles fall out, and what stands before a title or behind a complete name is a name too."""
    start = index = first
    while index < last:
        span = document.span_at(passage, index)
        if span is not None and index + 1 < span.last <= last:  # the Prince of Port-au-Prince is no title
            index = span.last
            continue
        title = _title_end(passage, index, last)
        if title:
            yield from _listed(document, passage, start, index)
            start = index = title
            continue
        if (
            passage.folds[index] in FIRM
            and index > start
            and index + 1 < last
            and passage.capital[index + 1]
            and passage.folds[index + 1] not in FIRM
        ):
            yield from _listed(document, passage, start, index + 1)
            start = index + 1
        index += 1
    yield from _listed(document, passage, start, last)


def _title_end(passage: Passage, index: int, last: int) -> int:
    """Behind a title that begins at `index` and has a name after it; 0 where there is none."""
    at = index
    if (
        passage.folds[at : at + 1] == ["state"]
        and passage.before(at) == "of"
        and at > 1
        and passage.folds[at - 2] == "secretary"
    ):
        return min(last, at + 1)
    while at < last and passage.folds[at] in _TITLE_LEADS and at + 1 < last:
        at += 1
    while at > index and (at >= last or passage.folds[at] not in TITLES):  # a lead can be a title: Justice Roe
        at -= 1
    if passage.folds[at] not in TITLES or passage.words[at].isupper():
        return 0
    at += 1
    while at < last and (passage.folds[at] in TITLES or passage.folds[at] in ("general", "of", "state")):
        at += 1
    if at >= last:  # at the end a title may be a surname: John Major
        return 0 if index == 0 or flags_of(passage.folds[index - 1]) & GIVEN else last
    if passage.folds[at] in ORGANISATION or passage.folds[at] in ORGANISATION_WEAK or not passage.capital[at]:
        return 0
    return at


def _listed(document: Document, passage: Passage, first: int, last: int) -> Iterator[Run]:
    """A piece of a run, cut behind a country or demonym at its start unless it is part of the name."""
    while first < last and (not passage.capital[first] and passage.folds[first] in _CONNECTORS):
        first += 1
    if last - first > 1 and len(passage.words[first]) == 1 and passage.gap(first + 1) == "-":
        first += 1  # D-Columbus, R-Elbow Lake: a party, then a place
    span = document.span_at(passage, first)
    while last > first and not passage.capital[last - 1] and not (span is not None and span.last == last):
        last -= 1
    if first >= last:
        return
    lead = _lead(document, passage, first, last)
    if lead:
        yield from _listed(document, passage, lead, last)
        return
    if span is not None and span.last < last and span.names:
        name = span.names[0]
        person = document.lists.weak.get(span.key) == "name" and last - first < 4
        if not person and _stands_apart(passage, name, span.last, last):
            yield first, span.last
            yield from _listed(document, passage, span.last, last)
            return
    yield first, last


def _lead(document: Document, passage: Passage, first: int, last: int) -> int:
    """Behind a capitalised word at the start that is none of the name: Journalist, Hijacked; 0 where none is."""
    if first + 1 >= last or not passage.capital[first + 1]:
        return 0
    span = document.span_at(passage, first)
    if span is not None and (span.names or span.last > first + 1):
        return 0
    word, flags = passage.folds[first], flags_of(passage.folds[first])
    head = any(one in ORGANISATION or one in FIRM or one in ORGANISATION_WEAK for one in passage.folds[first:last])
    if word in ROLE and not head:
        return first + 1
    if (
        passage.opens[first]
        and flags & COMMON
        and not flags & (GIVEN | SURNAME)
        and not head
        and word not in PLACE_FIRST
    ):
        return first + 1
    return 0


def _stands_apart(passage: Passage, name: Name, rest: int, last: int) -> bool:
    """Whether a listed name at the start is a name of its own, the rest another."""
    following = passage.folds[rest:last]
    if name.entity.kind == "DEM" or (name.entity.kind == "LOC" and name.entity.subkind in ("country", "region")):
        head = (
            following[-1] in ORGANISATION or following[-1] in FIRM or any(word in ("of", "for") for word in following)
        )
        return not head or any(word in _OF_STATE for word in following)
    if name.entity.kind in ("ORG", "ACTOR") and not name.short:
        return not (following[-1] in ORGANISATION or following[0] in FIRM or following[-1] in ORGANISATION_WEAK)
    return False
