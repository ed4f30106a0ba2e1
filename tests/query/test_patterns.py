"""Which words a prefix, a wildcard and a fuzzy word stand for."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reference import edits

from searcher.query.nodes import Fuzzy, Leaf, Prefix, Term, Wildcard
from searcher.query.patterns import fixed_start, letters_apart, matches_word

FEW = st.text(alphabet="abc", max_size=7)


@pytest.mark.parametrize(
    ("leaf", "expected", "reason"),
    [
        (Prefix("mis"), {"mis", "miss", "missile", "missiles"}, "all that begins so, the beginning itself too"),
        (Wildcard("mis*s"), {"miss", "missiles"}, "any letters between, or none"),
        (Wildcard("mi?s"), {"miss", "mi.s"}, "one letter, whatever it is"),
        (Wildcard("*s"), {"missiles", "mis", "miss", "mi.s", "axis"}, "any letters, none included"),
        (Wildcard("?is"), {"mis"}, "not one letter less or more"),
        (Wildcard("mi.s"), {"mi.s"}, "a dot is a dot"),
        (Wildcard("m*s*l*s"), {"missiles"}, "several stars"),
        (Fuzzy("missle", distance=1), {"missile"}, "a letter left out"),
        (Fuzzy("misisle", distance=1), {"missile"}, "two letters swapped are one slip"),
        (Fuzzy("nissile", distance=1), set(), "the first letter is typed right"),
        (Fuzzy("mis", distance=1), {"mis", "miss", "mi.s"}, "the word itself is no letter away"),
    ],
)
def test_words_of_a_pattern(leaf: Leaf, expected: set[str], reason: str) -> None:
    """A pattern is tried on each folded, unstemmed word."""
    vocabulary = ("axis", "mis", "miss", "mi.s", "missile", "missiles", "thesis.", "submissive")
    test = matches_word(leaf)
    assert {word for word in vocabulary if test(word)} == expected, reason


@given(FEW, FEW, st.integers(0, 3))
@example("ca", "abc", 3)
def test_letters_apart_is_what_its_definition_says(a: str, b: str, limit: int) -> None:
    """The table filled row by row and cut short gives what the plain recursion gives, up to the limit."""
    assert letters_apart(a, b, limit) == min(edits(a, b), limit + 1)


@given(FEW, FEW)
def test_letters_apart_is_the_same_both_ways(a: str, b: str) -> None:
    """A slip of the pen can be undone."""
    assert letters_apart(a, b, 7) == letters_apart(b, a, 7)


def _stands_for(pattern: str, word: str) -> bool:
    """A wildcard by definition."""
    if not pattern:
        return not word
    if pattern[0] == "*":
        return _stands_for(pattern[1:], word) or (bool(word) and _stands_for(pattern, word[1:]))
    return bool(word) and pattern[0] in ("?", word[0]) and _stands_for(pattern[1:], word[1:])


@given(st.text(alphabet="ab*?.", min_size=1, max_size=8), st.text(alphabet="ab.", max_size=8))
@example("a*ab*b", "aabb")
def test_a_wildcard_is_what_its_definition_says(pattern: str, word: str) -> None:
    """`*` any letters, `?` one letter, all else itself."""
    assert matches_word(Wildcard(pattern))(word) == _stands_for(pattern, word)


@given(st.text(alphabet="ab*?", min_size=1, max_size=5), st.text(alphabet="ab", max_size=8))
def test_what_a_pattern_begins_with(pattern: str, word: str) -> None:
    """No word of a pattern lies outside the slice of the vocabulary that is looked at."""
    for leaf in (Wildcard(pattern), Prefix(pattern.strip("*?")), Fuzzy(word[:3] or "a", distance=2)):
        if matches_word(leaf)(word):
            assert word.startswith(fixed_start(leaf))


def test_many_stars_on_a_long_word_take_no_time() -> None:
    """A pattern that almost fits in many ways is given up at once."""
    started = time.process_time()
    assert not matches_word(Wildcard("*a" * 60 + "b"))("a" * 5_000)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("use", [matches_word, fixed_start])
def test_a_word_is_no_pattern(use: object) -> None:
    """Asking is a mistake in the program, not in the query."""
    assert callable(use)
    with pytest.raises(TypeError, match="Term is no pattern"):
        use(Term("navy"))
