"""Which places bear the name of a better known one? A facet shows those with their state or country."""

from collections.abc import Sequence

from gazetteer.places import Place
from searcher.entities.gazetteer import ADMIN1, ADMIN2, CAPITAL, CURATED
from searcher.entities.keys import key
from searcher.entities.tables import cells, rows

__all__ = ["mark_namesakes"]

CAPITAL_BONUS = 5


def mark_namesakes(places: Sequence[Place]) -> None:
    """Of the places of one name, mark all but the best known; where a country or region has it, all but its own."""
    listed = _listed_names()
    by_name: dict[str, list[Place]] = {}
    for place in places:
        by_name.setdefault(key(place.name), []).append(place)
    for name_key, bearers in by_name.items():
        countries = listed.get(name_key)
        best = max(bearers, key=_known)
        for place in bearers:
            place.namesake = place.feature == ADMIN2 or (
                place.country not in countries if countries is not None else place is not best
            )
            place.at_home = place.namesake and countries is None and place.country == best.country


def _listed_names() -> dict[str, set[str]]:
    """The names under which countries and regions are shown, with the codes of the countries they are or lie in."""
    found: dict[str, set[str]] = {}
    for row in rows("countries.tsv"):
        for text in (row["name"], *cells(row["names"])):
            found.setdefault(key(text), set()).add(row["iso2"])
    for row in rows("regions_seas.tsv"):
        found.setdefault(key(row["name"]), set()).add(row["country"])
    return found


def _known(place: Place) -> tuple[bool, float, int]:
    """How well known a place is."""
    curated = any(rank == CURATED for rank, _ in place.aliases.values())
    weight = place.population * (CAPITAL_BONUS if place.feature == CAPITAL else 1)
    return curated or (place.feature == ADMIN1 and place.country == "US"), weight, -place.number
