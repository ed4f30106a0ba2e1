"""Words and the keys by which names are looked up.

A key is the folded words of a name joined by one space: "Deir az-Zour" and "DEIR AZ ZOUR" share `deir az zour`.
Texts and name lists are cut by the same pattern, so a name is found in a text exactly when their keys agree.
"""

import re
import unicodedata
from functools import lru_cache

__all__ = ["WORD", "ascii_letters", "fold", "key", "plain", "slug"]

APOSTROPHES = "'’‘ʼʻʿʾ`´"

# Combining marks (Latin, Arabic) belong to their letter; dotted capitals are one word; a possessive 's is a word of
# its own, and so are the elided articles of French and Italian, so that l'Ukraine holds the name Ukraine.
_LETTER = r"[^\W_\u0640][\u0300-\u036f\u064b-\u065f\u0670\u0640]*"
_ANY = (
    rf"(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?!\w))?"
    rf"|[^\W\d_]\.[^\W\d_](?!\w)"
    rf"|(?:[dlDL]|[Qq]u)(?=['’][^\W\d_])"
    rf"|['’][sS](?!\w)"
    rf"|(?:{_LETTER})+(?:[{APOSTROPHES}](?![sS](?!\w))(?:{_LETTER})+)*"
)
# Plain words between plain marks are nine of ten: tried first, they take a third less time than by the general rule.
WORD = re.compile(rf"[A-Za-z]{{2,}}+(?![^\s,;:()\"-])|{_ANY}")

_DROPPED = dict.fromkeys(map(ord, APOSTROPHES + ".\u0640"))
# Accents above, below and through Latin letters; those from U+0363 on are small letters themselves.
_ACCENTS = dict.fromkeys(range(0x300, 0x363))


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """One word without case, accents and inner marks: Latin letters as ASCII, other scripts as themselves.

    Other scripts are not spelled in Latin letters, or the Arabic for "financial" would be found as Mali.
    """
    if word[0] in APOSTROPHES and len(word) == 2:
        return "'s"
    bare = word.translate(_DROPPED)
    if bare.isascii():
        return bare.lower()
    if unicodedata.name(bare[:1], "").startswith("LATIN"):
        return ascii_letters(bare).lower().replace("'", "")
    decomposed = unicodedata.normalize("NFKD", bare.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=1 << 15)
def key(name: str) -> str:
    """The key of a name; empty where it has no word."""
    return " ".join(fold(found) for found in WORD.findall(name))


def ascii_letters(text: str) -> str:
    """A text in ASCII, spelled out as anyascii does; where only accents are in the way, they are dropped without it."""
    bare = unicodedata.normalize("NFD", text).translate(_ACCENTS)
    if bare.isascii():
        return bare
    from anyascii import anyascii  # 5 ms, and few queries name anything that needs it

    return anyascii(text)


def slug(name: str) -> str:
    """A name as the readable part of an id: "Veliky Novgorod" gives `veliky-novgorod`."""
    return ascii_letters(key(name)).replace(" 's", "s").replace(" ", "-").lower()


def plain(name: str) -> str:
    """A name as newsrooms print it, so that all its spellings show as one: Latin letters without accents, one space."""
    letters = (ascii_letters(letter) if unicodedata.name(letter, "").startswith("LATIN") else letter for letter in name)
    return " ".join(unicodedata.normalize("NFC", "".join(letters)).replace("’", "'").split())
