"""What a name can stand for: one entity, whatever its source."""

from typing import NamedTuple

from searcher.models import MentionKind

__all__ = ["Entity"]


class Entity(NamedTuple):
    """A place or an actor: `id` and `name` are the same for all its spellings, `country` is ISO 3166-1 alpha-2."""

    id: str
    name: str
    kind: MentionKind
    subkind: str = ""
    country: str = ""
    admin1: str = ""
    lat: float | None = None
    lon: float | None = None
    role: str = ""
