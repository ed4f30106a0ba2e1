"""The skeleton of a name: what is left where transliterations differ, so that Deir ez-Zor and Dayr az Zawr share one.

Two names with one skeleton may be one name; they need not be, so whoever merges by it asks for more. The rules are
those of Arabic names in Latin letters, as English, French, German and Slavic newsrooms write them; each table says
what is written for what. On GeoNames' Arab towns (scripts/quality/spellings.py) seven of ten spellings are found by
another spelling of their town, and 9 of 1,000 towns share a skeleton with another town of their country, nearly all
of them namesakes. Elsewhere the same rules would merge too much: 4 % of Russia's towns, 13 % of India's.
"""

import re
from functools import lru_cache

from searcher.entities.keys import WORD, ascii_letters, fold
from searcher.entities.tables import words

__all__ = ["ARAB_WORLD", "ARTICLES", "consonants", "skeleton"]

# Where places go by names that newsrooms write from the Arabic.
ARAB_WORLD = frozenset([
    "AE", "BH", "DJ", "DZ", "EG", "IL", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA", "SD",
    "SO", "SS", "SY", "TD", "TN", "YE",
])  # fmt: skip

# The Arabic article before sun and moon letters, as a word of its own: al-Bab, el Bab, ash-Sham, Deir ez-Zor.
ARTICLES = words("skeleton articles")
# What the first part of a name is written for: the father of a kunya or of a tribe, the son or sons of a patronymic.
PARTS = {"abou": "bu", "abu": "bu", "albu": "bu", "aboo": "bu", "bou": "bu", "ibn": "bin", "ben": "bin"}
PARTS |= {"beni": "bini", "bani": "bini"}
# What is written -> what is meant, each gone through once, in this order.
_SOUNDS = tuple(
    (re.compile(written), meant)
    for written, meant in (
        (r"(?<=...[b-df-hj-np-tv-z])e$", ""),  # silent: Berkane
        ("dsch|dzh|dj|zh|dz", "j"),
        ("tsch|tch|sch", "s"),
        ("kh|ck|ch|q|gh|g", "k"),  # Choms is Homs, Gasr is Qasr
        ("dh|th|d", "t"),
        ("ph", "f"),
        ("sh|sz|ts|tz|z", "s"),
        ("cz", "k"),
        (r"(?<=[aeiou])j(?![aeou])", "i"),  # Dajr
        (r"ijj?(?=[aeou])", "i"),  # Dzamalijja
        ("mp|p", "b"),
        (r"c(?=[eiy])", "s"),
        ("c", "k"),
        ("x", "ks"),
        ("ou|oo", "u"),
        (r"(?<=[aeo])w(?![aeiouy])", "u"),
        ("w|v", "u"),
        (r"[aeo]u(?![aeiou])", "u"),  # Mawsil
        ("ee|ie|iy|yi|ai|ay|ei|ey|y", "i"),
        ("h", ""),
        ("e", "a"),
        ("o", "u"),
    )
)
_DOUBLED = re.compile(r"([a-z])\1+")  # not the zeros of Unit 8200
_FINAL_VOWEL = re.compile(r"(?<=....)[aiu]$")  # Manama, Manamah, Manam
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
    sounds = PARTS.get(word, word)
    for written, meant in _SOUNDS:
        sounds = written.sub(meant, sounds)
    return _FINAL_VOWEL.sub("", _DOUBLED.sub(r"\1", sounds)) or word
