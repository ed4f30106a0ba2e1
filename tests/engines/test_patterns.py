"""The words of a dictionary that a pattern stands for, found on arrays: the same as when every word is tried."""

import random
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher.engines.whoosh import patterns
from searcher.engines.whoosh.codec.terms import TermTable
from searcher.engines.whoosh.patterns import matching_words
from searcher.query.nodes import Fuzzy, Prefix, Term, Wildcard
from searcher.query.patterns import matches_word

Pattern = Prefix | Wildcard | Fuzzy
Arrays = tuple[npt.NDArray[np.uint8], npt.NDArray[np.unsignedinteger[Any]]]

LAST = "\U0010ffff"
# Few letters, so that words are near each other; of one byte and of several, marks that combine, a line's end.
ALPHABETS = ("ab", "abc", "abж", "жз", "ae\u0301é", "a漢😀", f"a{LAST}", "a.\n")
# What a query may have besides: a letter of no word, and half a surrogate pair, which no UTF-8 has.
STRANGE = "zя\ud800"
# In one go or word by word where words are few, and as if the dictionary were large and words near each other many:
# never word by word or by halves, many blocks.
TABLE = {"FEW": -1, "one_letter_away": lambda _terms, _leaf: None}
WAYS: dict[str, dict[str, Any]] = {"as it is": {}, "arrays": TABLE, "small blocks": {**TABLE, "BLOCK": 3}}


def dictionary(words: Iterable[str], kind: type[np.unsignedinteger[Any]] = np.uint32) -> Arrays:
    """The term dictionary of the words, as an index keeps it."""
    encoded = sorted(word.encode() for word in set(words))
    bounds = np.cumsum([0, *map(len, encoded)]).astype(kind)
    return np.frombuffer(b"".join(encoded), dtype=np.uint8), bounds


def found(words: Iterable[str], leaf: Pattern) -> list[str]:
    """The words that the arrays give, in their order."""
    in_order = sorted(set(words))
    return [in_order[number] for number in matching_words(TermTable(*dictionary(words)), leaf)]


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[str], Pattern]:
    """Words of few letters and a pattern of about the same."""
    alphabet = draw(st.sampled_from(ALPHABETS))
    words = draw(st.lists(st.text(alphabet, max_size=7), max_size=60, unique=True))
    typed = st.text(alphabet * 2 + STRANGE, max_size=7)
    leaves: tuple[st.SearchStrategy[Pattern], ...] = (
        st.builds(Prefix, st.text(alphabet + STRANGE, max_size=3)),
        st.builds(Wildcard, st.text(alphabet * 2 + STRANGE + "*?" * 3, max_size=8)),
        st.builds(Fuzzy, typed, distance=st.integers(0, 4)),
        st.builds(Fuzzy, st.sampled_from(words or [""]), distance=st.integers(1, 2)),
    )
    return words, draw(st.one_of(leaves))


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=400, deadline=None)
@given(case=cases())
@example(case=(["ba", "ab"], Fuzzy("ab", distance=1)))
@example(case=(["abcd", "acbd", "abdc", "adbc"], Fuzzy("abcd", distance=1)))
@example(case=(["aжзab", "aзжab", "aжb", "ab"], Fuzzy("aжзb", distance=2)))
@example(case=(["aabb", "abab", "aab"], Wildcard("*a*ab*b")))
def test_arrays_give_the_words_that_match_one_by_one(way: str, case: tuple[list[str], Pattern]) -> None:
    """Whatever the letters and the pattern, and in whatever way it is worked out."""
    words, leaf = case
    matches = matches_word(leaf)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in WAYS[way].items():
            patch.setattr(patterns, name, value)
        assert found(words, leaf) == [word for word in sorted(words) if matches(word)]


