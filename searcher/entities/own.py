"""A user's own names in the lists: the same rules match them, and they go before everything else."""

from collections.abc import Iterator
from functools import lru_cache

from searcher.entities.aliases import Alias, Aliases
from searcher.entities.document import Document
from searcher.entities.entity import Entity
from searcher.entities.keys import key
from searcher.entities.lexicon import Lexicon, lexicon
from searcher.entities.meant import Meant, meant
from searcher.entities.variants import spellings

__all__ = ["find_own_names", "lexicon_for"]

SURE = 0.95


def find_own_names(document: Document) -> None:
    """Claim the spans whose name the user has added."""
    for span in document.spans:
        own = next((name for name in span.names if name.own), None)
        if own:
            document.claim(span.passage, span.first, span.last, own.entity, SURE, "alias")


@lru_cache(maxsize=4)
def lexicon_for(aliases: Aliases) -> Lexicon:
    """The lists with the names of a user; the lists alone where there are none."""
    return lexicon().with_own(_names(aliases)) if aliases.entries else lexicon()


def _names(aliases: Aliases) -> Iterator[tuple[str, Entity]]:
    """Every spelling with its entity, and the names that the lists do not read as that entity by themselves."""
    for alias in aliases.entries:
        found = meant(alias)
        if found:
            entity = _entity(alias, found)
            listed = spellings(alias.name)
            texts = alias.spellings if listed and listed.id == found.id else (alias.name, *alias.spellings)
            yield from ((text, entity) for text in texts)


def _entity(alias: Alias, found: Meant) -> Entity:
    """All that is known of it."""
    if found.place:
        return found.place.entity
    if found.known:
        names = lexicon().names[key(alias.name)]
        return next(name.entity for name in names if name.entity.id == found.id and name.stands_alone)
    subkind = "place" if found.kind == "LOC" else ""
    return Entity(found.id, found.name, found.kind, subkind, alias.country, "", alias.lat, alias.lon)
