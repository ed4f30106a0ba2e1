"""Case, compatibility forms and diacritics folded away, script by script.

NFKC, then case folding, then marks dropped only where readers type words without them: Latin, Greek and Cyrillic
accents, Arabic and Hebrew points. Marks that spell the word (Devanagari vowels, Japanese voicing, the breve of й)
stay.
"""

import re
import unicodedata

__all__ = ["fold"]

# Letters that Unicode does not decompose and people type without their stroke or as two letters; Arabic letters that
# are written one for the other (Unicode names them as different letters, news agencies do not).
_PLAIN = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
        "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ـ": None,
        "‘": None, "’": None, "'": None, "ʼ": None, "`": None, "\u00ad": None,
    }
)  # fmt: skip
# Combining marks of Latin, Greek and Cyrillic, then Hebrew points, then Arabic vowel signs and hamzas, then modifier
# letters such as the ʿ of transliterations. U+0306 after и is put back first: й is a letter of its own.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u02b0-\u02ff\u1ab0-\u1aff\u1dc0-\u1dff]"
)


def fold(word: str) -> str:
    """The word as it is indexed and looked up: `fold("Müller")` is `"muller"`, `fold("Ёлка")` is `"елка"`."""
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    text = unicodedata.normalize("NFKC", word).casefold()
    text = unicodedata.normalize("NFD", text).replace("и\u0306", "й")
    return unicodedata.normalize("NFC", _MARKS.sub("", text).translate(_PLAIN))
