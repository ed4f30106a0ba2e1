"""A user's own spellings: what their file may say, what they stand for, how texts and queries are read with them."""

import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.entities import NO_ALIASES, Alias, Aliases, extract, other_spellings, value_of
from searcher.entities.aliasfile import load_aliases, read_aliases
from searcher.entities.meant import entries, meant
from searcher.errors import ReadError
from searcher.models import Mention

TOWN = Alias("Abu Kamal", ("Ebu Kemal", "al-Bukemal"))
COLUMN = Alias("Wagner Column", ("Column of Wagner",), "ACTOR", "RU")
SHIP = Alias("Veliky Novgorod", ("Velikiy Novgorod",), "VESSEL")
HAMLET = Alias("Tell Hazim", ("Tal Hazzem",), "LOC", "SY", 36.5, 40.25)
ALIASES = Aliases((TOWN, COLUMN, SHIP, HAMLET))


def mention(text: str, aliases: Aliases, quoted: str) -> Mention:
    """The one mention of a text that quotes some words of it."""
    (found,) = [one for one in extract(text, aliases=aliases).mentions if one.text == quoted]
    assert text[found.start : found.end] == quoted
    return found


def test_a_file(tmp_path: Path) -> None:
    """Everything an entry can say; a file that is not there says nothing."""
    path = tmp_path / "aliases.toml"
    assert load_aliases(path) == NO_ALIASES
    path.write_text(
        '# ours\n[[alias]]\nname = "Abu Kamal"\nspellings = ["Ebu Kemal", "al-Bukemal"]\n\n'
        '[[alias]]\nname = "Tell Hazim"\nspellings = [\n  "Tal  Hazzem",  # as AFP has it\n]\n'
        'kind = "LOC"\ncountry = "SY"\nlat = 36.5\nlon = 40.25\n',
        encoding="utf-8-sig",
    )
    assert load_aliases(path) == Aliases((TOWN, HAMLET))


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    """A program that goes on searching sees it."""
    path = tmp_path / "aliases.toml"
    for spelling in ("Ebu Kemal", "Ebu Kamall"):
        path.write_text(f'[[alias]]\nname = "Abu Kamal"\nspellings = ["{spelling}"]\n', encoding="utf-8")
        assert load_aliases(path).entries[0].spellings == (spelling,)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = ", "a.toml: not TOML (Invalid value (at end of document)); mend it there, or move the file away"),
        ('alias = "x"', "a.toml: alias is not expected here; every entry begins with a line [[alias]]"),
        ('[[alises]]\nname = "X"', "a.toml: alises is not expected here; every entry begins with a line [[alias]]"),
        ("alias = [1]", "a.toml, entry 1: not a table; every entry begins with a line [[alias]]"),
        ('[[alias]]\nspelings = ["X"]', "a.toml, entry 1: spelings is not known here: use one of name, spellings"),
        ('[[alias]]\nspellings = ["X"]', "a.toml, entry 1: give a name and a list of spellings"),
        ('[[alias]]\nname = "Tartus"\nspellings = "X"', 'a.toml, entry 1 ("Tartus"): give a name and a list of'),
        ('[[alias]]\nname = "Tartus"\nspellings = [1]', 'entry 1 ("Tartus"): 1 is no text; put names between'),
        ('[[alias]]\nname = "X Y"\nkind = "TOWN"', "kind 'TOWN' is not known: use one of LOC, PER, ORG, ACTOR, VESSEL"),
        ('[[alias]]\nname = "X Y"', "no list has this name: give its kind, one of LOC, PER, ORG, ACTOR, VESSEL"),
        ('[[alias]]\nname = "X Y"\nkind = "LOC"\ncountry = "XX"', "country 'XX' is no code of two capital letters"),
        ('[[alias]]\nname = "X Y"\nkind = "LOC"\ncountry = ["SY"]', "country ['SY'] is no code of two capital letters"),
        ('[[alias]]\nname = "X Y"\nkind = "LOC"\nlat = 91\nlon = 0', "lat is 91: give degrees from -90 to 90"),
        ('[[alias]]\nname = "X Y"\nkind = "LOC"\nlat = 1\nlon = nan', "lon is nan: give degrees from -180 to 180"),
        (
            '[[alias]]\nname = "X Y"\nkind = "LOC"\nlat = 1',
            "lat and lon are degrees of one place: give both or neither",
        ),
        ('[[alias]]\nname = "Tartus"\nspellings = ["tortus"]', '"tortus" does not begin as a name in a text does'),
        ('[[alias]]\nname = "Tartus"\nspellings = ["Tar, Tus"]', '"Tar, Tus" is not one name: give words with nothing'),
        ('[[alias]]\nname = "Tartus"\nspellings = ["!"]', '"!" is not one name'),
        (
            '[[alias]]\nname = "Tartus"\nspellings = ["Tortus"]\n[[alias]]\nname = "Abu Kamal"\nspellings = ["Tortus"]',
            'a.toml, entry 2 ("Abu Kamal"): "Tortus" is a name of "Tartus" too (entry 1): keep one of them',
        ),
        (
            '[[alias]]\nname = "Tartus"\n[[alias]]\nname = "Tartous"\nspellings = ["Tortus"]',
            'a.toml, entry 2 ("Tartous"): the same as entry 1: put its spellings there',
        ),
        (
            '[[alias]]\nname = "Abu Kamal"\nspellings = ["Damascus"]',
            'entry 1 ("Abu Kamal"): "Damascus" is the name of something else in the lists',
        ),
        (
            '[[alias]]\nname = "Abu Kamal"\nspellings = ["Islamic State"]',
            '"Islamic State" is the name of something else in the lists: a spelling cannot take it away',
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, message: str) -> None:
    """One line says where and what to do."""
    with pytest.raises(ReadError) as caught:
        read_aliases(text, "a.toml")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """With its path and the cure."""
    path = tmp_path / "aliases.toml"
    path.write_bytes(b"\xff\xfe[\x00")
    with pytest.raises(ReadError, match=r"aliases\.toml: not UTF-8 .*; save it as UTF-8"):
        load_aliases(path)


