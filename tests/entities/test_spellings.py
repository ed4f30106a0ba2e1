"""Other spellings of a name, as a query uses them."""

import pytest

from searcher.entities import spellings


@pytest.mark.parametrize(
    ("name", "canonical", "among"),
    [
        ("Abu Kamal", "Abu Kamal", {"Albu Kamal", "Al-Bukamal"}),
        ("al-bukamal", "Abu Kamal", {"Abu Kamal"}),  # case and hyphens do not matter
        ("Kiev", "Kyiv", {"Kyiv", "Киев"}),
        ("Burma", "Myanmar", {"Myanmar"}),
        ("ISIS", "Islamic State", {"Islamic State", "Daesh"}),
        ("Mediterranean", "Mediterranean Sea", {"Mediterranean Sea"}),
        ("Paris", "Paris", {"Париж"}),
        ("Muammar Gaddafi", "Muammar Gaddafi", {"Moammar Gadhafi"}),
    ],
)
def test_spellings_of_one_entity(name: str, canonical: str, among: set[str]) -> None:
    """The entity and its other spellings, without the one asked for."""
    found = spellings(name)
    assert found is not None
    assert canonical == found.name
    assert among <= set(found.spellings)
    assert name not in found.spellings


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Springfield",  # many places
        "Nice",  # a word
        "Syrian",  # a demonym is not the country
        "Assad",  # a surname of several
        "qwertyuiop",
    ],
)
def test_unclear_names_have_no_spellings(name: str) -> None:
    """What is unknown or ambiguous is left as typed."""
    assert spellings(name) is None


def test_words_are_no_spellings() -> None:
    """IS and US would match the verb and the pronoun once case is folded."""
    state, country = spellings("Islamic State"), spellings("United States")
    assert state is not None
    assert country is not None
    assert not {"IS", "US"} & {*state.spellings, *country.spellings}


@pytest.mark.parametrize("name", ["ceasefire", "ceasefire talks", "the price of oil", "missiles"])
def test_ordinary_words_ask_no_gazetteer(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query without names does not so much as open it."""
    asked: list[str] = []
    monkeypatch.setattr("searcher.entities.variants.places", lambda name_key: asked.append(name_key) or ())
    spellings.cache_clear()
    assert spellings(name) is None
    assert asked == []


def test_places_made_of_ordinary_words_are_known() -> None:
    """In small letters too."""
    found = spellings("cape town")
    assert found is not None
    assert found.name == "Cape Town"
