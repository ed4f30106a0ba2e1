"""Who is meant by a surname alone? The one person of the article who bears it."""

from collections import defaultdict
from collections.abc import Iterable

from searcher.entities.entity import Entity
from searcher.entities.keys import WORD, fold, key
from searcher.entities.match import PARTICLES
from searcher.entities.people import shorter

__all__ = ["Bearers", "bearers", "surname"]

Bearers = dict[str, dict[str, Entity]]
"""Shorter name to the people of the article who go by it, by their ids."""


def surname(name: str) -> str:
    """The folded surname where a name of a person is one word, its particles (al-Assad) aside; else empty."""
    found = [word for word in map(fold, WORD.findall(name)) if word not in PARTICLES]
    return found[0] if len(found) == 1 else ""


def bearers(entities: Iterable[Entity]) -> Bearers:
    """Who among these are people named in full, by what they are called later on."""
    found: Bearers = defaultdict(dict)
    for entity in entities:
        if entity.kind == "PER" and not surname(entity.name):
            for name in shorter(key(entity.name).split(" ")):
                found[name][entity.id] = entity
    return dict(found)
