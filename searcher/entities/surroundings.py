"""What the words before and after a name say of it: "in X", "Mr X", "X, Ohio", "X shares"."""

from collections.abc import Set as AbstractSet
from functools import lru_cache

from searcher.entities.context import FUNCTION_WORDS, LOCATIVE, PLACE_NOUNS, SPEECH, TITLES
from searcher.entities.document import Document
from searcher.entities.kinds import (
    AFTER_ORGANISATION,
    AFTER_PLACE,
    BEFORE_ORGANISATION,
    HONORIFIC,
    ROLE,
    TEAMS,
)
from searcher.entities.match import Span
from searcher.entities.text import Passage
from searcher.entities.vocabulary import COMMON, ORDINARY, flags_of

__all__ = ["around"]

Chain = tuple[tuple[AbstractSet[str], str], ...]
"""Sets of folded words, each with the evidence that its words are; the first that has a word decides."""

_MORE_SPEECH = frozenset(["told", "says", "asked", "argued", "wrote", "thinks", "believes", "vowed"])
_TOWARDS = frozenset(
    ["to", "outside", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"]
)
_NAMED_BEFORE = ("of", "by", "with", "and", "for", "on", "a", "an", "as", "against", "v", "that")
_NAMED_AFTER = (
    "and", "in", "of", "at", "on", "for", "to", "who", "is", "was", "has", "had", "will", "would", "were", "are", "have"
)  # fmt: skip
_APPOSED = frozenset(["a", "an", "the", "who", "whose", "which"])
_AGE = 2  # digits

_PERSONS: Chain = ((HONORIFIC, "honorific before"), (TITLES, "small title before"), (ROLE, "role before"))
_BEFORE: Chain = (
    (frozenset(["the"]), "the before"),
    (frozenset(["in", "at"]), "in before"),
    (LOCATIVE | _TOWARDS, "locative before"),
    *((frozenset([word]), f"{word} before") for word in _NAMED_BEFORE),
    (SPEECH, "said before"),
    (PLACE_NOUNS, "place noun before"),
    (frozenset(["'s"]), "possessive before"),
    (TEAMS, "team verb before"),
)
_BRACKETS = {"(": "bracket after", ")": "closing bracket after", ":": "colon after", ",": "comma after"}


def around(document: Document, passage: Passage, first: int, last: int) -> set[str]:
    """What stands before and after words `first` to `last` (exclusive), and where they stand."""
    found = _before(document, passage, first) if first else set()
    found |= _after(document, passage, last) if last < len(passage.words) else {"end of text"}
    found.add("in a title" if passage.titled else "opens a sentence" if passage.opens[first] else "within a sentence")
    return found


def _first(word: str, chain: Chain) -> str:
    return next((evidence for words, evidence in chain if word in words), "")


def _before(document: Document, passage: Passage, first: int) -> set[str]:
    gap, word = passage.gap(first), passage.folds[first - 1]
    if not passage.joined[first]:
        return _apart_before(document, passage, first, gap, word)
    if "-" in gap:
        return {"hyphen before"}
    found = set(_word_before(word, passage.capital[first - 1]))
    if word == "of" and first > 1:
        earlier = passage.folds[first - 2]
        found |= {
            name
            for words, name in ((PLACE_NOUNS, "place noun of before"), (ROLE, "role of before"))
            if earlier in words
        }
    return found


def _apart_before(document: Document, passage: Passage, first: int, gap: str, word: str) -> set[str]:
    """What a comma or a bracket before the name says."""
    found = set()
    if gap.startswith(","):
        if _ends_place(document, passage, first):
            found.add("place and comma before")
        if word in ROLE:
            found.add("role and comma before")
    if gap.rstrip().endswith("("):
        found.add("bracket before")
    return found


@lru_cache(maxsize=1 << 14)
def _word_before(word: str, capital: bool) -> frozenset[str]:
    """What the word right before a name says."""
    found = set()
    person = _first(word, _PERSONS)
    if person:
        found.add("title before" if capital and person == "small title before" else person)
    if word in BEFORE_ORGANISATION and not capital:
        found.add("organisation noun before")
    other = _first(word, _BEFORE)
    if not other:
        other = "capital before" if capital else "common word before" if flags_of(word) & COMMON else ""
    return frozenset(found | {other} - {""})


def _ends_place(document: Document, passage: Passage, last: int) -> bool:
    """Whether the word before `last` ends a place that the lists know."""
    for length in (1, 2, 3):
        span = document.span_at(passage, last - length)
        if span is not None and span.last == last:
            return bool(span.places) or any(name.entity.kind == "LOC" for name in span.names)
    return False


def _after(document: Document, passage: Passage, last: int) -> set[str]:
    gap, word = passage.gap(last), passage.folds[last]
    if not passage.joined[last]:
        return _apart_after(document, passage, last, gap, word)
    if "-" in gap:
        return {"based after" if word == "based" else "hyphen after"}
    if word == "'s":
        following = passage.folds[last + 1] if last + 1 < len(passage.folds) else ""
        noun = {"organisation noun after possessive"} if following in AFTER_ORGANISATION else set()
        return {"possessive after"} | noun
    if passage.capital[last] and word not in SPEECH:
        return {"capital after"}
    return set(_word_after(word))


def _apart_after(document: Document, passage: Passage, last: int, gap: str, word: str) -> set[str]:
    """What a comma, a bracket or a colon behind the name says."""
    mark = _BRACKETS.get(gap.strip()[:1], "")
    if mark != "comma after":
        return {mark} if mark else set()
    found = {mark}
    span = document.span_at(passage, last)
    if span is not None and _is_area(span):
        found.add("comma and area after")
    if word.isdigit() and len(word) == _AGE:
        found.add("age after")
    if word in _APPOSED:
        found.add(f"comma and {word} after")
    if word in ROLE:
        found.add("comma and role after")
    return found


@lru_cache(maxsize=1 << 14)
def _word_after(word: str) -> frozenset[str]:
    """What the word right after a name says."""
    if word in SPEECH or word in _MORE_SPEECH:
        return frozenset({"said after"})
    found = {
        evidence
        for words, evidence in (
            (AFTER_ORGANISATION, "organisation noun after"),
            (AFTER_PLACE, "place noun after"),
            (TEAMS, "team verb after"),
        )
        if word in words
    }
    if word in _NAMED_AFTER:
        found.add(f"{word} after")
    elif word.isdigit():
        found.add("number after")
    elif flags_of(word) & ORDINARY and word not in FUNCTION_WORDS:
        found.add("plural after" if word.endswith("s") else "ordinary word after")
    return frozenset(found)


def _is_area(span: Span) -> bool:
    """Whether a name can follow a town and a comma: a country or one of its parts."""
    return any(place.subkind == "admin1" for place in span.places) or any(
        name.entity.kind == "LOC" and name.entity.subkind == "country" for name in span.names
    )
