"""News that says nothing: articles from a seeded generator, as many as wanted, shaped like those of Reuters-21578.

A word follows its rank (Zipf), the word before it (collocations, so that there are phrases to look for) or the article
(words come again in the article that has them). Arrays work on many articles at a time; no more are held at once.
"""

from collections.abc import Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from benchmark.words import invented_words

__all__ = ["generated_texts"]

# 100,000 news articles have some 400,000 spellings; a third of those are numbers and other things that are no words.
VOCABULARY = 300_000
# Zipf's law with the bends that Reuters-21578 shows. Share of ranks 1, 10, 100, 1,000 and 10,000 there: 5.8%, 1.0%,
# 0.11%, 0.012% and 0.0004%; with these constants 6.1%, 1.1%, 0.11%, 0.009% and 0.0004%.
HEAD = 0.9
BEND = 3_000.0
TAIL = 0.7
# In Reuters-21578 48% of the words are among the 8 likeliest after the word before; independent draws do half of that.
COLLOCATED = 0.30
SUCCESSORS = 8
AGAIN = 0.15
# Words of an article and of its sentences: the mean the task names, and the 19 a sentence of Reuters has.
MEAN_WORDS, SPREAD, FEWEST, MOST = 300, 0.5, 40, 1_500
SENTENCE = (8, 31)
TITLE = (4, 10)
# One word in ten is a name, spelt with a capital.
NAMES = 10
BATCH = 500

Numbers = NDArray[np.int64]


def generated_texts(seed: int) -> Iterator[tuple[str, str]]:
    """Titles and bodies without end, the same for the same seed."""
    random = np.random.default_rng(seed)
    words = invented_words(VOCABULARY, seed)
    spelled = [word.capitalize() if random.random() < 1 / NAMES else word for word in words]
    share = _shares()
    steps = np.cumsum(share)
    after = np.searchsorted(steps, random.random((VOCABULARY, SUCCESSORS)))
    while True:
        lengths = np.exp(random.normal(np.log(MEAN_WORDS) - SPREAD**2 / 2, SPREAD, BATCH)).clip(FEWEST, MOST)
        drawn = _draw(random, steps, after, int(lengths.max()))
        for row, length in zip(drawn, lengths.astype(int), strict=True):
            chosen = row[:length]
            title = chosen[random.integers(0, length, random.integers(*TITLE))]
            yield _capital([spelled[word] for word in title]), _body([spelled[word] for word in chosen], random)


def _shares() -> NDArray[np.float64]:
    rank = np.arange(1, VOCABULARY + 1)
    weight = 1 / (rank + HEAD) / (1 + rank / BEND) ** TAIL
    share: NDArray[np.float64] = weight / weight.sum()
    return share


def _draw(random: np.random.Generator, steps: NDArray[np.float64], after: Numbers, longest: int) -> Numbers:
    """Word numbers of BATCH articles, each `longest` words long."""
    drawn = np.searchsorted(steps, random.random((BATCH, longest))).clip(max=VOCABULARY - 1)
    way = random.random((BATCH, longest))
    follower = np.minimum(random.geometric(0.4, (BATCH, longest)), SUCCESSORS) - 1
    earlier = (random.random((BATCH, longest)) * np.arange(longest)).astype(np.int64)
    rows = np.arange(BATCH)
    for place in range(1, longest):
        collocated = way[:, place] < COLLOCATED
        again = ~collocated & (way[:, place] < COLLOCATED + AGAIN)
        drawn[collocated, place] = after[drawn[collocated, place - 1], follower[collocated, place]]
        drawn[again, place] = drawn[rows[again], earlier[again, place]]
    return drawn


def _body(words: list[str], random: np.random.Generator) -> str:
    sentences = []
    left = iter(words)
    for length in random.integers(*SENTENCE, size=len(words) // SENTENCE[0] + 1).tolist():
        sentence = list(islice(left, length))
        if not sentence:
            break
        sentences.append(_capital(sentence))
    return " ".join(sentences)


def _capital(words: list[str]) -> str:
    return " ".join([words[0].capitalize(), *words[1:]]) + "."
