"""What near copies are known by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.ingest.alike import likeness
from searcher.normalize.sketch import SKETCH_BYTES, shingles, sketch_of

WORDS = [f"word{number}" for number in range(400)]


def text(first: int, end: int) -> str:
    """Some of the words, in order."""
    return " ".join(WORDS[first:end])


@pytest.mark.parametrize(
    ("title", "body", "expected", "reason"),
    [
        ("", "One two, THREE four!", ["one two three", "two three four"], "case and marks aside"),
        ("Head", "One two three", ["head one two", "one two three"], "a short body is told apart by its title"),
        ("Head", text(0, 40), [], "a long one is not"),
        ("", "Two words", ["two words"], "less than a run is one run"),
        ("", " … ", [], "no words, no runs"),
        ("", "俄罗斯潜艇", ["俄 罗 斯", "罗 斯 潜", "斯 潜 艇"], "letters of scripts without spaces are words"),
    ],
)
def test_the_runs_of_words(title: str, body: str, expected: list[str], reason: str) -> None:
    """In order, as they are compared."""
    found = shingles(title, body)
    assert (found == expected) if expected or not body.startswith("word0") else not found[0].startswith("head"), reason


def test_a_sketch_is_short_and_the_same_for_the_same_words() -> None:
    """On every machine and in every process: it is kept in the index. A text without words has none."""
    assert sketch_of("", "!") == b""
    assert len(sketch_of("", "a b c")) == SKETCH_BYTES
    assert sketch_of("Title", "A storm hit the port.") == sketch_of("title", "a storm, hit the PORT")
    assert sketch_of("", "A storm hit the port.")[:6].hex() == "7d285f290865"


@pytest.mark.parametrize(
    ("shared", "low", "high"), [(300, 0.99, 1.0), (240, 0.55, 0.8), (150, 0.2, 0.5), (0, 0.0, 0.1)]
)
def test_likeness_is_about_the_share_of_common_runs(shared: int, low: float, high: float) -> None:
    """Of two texts of 300 words: 240 common ones are .66 of all runs, 150 are .33."""
    one, other = text(0, 300), text(0, shared) + " " + " ".join(f"other{number}" for number in range(300 - shared))
    assert low <= likeness(sketch_of("", one), sketch_of("", other)) <= high


@given(st.text(), st.text())
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    """From 0 to 1, and 1 with itself; of a text without words nothing is like it."""
    first, second = sketch_of("", one), sketch_of("", other)
    assert likeness(first, second) == likeness(second, first)
    assert 0 <= likeness(first, second) <= 1
    assert likeness(first, first) == (1 if first else 0)
