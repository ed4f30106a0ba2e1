"""Letters in ASCII, as keys hold them."""

import unicodedata

import pytest
from anyascii import anyascii

from searcher.entities.keys import ascii_letters


def test_accents_are_dropped_as_anyascii_drops_them() -> None:
    """Every character that is an ASCII letter with accents, or an accent, is spelled as the library spells it."""
    characters = [chr(code) for code in range(0x110000) if unicodedata.normalize("NFD", chr(code))[0] <= "\u0362"]
    assert len(characters) > 1_000
    assert [(one, anyascii(one), ascii_letters(one)) for one in characters if anyascii(one) != ascii_letters(one)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ālbū Kāmāl", "Albu Kamal"),  # accents alone
        ("Tromsø", "Tromso"),  # a stroke is no accent
        ("Gießen", "Giessen"),  # one letter spelled with two
        ("Łódź", "Lodz"),  # both in one word
    ],
)
def test_names_in_ascii(text: str, expected: str) -> None:
    """As newsrooms without accents print them."""
    assert expected == ascii_letters(text)