@pytest.mark.parametrize(
    ("alias", "expected", "reason"),
    [
        (Alias("Al-Bukamal"), ("geo:174448", "Abu Kamal"), "any spelling of the lists leads to the entity"),
        (Alias("Daesh"), ("act:islamic-state", "Islamic State"), "of actors too"),
        (Alias("Suriya", kind="LOC"), ("user:suriya", "Suriya"), "what no list has is new"),
        (Alias("Tartus", kind="VESSEL"), ("user:tartus", "Tartus"), "a ship called like a town is another entity"),
        (Alias("Georgia", country="GE"), ("cc:GE", "Georgia"), "the country"),
        (Alias("Georgia", country="US"), ("iso:US-GA", "Georgia (United States)"), "or the state"),
        (Alias("Slavgorod"), None, "a small town is meant where the kind says so"),
        (Alias("Slavgorod", kind="LOC"), ("geo:1491706", "Slavgorod"), "as here"),
        (Alias("Springfield"), None, "nor is one of many of that name"),
    ],
)
def test_what_an_alias_stands_for(alias: Alias, expected: tuple[str, str] | None, reason: str) -> None:
    """An entity of the lists or the gazetteer, or a new one."""
    found = meant(alias)
    assert (found and (found.id, found.name)) == expected, reason


def test_entries_are_shown_under_their_value() -> None:
    """A name that is only a spelling is listed among the spellings."""
    (entry,) = entries(Aliases((Alias("Al-Bukamal", ("Ebu Kemal",)),)))
    assert (entry.name, entry.spellings, entry.country) == ("Abu Kamal", ("Al-Bukamal", "Ebu Kemal"), "SY")


def test_aliases_travel_to_other_processes() -> None:
    """They pickle, and are the same value there."""
    travelled = pickle.loads(pickle.dumps(ALIASES))
    assert travelled == ALIASES
    assert hash(travelled) == hash(ALIASES)


@pytest.mark.parametrize(
    ("text", "quoted", "expected"),
    [
        ("They left Ebu Kemal at dawn.", "Ebu Kemal", ("geo:174448", "Abu Kamal", "LOC", "SY", 34.45)),
        ("They left al-Bukemal at dawn.", "al-Bukemal", ("geo:174448", "Abu Kamal", "LOC", "SY", 34.45)),
        ("They left EBU-KEMAL at dawn.", "EBU-KEMAL", ("geo:174448", "Abu Kamal", "LOC", "SY", 34.45)),
        (
            "The Column of Wagner left.",
            "Column of Wagner",
            ("user:wagner-column", "Wagner Column", "ACTOR", "RU", None),
        ),
        ("The Wagner Column left.", "Wagner Column", ("user:wagner-column", "Wagner Column", "ACTOR", "RU", None)),
        # Beside "submarine" any capitalised name is a ship; the user's own goes before that rule.
        (
            "The submarine Velikiy Novgorod dived.",
            "Velikiy Novgorod",
            ("user:veliky-novgorod", "Veliky Novgorod", "VESSEL", "", None),
        ),
        ("In Tal Hazzem nothing stirred.", "Tal Hazzem", ("user:tell-hazim", "Tell Hazim", "LOC", "SY", 36.5)),
    ],
)
def test_texts_are_read_with_them(text: str, quoted: str, expected: tuple[object, ...]) -> None:
    """A spelling is a mention of its entity, found by the rule `alias`, and is not one without the aliases."""
    found = mention(text, ALIASES, quoted)
    assert (found.id, found.name, found.kind, found.country, found.lat) == expected
    assert found.rule == "alias"
    assert expected[0] not in [one.id for one in extract(text).mentions]


