"""From articles to arrays: texts become numbers, numbers become postings, and nothing is lost on the way."""

from collections import Counter
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.analysis import tokens
from searcher.engines.whoosh.codec.packing import unpack_steps
from searcher.engines.whoosh.invert import invert, invert_terms, invert_words
from searcher.engines.whoosh.vocabulary import MAX_PIECES, Vocabulary

# Words, compounds, acronyms and marks with every kind of white space between them, and text of any characters.
PIECES = st.sampled_from(
    (
        "missile",
        "Missiles,",
        "cease-fire",
        "S-300",
        "U.S.",
        "l'armée",
        "—",
        "1,500",
        "T-72s",
        "ракеты",
        "ёлка",
        "news",
        "在北京的",
    )
)
SPACES = st.sampled_from((" ", "\n\n", "\t", "\u00a0", "\u2028", "\x1f", "\u3000"))
TEXTS = st.tuples(
    st.one_of(
        st.lists(st.tuples(PIECES, SPACES), max_size=12).map(lambda pairs: "".join(map("".join, pairs))),
        st.text(max_size=40),
    ),
    st.sampled_from(("", "en", "de", "fr", "zh")),
)


def frozen(texts: list[tuple[str, str]], vocabulary: Vocabulary):
    """The tokens of texts, each with its language, by way of a vocabulary."""
    pieces = [vocabulary.pieces(text, language) for text, language in texts]
    counts = np.array([len(found) for found in pieces], dtype=np.int64)
    known = vocabulary.frozen()
    return known, known.tokens(np.array(list(chain.from_iterable(pieces)), dtype=np.uint32), counts)


@given(st.lists(TEXTS, max_size=5))
def test_pieces_give_the_tokens_of_the_whole_text(texts: list[tuple[str, str]]) -> None:
    """Cutting at white space changes no word and no position: no word contains any."""
    known, found = frozen(texts, Vocabulary())
    held = [
        (doc, known.names[known.name_of[word]], known.terms[known.term_of[word]], position)
        for doc, word, position in zip(found.docs.tolist(), found.words.tolist(), found.positions.tolist(), strict=True)
    ]
    assert held == [
        (doc, token.word, token.term, token.position) for doc, text in enumerate(texts) for token in tokens(*text)
    ]
    assert found.lengths.tolist() == [sum(1 for _ in tokens(*text)) for text in texts]


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_postings_are_those_of_a_dictionary(texts: list[tuple[str, str]]) -> None:
    """Stems with their positions, words with their counts, terms in the order of their bytes."""
    known, found = frozen(texts, Vocabulary())
    if not len(found.words):
        return
    expected: dict[bytes, dict[int, list[int]]] = {}
    words: dict[bytes, Counter[int]] = {}
    for doc, text in enumerate(texts):
        for token in tokens(*text):
            expected.setdefault(token.term.encode(), {}).setdefault(doc, []).append(token.position)
            words.setdefault(token.word.encode(), Counter())[doc] += 1
    stems = invert_terms(known, found)
    positions = unpack_steps(stems.payload, stems.weights).tolist()
    assert list(stems.terms) == sorted(expected)
    assert stems.counts.tolist() == [len(expected[term]) for term in sorted(expected)]
    assert positions == [
        place for term in sorted(expected) for doc in sorted(expected[term]) for place in expected[term][doc]
    ]
    plain = invert_words(known, found)
    assert list(plain.terms) == sorted(words)
    assert plain.docs.tolist() == [doc for term in sorted(words) for doc in sorted(words[term])]
    assert plain.weights.tolist() == [words[term][doc] for term in sorted(words) for doc in sorted(words[term])]


@pytest.mark.parametrize("names", [3, 70_000], ids=["two bytes hold them", "two bytes do not"])
def test_many_names_are_sorted_like_few(names: int) -> None:
    """The order by number is made of passes over parts of it: beyond 65,536 names there are more."""
    chance = np.random.default_rng(1)
    known = [f"name{number:06}" for number in range(names)]
    docs = np.repeat(np.arange(300), 500)
    numbers = np.concatenate([np.arange(names), chance.integers(0, names, len(docs) - names)])
    run = invert(known, numbers, docs)
    pairs = Counter(zip(numbers.tolist(), docs.tolist(), strict=True))
    assert [term.decode() for term in run.terms] == known
    assert run.docs.tolist() == [doc for _, doc in sorted(pairs)]
    assert run.weights.tolist() == [pairs[pair] for pair in sorted(pairs)]


def test_a_vocabulary_says_when_it_is_full() -> None:
    """What it holds is bounded: then another is begun."""
    vocabulary = Vocabulary()
    vocabulary.pieces(" ".join(map(str, range(MAX_PIECES - 1))))
    assert not vocabulary.full
    vocabulary.pieces("one more")
    assert vocabulary.full
