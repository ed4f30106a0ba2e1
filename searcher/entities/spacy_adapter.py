"""The rules, and after them a spaCy model of the user's: the names that the model finds and the rules did not."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from searcher.entities.base import Extractor
from searcher.entities.context import TITLES
from searcher.entities.entity import Entity
from searcher.entities.keys import WORD, fold, slug
from searcher.entities.known import known_entity, named_entity
from searcher.entities.lexicon import lexicon
from searcher.entities.match import PARTICLES
from searcher.entities.salience import summarise
from searcher.entities.spacy_model import Model
from searcher.models import Entities, Mention, MentionField, MentionKind

__all__ = ["SpacyExtractor"]

CONFIDENCE = 0.7  # of a name that a model found and no rule did
# The labels of OntoNotes and of WikiNER, which spaCy's models are trained on; times, amounts, works are no entities.
KINDS: dict[str, MentionKind] = {
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "PERSON": "PER",
    "PER": "PER",
    "ORG": "ORG",
    "NORP": "DEM",
}
ARTICLES = frozenset(["a", "an", "the"])
SHORTEST_SURNAME = 3  # letters

_FIELDS: dict[MentionField, int] = {"title": 0, "dateline": 1, "body": 2}
_PARTICLES = PARTICLES


class _Name(NamedTuple):
    """A name in one field that no rule claimed, with the label the model gave it."""

    field: MentionField
    start: int
    end: int
    text: str
    kind: MentionKind
    label: str


class SpacyExtractor:
    """Another extractor, that of the rules, reads an article first; a model adds what it left.

    The model reads the title and the body: what a dateline means is known by rule. It leaves alone a title all in
    capitals, which looks like names from end to end.
    """

    def __init__(self, model: Model, rules: Extractor) -> None:
        self._model = model
        self._rules = rules

    def extract(self, body: str, title: str = "", dateline: str = "") -> Entities:
        """What the three fields mention, by the rules and the model, and what they are about."""
        ruled = self._rules.extract(body, title, dateline)
        names = [
            *self._names("title", "" if title.isupper() else title, ruled.mentions),
            *self._names("body", body, ruled.mentions),
        ]
        added = list(_mentions(names, ruled.mentions))
        if not added:
            return ruled
        mentions = sorted((*ruled.mentions, *added), key=lambda found: (_FIELDS[found.field], found.start))
        summed = summarise(mentions, len(body), lexicon())
        return replace(summed, filed_from=ruled.filed_from, agency=ruled.agency)

    def _names(self, field: MentionField, text: str, claimed: Iterable[Mention]) -> Iterator[_Name]:
        """The names of one field, trimmed, where no character belongs to a mention already."""
        taken = bytearray(len(text))
        for mention in claimed:
            if mention.field == field:
                taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
        for found in self._model.names(text) if text.strip() else ():
            kind = KINDS.get(found.label)
            start, end = _trimmed(text, found.start, found.end, kind) if kind else (0, 0)
            if kind and start < end and not any(taken[start:end]):
                yield _Name(field, start, end, text[start:end], kind, found.label)


def _trimmed(text: str, start: int, end: int, kind: MentionKind) -> tuple[int, int]:
    """A span without what is not the name: marks, articles but those of The Hague, titles, a possessive at the end."""
    found = list(WORD.finditer(text, start, end))
    if found and not known_entity(kind, text[found[0].start() : end], {}):
        leading = ARTICLES | TITLES if kind == "PER" else ARTICLES
        while len(found) > 1 and fold(found[0].group()) in leading:
            del found[0]
    while found and fold(found[-1].group()) == "'s":
        del found[-1]
    return (found[0].start(), found[-1].end()) if found else (start, start)


def _mentions(names: list[_Name], ruled: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions that names make; a surname alone is that of the one person of the article who bears it."""
    countries = Counter(mention.country for mention in ruled if mention.country)
    entities = {name: named_entity(name.kind, name.text, countries) for name in names}
    in_full = [entity for name, entity in entities.items() if entity and not _is_surname(name)]
    bearers = _bearers([*(_entity_of(mention) for mention in ruled), *in_full])
    for name, entity in entities.items():
        meant = bearers.get(_surname(name.text), entity) if _is_surname(name) else entity
        if meant:
            yield Mention(
                text=name.text,
                start=name.start,
                end=name.end,
                field=name.field,
                confidence=CONFIDENCE,
                rule=f"spaCy: {name.label}",
                **meant._asdict(),
            )


def _entity_of(mention: Mention) -> Entity:
    return Entity(*(getattr(mention, field) for field in Entity._fields))


def _bearers(entities: Iterable[Entity]) -> dict[str, Entity]:
    """Surname to person, for the surnames that one person of the article alone bears."""
    people: dict[str, dict[str, Entity]] = {}
    for entity in entities:
        surname = _surname(entity.name)
        if entity.kind == "PER" and len(surname) >= SHORTEST_SURNAME and surname != slug(entity.name):
            people.setdefault(surname, {})[entity.id] = entity
    return {surname: next(iter(bearers.values())) for surname, bearers in people.items() if len(bearers) == 1}


def _surname(name: str) -> str:
    return slug(name).rpartition("-")[2]


def _is_surname(name: _Name) -> bool:
    """Whether a name of a person is one word, its particles (al-Assad) aside."""
    if name.kind != "PER":
        return False
    return sum(fold(word) not in _PARTICLES for word in WORD.findall(name.text)) == 1
