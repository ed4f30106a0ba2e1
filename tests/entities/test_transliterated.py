"""Places by spellings that no list has."""

import pytest

from searcher.entities import extract


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Syrian troops entered Deyr az-Zur.", ("Deir az-Zour", "SY")),  # an Arabic article speaks for a place
        ("Syrian troops fought in Maiyadeen.", ("Mayadin", "SY")),  # a preposition does
        ("Troops fought in Maiyadeen.", None),  # no word of Syria
        ("Russian troops fought in Maiyadeen.", None),  # another country's
        ("Syrian troops met Maiyadeen.", None),  # nothing speaks for a place
    ],
)
def test_a_spelling_needs_its_country(text: str, expected: tuple[str, str] | None) -> None:
    """The skeleton of a town of a country in the article, and a sign that a place is meant."""
    found = [(one.name, one.country) for one in extract(text).mentions if one.rule == "skeleton"]
    assert found == ([expected] if expected else [])


def test_it_is_less_sure_than_a_list() -> None:
    """Confidence .7, and the rule says why."""
    (found,) = [one for one in extract("Syrian troops fought in Maiyadeen.").mentions if one.kind == "LOC"]
    assert (found.confidence, found.rule) == (0.7, "skeleton")
