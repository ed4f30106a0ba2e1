"""Which place is meant, and whether a place is meant at all."""

import pytest

from searcher.entities import extract


def places(text: str, title: str = "", dateline: str = "") -> list[tuple[str, str]]:
    """Canonical name and country of every place mentioned."""
    found = extract(text, title, dateline).mentions
    return [(mention.name, mention.country) for mention in found if mention.kind == "LOC"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # words and names that are also places
        ("The weather was nice. Nice people came.", []),
        ("The attack in Nice killed dozens, French police said.", [("Nice", "FR")]),
        ("Reading is good for you.", []),
        ("She lives in Reading, England.", [("Reading", "GB"), ("England", "GB")]),
        ("Split decision for the Bar association.", []),
        ("Turkey is roasted for two hours; leave the turkey to rest.", []),  # the word in small letters, no other sign
        ("Turkish lawmakers said Turkey would vote; farmers raise turkey there.", [("Turkey", "TR")]),
        ("Mobile phones are sold in March and May.", []),
        # people who share a name with a place
        ("Jordan Wells won the race.", []),
        ("Michael Jordan retired.", []),
        ("Paris Hilton arrived.", []),
        ("Chelsea Clinton spoke.", []),
        ("Mr London said so.", []),
        ("Chad Smith plays the drums.", []),
        # the same names as places
        ("Chad's army crossed into Nigeria.", [("Chad", "TD"), ("Nigeria", "NG")]),
        ("Jordan's king met officials in Amman.", [("Jordan", "JO"), ("Amman", "JO")]),
        ("Protests in Paris spread across France.", [("Paris", "FR"), ("France", "FR")]),
        # one name, two places
        ("Paris, Texas, is small.", [("Paris (Texas)", "US"), ("Texas", "US")]),
        ("Georgia and Russia fought; Tbilisi lost.", [("Georgia", "GE"), ("Russia", "RU"), ("Tbilisi", "GE")]),
        (
            "Voters in Atlanta, Georgia, went to the polls in the U.S. election.",
            [("Atlanta", "US"), ("Georgia (United States)", "US"), ("United States", "US")],
        ),
        ("Tripoli is the capital of Libya.", [("Tripoli", "LY"), ("Libya", "LY")]),
        ("Hezbollah marched in Tripoli, Lebanon.", [("Tripoli (Lebanon)", "LB"), ("Lebanon", "LB")]),
        # case
        ("They told us who we are.", []),
        ("The US and the UK agreed.", [("United States", "US"), ("United Kingdom", "GB")]),
        ("GIVE US A BREAK, SAY COMMUTERS", []),
        ("MOSCOW AND KIEV SIGN GAS DEAL", [("Moscow", "RU"), ("Kyiv", "UA")]),
        # spellings, one value
        ("Troops took Abu Kamal, Syria.", [("Abu Kamal", "SY"), ("Syria", "SY")]),
        ("Troops took Albu Kamal, Syria.", [("Abu Kamal", "SY"), ("Syria", "SY")]),
        ("Troops took Al-Bukamal, Syria.", [("Abu Kamal", "SY"), ("Syria", "SY")]),
        ("Clashes in Deir ez-Zor and Dayr az Zawr.", [("Deir az-Zour", "SY"), ("Deir az-Zour", "SY")]),
        ("The port of Tartous, Syria.", [("Tartus", "SY"), ("Syria", "SY")]),
        # the longest name wins
        ("Fighting in South Sudan.", [("South Sudan", "SS")]),
        ("A quake in Papua New Guinea.", [("Papua New Guinea", "PG")]),
        ("Ships in the South China Sea.", [("South China Sea", "")]),
        ("The Mediterranean was calm.", [("Mediterranean Sea", "")]),
        # other languages and scripts
        ("Бои в Сирии, заявили в Москве.", [("Syria", "SY"), ("Moscow", "RU")]),
        ("القتال في سوريا والعراق", [("Syria", "SY"), ("Iraq", "IQ")]),
        ("La guerre en Syrie et l’Ukraine.", [("Syria", "SY"), ("Ukraine", "UA")]),
        ("La guerra en Siria llegó a España.", [("Syria", "SY"), ("Spain", "ES")]),
    ],
)
def test_a_place_is_named_by_its_context(text: str, expected: list[tuple[str, str]]) -> None:
    """A name is a place where case, neighbours and the rest of the article say so."""
    assert expected == places(text)


def test_a_demonym_speaks_for_its_country() -> None:
    """Demonyms are mentions of kind DEM and make their country what the text is about."""
    found = extract("Syrian forces met Russian officers; the Syrians left.")
    assert found.countries == ("SY", "RU")
    assert {"DEM", "ACTOR"} == {mention.kind for mention in found.mentions}


def test_a_place_brings_its_country() -> None:
    """The country of a listed place is listed too."""
    assert {"Abu Kamal", "Syria"} == set(extract("The convoy left Abu Kamal.").locations)


def test_the_dateline_is_read_first() -> None:
    """A place in capitals in the dateline is found, in its own field."""
    found = extract("The cabinet met.", dateline="BEIRUT (Reuters) -")
    beirut = found.mentions[0]
    assert (beirut.text, beirut.name, beirut.field, beirut.country) == ("BEIRUT", "Beirut", "dateline", "LB")
    assert "Lebanon" in found.locations


def test_what_carries_an_article_comes_first() -> None:
    """Title and repetition outweigh a mention in passing at the end of a long text."""
    body = "Kenya votes today. " + "The count in Kenya goes on. " * 60 + "Observers came from Norway."
    found = extract(body, "Kenya votes")
    assert found.locations == ("Kenya",)
    assert "NO" in {mention.country for mention in found.mentions}


def test_the_only_place_of_a_short_text_is_listed() -> None:
    """A single mention is enough where nothing else is there."""
    assert extract("The fair opened in Lyon, France, on Monday.").locations == ("France", "Lyon")


def test_text_without_names_is_about_nothing() -> None:
    """Empty and plain texts give empty values, not errors."""
    assert (
        extract("").mentions,
        extract("nothing to see here").locations,
        extract("nothing to see here").actors,
        extract(" \n\n ").countries,
    ) == ((), (), (), ())
