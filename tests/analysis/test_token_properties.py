"""What holds for the words of any text whatever."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from searcher.analysis import exact_word, fold, forms, tokens, words

# Arbitrary characters, and text dense in what the rules are about: apostrophes, hyphens, dots, figures, marks.
DENSE = st.text(alphabet="aeSdlUN'’‘-‐.,_ 1300s\u0301\u0306\u00ad\u200dÉйإﷺ½がｶﾞд京都서울ำก", max_size=40)
TEXTS = st.one_of(st.text(max_size=60), DENSE)


@given(TEXTS)
@example("S-300's l'État U.N.-backed")
def test_tokens_are_true_to_the_text(text: str) -> None:
    """Offsets lie in the text and are not empty; positions start at 0, never fall and never skip."""
    found = list(tokens(text))
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert all(token.word and token.term for token in found)
    positions = [token.position for token in found]
    assert positions == sorted(positions)
    assert sorted(set(positions)) == list(range(len(set(positions))))


@given(TEXTS)
def test_at_one_position_the_whole_comes_before_its_first_part(text: str) -> None:
    """Two tokens at most share a position, and the first of them holds the second."""
    found = list(tokens(text))
    for position in {token.position for token in found}:
        here = [token for token in found if token.position == position]
        assert len(here) <= 2
        assert here[0].start <= here[-1].start < here[-1].end <= here[0].end


@given(TEXTS)
@example("｀")
@example("Ba´ath")
@example("Й‗\u3099")
def test_folding_again_changes_nothing(text: str) -> None:
    """A folded word is looked up as it is."""
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
@example("É.U. l'état")
@example("É300 S-É3")
@example("A.À0")
@example("U.S.'ś")
def test_composed_and_decomposed_text_have_the_same_words(text: str) -> None:
    """Whether a system stores é as one character or two does not matter; nor do positions differ."""
    composed, decomposed = (
        [(token.word, token.term, token.position) for token in tokens(unicodedata.normalize(form, text))]
        for form in ("NFC", "NFD")
    )
    assert composed == decomposed


@given(TEXTS)
def test_a_text_is_found_by_itself(text: str) -> None:
    """Of the forms of a text, the first (its parts) stands in it from the first word to the last.

    Whoever pastes a headline into the search box finds its article.
    """
    places: list[set[str]] = []
    for token in tokens(text):
        places += [set() for _ in range(token.position + 1 - len(places))]
        places[token.position].add(token.term)
    made = forms(text)
    assert bool(made) == bool(places)
    if made:
        # The pair that a run ends with holds its last character, which is not asked for once more.
        assert len(made[0]) in (len(places), len(places) - 1)
        assert all(term in here for term, here in zip(made[0], places, strict=False))


@given(TEXTS)
def test_every_form_is_made_of_the_words_of_the_text(text: str) -> None:
    """Each form keeps the order of the text, takes a compound whole or by its parts, and is never empty."""
    order = {(token.term, token.position) for token in tokens(text)}
    for form in forms(text):
        last = -1
        for term in form:
            last = min(position for known, position in order if known == term and position > last)
    assert all(forms(text))


@given(TEXTS)
def test_an_exact_word_is_in_its_text_and_is_its_own_exact_word(text: str) -> None:
    """What `=word` looks for stands in the text it was read from; typed by itself it stands in itself."""
    word = exact_word(text)
    if word is not None:
        assert word in {token.word for token in tokens(text)}


@given(st.lists(st.sampled_from(["syria", "S-300", "l'armée", "U.S.", "1,500", "Da'esh"]), max_size=8))
def test_words_of_a_text_are_those_of_its_words(parts: list[str]) -> None:
    """Spaces part words whatever stands beside them."""
    assert words(" ".join(parts)) == [word for part in parts for word in words(part)]