def test_one_value_whatever_the_spelling() -> None:
    """What an article is about is the entity, not its spellings."""
    body = "Syria's army left Ebu Kemal. The market of Abu Kamal stayed closed, and al-Bukemal was quiet."
    found = extract(body, aliases=ALIASES)
    assert found.locations == ("Syria", "Abu Kamal")
    assert [one.text for one in found.mentions if one.name == "Abu Kamal"] == ["Ebu Kemal", "Abu Kamal", "al-Bukemal"]


def test_a_spelling_goes_before_another_one_of_the_lists() -> None:
    """ISI is the intelligence service of Pakistan, unless the user says otherwise."""
    body = "The ISI said so on Monday."
    own = Aliases((Alias("Islamic State of Idlib", ("ISI",), "ACTOR"),))
    assert mention(body, own, "ISI").name == "Islamic State of Idlib"
    assert mention(body, NO_ALIASES, "ISI").name != "Islamic State of Idlib"


# Words that no list has, in several scripts, as a name may join them.
PARTS = st.sampled_from(["Qyrun", "Zelovh", "O'Threb", "Unit", "8200", "Żuvok", "Фрыг", "ZKQ", "bin", "زكرغ", "Ulvar"])
NAMES = st.lists(PARTS, min_size=1, max_size=4).flatmap(
    lambda parts: st.sampled_from([" ", "-"]).map(lambda j: j.join(parts))
)


def _valid(spellings: list[str], kind: str) -> Aliases | None:
    quoted = ", ".join(f'"{text}"' for text in spellings)
    try:
        return read_aliases(f'[[alias]]\nname = "Main Qzeb"\nkind = "{kind}"\nspellings = [{quoted}]', "a.toml")
    except ReadError:
        return None


@given(
    st.lists(NAMES, min_size=1, max_size=3),
    st.sampled_from(["LOC", "PER", "ORG", "ACTOR", "VESSEL"]),
    st.sampled_from(["we saw {} there.", "the submarine {} sank", "“{}”, it said", "in {}, Syria", "General {} spoke"]),
)
@settings(deadline=None, max_examples=300)
def test_any_spelling_that_is_taken_is_found(spellings: list[str], kind: str, sentence: str) -> None:
    """At exactly its place, whatever stands beside it."""
    aliases = _valid(spellings, kind)
    if aliases is None:
        return
    for spelling in spellings:
        text = sentence.format(spelling)
        start = text.index(spelling)
        places = [(one.start, one.end) for one in extract(text, aliases=aliases).mentions if one.name == "Main Qzeb"]
        assert (start, start + len(spelling)) in places


@pytest.mark.parametrize(
    ("name", "among", "reason"),
    [
        (
            "Ebu Kemal",
            {"Abu Kamal", "al-Bukemal", "Albu Kamal", "Al-Bukamal"},
            "an own spelling finds those of the lists",
        ),
        ("Abu Kamal", {"Ebu Kemal", "al-Bukemal", "Albu Kamal"}, "and the other way about"),
        ("albu kamal", {"Ebu Kemal", "Abu Kamal"}, "from any of them"),
        ("column of wagner", {"Wagner Column"}, "a new name has those of the user"),
        ("Wagner Column", {"Column of Wagner"}, "both ways"),
        ("Tartus", {"Tartous"}, "names that the user did not touch stay as they are"),
        ("qwertyuiop", set(), "what nobody knows has none"),
    ],
)
def test_names_in_queries(name: str, among: set[str], reason: str) -> None:
    """Spellings of the user and of the lists are spellings of one entity."""
    found = other_spellings(name, ALIASES)
    assert among <= set(found), reason
    assert name.casefold() not in [text.casefold() for text in found]
    assert bool(found) == bool(among)


def test_values_of_names() -> None:
    """Facets are picked by any spelling."""
    names = ("ebu kemal", "Daesh", "COLUMN OF WAGNER", "qwertyuiop")
    assert [value_of(name, ALIASES) for name in names] == ["Abu Kamal", "Islamic State", "Wagner Column", ""]
    assert value_of("ebu kemal", NO_ALIASES) == ""


def test_words_are_no_names_in_queries() -> None:
    """A ship called Nice does not turn every nice into itself, and nothing expands to the verb is."""
    own = Aliases((Alias("Arrow of Hope", ("Nice", "IS"), "VESSEL"),))
    assert other_spellings("nice", own) == ()
    assert other_spellings("Nice", own) == ("Arrow of Hope",)
    assert other_spellings("Arrow of Hope", own) == ("Nice",)


def test_a_spelling_taken_from_an_entity_is_no_longer_its_own() -> None:
    """Whoever gives Bukamal to somebody else does not find it under Abu Kamal."""
    own = Aliases((Alias("Bu Kamal Brigade", ("Bukamal",), "ACTOR"),))
    assert "Bukamal" in other_spellings("Abu Kamal", NO_ALIASES)
    assert "Bukamal" not in other_spellings("Abu Kamal", own)
    assert value_of("Bukamal", own) == "Bu Kamal Brigade"
