"""Which person is meant: one of a list, one named in full elsewhere in the article, or somebody new."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from searcher.entities.document import Document
from searcher.entities.entity import Entity
from searcher.entities.keys import plain, slug
from searcher.entities.kinds import FAMILY_FIRST, NAME_SUFFIX
from searcher.entities.lexicon import Name
from searcher.entities.names import Candidate
from searcher.entities.text import Passage

__all__ = ["People", "listed_person", "shorter"]


def listed_person(document: Document, names: Iterable[Name], *, short: bool = False) -> Entity | None:
    """Of the listed names of one key the person; of several that of the article's country, none where that leaves two.

    A short form stands for somebody where only one listed person has it, or where the article speaks of the country; of
    two of one country for the later in office, since an article of a known year has but those of its time.
    """
    found = [name for name in names if name.entity.kind == "PER" and name.short == short]
    if short and len(found) > 1:
        found = [name for name in found if document.evidence[name.entity.country]]
        if len({name.entity.country for name in found}) > 1:
            return None
        found = sorted(found, key=lambda name: -name.years[1])[:1]
    if not found:
        return None
    return max(found, key=lambda name: document.evidence[name.entity.country]).entity


@dataclass(slots=True)
class People:
    """The people of one article, by the shorter names that stand for them."""

    document: Document
    known: dict[str, Entity] = field(default_factory=dict)
    shorter: dict[str, set[Entity]] = field(default_factory=lambda: defaultdict(set))

    def learn(self, candidate: Candidate) -> None:
        """Settle a name of several words, and remember its surname."""
        passage, first, last = candidate.places[0]
        words = candidate.key.split(" ")
        person = listed_person(self.document, self.document.names_of(candidate.key)) or _new(passage, first, last)
        self.known[candidate.key] = person
        for key in shorter(words):
            self.shorter[key].add(person)

    def surname(self, key: str) -> Entity | None:
        """The one person of the article whose surname that is."""
        bearers = self.shorter.get(key, ())
        return next(iter(bearers)) if len(bearers) == 1 else None

    def entity(self, candidate: Candidate) -> Entity:
        """The person that a judged name stands for."""
        passage, first, last = candidate.places[0]
        words = candidate.key.split(" ")
        if len(words) > 1:
            longer = self.surname(candidate.key)
            return longer or self.known[candidate.key]
        return (
            self.surname(candidate.key)
            or listed_person(self.document, self.document.names_of(candidate.key))
            or listed_person(self.document, self.document.names_of(candidate.key), short=True)
            or _new(passage, first, last)
        )


def shorter(words: list[str]) -> set[str]:
    """What a full name is shortened to: the surname, the last two words, the family name that comes first."""
    end = len(words) - 1 if words[-1] in NAME_SUFFIX and len(words) > 2 else len(words)
    found = {words[end - 1]} if len(words[end - 1]) > 1 else set()
    if end > 2:
        found.add(" ".join(words[end - 2 : end]))
    if words[0] in FAMILY_FIRST:
        found.add(words[0])
    return found


def _new(passage: Passage, first: int, last: int) -> Entity:
    name = plain(passage.slice(first, last))
    return Entity(f"per:{slug(name)}", name, "PER")
