"""Which entity is meant, where somebody else has found the name and said of what kind it is."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from searcher.entities.entity import Entity, entity_of
from searcher.entities.gazetteer import ALTERNATE, CURATED, Place, places
from searcher.entities.keys import WORD, fold, key, plain, slug
from searcher.entities.lexicon import Lexicon
from searcher.entities.organisations import bare
from searcher.entities.variants import CLEARLY_LARGER
from searcher.models import Mention, MentionKind

__all__ = ["Known", "known_in"]

# What the lists call a thing of that kind: an army or a government is an organisation to everybody else.
_LISTED_KINDS: dict[MentionKind, tuple[MentionKind, ...]] = {"ORG": ("ORG", "ACTOR")}
SUPPORTED = 100  # what a place counts more for when its country is in the article


class Known(NamedTuple):
    """What can be known of a name in one article.

    `lists` are the hand-written ones with the user's own, `countries` counts how often the article names each, `said`
    are the entities that the rules found in it, by key and kind of the words they found.
    """

    lists: Lexicon
    countries: Counter[str]
    said: dict[tuple[str, MentionKind], Entity]

    def named(self, kind: MentionKind, text: str) -> Entity | None:
        """The entity of a name: the one of the article or the lists, else a new one; None where it has no letters.

        A demonym is one only where it is known.
        """
        found = self._said(kind, text) or self.listed(kind, text)
        return found if found or kind == "DEM" else _new(kind, text)

    def listed(self, kind: MentionKind, text: str) -> Entity | None:
        """The user's own entity of that name, else the one of that kind that the lists or the gazetteer know."""
        name_key = key(text)
        kinds = _kinds(kind)
        fitting = [name for name in self.lists.names.get(name_key, ()) if text.isupper() or not name.strict]
        own = next((name.entity for name in fitting if name.own), None)
        if own:
            return own
        found = {name.entity.id: name.entity for name in fitting if name.entity.kind in kinds and not name.short}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
        place = self._place(name_key) if kind == "LOC" else None
        return place.entity if place else None

    def made_up(self, entity: Entity) -> bool:
        """Whether an entity is one that no list has: its name is all that is known of it."""
        return all(name.entity.id != entity.id for name in self.lists.names.get(key(entity.name), ()))

    def _said(self, kind: MentionKind, text: str) -> Entity | None:
        name_key = key(text)
        return next((self.said[name_key, one] for one in _kinds(kind) if (name_key, one) in self.said), None)

    def _place(self, name_key: str) -> Place | None:
        """The place of the gazetteer that is meant beyond doubt: of our list, supported, or far larger than others."""
        if self.lists.weak.get(name_key) == "never":
            return None
        found = places(name_key)
        curated = [place for place in found if place.rank == CURATED]
        if len(curated) == 1:
            return curated[0]
        usable = [place for place in found if place.rank != ALTERNATE or self.countries[place.country]]
        ranked = sorted(usable, key=lambda place: (-self._weight(place), place.row))
        if len(ranked) > 1 and self._weight(ranked[0]) < CLEARLY_LARGER * self._weight(ranked[1]):
            return None
        return ranked[0] if ranked else None

    def _weight(self, place: Place) -> int:
        return (place.population + 1) * (SUPPORTED if self.countries[place.country] else 1)


def known_in(mentions: Iterable[Mention], lists: Lexicon) -> Known:
    """What is known in the article that the rules found these mentions in."""
    known = Known(lists, Counter(), {})
    for mention in mentions:
        if mention.country:
            known.countries[mention.country] += 1
        known.said.setdefault((key(mention.text), mention.kind), entity_of(mention))
    return known


def _kinds(kind: MentionKind) -> tuple[MentionKind, ...]:
    return _LISTED_KINDS.get(kind, (kind,))


def _new(kind: MentionKind, text: str) -> Entity | None:
    """An entity that nobody knows, with the id that the rules would give it: a firm goes by its name without "Ltd"."""
    found = list(WORD.finditer(text))
    if kind == "ORG" and found:
        text = text[: found[len(bare([fold(word[0]) for word in found])) - 1].end()]
    name = plain(text)
    readable = slug(name)
    subkind = "place" if kind == "LOC" else ""
    return Entity(f"{kind.lower()}:{readable}", name, kind, subkind) if readable else None
