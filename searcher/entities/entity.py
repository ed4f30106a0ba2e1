"""What a name can stand for: one entity, whatever its source."""

from typing import NamedTuple

from searcher.entities.keys import slug
from searcher.models import Mention, MentionKind

__all__ = ["Entity", "body_of", "entity_of"]


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


def entity_of(mention: Mention) -> Entity:
    """The entity that a mention stands for."""
    return Entity(*(getattr(mention, field) for field in Entity._fields))


def body_of(country: Entity, title: str) -> Entity:
    """A body that every country has, as that of one: Supreme Court (Kenya)."""
    code = country.country
    return Entity(f"org:{slug(title)}@{code}", f"{title} ({country.name})", "ORG", "gov", code)
