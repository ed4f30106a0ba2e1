"""Case, compatibility forms and diacritics folded away, script by script.

NFKC, then case folding, then marks dropped only where readers type words without them: Latin, Greek and Cyrillic
accents, Arabic and Hebrew points. Marks that spell the word (Devanagari vowels, Japanese voicing, the breve of й)
stay. Apostrophes and characters that are not seen (soft hyphens, joiners, direction marks) are left out.
"""

import re
import unicodedata

__all__ = ["APOSTROPHES", "UNSEEN", "fold"]

# What keyboards, word processors and transliterations put between two letters as an apostrophe, hamza or ayn: ' ’ ‘ ʼ `
# ´ ′ and the full-width one. For character classes.
APOSTROPHES = "'’‘ʼ`´′＇"
# Soft hyphen, zero-width space and joiners, direction marks, byte order mark: they may stand inside a word and are no
# part of it. For character classes.
UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"

# What is not seen; combining marks of Latin, Greek and Cyrillic, then Hebrew points, then Arabic vowel signs and
# hamzas, then modifier letters such as the ʿ of transliterations. й is kept from being taken apart: it is a letter of
# its own.
_DROPPED = re.compile(
    f"[{UNSEEN}\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u02b0-\u02ff\u1ab0-\u1aff\u1dc0-\u1dff]"
)
# Letters that Unicode does not decompose and people type without their stroke or as two letters; Arabic letters that
# are written one for the other (Unicode names them as different letters, news agencies do not); the digits of scripts
# whose readers type both theirs and 0 to 9.
_PLAIN = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
        "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ٱ": "ا", "ـ": None,
        **{chr(ord(zero) + value): str(value) for zero in "٠۰०০๐" for value in range(10)},
        **dict.fromkeys(APOSTROPHES),
    }
)  # fmt: skip


def fold(word: str) -> str:
    """The word as it is indexed and looked up: `fold("Müller")` is `"muller"`, `fold("Ёлка")` is `"елка"`."""
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    text = "й".join(_DROPPED.sub("", unicodedata.normalize("NFD", part)) for part in text.split("й"))
    text = unicodedata.normalize("NFC", text.translate(_PLAIN))
    if " " in text and not any(map(str.isspace, word)):
        return text.replace(" ", "")  # made by NFKC: of ´, and of ligatures that stand for several words, such as ﷺ
    return text
