"""Stemming: Snowball's algorithms through PyStemmer, by the script of a word and the language of its text.

Most scripts have one algorithm whatever the language of the text: a Latin word is stemmed as English, a Cyrillic one as
Russian. A text in another language that Snowball knows has its own; its stems carry a sign of it, so that the stem of a
German word is never taken for an English one (`News`, as French, would find `New`). Who looks for a word in texts of
several languages looks for its stem in each.

Words are folded before they are stemmed: with and without its accents a word has the same stem.
"""

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

import Stemmer

from searcher.analysis.arabic import without_article
from searcher.analysis.fold import fold

__all__ = ["algorithm_of", "algorithms_of", "stem"]

_Stemming = Callable[[str], str]
# Stands in no word: parts a stem from the language it is one of.
_SIGN = "\x1f"

_LATIN = ("a", "\u024f")
_CYRILLIC = ("\u0400", "\u04ff")
_ARABIC = ("\u0600", "\u06ff")
_HEBREW = ("\u0590", "\u05ff")
_DEVANAGARI = ("\u0900", "\u097f")

# Language -> Snowball's name of its algorithm and the scripts in which it applies. What is not here goes by script.
_OWN = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "eo": "esperanto", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nl": "dutch", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "sr": "serbian", "st": "sesotho", "sv": "swedish", "tr": "turkish",
    "fa": "persian", "ne": "nepali", "yi": "yiddish",
}  # fmt: skip
_SCRIPTS = {"sr": (_LATIN, _CYRILLIC), "fa": (_ARABIC,), "ne": (_DEVANAGARI,), "yi": (_HEBREW,)}
# Endings that folding made another ending of, and one that Snowball leaves apart: (as folded, as it is stemmed).
_ENDINGS = {"fr": (("ees", "ées"), ("ee", "ée")), "pt": (("oes", "ao"),)}
# Languages near enough to share an algorithm: Snowball's Serbian one was made for Croatian.
_AS = {"nb": "no", "nn": "no", "hr": "sr", "bs": "sr", "sh": "sr", "prs": "fa"}


def _snowball(name: str) -> _Stemming:
    """Without its own cache of 10,000 words: who has many words keeps them, and clearing it took most of the time."""
    algorithm = Stemmer.Stemmer(name, 0)
    return lambda word: str(algorithm.stemWord(word))


_arabic = _snowball("arabic")
_BY_SCRIPT: tuple[tuple[tuple[str, str], _Stemming], ...] = (
    (_CYRILLIC, _snowball("russian")),
    (_ARABIC, lambda word: _arabic(without_article(word))),
    (("\u0370", "\u03ff"), _snowball("greek")),
    (_DEVANAGARI, _snowball("hindi")),
    (("\u0530", "\u058f"), _snowball("armenian")),
    (("\u0b80", "\u0bff"), _snowball("tamil")),
)
_english = _snowball("english")
_own: dict[str, _Stemming] = {}


@lru_cache(maxsize=1_000)
def algorithm_of(language: str) -> str:
    """The language whose own algorithm stems a text in `language`; empty where the scripts alone decide."""
    code = language.strip().casefold().replace("_", "-").partition("-")[0]
    code = _AS.get(code, code)
    return code if code in _OWN else ""


def algorithms_of(languages: Iterable[str]) -> tuple[str, ...]:
    """The algorithms by which texts in some languages are stemmed, without repetition; the scripts' own come first."""
    return "", *sorted({algorithm_of(language) for language in languages} - {""})


def stem(word: str, algorithm: str = "") -> str:
    """The term of a folded word in a text that an `algorithm_of` stems; words with digits stay whole."""
    if not word.isalpha() and (word.isascii() or not all(map(_in_a_word, word))):
        return word
    first = word[0]
    if algorithm and any(low <= first <= high for low, high in _SCRIPTS.get(algorithm, (_LATIN,))):
        return f"{_of_language(algorithm)(word) or word}{_SIGN}{algorithm}"
    if first <= _LATIN[1]:
        return _english(word) or word
    for (low, high), stemming in _BY_SCRIPT:
        if low <= first <= high:
            return stemming(word) or word
    return word


def _in_a_word(char: str) -> bool:
    """Whether it is a letter or the mark of one, as Hindi and Tamil vowels are."""
    return char.isalpha() or unicodedata.category(char)[0] == "M"


def _of_language(algorithm: str) -> _Stemming:
    if algorithm not in _own:
        _own[algorithm] = _with_endings(_snowball(_OWN[algorithm]), _ENDINGS.get(algorithm, ()))
    return _own[algorithm]


def _with_endings(stemming: _Stemming, endings: tuple[tuple[str, str], ...]) -> _Stemming:
    def stemmed(word: str) -> str:
        for folded, written in endings:
            if word.endswith(folded):
                return fold(stemming(word.removesuffix(folded) + written))
        return fold(stemming(word))

    return stemmed
