"""The stretches of a text that are written as names and hold one of some words: where other spellings are found."""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from searcher.entities.skeleton import ARTICLES
from searcher.entities.tables import words
from searcher.entities.text import Passage, has_no_capitals, read

__all__ = ["Stretch", "best_stretches"]

# At the start of a sentence the capital of these says nothing; some Arabic articles are words of other languages.
_WORDS = (words("context function words") | ARTICLES) - {"al", "el"}


class Stretch(NamedTuple):
    """Words `first` to `last` (exclusive) of a text, as they are written there."""

    first: int
    last: int
    text: str


def best_stretches(
    text: str, near: AbstractSet[str], longest: int, score: Callable[[str], int | None]
) -> Iterator[Stretch]:
    """The runs of at most `longest` words that hold a word of `near` (folded) and have a score; none overlaps another.

    Of those that overlap the one with the lowest score stays, of equal ones the shortest, with its article. A single
    word that has another capital beside it is a part of another name; one that opens a sentence needs the score 0.
    """
    passage = read("body", text)
    scored = [(value, run) for run in _runs(passage, near, longest) if (value := score(run.text)) is not None]
    found = [(value, run) for value, run in scored if not _doubtful(passage, run, sure=value == 0)]
    taken = bytearray(len(passage.words))
    for _, run in sorted(found, key=lambda entry: (entry[0], _width(passage, entry[1]), entry[1].first)):
        if not any(taken[run.first : run.last]):
            taken[run.first : run.last] = b"\1" * (run.last - run.first)
            yield run


def _width(passage: Passage, run: Stretch) -> float:
    """The words of a run; an article before them makes it the better one."""
    width = run.last - run.first
    return width - 1.5 if passage.folds[run.first] in ARTICLES else width


def _doubtful(passage: Passage, run: Stretch, *, sure: bool) -> bool:
    """Whether it is one word with another capital beside it (Boko Haram) or, if not sure, one that opens a sentence."""
    if run.last - run.first > 1:
        return False
    before = passage.joined[run.first] and passage.capital[run.first - 1] and passage.folds[run.first - 1] not in _WORDS
    after = run.last < len(passage.words) and passage.joined[run.last] and passage.capital[run.last]
    return before or after or (passage.opens[run.first] and not sure)


def _runs(passage: Passage, near: AbstractSet[str], longest: int) -> Iterator[Stretch]:
    """Every stretch of joined words that begins and ends as a name does, with a word of `near` in it."""
    spans = {
        (first, last)
        for index, word in enumerate(passage.folds)
        if word in near
        for first in range(max(0, index - longest + 1), index + 1)
        for last in range(index + 1, min(len(passage.words), first + longest) + 1)
    }
    for first, last in sorted(spans):
        if all(passage.joined[first + 1 : last]) and _begins(passage, first) and _ends(passage, last):
            yield Stretch(first, last, passage.text[passage.starts[first] : passage.ends[last - 1]])


def _begins(passage: Passage, first: int) -> bool:
    """A capital or a script without them; or an article joined to a capital by more than a space (al-Bab)."""
    word, gap = passage.folds[first], passage.gap(first + 1)
    if passage.capital[first]:
        return not ((word in _WORDS or len(word) == 1) and passage.opens[first] and gap.isspace())
    if has_no_capitals(passage.words[first]):
        return True
    return word in ARTICLES and bool(gap) and not gap.isspace() and passage.capital[first + 1]


def _ends(passage: Passage, last: int) -> bool:
    """A capital or a script without them, and no article, which would belong to what follows."""
    written = passage.capital[last - 1] or has_no_capitals(passage.words[last - 1])
    return written and passage.folds[last - 1] not in ARTICLES
