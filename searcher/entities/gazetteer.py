"""Which places have that name? Answered from data/gazetteer.bin, memory-mapped: opening costs milliseconds.

The file holds one row per place and one per (place, spelling), the rows of a place side by side. A spelling is found
by the CRC-32 of its key in a sorted array, then compared letter by letter, so equal sums do no harm.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from searcher.entities.columns import Columns
from searcher.entities.entity import Entity
from searcher.entities.keys import key
from searcher.entities.tables import DATA

__all__ = [
    "ADMIN1",
    "ADMIN2",
    "ALTERNATE",
    "AT_HOME",
    "CAPITAL",
    "CITY",
    "CURATED",
    "DEGREE",
    "KIND",
    "NAME",
    "NAMESAKE",
    "NOWHERE",
    "SHOWN",
    "SIZE",
    "STRIDE",
    "Gazetteer",
    "Place",
    "gazetteer",
    "places",
]

CITY, CAPITAL, ADMIN1, ADMIN2 = 0, 1, 2, 3  # what a place is
NAMESAKE, AT_HOME = 0x80, 0x40  # the bits of a place with the name of a better known one, and in its own country
KIND = 0x0F
# What a spelling is: GeoNames' alternate, its main name, one of our own list; a name for showing that nobody looks up.
ALTERNATE, NAME, CURATED, SHOWN = 0, 1, 2, 3
DEGREE = 180  # steps of a degree: .0055 degrees are 600 m
NOWHERE = -(1 << 15)  # where no position is known
STRIDE = 16  # where the texts begin is kept for every so many places: .36 MB less, and 60 lengths to add up at most
SIZE = 1000  # inhabitants are kept as logarithms: a step is .23 %

_FEATURES = ("city", "capital", "admin1", "admin2")


class Place(NamedTuple):
    """One place that has the name asked for; `rank` says what kind of spelling that name is.

    `name` tells it from all better known places: Paris, but Paris (Texas).
    """

    row: int
    id: str
    name: str
    subkind: str
    country: str
    admin1: str
    lat: float | None
    lon: float | None
    population: int
    rank: int

    @property
    def entity(self) -> Entity:
        """The place as what a mention stands for."""
        return Entity(self.id, self.name, "LOC", self.subkind, self.country, self.admin1, self.lat, self.lon)


class Gazetteer:
    """The compiled gazetteer. Read-only, and safe to share between threads."""

    def __init__(self) -> None:
        self._columns = Columns(DATA / "gazetteer.bin")

    def find(self, name_key: str) -> tuple[Place, ...]:
        """The places with a spelling of that key, in the order of the file; none is a common answer."""
        found = []
        for at in self._columns.rows("alias_crc", name_key):
            row = self._columns["alias_row"][at]
            index = bisect_right(self._columns["alias_first"], row) - 1
            if key(self._spelling(index, row)) == name_key:
                found.append(self._place(index, self._columns["alias_rank"][row]))
        return tuple(found)

    def spellings(self, index: int) -> tuple[tuple[str, int], ...]:
        """All spellings of one place, each with its rank."""
        borders, ranks = self._columns["alias_first"], self._columns["alias_rank"]
        own = range(borders[index], borders[index + 1])
        return tuple((self._spelling(index, row), ranks[row]) for row in own if ranks[row] != SHOWN)

    def of_country(self, country: str) -> Iterator[int]:
        """The rows of the places of a country."""
        columns = self._columns
        codes = [columns.text("country_text", row) for row in range(len(columns["country_text"]) - 1)]
        if country in codes:
            wanted = codes.index(country)
            yield from (row for row, code in enumerate(columns["country"]) if code == wanted)

    def place(self, index: int) -> Place:
        """The place of a row, under its main name."""
        return self._place(index, NAME)

    def _spelling(self, index: int, row: int) -> str:
        columns, block = self._columns, index // STRIDE
        begin = columns["alias_begin"][block] + sum(
            columns["alias_length"][columns["alias_first"][block * STRIDE] : row]
        )
        return bytes(columns["spellings"][begin : begin + columns["alias_length"][row]]).decode("utf-8")

    def _place(self, index: int, rank: int) -> Place:
        view, text = self._columns, self._columns.text
        country, admin1 = text("country_text", view["country"][index]), text("admin1_text", view["admin1"][index])
        feature, number = view["feature"][index], view["place_id"][index]
        lat, lon = view["lat"][index], view["lon"][index]
        kind = feature & KIND
        return Place(
            row=index,
            id=_identity(kind, number, country, admin1),
            name=self._name(index, country)
            if feature & NAMESAKE
            else self._spelling(index, view["alias_first"][index]),
            subkind=_FEATURES[kind],
            country=country,
            admin1=admin1,
            lat=round(lat / DEGREE, 3) if lat != NOWHERE else None,
            lon=round(lon / DEGREE, 3) if lat != NOWHERE else None,
            population=round(10 ** (view["size"][index] / SIZE)) - 1,
            rank=rank,
        )

    def _name(self, index: int, country: str) -> str:
        """The name with the state or country that tells it from its namesakes."""
        view, text = self._columns, self._columns.text
        name, feature = self._spelling(index, view["alias_first"][index]), view["feature"][index]
        if feature & AT_HOME and feature & KIND == ADMIN1:  # New York is the city first of all
            return f"{name} (state)"
        state = country == "US" and feature & KIND != ADMIN1
        whose = text("state_name", view["admin1"][index]) if state else text("country_name", view["country"][index])
        return f"{name} ({whose})"


def _identity(kind: int, number: int, country: str, admin1: str) -> str:
    if kind == ADMIN2:
        return f"fips:{number:05}"
    return f"geo:{number}" if number else f"iso:{country}-{admin1}"


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The one gazetteer of this process, opened at the first question."""
    return Gazetteer()


@lru_cache(maxsize=1 << 15)
def places(name_key: str) -> tuple[Place, ...]:
    """The places with a spelling of that key, remembered."""
    return gazetteer().find(name_key)
