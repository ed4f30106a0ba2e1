"""The spellings that a user has added to the lists: what `aliases.toml` says, as values.

They are hashable and pickle, so that whatever is made of them is made once, in every process.
"""

from typing import NamedTuple

from searcher.models import MentionKind

__all__ = ["NO_ALIASES", "Alias", "Aliases"]


class Alias(NamedTuple):
    """One entity and how else it is spelt in an archive.

    `name` is a name of the lists or a new one. `kind`, `country` (ISO 3166-1 alpha-2), `lat` and `lon` (degrees) say
    what a new one is; a kind or a country that disagrees with the lists makes it another entity of that name.
    """

    name: str
    spellings: tuple[str, ...] = ()
    kind: MentionKind | None = None
    country: str = ""
    lat: float | None = None
    lon: float | None = None


class Aliases(NamedTuple):
    """The aliases of one archive, in the order of their file. No spelling stands for two entities."""

    entries: tuple[Alias, ...] = ()


NO_ALIASES = Aliases()
