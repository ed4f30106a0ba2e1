"""Where a run of capitalised words is cut into names: at titles, behind complete names, behind a country or demonym.

Russian President Vladimir Putin   ->  Russian | Vladimir Putin
Boeing Co Chairman Jane Roe        ->  Boeing Co | Jane Roe
"""

from collections.abc import Iterator

from searcher.entities.context import TITLES
from searcher.entities.document import Document
from searcher.entities.kinds import FIRM, ORGANISATION, ORGANISATION_WEAK, PLACE_FIRST, ROLE
from searcher.entities.lexicon import Name
from searcher.entities.tables import words
from searcher.entities.text import Passage
from searcher.entities.vocabulary import COMMON, GIVEN, SURNAME, flags_of

__all__ = ["Run", "cut"]

Run = tuple[int, int]
"""First word and the word after the last."""

# Titles that are the first words of an organisation as well: General Motors, Chief Constable's Office.
_TITLE_LEADS = words("runs title leads")
# Bodies that every country has, whose names do not take the country in: the Turkish | Foreign Ministry.
_OF_STATE = words("runs of state")
_LONGEST_PERSON = 3  # words; Jordan Wells, but not the Jordan National Electric Power Company
_SMALL = frozenset(["of", "for", "and", "the", "in", "on"])


def cut(document: Document, passage: Passage, first: int, last: int) -> Iterator[Run]:
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
    while first < last and (not passage.capital[first] and passage.folds[first] in _SMALL):
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
        person = document.lists.weak.get(span.key) == "name" and last - first <= _LONGEST_PERSON
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
