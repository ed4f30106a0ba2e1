"""What is known of single words."""

import random

import faker.providers.person.de_DE as german
import faker.providers.person.en_US as american
import pytest

from searcher.entities.keys import fold
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


@pytest.mark.parametrize("module", [american, german])
def test_names_of_the_source_are_there(module: object) -> None:
    """A sample of the given names and surnames that the file was made from."""
    provider = module.Provider  # type: ignore[attr-defined]
    for kind, flag in (("first_names", GIVEN), ("last_names", SURNAME)):
        names = sorted(name for name in getattr(provider, kind) if name.isalpha())
        sample = random.Random(7).sample(names, 100)
        assert sum(bool(flags_of(fold(name)) & flag) for name in sample) >= 97  # the source here may be newer
