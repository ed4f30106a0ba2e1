"""Which words a Prefix, a Wildcard or a Fuzzy stands for: one definition for index, marks and tests."""

import re
from collections.abc import Callable

from searcher.query.nodes import Fuzzy, Leaf, Prefix, Wildcard

__all__ = ["FEWEST_EXPANSIONS", "MAX_EXPANSIONS", "MOST_WORDS", "fixed_start", "letters_apart", "matches_word"]

# A pattern that stands for more words is cut to those in most articles, with a note.
MAX_EXPANSIONS = 1_000
# The words that all patterns of a query stand for together; those read when so many were found stand for the fewest.
# 64 patterns such as *a* took 1.1 s on 100,000 articles without this bound.
MOST_WORDS = 4_000
FEWEST_EXPANSIONS = 50


def matches_word(leaf: Leaf) -> Callable[[str], bool]:
    """A test of a folded word against the pattern of `leaf`."""
    match leaf:
        case Prefix(text):
            return lambda word: word.startswith(text)
        case Wildcard(text):
            regex = _regex(text)
            return lambda word: regex.match(word) is not None
        case Fuzzy(text, distance=distance):
            return lambda word: word[:1] == text[:1] and letters_apart(word, text, distance) <= distance
        case _:
            raise TypeError(f"{type(leaf).__name__} is no pattern")


def _regex(pattern: str) -> re.Pattern[str]:
    """A wildcard as a regular expression that never goes back: the first place where a piece fits is the best."""
    start, *pieces = (
        "".join("." if char == "?" else re.escape(char) for char in piece) for piece in pattern.split("*")
    )
    if not pieces:
        return re.compile(rf"{start}\Z", re.DOTALL)
    inner = "".join(f"(?>.*?{piece})" for piece in pieces[:-1])
    return re.compile(rf"{start}{inner}.*{pieces[-1]}\Z", re.DOTALL)


def fixed_start(leaf: Leaf) -> str:
    """What every word of the pattern begins with: the slice of a sorted vocabulary that has to be looked at."""
    match leaf:
        case Prefix(text):
            return text
        case Wildcard(text):
            return re.split(r"[*?]", text, maxsplit=1)[0]
        case Fuzzy(text):
            return text[:1]
        case _:
            raise TypeError(f"{type(leaf).__name__} is no pattern")


def letters_apart(a: str, b: str, limit: int) -> int:
    """Letters changed, added, dropped or swapped with their neighbour between two words; `limit` + 1 for more.

    Optimal string alignment (Damerau 1964 restricted to one edit per place), row by row.
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    if a == b:
        return 0
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        above, row, earlier = row, [i] + [0] * len(b), before
        for j, right in enumerate(b, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                best = min(best, earlier[j - 2] + 1)
            row[j] = best
        if min(row) > limit:
            return limit + 1
        before = above
    return min(row[-1], limit + 1)
