"""Stemming: Snowball's algorithms through PyStemmer, one per script.

The script of a word decides, so that an index and a query always agree without knowing a language: Latin words are
stemmed as English, Cyrillic ones as Russian, Arabic ones as Arabic; every other word is its own stem.
"""

import Stemmer

__all__ = ["stem"]

# Without its own cache of 10,000 words: who has many words keeps them, and clearing it took most of the time.
_LATIN = Stemmer.Stemmer("english", 0)
_CYRILLIC = Stemmer.Stemmer("russian", 0)
_ARABIC = Stemmer.Stemmer("arabic", 0)


def stem(word: str) -> str:
    """The stem of a folded word; words with digits are names of things and stay whole."""
    if not word.isalpha():
        return word
    first = word[0]
    if first <= "\u024f":
        return str(_LATIN.stemWord(word)) or word
    if "\u0400" <= first <= "\u04ff":
        return str(_CYRILLIC.stemWord(word)) or word
    if "\u0600" <= first <= "\u06ff":
        return str(_ARABIC.stemWord(word)) or word
    return word
