"""Scripts written without spaces between words: every character is a word, and so is every two side by side.

A run of n characters takes n positions. At each stands the pair that begins there and the character by itself, so that
what is typed is found as a phrase of pairs wherever it stands in a run, and one character alone is found too. Korean
has spaces, but its particles are written onto the word: taken as pairs, 러시아 is found in 러시아는.
"""

import re
from collections.abc import Iterator
from functools import cache

from searcher.analysis.fold import UNSEEN, fold
from searcher.analysis.marks import MARKS

__all__ = ["Gram", "characters", "cut", "grams", "has_grams"]

# Han with its repetition signs, kana, Bopomofo, Hangul, Thai, Lao, Myanmar, Khmer: letters, for character classes.
_LETTERS = (
    "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d\u3105-\u312f\u31a0-\u31bf"
    "\uac00-\ud7a3\u1100-\u115f\u3131-\u318e\ua960-\ua97c\uffa0-\uffdc"
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd\u0ec0-\u0ec6\u0edc-\u0edf"
    "\u1000-\u102a\u103f\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070\u1075-\u1081\u108e\uaa60-\uaa76"
    "\u1780-\u17b3\u17d7\u17dc"
)
# What belongs to the letter before it: marks, what is not seen, vowels and finals of Hangul taken apart, half-width
# voicing, and the selectors by which Japanese names choose how a character is drawn.
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_ONTO = f"{MARKS}{UNSEEN}\u1160-\u11ff\ud7b0-\ud7fb\uff9e\uff9f{_SELECTORS}"

_LETTER = re.compile(f"[{_LETTERS}]")
_SELECTOR = re.compile(f"[{_SELECTORS}]")

Gram = tuple[str, int, int, int]
"""A folded word, its position and its offsets [start, end), all counted from the start of its run."""


def has_grams(text: str) -> bool:
    """Whether a text has a character of such a script."""
    return not text.isascii() and _LETTER.search(text) is not None


def cut(text: str) -> Iterator[tuple[int, str, bool]]:
    """A text as its stretches: where each begins, the stretch, and whether it is a run of such a script."""
    at = 0
    for run in _run().finditer(text):
        if at < run.start():
            yield at, text[at : run.start()], False
        yield run.start(), run[0], True
        at = run.end()
    if at < len(text):
        yield at, text[at:], False


def characters(run: str) -> list[str]:
    """The characters of a run, folded, each with its marks."""
    return [folded for character in _character().findall(run) if (folded := _folded(character))]


def grams(run: str) -> list[Gram]:
    """The words of a run, the pair at each position before the character by itself."""
    found = [(folded, *match.span()) for match in _character().finditer(run) if (folded := _folded(match[0]))]
    words: list[Gram] = []
    for position, (word, start, end) in enumerate(found):
        if position + 1 < len(found):
            after, _, end_of_pair = found[position + 1]
            words.append((word + after, position, start, end_of_pair))
        words.append((word, position, start, end))
    return words


@cache
def _run() -> re.Pattern[str]:
    """With every mark it takes 10 ms to compile: for the texts that need it."""
    return re.compile(f"[{_LETTERS}][{_LETTERS}{_ONTO}]*")


@cache
def _character() -> re.Pattern[str]:
    return re.compile(f"[{_LETTERS}][{_ONTO}]*")


@cache
def _folded(character: str) -> str:
    return fold(_SELECTOR.sub("", character))
