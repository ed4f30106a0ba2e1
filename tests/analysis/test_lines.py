"""A text as lines, and looked up by word and term: the same tokens as `searcher.analysis.tokens` gives."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.analysis import Located, Token, tokens
from searcher.analysis.lines import LONGEST, lines

LANGUAGES = st.sampled_from(("", "en", "de", "fr", "ar"))
PIECES = st.sampled_from(
    ("missiles", "cease-fire", "S-300", "l'armée", "U.S.", "1,500", "3.5", "北京大学", "導彈S", "—", "Raketen,",
     "Russia's", "(Kalibr)", "\n\n", "\t", "\u00a0", "\u3000", "Ёлка", "الصواريخ", "a|b", "\u200b", "T-72s")
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=6).map("".join), st.text())


def places(found: Iterable[Token]) -> list[list[str]]:
    """The distinct terms at each position."""
    held: dict[int, dict[str, None]] = {}
    for token in found:
        held.setdefault(token.position, {})[token.term] = None
    return [list(terms) for terms in held.values()]


@given(text=TEXTS, language=LANGUAGES)
def test_lines_hold_the_terms_of_each_position_and_every_word(text: str, language: str) -> None:
    """Cut at blanks and bars they give back what `tokens` gives; no position is empty."""
    found, made = list(tokens(text, language)), lines(text, language)
    assert [part.split("|") for part in made.terms.split(" ") if part] == places(found)
    assert sorted(made.words.split()) == sorted(token.word for token in found)
    assert [token.position for token in found][-1:] in ([], [len(places(found)) - 1])


@given(text=TEXTS, language=LANGUAGES)
def test_words_and_terms_are_located_where_they_stand(text: str, language: str) -> None:
    """With the same positions and offsets."""
    found, located = list(tokens(text, language)), Located(text, language)
    assert located.words() == {token.word for token in found}
    for token in found:
        assert located.with_term(token.term) == [other for other in found if other.term == token.term]
        assert located.with_word(token.word) == [other for other in found if other.word == token.word]
    assert (located.with_term("nowhere at all"), located.with_word("nowhere at all")) == ([], [])


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1, 3 * LONGEST])
def test_a_word_longer_than_any_index_takes_is_cut(length: int) -> None:
    """It keeps its place, and its beginning is found."""
    made = lines(f"before {'x' * length} after")
    assert made.terms.split() == ["befor", "x" * LONGEST, "after"]
