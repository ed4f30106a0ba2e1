"""Which of the places of one name is meant?

The larger place is the likelier, a capital more so; a place in a country that the article speaks of, or near the other
places of the article, is likelier still. What an article says once ("Paris, Texas") holds for all of it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log10

from searcher.entities.context import ADMIN_NOUNS, DIRECTIONS, explicit_country, place_noun
from searcher.entities.document import Document
from searcher.entities.entity import Entity
from searcher.entities.gazetteer import ALTERNATE, CURATED, NAME, Place
from searcher.entities.keys import plain, slug
from searcher.entities.match import Span
from searcher.entities.text import Passage
from searcher.entities.transliterated import by_skeleton

__all__ = ["Places", "is_a_word"]

# Powers of ten by which a place is likelier. On the half of LGL that no weight was fitted on the country is right for
# .914 of the places found; .908 without NEAR, .910 without STATE, .901 without both, .907 without COUNTRY.
CAPITAL = 0.7
CURATED_NAME = 0.6
ALTERNATE_NAME = -1.5  # GeoNames' alternates hold old and foreign names, seldom the place meant
COUNTRY, MOST_COUNTRY = 0.7, 3  # for each other name that speaks for its country, three at most
NEAR, MOST_NEAR = 0.35, 4  # for each other place name of the article that its country has too
STATE, MOST_STATE = 0.5, 3  # the same of an American state

Where = tuple[str, str]
"""Country and subdivision."""


@dataclass(slots=True)
class Places:
    """The places of one article."""

    document: Document
    said: dict[str, Where] = field(default_factory=dict)
    spots: dict[Where, set[str]] = field(default_factory=lambda: defaultdict(set))

    def learn(self, spans: Iterable[Span]) -> None:
        """Take in where the names of the article can lie, before any of them is settled."""
        for span in spans:
            country, admin1 = explicit_country(self.document, span)
            if country:
                self.said.setdefault(span.key, (country, admin1))
            for place in span.places:
                if place.rank > ALTERNATE:
                    self.spots[place.country, ""].add(span.key)
                    if place.country == "US":
                        self.spots[place.country, place.admin1].add(span.key)

    def entity(self, passage: Passage, first: int, last: int) -> tuple[Entity, str] | None:
        """The place that a name stands for here and the rule that chose it; None for a name that no list has."""
        span = self.document.span_at(passage, first)
        if span is not None and span.last == last:
            found = self.named(span)
            if found:
                return found
        inner = self._inner(passage, first, last)
        if inner or (span is not None and span.last == last):
            return inner
        place = by_skeleton(self.document, passage.slice(first, last))
        return (place.entity, "skeleton") if place else None

    def unknown(self, passage: Passage, first: int, last: int) -> Entity:
        """A place that no list has, in the country of a place inside its name: Vancouver International Airport."""
        name = plain(passage.slice(first, last))
        country = ""
        for index in range(first, last):
            span = self.document.span_at(passage, index)
            if span is not None and span.last <= last:
                found = self.named(span)
                if found:
                    country = found[0].country
                    break
        return Entity(f"loc:{slug(name)}", name, "LOC", "place", country)

    def named(self, span: Span) -> tuple[Entity, str] | None:
        """The listed place of a name, else the likeliest of the gazetteer."""
        for name in span.names:
            if name.entity.kind in ("LOC", "DEM"):
                other = self._instead(span, name.entity)
                return (other.entity, "namesake by evidence") if other else (name.entity, name.entity.subkind)
        if not span.places:
            return None
        where = explicit_country(self.document, span)
        if not where[0]:
            where = self.said.get(span.key, ("", ""))
        inside = [place for place in span.places if place.country == where[0]]
        exact = [place for place in inside if place.admin1 == where[1]] or inside
        place = self._best(span, exact or span.places)
        entity = place.entity
        rule = "country follows" if exact else "gazetteer"
        return (entity._replace(subkind="admin1") if place_noun(span) else entity), rule

    def _instead(self, span: Span, listed: Entity) -> Place | None:
        """Georgia the state, where the article speaks of America, not of the Caucasus; Palestine, if it adds Texas."""
        if listed.subkind != "country" or listed.country == "US":
            return None
        american = [place for place in span.places if place.country == "US" and place.rank >= NAME]
        states = [place for place in american if place.subkind == "admin1"]
        inside = span.passage.gap(span.first).startswith(",") and self.document.evidence["US"] > 0
        own, theirs = (self.document.others(country, span.key) for country in (listed.country, "US"))
        if states and (inside or theirs > 2 * own):
            return states[0]
        where = self.said.get(span.key, ("", ""))
        there = [place for place in american if where == ("US", place.admin1)]
        return self._best(span, there) if there else None

    def _best(self, span: Span, found: Iterable[Place]) -> Place:
        """The likeliest of several places of one name."""
        several = tuple(found)
        if len(several) == 1:
            return several[0]

        def likelihood(place: Place) -> float:
            score = log10(place.population + 1)
            score += CAPITAL if place.subkind == "capital" else 0.0
            score += {ALTERNATE: ALTERNATE_NAME, CURATED: CURATED_NAME}.get(place.rank, 0.0)
            support = self.document.others(place.country, span.key)
            score += COUNTRY * min(support, MOST_COUNTRY)
            score += NEAR * min(self._others(span.key, place.country, ""), MOST_NEAR)
            if place.country == "US":
                score += STATE * min(self._others(span.key, "US", place.admin1), MOST_STATE)
            return score

        return max(several, key=lambda place: (likelihood(place), -place.row))

    def _others(self, name_key: str, country: str, admin1: str) -> int:
        """How many other place names of the article can lie there."""
        keys = self.spots.get((country, admin1), set())
        return len(keys) - (name_key in keys)

    def _inner(self, passage: Passage, first: int, last: int) -> tuple[Entity, str] | None:
        """Northern Syria is Syria, Homs Province is Homs: the known place that a longer name is about."""
        at = first
        while at < last - 1 and passage.folds[at] in DIRECTIONS:
            at += 1
        if at > first:
            span = self.document.span_at(passage, at)
            if span is not None and span.last == last:
                found = self.named(span)
                return (found[0], "part of a place") if found and found[0].kind == "LOC" else None
        span = self.document.span_at(passage, first)
        if span is not None and span.last == last - 1 and passage.folds[last - 1] in ADMIN_NOUNS:
            found = self.named(span)
            if found and found[0].kind == "LOC" and found[0].subkind != "country":
                return found[0]._replace(subkind="admin1"), "province"
        return None


def is_a_word(document: Document, span: Span) -> bool:
    """Whether the article writes the name in small letters too, and speaks of its country nowhere: turkey."""
    countries = [name.entity.country for name in span.names] + [place.country for place in span.places]
    return (
        document.lists.weak.get(span.key) == "word"
        and (span.key in document.small or f"{span.key}s" in document.small)
        and not any(document.evidence[country] for country in countries)
    )
