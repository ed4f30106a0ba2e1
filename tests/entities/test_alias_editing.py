"""The alias file is edited and stays its user's: comments, order and the entries nobody touched."""

import os
import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searcher.entities import Alias
from searcher.entities.aliasedit import add_alias, remove_alias
from searcher.entities.aliasfile import load_aliases
from searcher.errors import ReadError, UsageError

OURS = """\
# Spellings of the Syria desk; ask Rana before you change them.

[[alias]]  # the border town
name = "Abu Kamal"
spellings = [
    "Ebu Kemal",  # Turkish agencies
    "Bou-Kemal",
]

# Seen since May.
[[alias]]
name = "Wagner Column"
kind = "ACTOR"
country = "RU"
spellings = ["Column of Wagner"]
# That is all.
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that somebody has written."""
    made = tmp_path / "aliases.toml"
    made.write_text(OURS, encoding="utf-8")
    return made


def test_a_new_file_says_what_it_is(tmp_path: Path) -> None:
    """The folder is made; the entry stands under the name that facets show."""
    path = tmp_path / "index" / "aliases.toml"
    assert add_alias(path, Alias("Albu Kamal", ("Ebu Kemal",))) == Alias("Abu Kamal", ("Ebu Kemal",))
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Spellings of names, beside those that are known.")
    assert text.endswith('\n\n[[alias]]\nname = "Abu Kamal"\nspellings = ["Ebu Kemal"]\n')
    assert [file.name for file in path.parent.iterdir()] == ["aliases.toml"]


def test_a_new_entry_comes_last(path: Path) -> None:
    """What was there stays as it was, letter by letter."""
    add_alias(path, Alias("Qyrun Front", ("Front of Qyrun",), "ACTOR", "SY"))
    assert path.read_text(encoding="utf-8") == OURS + (
        '\n[[alias]]\nname = "Qyrun Front"\nspellings = ["Front of Qyrun"]\nkind = "ACTOR"\ncountry = "SY"\n'
    )


@pytest.mark.parametrize("name", ["Abu Kamal", "Al-Bukamal", "EBU KEMAL"])
def test_spellings_join_those_of_their_entity(path: Path, name: str) -> None:
    """By whichever name it is called; those it has are not added twice."""
    entry = add_alias(path, Alias(name, ("Bou Kemal", "Ebu Kamil", "Ebu Kamil")))
    assert entry.spellings == ("Ebu Kemal", "Bou-Kemal", "Ebu Kamil")
    text = path.read_text(encoding="utf-8")
    assert '"Ebu Kamil"' in text
    assert all(line in text for line in OURS.splitlines() if "#" in line)


def test_spellings_of_an_entry_without_any(tmp_path: Path) -> None:
    """A new name may stand alone until others are met."""
    path = tmp_path / "aliases.toml"
    assert add_alias(path, Alias("Qyrun Front", kind="ACTOR")).spellings == ()
    assert add_alias(path, Alias("Qyrun Front", ("Front of Qyrun",))).spellings == ("Front of Qyrun",)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (Alias("Qyrun Front", ("Qyruns",)), "Qyrun Front: no list has this name: give its kind, one of"),
        (Alias("Tartus", ("Ebu Kemal",)), 'Tartus: "Ebu Kemal" is a name of "Abu Kamal" too (entry 1)'),
        (Alias("Tartus", ("Damascus",)), 'Tartus: "Damascus" is the name of something else in the lists'),
        (Alias("Tartus", ("tortus",)), 'Tartus: "tortus" does not begin as a name in a text does'),
        (Alias("Tartus", ("TARTUS",)), "Tartus is known already: give other spellings of it"),
    ],
)
def test_what_cannot_be_meant_changes_nothing(path: Path, wanted: Alias, message: str) -> None:
    """The file stays as it is, and one line says why."""
    with pytest.raises(UsageError) as caught:
        add_alias(path, wanted)
    assert message in str(caught.value)
    assert path.read_text(encoding="utf-8") == OURS
    assert [file.name for file in path.parent.iterdir()] == ["aliases.toml"]


def test_a_broken_file_is_left_alone(path: Path) -> None:
    """It may be mended by hand: nothing is written over it."""
    path.write_text("[[alias]\n", encoding="utf-8")
    with pytest.raises(ReadError, match="not TOML"):
        add_alias(path, Alias("Tartus", ("Tortus",)))
    with pytest.raises(ReadError, match="not TOML"):
        remove_alias(path, "Tartus")
    assert path.read_text(encoding="utf-8") == "[[alias]\n"


def test_entries_in_one_list_are_read_and_not_edited(path: Path) -> None:
    """TOML has a second way to write them; the message says what to do."""
    text = 'alias = [{name = "Abu Kamal", spellings = ["Ebu Kemal"]}]\n'
    path.write_text(text, encoding="utf-8")
    assert load_aliases(path).entries == (Alias("Abu Kamal", ("Ebu Kemal",)),)
    for change in (lambda: add_alias(path, Alias("Tartus", ("Tortus",))), lambda: remove_alias(path, "Abu Kamal")):
        with pytest.raises(UsageError, match=r"put a line \[\[alias\]\] before each"):
            change()
    assert path.read_text(encoding="utf-8") == text


