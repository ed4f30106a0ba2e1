"""Names that look alike, and where texts have them."""

import pytest

from searcher.entities.resemblance import likeness, near_words
from searcher.entities.stretches import best_stretches


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("Abu Kamal", "Al-Boukemal", "same skeleton"),
        ("Abu Kamal", "Ebu Kemal", "same consonants"),
        ("Abu Kamal", "Albukemal", "close letters"),  # the article written on
        ("Deir ez-Zor", "Deir Ezzor", "same consonants"),
        ("Muammar Gaddafi", "Moammar Gadhafi", "same skeleton"),
        ("Muammar Gaddafi", "Muammar Kaddafi", "same skeleton"),
        ("Abu Kamal", "Mustafa Kemal", None),
        ("Abu Kamal", "Kamal", None),
        ("Iran", "Iraq", None),
        ("UN", "On", None),  # short ones are not asked about
        ("", "", None),
    ],
)
def test_likeness(name: str, other: str, expected: str | None) -> None:
    """The surest thing in common, whichever name comes first."""
    assert likeness(name, other) == expected
    assert likeness(other, name) == expected


def test_near_words() -> None:
    """Of the words of an archive those that may be part of the name, or all of it in one word."""
    vocabulary = ["abu", "abukamal", "albukamal", "camel", "harbour", "kamal", "kemal", "the"]
    assert set(near_words("Abu Kamal", vocabulary)) == {"abukamal", "albukamal", "kamal", "kemal"}
    assert near_words("", vocabulary) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They left Ebu Kemal for Abu Kamal.", ["Ebu Kemal", "Abu Kamal"]),
        ("At Al-Bukamal and al-Bukamal.", ["Al-Bukamal", "al-Bukamal"]),  # with its article
        ("Al Bukamal fell.", ["Al Bukamal"]),
        ("As Abu Kamal fell, as Abu Kamal's people say.", ["Abu Kamal", "Abu Kamal"]),  # no article
        ("Near Abu Kamal.", ["Abu Kamal"]),
        ("Abu. Kamal and abu kamal", []),  # two sentences; no name
        ("Mustafa Kemal and Abdul Kamal", []),
        (
            "In Albukemal. Albukemal Heights, and Albukemal is big. Great Albukemal",
            ["Albukemal", "Albukemal"],
        ),  # one word, which others may be part of
    ],
)
def test_runs_of_a_text(text: str, expected: list[str]) -> None:
    """Written as names are, the best of those that overlap."""
    ranks = {"same skeleton": 0, "same consonants": 1, "close letters": 2}

    def rank(found: str) -> int | None:
        alike = likeness("Abu Kamal", found)
        return ranks[alike] if alike else None

    near = frozenset(["kamal", "kemal", "bukamal", "albukemal"])
    runs = sorted(best_stretches(text, near, 4, rank))
    assert [run.text for run in runs] == expected


def test_scripts_without_capitals() -> None:
    """Every word of theirs can be a name."""
    (run,) = best_stretches("دخلت القوات البوكمال أمس", frozenset(["البوكمال"]), 1, lambda _text: 0)
    assert run.text == "البوكمال"
