"""What is known of single words."""

import pytest

from searcher.entities.vocabulary import COMMON, FREQUENT, GIVEN, ORDINARY, SURNAME, flags_of


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("house", FREQUENT | COMMON | ORDINARY),
        ("vladimir", GIVEN),
        ("ivanov", SURNAME),
        ("zorbelquist", 0),
        ("", 0),
    ],
)
def test_words(word: str, expected: int) -> None:
    """Ordinary words by how common they are, names of people by where they stand in a name."""
    assert flags_of(word) & (expected or 31) == expected


def test_some_words_are_names_as_well() -> None:
    """Mark and Baker: what is meant is for the words around to say."""
    assert flags_of("mark") & (COMMON | GIVEN) == COMMON | GIVEN
    assert flags_of("baker") & (COMMON | SURNAME) == COMMON | SURNAME
