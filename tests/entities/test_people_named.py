"""People that no list has, and who is meant by a surname."""

import pytest

from searcher.entities import extract


def people(text: str, title: str = "") -> list[str]:
    """The values of all people mentioned."""
    return [one.name for one in extract(text, title).mentions if one.kind == "PER"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Farmer Ann Zorbel spoke. Zorbel left.", ["Ann Zorbel", "Ann Zorbel"]),
        ("Ann Zorbel Jr. spoke. Zorbel left.", ["Ann Zorbel Jr", "Ann Zorbel Jr"]),
        (
            "Nguyen Thi Lan spoke. Then Nguyen left.",
            ["Nguyen Thi Lan", "Nguyen Thi Lan"],
        ),  # the family name comes first
        ("Aung San Suu Kyi spoke. Then Suu Kyi left.", ["Aung San Suu Kyi", "Aung San Suu Kyi"]),
        # two of one surname: nobody knows which is meant
        ("Ann Zorbel met Tom Zorbel. Mr Zorbel left.", ["Ann Zorbel", "Tom Zorbel", "Zorbel"]),
        # a place's name is a person's where the article says so
        ("Ann Holland spoke. Then Holland left.", ["Ann Holland", "Ann Holland"]),
        ("Mr Jordan spoke; Jordan said no more.", ["Jordan", "Jordan"]),
        # and a place's where it does not
        ("Ann Holland spoke in Holland. The Dutch cheered.", ["Ann Holland"]),
    ],
)
def test_a_person_has_one_value(text: str, expected: list[str]) -> None:
    """The full name, wherever the article shortens it."""
    assert expected == people(text)


def test_headlines_in_capitals_name_whom_the_text_names() -> None:
    """In a line of capitals nobody is found but those of the text."""
    assert people("Ann Zorbel left on Monday.", "ZORBEL LEAVES TOWN HALL") == ["Ann Zorbel", "Ann Zorbel"]
    assert people("She left on Monday.", "ZORBEL LEAVES TOWN HALL") == []


@pytest.mark.parametrize(
    ("year", "expected"),
    [(1985, "Hafez al-Assad"), (2015, "Bashar al-Assad"), (None, "Bashar al-Assad")],
)
def test_a_surname_is_of_its_time(year: int | None, expected: str) -> None:
    """Of two leaders of one surname the one in office then; the later one where the year is not known."""
    found = extract("Assad spoke in Damascus.", year=year)
    assert expected in [one.name for one in found.mentions]


def test_a_body_founded_later_is_not_meant() -> None:
    """A surname of 1987 is no armed group of 2014."""
    assert extract("Then Wagner left Mali.", year=2022).actors == ("Wagner Group",)
    assert extract("Then Wagner left Mali.", year=1987).actors == ()