def test_removing_a_spelling(path: Path) -> None:
    """Its line goes; the comments of others stay."""
    assert remove_alias(path, "Albu Kamal", ["bou kemal"]) == ("Bou-Kemal",)
    text = path.read_text(encoding="utf-8")
    assert tomllib.loads(text)["alias"][0]["spellings"] == ["Ebu Kemal"]
    assert "# Turkish agencies" in text


@pytest.mark.parametrize("spellings", [[], ["Ebu Kemal", "Bou-Kemal"]])
def test_removing_an_entry(path: Path, spellings: list[str]) -> None:
    """With its last spelling, or whole; what stands before the next entry may be about that one, and stays."""
    assert remove_alias(path, "Abu Kamal", spellings) == ("Ebu Kemal", "Bou-Kemal")
    first, last = OURS.index("[[alias]]  #"), OURS.index("\n# Seen since")
    assert path.read_text(encoding="utf-8") == OURS[:first] + OURS[last:]
    assert remove_alias(path, "Wagner Column") == ("Column of Wagner",)
    assert path.read_text(encoding="utf-8") == OURS[:first] + "\n# Seen since May.\n# That is all.\n"


@pytest.mark.parametrize(
    ("name", "spellings", "message"),
    [
        ("Tartus", [], "no entry for Tartus; `archive alias list` shows what there is"),
        ("Abu Kamal", ["Tortus"], "Abu Kamal has no spelling Tortus; `archive alias list` shows those it has"),
    ],
)
def test_removing_what_is_not_there(path: Path, name: str, spellings: list[str], message: str) -> None:
    """Is an error, and nothing is removed."""
    with pytest.raises(UsageError, match=message):
        remove_alias(path, name, spellings)
    assert path.read_text(encoding="utf-8") == OURS


def test_the_file_keeps_its_mode_and_its_place(path: Path) -> None:
    """A link to a file under version control still leads there."""
    kept = path.with_name("kept.toml")
    path.rename(kept)
    kept.chmod(0o640)
    path.symlink_to(kept)
    add_alias(path, Alias("Tartus", ("Tortus",)))
    assert path.is_symlink()
    assert "Tortus" in kept.read_text(encoding="utf-8")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640


def test_a_write_that_fails_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing beside it."""

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        add_alias(path, Alias("Tartus", ("Tortus",)))
    assert path.read_text(encoding="utf-8") == OURS
    assert [file.name for file in path.parent.iterdir()] == ["aliases.toml"]


# Names that no list has, each with spellings of its own, so that no two entries are at odds.
ENTRIES = st.lists(st.integers(0, 9), min_size=1, max_size=6, unique=True)
COMMENTS = st.lists(st.sampled_from(["# one", "", "#", '# [[alias]] name = "x"', "  # indented"]), max_size=2)


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[int]]:
    """A file as people write them: comments anywhere, keys in any order, lists on one line or several."""
    lines, numbers = draw(COMMENTS), draw(ENTRIES)
    for number in numbers:
        spellings = [f'"Spelt{chr(97 + place)} Qz{number}"' for place in range(draw(st.integers(0, 3)))]
        listed = draw(
            st.sampled_from(["[" + ", ".join(spellings) + "]", "[\n  " + ",  # so\n  ".join(spellings) + "\n]"])
        )
        keys = draw(st.permutations([f'name = "Main Qz{number}"', 'kind = "ACTOR"', f"spellings = {listed}"]))
        lines += [draw(st.sampled_from(["[[alias]]", "[[ alias ]] # here"])), *keys, *draw(COMMENTS)]
    return "\n".join(lines) + draw(st.sampled_from(["", "\n"])), numbers


def comments(text: str) -> list[str]:
    """The comments of a file in order."""
    return [line[line.index("#") :] for line in text.splitlines() if "#" in line]


def without(text: str, gone: list[str]) -> bool:
    """Whether what is left are all comments but some."""
    left = iter(gone)
    return all(any(comment == other for other in left) for comment in comments(text))


@given(files(), st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_edits_leave_everything_else(tmp_path: Path, made: tuple[str, list[int]], data: st.DataObject) -> None:
    """After spellings are added the other entries and all comments are there; taken away again, so is the rest."""
    text, numbers = made
    path = tmp_path / "aliases.toml"
    path.write_text(text, encoding="utf-8")
    before = load_aliases(path).entries
    number = data.draw(st.sampled_from([*numbers, 99]))
    name, spelling = f"Main Qz{number}", f"Another Qz{number}"
    entry = add_alias(path, Alias(name, (spelling,), "ACTOR"))
    assert entry.spellings[-1] == spelling
    others = [alias for alias in before if alias.name != name]
    assert [alias for alias in load_aliases(path).entries if alias.name != name] == others
    assert comments(path.read_text(encoding="utf-8")) == comments(text)
    assert remove_alias(path, name, [spelling]) == (spelling,)
    left = [alias for alias in before if alias.name != name or alias.spellings]
    assert list(load_aliases(path).entries) == left
    assert without(path.read_text(encoding="utf-8"), comments(text))
    for alias in left:
        remove_alias(path, alias.name)
    assert load_aliases(path).entries == ()
