"""Every stretch of a text that some list has a name for: the longest at each word, none overlapping another."""

from typing import NamedTuple

from searcher.entities.gazetteer import Place, places
from searcher.entities.lexicon import ANY, CAPITALISED, CAPITALS, Lexicon, Name
from searcher.entities.tables import words
from searcher.entities.text import WITHOUT_CAPITALS, Passage

__all__ = ["PARTICLES", "Span", "match"]

# Small words that may begin or stand inside a name: al-Bab, Rio de Janeiro, Mazar-i-Sharif.
PARTICLES = words("match particles")
_LONGEST_PLACE = 6
_ARABIC_PREFIXES = "وبلكف"  # and, in, to, as, so: written together with the word they precede
_ARABIC_LETTERS = ("\u0600", "\u06ff")


class Span(NamedTuple):
    """Words `first` to `last` (exclusive) of a passage, with the names and the places of that key."""

    passage: Passage
    first: int
    last: int
    key: str
    names: tuple[Name, ...]
    places: tuple[Place, ...]


def match(passage: Passage, lists: Lexicon) -> list[Span]:
    """The spans of one passage, in order."""
    spans: list[Span] = []
    reached = 0
    for index in passage.heads:
        if index >= reached and _may_begin(passage, index):
            span = _longest(passage, index, lists)
            if span:
                spans.append(span)
                reached = span.last
    return spans


def _may_begin(passage: Passage, index: int) -> bool:
    """Whether a name can begin here: an article needs a capital behind it."""
    if passage.capital[index] or passage.words[index][0] >= WITHOUT_CAPITALS:
        return True
    return index + 1 < len(passage.words) and passage.joined[index + 1] and passage.capital[index + 1]


def _longest(passage: Passage, first: int, lists: Lexicon) -> Span | None:
    """The longest name that begins at one word."""
    folds = passage.folds
    listed, placed = _reach(passage, first, lists.longest.get(folds[first], 0))
    for last in range(max(listed, placed), first, -1):
        name_key = " ".join(folds[first:last]) if last - first > 1 else folds[first]
        own = lists.names.get(name_key) if last <= listed else None
        names = _fitting(own, passage, first, last) if own else ()
        found = places(name_key) if last <= placed and _ends_well(passage, last) else ()
        if names or found:
            return Span(passage, first, last, name_key, names, found)
    return _without_prefix(passage, first, lists)


def _reach(passage: Passage, first: int, longest: int) -> tuple[int, int]:
    """How far a listed name of at most `longest` words, and a place name, can go from `first`.

    Both go over joined words, a place name over capitals and particles alone.
    """
    last, count, placed = first + 1, len(passage.words), 0
    most = max(longest, _LONGEST_PLACE)
    while last < count and last - first < most and passage.joined[last]:
        if not (
            placed
            or passage.capital[last]
            or passage.folds[last] in PARTICLES
            or passage.words[last][0] >= WITHOUT_CAPITALS
        ):
            placed = last
            if last - first >= longest:
                break
        last += 1
    return min(last, first + longest), min(placed or last, first + _LONGEST_PLACE)


def _ends_well(passage: Passage, last: int) -> bool:
    """Whether the last word can end a place name."""
    return passage.capital[last - 1] or passage.words[last - 1][0] >= WITHOUT_CAPITALS


def _fitting(names: tuple[Name, ...], passage: Passage, first: int, last: int) -> tuple[Name, ...]:
    """The names whose capitals agree with the text's."""
    words = passage.words[first:last]
    return tuple(name for name in names if _fits(name, words, shouted=passage.shouted[first]))


def _fits(name: Name, words: list[str], *, shouted: bool) -> bool:
    """Abbreviations need capitals, proper words a capital; from three words on only the first is asked for."""
    if len(name.cases) != len(words) or (name.strict and shouted and "." not in words[0]):
        return False
    for place, (case, word) in enumerate(zip(name.cases, words, strict=True)):
        if case == ANY or (place and len(words) > 2):
            continue
        if not word[0].isupper() and word[0].lower() != word[0].upper():
            return False
        if case == CAPITALS and not word.isupper() and (name.strict or len(word) < 4):
            return False
    return CAPITALISED not in name.cases or any(word[0].isupper() or word[0] >= WITHOUT_CAPITALS for word in words)


def _without_prefix(passage: Passage, first: int, lists: Lexicon) -> Span | None:
    """An Arabic word without the particle written together with it: "and Syria", "to Iraq"."""
    word = passage.folds[first]
    if len(word) < 5 or not _ARABIC_LETTERS[0] <= word[0] <= _ARABIC_LETTERS[1] or word[0] not in _ARABIC_PREFIXES:
        return None
    bare = "ا" + word[1:] if word.startswith("لل") else word[1:]
    names = lists.names.get(bare, ())
    found = () if names else tuple(place for place in places(bare) if place.rank)
    return Span(passage, first, first + 1, bare, names, found) if names or found else None
