"""The rules, and after them a spaCy model of the user's: the names that the model finds and the rules did not."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from searcher.entities.base import Extractor
from searcher.entities.context import TITLES
from searcher.entities.entity import Entity, entity_of
from searcher.entities.keys import WORD, fold
from searcher.entities.known import Known, known_in
from searcher.entities.lexicon import Lexicon, lexicon
from searcher.entities.salience import summarise
from searcher.entities.spacy_model import Model
from searcher.entities.surnames import Bearers, bearers, surname
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

_FREE, _SURNAME, _TAKEN = 0, 1, 2  # what a character is to the rules: nothing, of a surname that tells no more, theirs


class _Name(NamedTuple):
    """A name that the model found in one field, with its label; `free` where no rule has claimed any of it."""

    field: MentionField
    start: int
    end: int
    text: str
    kind: MentionKind
    label: str
    free: bool


class SpacyExtractor:
    """Another extractor, that of the rules, reads an article first; a model adds what it left.

    The model reads the title and the body: what a dateline means is known by rule. It leaves alone a title all in
    capitals, which looks like names from end to end. `lists` are those of the rules.
    """

    def __init__(self, model: Model, rules: Extractor, lists: Lexicon | None = None) -> None:
        self._model = model
        self._rules = rules
        self._lists = lists or lexicon()

    def extract(self, body: str, title: str = "", dateline: str = "", *, year: int | None = None) -> Entities:
        """What the three fields mention, by the rules and the model, and what they are about."""
        ruled = self._rules.extract(body, title, dateline, year=year)
        known = known_in(ruled.mentions, self._lists)
        names = [
            *self._names("title", "" if title.isupper() else title, ruled.mentions, known),
            *self._names("body", body, ruled.mentions, known),
        ]
        if not names:
            return ruled
        summed = summarise(_merged(names, ruled.mentions, known), len(body), self._lists)
        return replace(summed, filed_from=ruled.filed_from, agency=ruled.agency)

    def _names(self, field: MentionField, text: str, ruled: Iterable[Mention], known: Known) -> Iterator[_Name]:
        """The names of one field, trimmed, where the rules claim nothing, or of a person no more than the surname."""
        claimed = _claimed(len(text), (mention for mention in ruled if mention.field == field), known)
        for found in self._model.names(text) if text.strip() else ():
            kind = KINDS.get(found.label)
            start, end = _trimmed(text, found.start, found.end, kind, known) if kind else (0, 0)
            if kind and start < end:
                most = max(claimed[start:end])
                if most == _FREE or (most == _SURNAME and kind == "PER"):
                    yield _Name(field, start, end, text[start:end], kind, found.label, most == _FREE)


def _claimed(length: int, ruled: Iterable[Mention], known: Known) -> bytearray:
    """What each character of a field is to the rules; of mentions inside one another all are theirs."""
    marks = bytearray(length)
    for mention in ruled:
        mark = _SURNAME if _is_loose(mention, known) else _TAKEN
        marks[mention.start : mention.end] = bytes([mark]) * (mention.end - mention.start)
    return marks


def _is_loose(mention: Mention, known: Known) -> bool:
    """Whether a mention is the surname of somebody whom neither the lists nor the rules know any better."""
    return mention.kind == "PER" and bool(surname(mention.name)) and known.made_up(entity_of(mention))


def _trimmed(text: str, start: int, end: int, kind: MentionKind, known: Known) -> tuple[int, int]:
    """A span without what is not the name: marks, articles but those of The Hague, titles, a possessive at the end."""
    found = list(WORD.finditer(text, start, end))
    if found and not known.listed(kind, text[found[0].start() : end]):
        leading = ARTICLES | TITLES if kind == "PER" else ARTICLES
        while len(found) > 1 and fold(found[0].group()) in leading:
            del found[0]
    while found and fold(found[-1].group()) == "'s":
        del found[-1]
    return (found[0].start(), found[-1].end()) if found else (start, start)


def _merged(names: list[_Name], ruled: Iterable[Mention], known: Known) -> Iterator[Mention]:
    """The mentions of the rules and those that names make; a surname is that of the one person who bears it.

    A surname that the rules found stays where it is, and is that of somebody whom the model alone knows in full.
    """
    entities = {name: known.named(name.kind, name.text) for name in names}
    in_full = [entity for entity in entities.values() if entity]
    by_model, by_all = bearers(in_full), bearers([*map(entity_of, ruled), *in_full])
    for mention in ruled:
        meant = _bearer(mention.name, by_all) if _is_loose(mention, known) else None
        known_to_model = meant and meant.id in by_model.get(surname(mention.name), ())
        yield replace(mention, **meant._asdict()) if meant and known_to_model else mention
    for name, entity in entities.items():
        meant = (_bearer(name.text, by_all) if name.kind == "PER" else None) or entity
        if meant and name.free:
            yield _mention(name, meant)


def _bearer(name: str, people: Bearers) -> Entity | None:
    """The one person who bears a surname, where a name is one and nobody else of the article bears it."""
    found = people.get(surname(name), {})
    return next(iter(found.values())) if len(found) == 1 else None


def _mention(name: _Name, entity: Entity) -> Mention:
    return Mention(
        text=name.text,
        start=name.start,
        end=name.end,
        field=name.field,
        confidence=CONFIDENCE,
        rule=f"spaCy: {name.label}",
        **entity._asdict(),
    )
