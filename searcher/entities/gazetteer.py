"""Which places have that name? Answered from data/gazetteer.bin, memory-mapped: opening costs milliseconds.

The file holds one row per place and one per (place, spelling), the rows of a place side by side. A spelling is found
by the CRC-32 of its key in a sorted array, then compared letter by letter, so equal sums do no harm.
"""

from functools import lru_cache
from typing import NamedTuple

from searcher.entities.columns import Columns
from searcher.entities.keys import key
from searcher.entities.tables import DATA

__all__ = ["ADMIN1", "ALTERNATE", "CAPITAL", "CITY", "CURATED", "NAME", "Gazetteer", "Place", "gazetteer", "places"]

CITY, CAPITAL, ADMIN1 = 0, 1, 2  # what a place is
ALTERNATE, NAME, CURATED = 0, 1, 2  # what a spelling is: GeoNames' alternate, its main name, or one of our own list

_FEATURES = ("city", "capital", "admin1")


class Place(NamedTuple):
    """One place that has the name asked for; `rank` says what kind of spelling that name is."""

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


class Gazetteer:
    """The compiled gazetteer. Read-only, and safe to share between threads."""

    def __init__(self) -> None:
        self._columns = Columns(DATA / "gazetteer.bin")

    def find(self, name_key: str) -> tuple[Place, ...]:
        """The places with a spelling of that key, in the order of the file; none is a common answer."""
        found = []
        for at in self._columns.rows("alias_crc", name_key):
            row = self._columns["alias_row"][at]
            if key(self._spelling(row)) == name_key:
                found.append(self._place(row))
        return tuple(found)

    def spellings(self, index: int) -> tuple[tuple[str, int], ...]:
        """All spellings of one place, each with its rank."""
        borders, ranks = self._columns["alias_first"], self._columns["alias_rank"]
        return tuple((self._spelling(row), ranks[row]) for row in range(borders[index], borders[index + 1]))

    def _spelling(self, row: int) -> str:
        return self._columns.text("alias_text", row)

    def _place(self, row: int) -> Place:
        view, text = self._columns, self._columns.text
        index = view["alias_place"][row]
        country, admin1 = text("country_text", view["country"][index]), text("admin1_text", view["admin1"][index])
        feature, number = view["feature"][index], view["place_id"][index]
        lat, lon = view["lat"][index], view["lon"][index]
        known = lat == lat  # NaN marks a place without coordinates
        return Place(
            row=index,
            id=f"geo:{number}" if number else f"iso:{country}-{admin1}",
            name=text("place_text", index),
            subkind=_FEATURES[feature],
            country=country,
            admin1=admin1,
            lat=round(lat, 4) if known else None,
            lon=round(lon, 4) if known else None,
            population=view["population"][index],
            rank=view["alias_rank"][row],
        )


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The one gazetteer of this process, opened at the first question."""
    return Gazetteer()


@lru_cache(maxsize=1 << 15)
def places(name_key: str) -> tuple[Place, ...]:
    """The places with a spelling of that key, remembered."""
    return gazetteer().find(name_key)
