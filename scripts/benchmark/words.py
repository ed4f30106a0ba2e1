"""Words that every engine reduces to the same stem, and words that nobody has ever written.

English stemmers differ: Snowball's "english" (this engine, tantivy) and Porter's of 1980 (SQLite, Lucene, Whoosh) treat
"was", "day" or "quickly" each in its own way. Words on which the two disagree are left out of every article: 8% of the
words of Reuters news. What is left is inflected as news is, so that stemming has work to do.
"""

import random
from functools import cache

import Stemmer

__all__ = ["agreed_stem", "invented_words"]

_SNOWBALL = Stemmer.Stemmer("english")
_PORTER = Stemmer.Stemmer("porter")

# "succed" is "succ" to Snowball's version of Porter and "suc" to all others.
_DOUBLED = tuple(2 * letter for letter in "chjkqvwx")
LONGEST = 30  # tantivy drops words of more than 40 letters
# Beginnings, vowels and endings of syllables, commoner ones more often. Words come out about as long as those of news:
# 4.1 letters among the 100 commonest, 6.6 among 1,000, 7.8 among 10,000 (Reuters-21578: 4.0, 6.0, 7.0).
_CLUSTERS = ("br", "cl", "cr", "dr", "fl", "gr", "pl", "pr", "sh", "sl", "st", "str", "th", "tr")
_ONSETS = (*"bcdfghjklmnprstvwz", *"bcdlmnprstt", *_CLUSTERS)
_VOWELS = (*"aeiou", *"aeioa", "ai", "ea", "ou")
_CODAS = (*[""] * 8, *"nrlstm", "nd", "nt", "st", "ck")
_ENDINGS = ("s", "s", "s", "ed", "ed", "ing", "ing", "er", "ment", "al")
# A word in three of news vocabulary is another with an ending.
INFLECTED = 0.35
UNINFLECTED = 200  # but the commonest are not


@cache
def agreed_stem(word: str) -> str | None:
    """The stem of a lower-case word; None where stemmers disagree or the word is no plain one."""
    if not (word.isascii() and word.isalpha() and len(word) <= LONGEST):
        return None
    stem = str(_SNOWBALL.stemWord(word))
    agreed = stem and stem == _PORTER.stemWord(word) and not (stem != word and stem.endswith(_DOUBLED))
    return stem if agreed else None


@cache
def invented_words(count: int, seed: int) -> tuple[str, ...]:
    """`count` different words, short ones first on the whole, all of them with an agreed stem."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    words: dict[str, None] = {}
    bases: list[str] = []
    while len(words) < count:
        if len(words) > UNINFLECTED and chance.random() < INFLECTED:
            word = chance.choice(bases) + chance.choice(_ENDINGS)
        else:
            word = "".join(_syllable(chance) for _ in range(_syllables(len(words), chance)))
            bases.append(word)
        if word not in words and agreed_stem(word):
            words[word] = None
    return tuple(words)


def _syllables(rank: int, chance: random.Random) -> int:
    return (1 if rank < 300 else 2 if rank < 10_000 else 3) + (chance.random() < 0.2)


def _syllable(chance: random.Random) -> str:
    return "".join(chance.choice(part) for part in (_ONSETS, _VOWELS, _CODAS))
