"""Armies and governments named through their country: "Syrian army", "Russia's navy", "U.S.-backed forces"."""

from searcher.entities.document import Document
from searcher.entities.entity import Entity
from searcher.entities.keys import slug
from searcher.entities.match import Span
from searcher.entities.text import Passage

__all__ = ["country_of", "find_forces", "in_one_line"]

SURE = 0.9
RULE = "force of a country"

# What a country's power is called in running text -> the one noun its value is shown with, and what it is.
_FORCES = {
    "army": ("army", "mil"),
    "armed forces": ("armed forces", "mil"),
    "military": ("military", "mil"),
    "navy": ("navy", "mil"),
    "air force": ("air force", "mil"),
    "forces": ("forces", "mil"),
    "troops": ("forces", "mil"),
    "soldiers": ("forces", "mil"),
    "marines": ("marines", "mil"),
    "police": ("police", "gov"),
    "coast guard": ("coastguard", "mil"),
    "coastguard": ("coastguard", "mil"),
    "border guards": ("border guards", "gov"),
    "government": ("government", "gov"),
    "regime": ("government", "gov"),
    "parliament": ("parliament", "gov"),
    "intelligence": ("intelligence", "gov"),
}
_OF_SERVICE = {
    "arab army": "army",
    "national army": "army",
    "government forces": "forces",
    "government troops": "forces",
    "security forces": "security forces",
    "special forces": "special forces",
    "ground forces": "army",
    "arab armed forces": "armed forces",
    "defence forces": "armed forces",
    "defense forces": "armed forces",
}
_BACKED = frozenset(["backed", "led"])
_BACKED_FORCES = {
    "forces": "forces",
    "fighters": "forces",
    "troops": "forces",
    "rebels": "rebels",
    "militia": "militias",
    "militias": "militias",
    "militants": "militias",
    "coalition": "coalition",
    "alliance": "coalition",
    "government": "government",
    "separatists": "separatists",
}


def find_forces(document: Document) -> None:
    """Claim the forces of countries; the country's name stays a mention of its own inside."""
    for span in document.spans:
        country = country_of(span)
        if country:
            _claim_force(document, span, country)


def country_of(span: Span) -> str:
    """The ISO code of the country that a span names or is the demonym of."""
    for name in span.names:
        if name.entity.kind == "DEM" or name.entity.subkind == "country":
            return name.entity.country
    return ""


def _claim_force(document: Document, span: Span, country: str) -> None:
    """`Syrian army` and `Syria's army`: the latter leaves the country's name a mention of its own."""
    passage, first = span.passage, span.last
    if passage.folds[first : first + 1] and passage.folds[first] in _BACKED and passage.gap(first) == "-":
        _claim_backed(document, span, country)
        return
    possessive = passage.after(first) == "'s" or (first < len(passage.folds) and passage.folds[first] == "'s")
    first += possessive
    for count in (2, 1):
        noun = " ".join(passage.folds[first : first + count])
        shown, subkind = _force(noun)
        if shown and in_one_line(passage, first, first + count):
            start = first if possessive else span.first
            name = f"{document.lists.adjectives[country]} {shown}"
            entity = Entity(f"act:{slug(shown)}@{country}", name, "ACTOR", subkind, country)
            document.claim(passage, first, first + count, entity, SURE, RULE, begin=start)
            return


def _claim_backed(document: Document, span: Span, country: str) -> None:
    """`U.S.-backed forces`, `Iranian-backed militias`: whose they are not is known, who stands behind them is."""
    passage, first = span.passage, span.last
    last = next(
        (at for at in range(first + 2, first + 4) if _BACKED_FORCES.get(" ".join(passage.folds[at - 1 : at]))), 0
    )
    if not last or not in_one_line(passage, first, last):
        return
    shown = f"{passage.folds[first]} {_BACKED_FORCES[passage.folds[last - 1]]}"
    name = f"{document.lists.adjectives[country]}-{shown}"
    entity = Entity(f"act:{slug(shown)}@{country}", name, "ACTOR", "armed", country)
    document.claim(passage, first, last, entity, SURE, RULE, begin=span.first)


def _force(noun: str) -> tuple[str, str]:
    if noun in _OF_SERVICE:
        return _OF_SERVICE[noun], "mil"
    return _FORCES.get(noun, ("", ""))


def in_one_line(passage: Passage, first: int, last: int) -> bool:
    """Whether words `first` to `last` (exclusive) are joined, the first to the word before it too."""
    return last <= len(passage.words) and all(passage.joined[index] for index in range(first, last))
