"""How a name in a query is spelt elsewhere, and under which value it is counted: the lists and a user's aliases."""

from functools import lru_cache
from typing import NamedTuple

from searcher.entities.aliases import Alias, Aliases
from searcher.entities.keys import key
from searcher.entities.listed import listed
from searcher.entities.meant import Meant, meant
from searcher.entities.variants import others, spellings

__all__ = ["of_several", "other_spellings", "value_of"]


class _Own(NamedTuple):
    alias: Alias
    meant: Meant


class _Table(NamedTuple):
    """The aliases of an archive by the key of each of their names, and by the id of their entity."""

    by_key: dict[str, _Own]
    by_id: dict[str, _Own]


def other_spellings(name: str, aliases: Aliases) -> tuple[str, ...]:
    """The other spellings of a name, whichever of them it is: first the value it is counted under, then the user's own.

    Empty for what no list knows.
    """
    found = spellings(name)
    table = _table(aliases)
    own = _typed(name, table) or (table.by_id.get(found.id) if found else None)
    if own is None:
        return _left(found.spellings, table) if found else ()
    known = spellings(own.alias.name)
    usual = known.spellings if known and known.id == own.meant.id else ()
    added = [text for text in (own.alias.name, *own.alias.spellings) if not listed(key(text)).acronym_word]
    return others(key(name), (own.meant.name, *added, *_left(usual, table)))


def value_of(name: str, aliases: Aliases) -> str:
    """The value under which facets count a name; empty where no list knows it."""
    own = _typed(name, _table(aliases))
    found = own.meant if own else spellings(name)
    return found.name if found else ""


def of_several(name: str, aliases: Aliases) -> bool:
    """Whether the lists have a name that stands for no entity alone: a surname of several, or the word for a people."""
    return listed(key(name)).named and not value_of(name, aliases)


@lru_cache(maxsize=4)
def _table(aliases: Aliases) -> _Table:
    table = _Table({}, {})
    for alias in aliases.entries:
        found = meant(alias)
        if found:
            own = _Own(alias, found)
            table.by_id[found.id] = own
            table.by_key.update((key(text), own) for text in (alias.name, *alias.spellings))
    return table


def _left(texts: tuple[str, ...], table: _Table) -> tuple[str, ...]:
    """Spellings of the lists, but for those that the user gave to an entity, be it this one."""
    return tuple(text for text in texts if key(text) not in table.by_key)


def _typed(name: str, table: _Table) -> _Own | None:
    """The alias that has a name as one of its own; a word in small letters that is a word of the language has none."""
    name_key = key(name)
    known = listed(name_key)
    if (known.acronym_word and not name.isupper()) or (known.rule and name.islower()):
        return None
    return table.by_key.get(name_key)
