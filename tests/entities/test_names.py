"""The compiled names say what the lists say."""

import subprocess
import sys
from pathlib import Path

import pytest

from searcher.entities.lexicon import ACRONYM_WORDS, lexicon
from searcher.entities.listed import KINDS, RULES, Listed, entity, listed
from searcher.entities.tables import DATA, rows

TOP = Path(__file__).resolve().parents[2]


def test_the_shipped_names_are_those_of_the_lists(tmp_path: Path) -> None:
    """The maker gives the shipped bytes: after a change to a list `scripts/build_names.py` has to be run."""
    made = tmp_path / "names.bin"
    command = [sys.executable, str(TOP / "scripts" / "build_names.py"), "--out", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    assert made.read_bytes() == (DATA / "names.bin").read_bytes()


def test_every_key_is_found() -> None:
    """A name of the lists, a word of the stop list and an acronym that is a word are each known as what they are."""
    lists = lexicon()
    for name_key in {*lists.names, *lists.weak, *ACRONYM_WORDS}:
        found = listed(name_key)
        expected = (name_key in lists.names, name_key in ACRONYM_WORDS, lists.weak.get(name_key, ""))
        assert expected == (found.named, found.acronym_word, found.rule), name_key


def test_a_key_leads_to_the_entity_that_it_stands_for_alone() -> None:
    """To none where several bear the name, or where it is a demonym or a surname."""
    for name_key, names in lexicon().names.items():
        alone = {name.entity for name in names if name.stands_alone}
        row = listed(name_key).row
        found = [entity(row)] if row is not None else []
        expected = [(one.id, one.name, one.kind) for one in alone] if len(alone) == 1 else []
        assert expected == [(one.id, one.name, one.kind) for one in found], name_key


@pytest.mark.parametrize("name_key", ["", "qwertyuiop", "no such name on any list"])
def test_other_keys_are_unlisted(name_key: str) -> None:
    """What no list has is nothing."""
    assert Listed() == listed(name_key)


def test_the_codes_of_the_file_cover_the_lists() -> None:
    """Rules and kinds are kept as numbers."""
    assert {row["rule"] for row in rows("stop_places.tsv")} <= set(RULES)
    assert {name.entity.kind for names in lexicon().names.values() for name in names} <= set(KINDS)
