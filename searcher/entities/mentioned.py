"""From mentions to values: everything an article names, and the country that each of its places lies in."""

from collections.abc import Collection, Iterable

from searcher.entities.lexicon import lexicon
from searcher.models import Mention

__all__ = ["mentioned", "within"]

PLACES = frozenset(["LOC", "DEM"])
# Armies, ministries and the like: who names one names its country. A firm or a person only comes from somewhere.
FORCES = frozenset(["gov", "mil"])


def mentioned(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The distinct canonical names of all mentions in their order, each followed by the country it brings along."""
    names: dict[str, None] = {}
    for mention in mentions:
        names[mention.name] = None
        if mention.kind in PLACES or mention.subkind in FORCES:
            names[_country_name(mention)] = None
    names.pop("", None)
    return tuple(names)


def within(mentions: Iterable[Mention], locations: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Each of the locations that lies in a country, with the name of the country; in the order of the mentions."""
    homes: dict[str, str] = {}
    for mention in mentions:
        if mention.kind == "LOC" and mention.name in locations:
            homes.setdefault(mention.name, _country_name(mention))
    return tuple((place, country) for place, country in homes.items() if country not in ("", place))


def _country_name(mention: Mention) -> str:
    """The name of the country that a mention is in or of; empty where it is in none that is listed."""
    country = lexicon().countries.get(mention.country)
    return country.name if country else ""
