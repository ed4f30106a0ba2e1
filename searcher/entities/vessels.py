"""Ships: a name beside a word for a ship is the ship, not the city or person it is called after."""

from searcher.entities.context import FUNCTION_WORDS, LOCATIVE
from searcher.entities.document import Document
from searcher.entities.entity import Entity
from searcher.entities.keys import plain, slug
from searcher.entities.tables import words
from searcher.entities.text import Passage

__all__ = ["find_vessels"]

SURE, AGAIN = 0.9, 0.85

_SHIPS = words("vessels ships")
_SHIPS_AFTER = _SHIPS | frozenset(["ship", "vessel"])
_PREFIXES = words("vessels prefixes")
_SIGNS = _SHIPS_AFTER | _PREFIXES
# Capitalised words before "submarine" that are services or classes of ships.
_NO_NAMES = words("vessels no names")
_VERBS = words("vessels verbs")
_LONGEST_NAME = 3


def find_vessels(document: Document) -> None:
    """Claim ships by the words beside them, then the same names elsewhere in the article."""
    names: dict[str, Entity] = {}
    for passage in document.passages:
        if passage.titled or _SIGNS.isdisjoint(passage.folds):
            continue
        for index, word in enumerate(passage.folds):
            if word in _SHIPS_AFTER and not passage.shouted[index]:
                _claim_before(document, passage, index, names)
            if word in _SHIPS and not passage.shouted[index]:
                _claim_after(document, passage, index + 1, names)
            if word in _PREFIXES and passage.words[index].isupper():
                _claim_after(document, passage, index + 1, names, prefix=1)
    if names or any(word in _SHIPS for passage in document.passages for word in passage.folds):
        _claim_with_article(document, names)
    _claim_again(document, names)


def _name_word(document: Document, passage: Passage, index: int) -> bool:
    """Whether a word can be part of a ship's name: a capital, and neither a country nor a listed organisation."""
    word = passage.folds[index]
    if not passage.capital[index] or word in FUNCTION_WORDS or word in document.small:
        return False
    if word in _NO_NAMES or word in _SHIPS_AFTER or _goes_on(document, passage, index):
        return False
    span = document.span_at(passage, index)
    return span is None or not any(_no_ship(name.entity) for name in span.names)


def _goes_on(document: Document, passage: Passage, index: int) -> bool:
    """Whether a word is one of a listed name that began before it: the Sea of a Black Sea frigate."""
    earlier = (document.span_at(passage, index - words) for words in range(1, _LONGEST_NAME + 1))
    return any(
        span is not None and span.last > index and any(_no_ship(name.entity) for name in span.names) for span in earlier
    )


def _no_ship(entity: Entity) -> bool:
    """Whether no ship has the name: a country, a people, a sea, an organisation; but the Dagestan sails."""
    return entity.kind in ("DEM", "ORG", "ACTOR") or (entity.kind == "LOC" and entity.subkind != "region")


def _claim_before(document: Document, passage: Passage, ship: int, names: dict[str, Entity]) -> None:
    """`its Veliky Novgorod submarine`."""
    first = ship
    while first > 0 and ship - first < _LONGEST_NAME and passage.joined[first] and passage.gap(first) != "-":
        if not _name_word(document, passage, first - 1):
            break
        first -= 1
    if first < ship and not (passage.opens[first] and ship - first == 1):
        _claim(document, passage, first, ship, names)


def _claim_after(document: Document, passage: Passage, first: int, names: dict[str, Entity], prefix: int = 0) -> None:
    """`the frigate Admiral Essen`, `the tanker "Sounion"`, `corvettes, the Uglich and the Veliky Ustyug`."""
    plural = passage.folds[first - 1].endswith("s") and not prefix
    while first < len(passage.words) and passage.gap(first).strip("\"“”«»'‘’, ") == "":
        first += plural and passage.folds[first] == "the"
        last = _name_end(document, passage, first)
        if last == first or ("," in passage.gap(first) and not plural):
            return
        _claim(document, passage, first - prefix, last, names)
        if not plural:
            return
        first = last + (last < len(passage.folds) and passage.folds[last] == "and")


def _name_end(document: Document, passage: Passage, first: int) -> int:
    last = first
    while last < len(passage.words) and last - first < _LONGEST_NAME and _name_word(document, passage, last):
        if last > first and not passage.joined[last]:
            break
        last += 1
    return last


def _claim_with_article(document: Document, names: dict[str, Entity]) -> None:
    """`the Veliky Novgorod`: in an article about ships, a city's name with an article is a ship's."""
    for span in document.spans:
        passage = span.passage
        if span.names or passage.titled or passage.shouted[span.first] or passage.before(span.first) != "the":
            continue
        ends = not passage.after(span.last) or passage.after(span.last) in _VERBS
        if ends and any(place.subkind == "city" and not place.name.startswith("The ") for place in span.places):
            _claim(document, passage, span.first, span.last, names)


def _claim(document: Document, passage: Passage, first: int, last: int, names: dict[str, Entity]) -> None:
    name = plain(" ".join(passage.words[first:last]))
    span = document.span_at(passage, first)
    listed = [one.entity for one in span.names if one.entity.kind == "VESSEL"] if span and span.last == last else []
    entity = listed[0] if listed else Entity(f"ves:{slug(name)}", name, "VESSEL")
    names[" ".join(passage.folds[first:last])] = entity
    document.claim(passage, first, last, entity, SURE, "beside a ship")


def _claim_again(document: Document, names: dict[str, Entity]) -> None:
    """The same name later on, unless a preposition of place says that the city is meant."""
    for name_key, entity in names.items():
        words = name_key.split(" ")
        for passage in document.passages:
            for index, word in enumerate(passage.folds):
                last = index + len(words)
                if word != words[0] or not passage.capital[index] or passage.folds[index:last] != words:
                    continue
                if passage.before(index) not in LOCATIVE:
                    document.claim(passage, index, last, entity, AGAIN, "ship of the article")
