"""Which organisation, person, force or ship is meant."""

import pytest

from searcher.entities import extract


def actors(text: str, title: str = "") -> list[str]:
    """Canonical names of all actors mentioned, in the order of the text."""
    return [mention.name for mention in extract(text, title).mentions if mention.kind not in ("LOC", "DEM")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # one value per actor
        ("IS lost the town.", ["Islamic State"]),
        ("The Islamic State group lost the town.", ["Islamic State"]),
        ("The Islamic state group lost the town.", ["Islamic State"]),
        ("ISIS, also called Daesh, lost the town.", ["Islamic State", "Islamic State"]),
        ("Iran called it an Islamic state.", []),  # small letters and no group: a kind of state
        # abbreviations that are words
        ("WHO officials came.", ["World Health Organization"]),
        ("Who came?", []),
        ("This is it.", []),
        ("IS THIS THE END?", []),
        # ministries and forces through their country
        ("The Russian defence ministry denied it.", ["Ministry of Defence (Russia)"]),
        ("Russia's Ministry of Defense denied it.", ["Ministry of Defence (Russia)"]),
        ("The Ministry of Defence of Turkey denied it.", ["Ministry of Defence (Turkey)"]),
        ("Kenya's Supreme Court ruled.", ["Supreme Court (Kenya)"]),
        ("The Syrian army advanced.", ["Syrian army"]),
        ("Syria's army advanced.", ["Syrian army"]),
        ("The Syrian Arab Army advanced.", ["Syrian army"]),
        ("Israeli troops and the IDF advanced.", ["Israeli forces", "Israeli army"]),
        ("U.S.-backed forces advanced.", ["US-backed forces"]),
        ("Iranian-backed Shiite militias advanced.", ["Iranian-backed militias"]),
        ("A U.S.-backed plan failed.", []),
        # people
        ("Bashar al-Assad spoke. Later Assad left.", ["Bashar al-Assad", "Bashar al-Assad"]),
        ("Bashar al-Assad spoke. Maher al-Assad stayed.", ["Bashar al-Assad", "Maher al-Assad"]),
        ("Assad spoke in Damascus.", ["Bashar al-Assad"]),
        ("President Jane Doelittle spoke. Doelittle left.", ["Jane Doelittle", "Jane Doelittle"]),
        ("Kamala Harris met Joe Biden; Biden smiled.", ["Kamala Harris", "Joe Biden", "Joe Biden"]),
        ("Ada Brightwater ran well. The prize went to Brightwater.", ["Ada Brightwater", "Ada Brightwater"]),
        ("General Motors rose.", ["General Motors"]),
        # ships
        ("The submarine Kolpino fired missiles.", ["Kolpino"]),
        ("Its Veliky Novgorod submarine fired missiles.", ["Veliky Novgorod"]),
        ("The corvettes, the Uglich and the Veliky Ustyug, sailed.", ["Uglich", "Veliky Ustyug"]),
        ("HMS Sandpiper sailed.", ["HMS Sandpiper"]),
        ("A Russian submarine fired missiles.", []),
        ("A Black Sea frigate fired missiles.", []),  # a sea is no ship, nor is a part of its name
        ("The frigate Dagestan fired missiles.", ["Dagestan"]),  # named after a region
        # other scripts
        ("Совет Безопасности ООН собрался.", ["UN Security Council"]),
        ("قال مسؤول إن داعش انسحب", ["Islamic State"]),
    ],
)
def test_an_actor_has_one_name(text: str, expected: list[str]) -> None:
    """Every spelling gives the name of the entity; words that only look like one give none."""
    assert expected == actors(text)


def test_a_ship_is_not_the_city_it_is_named_after() -> None:
    """The kind is VESSEL and no place is found, later in the article too."""
    found = extract("The submarine Veliky Novgorod sailed. The Veliky Novgorod then fired.")
    assert {("VESSEL", "Veliky Novgorod")} == {(mention.kind, mention.name) for mention in found.mentions}
    assert found.locations == ()


def test_a_city_stays_a_city_beside_ships() -> None:
    """With a preposition of place the city is meant."""
    found = extract("The frigate left. It was built in Kaliningrad.")
    assert [mention.name for mention in found.mentions if mention.kind == "LOC"] == ["Kaliningrad"]


def test_a_ministry_in_a_domestic_story_is_that_country_s() -> None:
    """Without a country beside it, the one the article speaks of is taken."""
    found = extract("Kenya voted. Nairobi was calm. The Interior Ministry of the Kenyans praised the voters.")
    assert "Ministry of Interior (Kenya)" in found.actors


def test_sources_in_passing_are_no_subject() -> None:
    """A news agency named once in a long text is mentioned, not listed."""
    body = "Kenya votes today. " + "The count goes on. " * 80 + "The figures were first given by Bloomberg."
    found = extract(body, "Kenya votes")
    assert "Bloomberg" in {mention.name for mention in found.mentions}
    assert "Bloomberg" not in found.actors
