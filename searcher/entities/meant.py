"""Which entity does an alias stand for? One of the lists or the gazetteer, or a new one: looked up, never guessed at.

Answered from the compiled files, so that a query can ask.
"""

from functools import lru_cache
from typing import NamedTuple

from searcher.entities.aliases import Alias, Aliases
from searcher.entities.gazetteer import CURATED, NAME, Place, places
from searcher.entities.keys import key, plain, slug
from searcher.entities.listed import ListedEntity, entity, listed
from searcher.entities.variants import clear_place
from searcher.models import AliasEntry, MentionKind

__all__ = ["Meant", "entries", "main_name", "meant"]

# Smaller places share their name with people and groups: such a place is meant where the alias says kind = "LOC".
WELL_KNOWN = 100_000  # inhabitants


class Meant(NamedTuple):
    """The entity of an alias; `place` is that of the gazetteer where it is one, `known` whether any list has it."""

    id: str
    name: str
    kind: MentionKind
    country: str = ""
    place: Place | None = None
    known: bool = True


@lru_cache(maxsize=4096)
def meant(alias: Alias) -> Meant | None:
    """The entity that an alias stands for; None where its name is not known and its kind is not said."""
    name_key = key(alias.name)
    row = listed(name_key).row
    found = entity(row) if row is not None else None
    if found and _agrees(alias, found):
        return Meant(found.id, found.name, found.kind, found.id.removeprefix("cc:") if _is_country(found) else "")
    place = _place(alias, name_key)
    if place:
        return Meant(place.id, place.name, "LOC", place.country, place)
    if alias.kind is None:
        return None
    return Meant(f"user:{slug(alias.name)}", plain(alias.name), alias.kind, alias.country, known=False)


def entries(aliases: Aliases) -> tuple[AliasEntry, ...]:
    """The aliases under the values that facets show."""
    pairs = [(alias, found) for alias in aliases.entries if (found := meant(alias))]
    return tuple(
        AliasEntry(
            name=found.name,
            spellings=tuple(text for text in (alias.name, *alias.spellings) if key(text) != key(found.name)),
            id=found.id,
            kind=found.kind,
            country=found.country,
            known=found.known,
        )
        for alias, found in pairs
    )


def main_name(name: str) -> str:
    """The id of the entity of our own lists whose main name this is; empty for any other name."""
    name_key = key(name)
    row = listed(name_key).row
    found = [(one.id, one.name) for one in ([entity(row)] if row is not None else [])]
    found += [(place.id, place.name) for place in places(name_key) if place.rank == CURATED]
    return next((entity_id for entity_id, main in found if key(main) == name_key), "")


def _agrees(alias: Alias, found: ListedEntity) -> bool:
    """Whether a listed entity is of the kind and, if it is a country, the country that the alias says."""
    same_country = not alias.country or not _is_country(found) or found.id == f"cc:{alias.country}"
    return alias.kind in (None, found.kind) and same_country


def _is_country(found: ListedEntity) -> bool:
    return found.id.startswith("cc:")


def _place(alias: Alias, name_key: str) -> Place | None:
    """The place of that name, in its country where one is said; without a kind only one that is well known."""
    if alias.kind not in (None, "LOC"):
        return None
    place = clear_place(tuple(one for one in places(name_key) if alias.country in ("", one.country)))
    if place is None or alias.kind == "LOC" or place.rank == CURATED:
        return place
    return place if place.rank == NAME and place.population >= WELL_KNOWN else None
