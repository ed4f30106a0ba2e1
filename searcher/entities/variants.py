"""Other spellings of a name, for queries: "Abu Kamal" also finds "Albu Kamal" and "Al-Bukamal"."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from searcher.entities.gazetteer import ALTERNATE, CURATED, Place, gazetteer, places
from searcher.entities.keys import key
from searcher.entities.listed import entity, listed
from searcher.entities.vocabulary import ORDINARY, flags_of
from searcher.models import MentionKind

__all__ = ["CLEARLY_LARGER", "Spellings", "clear_place", "others", "spellings"]

MOST = 12  # a query grows by one alternative per spelling
CLEARLY_LARGER = 10  # of two places with one name, how many times the inhabitants make it unambiguous
SHORTEST = 4  # letters; shorter spellings of places are words of other languages


@dataclass(frozen=True, slots=True)
class Spellings:
    """One entity and how else it is written: `spellings` excludes the form asked for, most usual first."""

    id: str
    name: str
    kind: MentionKind
    spellings: tuple[str, ...]


@lru_cache(maxsize=4096)
def spellings(name: str) -> Spellings | None:
    """The entity that a name stands for, whatever its accents; None where that is unknown or ambiguous.

    Case matters only where a word would be taken for a name: "is" is no Islamic State, "market" no Marquette.
    """
    name_key = key(name)
    known = listed(name_key)
    if not name_key or (known.acronym_word and not name.isupper()):
        return None
    if known.row is None:
        if name.islower() and not known.place and all(flags_of(word) & ORDINARY for word in name_key.split(" ")):
            return None  # ordinary words: the gazetteer is not asked
        return _placed(name_key, known.rule, word=name.islower() and " " not in name_key)
    found = entity(known.row)
    return Spellings(found.id, found.name, found.kind, others(name_key, found.spellings))


def _placed(name_key: str, rule: str, *, word: bool) -> Spellings | None:
    """A place of the gazetteer, where one is meant beyond doubt; a `word` in lower case only where it is listed."""
    place = clear_place(places(name_key))
    if place is None or rule in ("never", "word") or ((rule or word) and place.rank != CURATED):
        return None
    ranked = sorted(gazetteer().spellings(place.row), key=lambda row: (-row[1], -_likeness(row[0], place.name), row[0]))
    return Spellings(
        place.id, place.name, "LOC", others(name_key, tuple(text for text, _ in ranked if _usable(text, place)))
    )


def clear_place(found: tuple[Place, ...]) -> Place | None:
    """The place meant by nearly everybody: on our list, or many times larger than its namesakes."""
    curated = [place for place in found if place.rank == CURATED]
    if len(curated) == 1:
        return curated[0]
    weights = {place.row: place.population * (1 if place.rank == ALTERNATE else CLEARLY_LARGER) for place in found}
    largest = sorted(found, key=lambda place: -weights[place.row])[:2]
    if len(largest) == 2 and weights[largest[0].row] < CLEARLY_LARGER * weights[largest[1].row]:
        return None
    return largest[0] if largest else None


def _usable(text: str, place: Place) -> bool:
    """Whether a spelling is safe in a query: long enough, no common word, and clearly this place's own."""
    other = key(text)
    if len(other) < SHORTEST or listed(other).rule or listed(other).named:
        return False
    clear = clear_place(places(other))
    return clear is not None and clear.row == place.row


def _likeness(text: str, name: str) -> float:
    return SequenceMatcher(None, key(text), key(name)).ratio()


def others(name_key: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The first MOST spellings of other keys than the one given, one per key."""
    distinct = {key(text): text for text in reversed(texts)}
    distinct.pop(name_key, None)
    return tuple(text for text in dict.fromkeys(texts) if distinct.get(key(text)) == text)[:MOST]
