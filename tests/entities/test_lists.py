"""The hand-written lists hold together."""

from collections import Counter
from itertools import chain

import pytest

from searcher.entities.keys import fold, key
from searcher.entities.lexicon import lexicon
from searcher.entities.tables import DATA, cells, rows
from searcher.errors import SearcherError

KINDS = {"PER", "ORG", "ACTOR", "VESSEL"}


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
