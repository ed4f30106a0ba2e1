"""The skeleton of a name: what is left where transliterations differ, so that Deir ez-Zor and Dayr az Zawr share one.

Two names with one skeleton may be one name; they need not be, so whoever merges by it asks for more. The rules are
those of Arabic and Russian names in Latin letters; each table says what is written for what. Of the gazetteer's
spellings of Arab towns half share the skeleton of another spelling of their town, 2 % of these that of another town
too; without the vowels 70 % and 8 %.
"""

import re
from functools import lru_cache

from searcher.entities.keys import WORD, ascii_letters, fold

__all__ = ["consonants", "skeleton"]

# The Arabic article before sun and moon letters, as a word of its own: al-Bab, el Bab, ash-Sham, Deir ez-Zor.
ARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "il",
        "ad",
        "ed",
        "ar",
        "er",
        "as",
        "es",
        "ash",
        "esh",
        "at",
        "et",
        "ath",
        "az",
        "ez",
        "an",
        "en",
    ]
)
# What the first part of a name is written for: the father of a kunya or of a tribe, the son of a patronymic.
PARTS = {"abou": "bu", "abu": "bu", "albu": "bu", "aboo": "bu", "bou": "bu", "ibn": "bin", "ben": "bin"}
# Several letters for one sound, the longer before what they hold; each word is read through once in this order.
DIGRAPHS = (
    ("sch", "sh"),
    ("tch", "ch"),
    ("dzh", "j"),
    ("dj", "j"),
    ("zh", "j"),
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("ck", "k"),
    ("q", "k"),
    ("ye", "e"),
    ("aw", "o"),
    ("au", "o"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("yy", "i"),
    ("iy", "i"),
)
# Letters that stand for each other: the vowels of one class, v for the w of other alphabets.
LETTERS = str.maketrans({"e": "a", "o": "u", "y": "i", "w": "v"})
_HARD_C = re.compile(r"c(?!h)")
_FINAL_H = re.compile(r"(?<=[ae])h$")  # Raqqah, Latakiyeh
_DOUBLED = re.compile(r"([a-z])\1+")  # not the zeros of Unit 8200
_VOWELS = str.maketrans(dict.fromkeys("aiu"))


@lru_cache(maxsize=1 << 15)
def skeleton(name: str) -> str:
    """The skeleton of a name in small ASCII letters and figures, without spaces; empty where the name has no word.

    Accents, case, spaces and hyphens are dropped, and so are Arabic articles beside other words; then the tables of
    this module are gone through, and doubled letters written once.
    """
    parts = [ascii_letters(fold(word)).lower().replace("'", "") for word in WORD.findall(name)]
    kept = [part for part in parts if part not in ARTICLES] or parts
    return _DOUBLED.sub(r"\1", "".join(map(_sounds, kept)))


def consonants(name: str) -> str:
    """The skeleton without its vowels. Many different names share one: it is for asking, never for merging."""
    return _DOUBLED.sub(r"\1", skeleton(name).translate(_VOWELS))


def _sounds(word: str) -> str:
    """One word with each sound written in one way."""
    word = PARTS.get(word, word)
    for written, sound in DIGRAPHS:
        word = word.replace(written, sound)
    return _HARD_C.sub("k", _FINAL_H.sub("", word)).translate(LETTERS)
