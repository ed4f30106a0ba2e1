"""The hand-written lists hold together."""

import re
from collections import Counter, defaultdict
from itertools import chain

import pycountry
import pytest

from searcher.entities.keys import fold, key
from searcher.entities.lexicon import lexicon
from searcher.entities.tables import DATA, cells, rows
from searcher.errors import SearcherError

KINDS = {"PER", "ORG", "ACTOR", "VESSEL"}
# The two codes that ISO 3166-1 has no longer, or not yet.
COUNTRIES = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "XKX", "YU": "YUG"}
DUTIES = ["GOV", "MIL", "OPP", "REB", "COP", "SPY", "JUD", "LEG", "PTY", "MED", "BUS", "CVL", "UAF"]
ROLE = re.compile(
    rf"({'|'.join(COUNTRIES.values())})({'|'.join(DUTIES)})"
    rf"|IGO(UNO|EUR)?({'|'.join(DUTIES)})?|NGO|MNC|INT({'|'.join(DUTIES)})|IMG(MUS)?[A-Z]{{3}}"
)
FEWEST_ACTORS, FEWEST_ALIASES = 1_500, 4_000


@pytest.mark.parametrize(
    ("name", "column"), [("countries.tsv", "iso2"), ("regions_seas.tsv", "id"), ("actors.tsv", "id")]
)
def test_ids_are_unique(name: str, column: str) -> None:
    """An id belongs to one row."""
    assert not [value for value, count in Counter(row[column] for row in rows(name)).items() if count > 1]


def test_values_are_unique() -> None:
    """A facet shows names, so no two actors share one."""
    assert not [name for name, count in Counter(row["name"] for row in rows("actors.tsv")).items() if count > 1]


def test_actors_have_a_kind_and_a_country_that_exist() -> None:
    """Codes are those the rest of the package knows."""
    known = lexicon().countries
    for row in rows("actors.tsv"):
        assert row["kind"] in KINDS, row["id"]
        assert not row["country"] or row["country"] in known, row["id"]
        assert row["case"] in ("", "caps"), row["id"]


def test_every_actor_has_a_role_as_documented() -> None:
    """A country's code is that of the row's own country; who acts for none has none."""
    for row in rows("actors.tsv"):
        assert ROLE.fullmatch(row["role"]), (row["id"], row["role"])
        if row["role"][:3] in COUNTRIES.values():
            assert row["role"][:3] == COUNTRIES.get(row["country"]), row["id"]


def test_years_are_in_order() -> None:
    """Four digits each, and nobody leaves before coming; of others only those founded lately have them."""
    for row in rows("actors.tsv"):
        years = [row["from"], row["to"]]
        assert all(re.fullmatch(r"(1[89]|20)\d\d|", year) for year in years), row["id"]
        assert not all(years) or years == sorted(years), row["id"]
        assert row["kind"] == "PER" or not row["to"], row["id"]


def test_a_name_belongs_to_one_actor() -> None:
    """Only abbreviations may stand for two bodies; what else is shared is a short form, which asks for support."""
    owners: dict[str, set[str]] = defaultdict(set)
    for row in rows("actors.tsv"):
        for text in [row["name"], *cells(row["aliases"])]:
            if not text.isupper() or " " in text:
                owners[key(text)].add(row["name"])
    assert not {name: found for name, found in owners.items() if len(found) > 1}


def test_an_actor_has_no_country_s_name() -> None:
    """A country or a people comes first in a text, so such a spelling would never be found."""
    countries = {
        key(text)
        for row in rows("countries.tsv")
        for column in ("name", "names", "demonyms", "abroad")
        for text in cells(row[column])
    }
    for row in rows("actors.tsv"):
        clash = [text for text in [row["name"], *cells(row["aliases"]), *cells(row["short"])] if key(text) in countries]
        assert not clash, row["id"]


def test_short_forms_are_no_words() -> None:
    """A surname that is also a word of a rule (May, Church) would be claimed where nobody is meant."""
    lists = (row["words"] for row in rows("words.tsv") if not row["list"].startswith(("kinds", "runs")))  # Treasury
    words = set(chain.from_iterable(listed.split(" ") for listed in lists))
    for row in rows("actors.tsv"):
        assert not [text for text in cells(row["short"]) if key(text) in words], row["id"]


def test_short_forms_are_no_spellings_of_their_own_actor() -> None:
    """A spelling stands alone or asks for support, not both."""
    for row in rows("actors.tsv"):
        full = {key(text) for text in [row["name"], *cells(row["aliases"])]}
        assert not [text for text in cells(row["short"]) if key(text) in full], row["id"]


def test_the_list_of_actors_is_long_enough() -> None:
    """What news of eight decades needs at least."""
    actors = list(rows("actors.tsv"))
    assert len(actors) >= FEWEST_ACTORS
    assert sum(len(cells(row["aliases"])) for row in actors) >= FEWEST_ALIASES


def test_positions_are_on_earth() -> None:
    """Degrees, and both or neither."""
    for row in chain(rows("countries.tsv"), rows("regions_seas.tsv")):
        assert -90 <= float(row["lat"]) <= 90, row["name"]
        assert -180 <= float(row["lon"]) <= 180, row["name"]


def test_every_spelling_has_a_key() -> None:
    """A spelling without a word could never be found."""
    for row in rows("actors.tsv"):
        assert all(key(text) for text in [row["name"], *cells(row["aliases"]), *cells(row["short"])]), row["id"]


def test_word_lists_are_folded() -> None:
    """Rules compare folded words, so lists hold them so."""
    for row in rows("words.tsv"):
        if not row["list"].startswith("build"):
            loose = [word for word in row["words"].split(" ") if fold(word) != word]
            assert not loose, (row["list"], loose)


def test_a_row_of_another_width_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    """The line is said, so that it can be mended."""
    path = DATA.__class__(str(tmp_path)) / "list.tsv"
    path.write_text("a\tb\n1\t2\n1\n", encoding="utf-8")
    monkeypatch.setattr("searcher.entities.tables.DATA", path.parent)
    with pytest.raises(SearcherError, match="line 3"):
        list(rows("list.tsv"))
