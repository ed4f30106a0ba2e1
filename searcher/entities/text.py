"""A text as words with offsets, and what its typography says: capitals, sentence starts, headlines in capitals."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from searcher.entities.keys import WORD, fold
from searcher.entities.tables import words
from searcher.models import MentionField

__all__ = ["LEADING", "WITHOUT_CAPITALS", "Passage", "has_no_capitals", "read"]

# What may stand between two words of one name: a space, a line break in running text, a hyphen, the dot of an initial.
_JOINT = re.compile(r"[ \t\u00a0\u202f]+|[ \t\u00a0]*\r?\n[ \t\u00a0]*|[-‐‑]|['’]|\.[ \u00a0]| ?& ?|")
_WRAPPED = 45  # characters; a line break behind fewer ends a line of a table or a byline, not a line of running text
_SENTENCE_END = re.compile(r"[.!?…:;•|]|\n\s*\n|[“«]|^\W*\"")
_HEADLINE = 8  # characters; a line of capitals as short is a word or two of a list
_MOST_WORDS = 1 << 17  # distinct words are remembered up to so many: 30 MB
# Small words that may begin a name: al-Bab, de Gaulle.
LEADING = words("match leading")
WITHOUT_CAPITALS = "\u0590"  # from here on letters are of scripts that have none: Hebrew, Arabic, Chinese
_ABBREVIATIONS = words("text abbreviations")
_TITLE_CASE_SHARE = 0.7  # share of words of four letters and more with a capital that makes a line Title Case


@dataclass(slots=True)
class Passage:
    """One field of an article, cut into words; the lists run in parallel, but for `heads`: where names can begin.

    `joined[i]`: words i-1 and i may belong to one name. `opens[i]`: word i begins a sentence, so its capital says
    nothing. `shouted[i]`: word i stands in a line of capitals. `titled`: the whole passage is in Title Case.
    `taken` marks words that belong to a mention already, `judged` those of a run that was judged as a whole.
    """

    field: MentionField
    text: str
    words: list[str]
    folds: list[str]
    starts: list[int]
    ends: list[int]
    capital: list[bool]
    heads: list[int]
    joined: list[bool]
    opens: list[bool]
    shouted: list[bool]
    titled: bool
    taken: bytearray
    judged: bytearray

    def slice(self, first: int, last: int) -> str:
        """The text of words `first` to `last` (exclusive)."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def before(self, index: int) -> str:
        """The folded word before `index` in the same clause (only blanks between); empty at a border."""
        return self.folds[index - 1] if 0 < index <= len(self.words) and self._near(index) else ""

    def after(self, index: int) -> str:
        """The folded word at `index` when it follows the last one with only blanks between; empty otherwise."""
        return self.folds[index] if 0 < index < len(self.words) and self._near(index) else ""

    def gap(self, index: int) -> str:
        """The text between words index-1 and index."""
        return self.text[self.ends[index - 1] : self.starts[index]] if 0 < index < len(self.words) else ""

    def _near(self, index: int) -> bool:
        return index < len(self.words) and self.joined[index]


@lru_cache(maxsize=4096)
def _is_joint(gap: str) -> bool:
    return _JOINT.fullmatch(gap) is not None


@lru_cache(maxsize=4096)
def _ends_sentence(gap: str) -> bool:
    return _SENTENCE_END.search(gap) is not None


def _joints(text: str, folds: list[str], starts: list[int], ends: list[int]) -> tuple[list[bool], list[bool]]:
    """For each word: whether it may go on the name before it, and whether it begins a sentence."""
    count = len(folds)
    joined, opens = [True] * count, [False] * count
    if count:
        joined[0], opens[0] = False, True
    # Nine of ten words follow a blank: only the others are looked at.
    gaps = enumerate(zip(ends, starts[1:], strict=False), 1)
    odd = [at for at, (end, start) in gaps if start - end != 1 or text[end] != " "]
    for index in odd:
        end = ends[index - 1]
        gap = text[end : starts[index]]
        initial = len(folds[index - 1]) == 1 or folds[index - 1] in _ABBREVIATIONS
        dotted = gap.startswith(".")
        joined[index] = _is_joint(gap) and (initial or not dotted) and ("\n" not in gap or _wrapped(text, end))
        opens[index] = _ends_sentence(gap) and not (dotted and initial)
    return joined, opens


def _wrapped(text: str, end: int) -> bool:
    """Whether the line that ends at `end` is long enough to go on in the next one."""
    return end - text.rfind("\n", 0, end) > _WRAPPED


def _shouted(text: str, starts: list[int]) -> list[bool]:
    """For each word: whether its line is all in capitals and long enough to be a headline."""
    flags = [False] * len(starts)
    position = 0
    for line in text.splitlines(keepends=True):
        if line.isupper() and len(line) > _HEADLINE and " " in line.strip():
            first, last = bisect_left(starts, position), bisect_left(starts, position + len(line))
            flags[first:last] = [True] * (last - first)
        position += len(line)
    return flags


def _titled(words: list[str], capital: list[bool]) -> bool:
    """Whether nearly all longer words have a capital, as headlines in American papers do."""
    longer = [has for word, has in zip(words, capital, strict=True) if len(word) > 3]
    return len(longer) > 2 and sum(longer) > _TITLE_CASE_SHARE * len(longer)


class _Words(dict[str, tuple[str, bool, bool]]):
    """What each distinct word is: its folded form, whether it begins with a capital, whether a name can begin with it.

    Names can begin with a capital, with an article before one (al-Bab), or in a script without capitals.
    """

    def __missing__(self, word: str) -> tuple[str, bool, bool]:
        if len(self) >= _MOST_WORDS:
            self.clear()
        folded, capital = fold(word), word[0].isupper()
        found = self[word] = (folded, capital, capital or folded in LEADING or word[0] >= WITHOUT_CAPITALS)
        return found


_known = _Words()


def read(field_name: MentionField, text: str) -> Passage:
    """Cut one field of an article into words."""
    found = list(WORD.finditer(text))
    words = [one[0] for one in found]
    starts, ends = [one.start() for one in found], [one.end() for one in found]
    known = [_known[word] for word in words]
    folds, capital = [one[0] for one in known], [one[1] for one in known]
    joined, opens = _joints(text, folds, starts, ends)
    return Passage(
        field=field_name,
        text=text,
        words=words,
        folds=folds,
        starts=starts,
        ends=ends,
        capital=capital,
        heads=[index for index, one in enumerate(known) if one[2]],
        joined=joined,
        opens=opens,
        shouted=_shouted(text, starts),
        titled=field_name == "title" and _titled(words, capital),
        taken=bytearray(len(words)),
        judged=bytearray(len(words)),
    )


def has_no_capitals(word: str) -> bool:
    """Whether the script of a word has none; a possessive ’s is no word."""
    return word[0].isalpha() and word[0] >= WITHOUT_CAPITALS