@pytest.mark.parametrize(
    ("words", "leaf", "expected", "reason"),
    [
        ([], Prefix("a"), [], "no words: a prefix"),
        ([], Wildcard("*"), [], "no words: a wildcard"),
        ([], Fuzzy("a"), [], "no words: a fuzzy word"),
        ([""], Prefix(""), [""], "the empty word alone, no byte of text"),
        ([""], Wildcard("*"), [""], "a star may stand for nothing"),
        (["", "a"], Wildcard("?"), ["a"], "a question mark may not"),
        (["", "a"], Wildcard(""), [""], "an empty pattern is the empty word"),
        (["", "a"], Fuzzy("", distance=2), [""], "without a first letter only the empty word"),
        (["", "a", "ab"], Fuzzy("a", distance=2), ["a", "ab"], "the empty word does not begin so"),
        (["ab", "b", "ba"], Prefix("a"), ["ab"], "the first word of all"),
        (["ab", "b", "ba"], Prefix("ba"), ["ba"], "the last word of all"),
        (["ab", "b", "ba"], Prefix(""), ["ab", "b", "ba"], "all words"),
        (["ab", "b", "ba"], Prefix("aa"), [], "before all words"),
        (["ab", "b", "ba"], Prefix("c"), [], "behind all words"),
        (["a", "ab", "ac", "b"], Prefix("ab"), ["ab"], "ends before the next beginning"),
        (["a", LAST, LAST * 2], Prefix(LAST), [LAST, LAST * 2], "nothing sorts behind the last code point"),
        (["\U0010fffe", LAST * 2], Prefix(LAST * 2), [LAST * 2], "nor behind two of it"),
        (["a\x7f", "a\x80", "aя"], Prefix("a\x7f"), ["a\x7f"], "the last letter of one byte"),
        (["\uffff", "\U00010000"], Wildcard("?"), ["\uffff", "\U00010000"], "order of bytes is that of code points"),
        (["ж", "з"], Prefix("\ud800"), [], "half a surrogate pair is in no word"),
        (["missile", "missiles"], Wildcard("missile"), ["missile"], "a pattern without a sign is the word"),
        (["abc", "bca"], Wildcard("*ca"), ["bca"], "a piece is not found across two words"),
        (["aba", "ababa"], Wildcard("aba*aba"), [], "start and end do not share letters"),
        (["abab", "ababab"], Wildcard("ab*ab*ab"), ["ababab"], "nor does what is between them"),
        (["aab"], Wildcard("*b*ab*"), [], "less is left than the next piece needs"),
        (["abc"], Wildcard("*?*??*"), ["abc"], "pieces that name no letter take any"),
        (["жук", "щука"], Wildcard("??к"), ["жук"], "a letter of two bytes is one letter"),
        (["щука", "щу"], Wildcard("щ*а"), ["щука"], "whole pieces are compared as bytes"),
        (["ae\u0301", "aé"], Wildcard("a?"), ["aé"], "a mark that combines is a letter of its own"),
        (["a😀b", "ab"], Fuzzy("ab"), ["ab", "a😀b"], "four bytes are one letter more"),
        (["xaa"], Fuzzy("xѡѡ"), [], "U+0461 is not the a (U+0061) whose last byte it has"),
        (["aжb", "aзb"], Fuzzy("aжb"), ["aжb", "aзb"], "half of the bytes of a letter are no nearer than none"),
        (["kalibr", "kailbr", "klaibr", "ikalbr"], Fuzzy("kalibr"), ["kailbr", "kalibr", "klaibr"], "swaps"),
        (["abc", "ca"], Fuzzy("ca", distance=2), ["ca"], "what is swapped is not changed once more"),
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_words_at_the_edges(
    way: str, words: list[str], leaf: Pattern, expected: list[str], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First and last words, ends of slices, letters of several bytes."""
    for name, value in WAYS[way].items():
        monkeypatch.setattr(patterns, name, value)
    assert found(words, leaf) == expected, reason


@pytest.mark.parametrize(
    "leaf",
    [
        Prefix("ta"),
        Fuzzy("tanos"),
        Fuzzy("tanos", distance=2),
        Fuzzy("танос", distance=2),
        Fuzzy("t", distance=2),
        Wildcard("*os"),
        Wildcard("*a*o*"),
        Wildcard("?a?o*"),
        Wildcard("т*?о"),
    ],
    ids=repr,
)
def test_a_vocabulary_of_many_words(leaf: Pattern) -> None:
    """Thousands of words of one and two alphabets, of which more than a few are about as long as the pattern."""
    letters = random.Random(7)
    shapes = (("tanos", 6), ("танос", 6), ("tanosжé", 5))
    words = {"".join(letters.choices(few, k=letters.randint(0, most))) for few, most in shapes for _ in range(4_000)}
    matches = matches_word(leaf)
    expected = [word for word in sorted(words) if matches(word)]
    assert len(expected) > 5, "a pattern that finds little says little"
    assert found(words, leaf) == expected


@pytest.mark.parametrize("distance", [patterns.WIDEST - 1, patterns.WIDEST, patterns.WIDEST + 1, 200])
def test_a_distance_as_wide_as_words_are_long(distance: int) -> None:
    """Distances are right to the last that the table holds, and beyond it."""
    words = ["a" + "b" * size + "c" * more for size, more in product(range(0, 140, 9), (0, 1, 70))]
    leaf = Fuzzy("a" + "b" * 70, distance=distance)
    matches = matches_word(leaf)
    assert found(words, leaf) == [word for word in sorted(words) if matches(word)]


@pytest.mark.parametrize("kind", [np.uint32, np.uint64])
@pytest.mark.parametrize(
    ("leaf", "expected"),
    [(Prefix("mi"), [1, 2]), (Wildcard("*?ss*"), [1, 2]), (Wildcard("*s"), [2]), (Fuzzy("missle"), [1])],
    ids=repr,
)
def test_arrays_of_a_file(
    leaf: Pattern, expected: list[int], kind: type[np.unsignedinteger[Any]], tmp_path: Path
) -> None:
    """Arrays mapped from files that cannot be written, with bounds of 32 or 64 bits, give ordinals of 64 bits."""
    mapped = []
    for name, array in zip(
        ("text", "bounds"), dictionary(["kalibr", "missile", "missiles", "щука"], kind), strict=True
    ):
        array.tofile(tmp_path / name)
        mapped.append(np.memmap(tmp_path / name, dtype=array.dtype, mode="r"))
    numbers = matching_words(TermTable(mapped[0], mapped[1]), leaf)
    assert numbers.dtype == np.int64
    assert numbers.tolist() == expected


def test_a_word_is_no_pattern() -> None:
    """Asking is a mistake in the program, not in the query."""
    with pytest.raises(TypeError, match="Term is no pattern"):
        matching_words(TermTable(*dictionary(["navy"])), Term("navy"))  # type: ignore[arg-type]
