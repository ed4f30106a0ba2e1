"""Which entity is meant, where somebody else has found the name and said of what kind it is."""

from collections.abc import Mapping

from searcher.entities.entity import Entity
from searcher.entities.gazetteer import ALTERNATE, CURATED, Place, places
from searcher.entities.keys import key, plain, slug
from searcher.entities.lexicon import lexicon
from searcher.models import MentionKind

__all__ = ["known_entity", "named_entity"]

# What the lists call a thing of that kind: an army or a government is an organisation to everybody else.
_LISTED_KINDS: dict[MentionKind, tuple[MentionKind, ...]] = {"ORG": ("ORG", "ACTOR")}
CLEARLY_LARGER = 10  # of two places with one name, how many times the inhabitants make it unambiguous
SUPPORTED = 100  # what a place counts more for when its country is in the article


def named_entity(kind: MentionKind, text: str, countries: Mapping[str, int]) -> Entity | None:
    """The entity of a name: the one the lists know, else one made of the name; None where it has no letters.

    `countries` counts how often the article names each. A demonym is one only where it is listed.
    """
    found = known_entity(kind, text, countries)
    if found or kind == "DEM":
        return found
    name = plain(text)
    readable = slug(name)
    return Entity(f"{kind.lower()}:{readable}", name, kind) if readable else None


def known_entity(kind: MentionKind, text: str, countries: Mapping[str, int]) -> Entity | None:
    """The one entity of that kind that the lists or the gazetteer know by that name."""
    name_key = key(text)
    kinds = _LISTED_KINDS.get(kind, (kind,))
    listed = {
        name.entity.id: name.entity
        for name in lexicon().names.get(name_key, ())
        if name.entity.kind in kinds and not name.short and (text.isupper() or not name.strict)
    }
    if listed:
        return next(iter(listed.values())) if len(listed) == 1 else None
    place = _place(name_key, countries) if kind == "LOC" else None
    if place is None:
        return None
    return Entity(place.id, place.name, "LOC", place.subkind, place.country, place.admin1, place.lat, place.lon)


def _place(name_key: str, countries: Mapping[str, int]) -> Place | None:
    """The place of the gazetteer that is meant beyond doubt: listed by hand, supported, or far larger than others."""
    if lexicon().weak.get(name_key) == "never":
        return None
    found = places(name_key)
    curated = [place for place in found if place.rank == CURATED]
    if len(curated) == 1:
        return curated[0]

    def weight(place: Place) -> int:
        return (place.population + 1) * (SUPPORTED if countries.get(place.country) else 1)

    usable = [place for place in found if place.rank != ALTERNATE or countries.get(place.country)]
    ranked = sorted(usable, key=lambda place: (-weight(place), place.row))
    if len(ranked) > 1 and weight(ranked[0]) < CLEARLY_LARGER * weight(ranked[1]):
        return None
    return ranked[0] if ranked else None
