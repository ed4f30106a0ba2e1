"""Which organisation is meant: a listed one, one the article defined before, or a new one.

Gencor Ltd ... Gencor                        one value, Gencor
African National Congress (ANC) ... the ANC  one value, as the brackets define it
Turkey's Supreme Court                       Supreme Court (Turkey), as every country has one
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from searcher.entities.document import Document
from searcher.entities.entity import Entity, body_of
from searcher.entities.gazetteer import ALTERNATE
from searcher.entities.keys import plain, slug
from searcher.entities.kinds import FIRM, ORGANISATION, ORGANISATION_WEAK, STATE_BODY
from searcher.entities.lexicon import ALWAYS, Name
from searcher.entities.names import Candidate
from searcher.entities.text import Passage
from searcher.entities.vocabulary import COMMON, flags_of

__all__ = ["GENERIC", "Organisations", "bare", "listed_organisation"]

_KINDS = ("ORG", "ACTOR", "VESSEL")
_SHORTEST_ACRONYM = 2
_FEW = 2  # words; the name of three common nouns is that of one body
GENERIC = "generic"  # the subkind of names that could be those of many bodies


def listed_organisation(document: Document, names: Iterable[Name], *, short: bool = False) -> Entity | None:
    """Of the listed names of one key the organisation, where it is one; of several that of the article's country.

    With `short`, what several bear as a short form (the Labour Party) is that of the country with most evidence alone.
    """
    found = [name for name in names if name.entity.kind in _KINDS]
    full = [name for name in found if not name.short]
    if full or not short:
        return max(full, key=lambda name: document.evidence[name.entity.country]).entity if full else None
    ranked = sorted(found, key=lambda name: -document.evidence[name.entity.country])
    ranked = [name for name in ranked if _supported(document, name)]
    several = len(ranked) > 1
    if several and document.evidence[ranked[0].entity.country] == document.evidence[ranked[1].entity.country]:
        return None
    return ranked[0].entity if ranked else None


def _supported(document: Document, name: Name) -> bool:
    """Whether something speaks for a short form: the country is in the article, or the article is of its years."""
    in_its_years = document.year is not None and name.years != ALWAYS
    return not name.entity.country or bool(document.evidence[name.entity.country]) or in_its_years


@dataclass(slots=True)
class Organisations:
    """The organisations of one article, by every key that stands for one; `acronyms` are those that brackets define."""

    document: Document
    known: dict[str, Entity] = field(default_factory=dict)
    acronyms: set[str] = field(default_factory=set)

    def learn(self, candidate: Candidate) -> None:
        """Settle a name of several words, and remember what it is called later on."""
        passage, first, last = candidate.places[0]
        words = candidate.key.split(" ")
        entity = self._listed(words) or self._new(passage, first, last)
        self.known[candidate.key] = entity
        without = bare(words)
        self.known.setdefault(" ".join(without), entity)
        if len(without) > 1 and not flags_of(without[0]) & COMMON and self.document.span_at(passage, first) is None:
            self.known.setdefault(without[0], entity)
        for where, begin, end in candidate.places:
            acronym = _defined(where, begin, end)
            if acronym:
                self.known[acronym] = entity
                self.acronyms.add(acronym)

    def entity(self, candidate: Candidate) -> Entity:
        """The organisation that a judged name stands for."""
        if candidate.key in self.known:
            return self.known[candidate.key]
        passage, first, last = candidate.places[0]
        return self._listed(candidate.key.split(" ")) or self._new(passage, first, last)

    def _listed(self, words: list[str]) -> Entity | None:
        """The listed organisation of these words, with or without "Corp"."""
        document = self.document
        return listed_organisation(document, document.names_of(" ".join(words)), short=True) or listed_organisation(
            document, document.names_of(" ".join(bare(words))), short=True
        )

    def _new(self, passage: Passage, first: int, last: int) -> Entity:
        """An organisation that no list has; its country is the one in its name or before it."""
        end = first + len(bare(passage.folds[first:last]))
        name = plain(passage.slice(first, end))
        if _generic(passage.folds[first:end]):
            return self._of_state(name, passage.folds[end - 1])
        return Entity(f"org:{slug(name)}", name, "ORG", "", self._country(passage, first, last))

    def _of_state(self, name: str, noun: str) -> Entity:
        """The Central Bank is that of the article's country; the Board may be any, so that no facet shows it."""
        country = self.document.main_country() if noun in STATE_BODY else ""
        home = self.document.lists.countries.get(country)
        if home is None:
            return Entity(f"org:{slug(name)}", name, "ORG", GENERIC)
        return body_of(home, name)

    def _country(self, passage: Passage, first: int, last: int) -> str:
        """The country that a name has in it, or whose possessive or adjective stands before it."""
        for index in range(first, last):
            span = self.document.span_at(passage, index)
            if span is not None and span.last <= last:
                countries = [name.entity.country for name in span.names if name.entity.kind in ("LOC", "DEM")]
                main = [place for place in span.places if place.rank > ALTERNATE]
                if countries or main:
                    return countries[0] if countries else max(main, key=lambda place: place.population).country
        return ""


def _generic(words: list[str]) -> bool:
    """Whether a name is made of ordinary words that any body of its kind goes by: Central Bank, Board, House."""
    last = words[-1] in ORGANISATION or words[-1] in ORGANISATION_WEAK
    return last and len(words) <= _FEW and all(flags_of(word) & COMMON for word in words)


def bare(words: list[str]) -> list[str]:
    """A name without "Corp", "and Co" and the like at its end."""
    end = len(words)
    while end > 1 and (words[end - 1] in FIRM or words[end - 1] == "and"):
        end -= 1
    return words[:end]


def _defined(passage: Passage, first: int, last: int) -> str:
    """The acronym that brackets behind a name define for it: its letters are letters of the name, in their order."""
    if last >= len(passage.words) or passage.gap(last).strip() != "(" or not passage.words[last].isupper():
        return ""
    acronym = passage.folds[last]
    closes = passage.gap(last + 1).lstrip().startswith(")") if last + 1 < len(passage.words) else True
    if len(acronym) < _SHORTEST_ACRONYM or not closes:
        return ""
    rest = iter("".join(passage.folds[first:last]))
    return acronym if acronym[0] == passage.folds[first][0] and all(letter in rest for letter in acronym) else ""
