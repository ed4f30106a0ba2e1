"""What is looked for where a word or phrase is typed: its terms in each of the languages that articles are in.

An article has the stems of its own language alone, so at each place of a phrase the stems of all languages can be asked
for together: no article has two of them. A word counts as one word, however it is stemmed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from searcher.analysis import forms

__all__ = ["Asked", "in_any_order", "in_order"]

Asked = tuple[str, ...]
"""What is asked for at one place: any of these terms."""


def in_order(text: str, algorithms: Sequence[str]) -> list[tuple[Asked, ...]]:
    """The distinct sequences of words by which a typed word or phrase is found, in articles of any language."""
    return list(dict.fromkeys(map(_together, _read(text, algorithms))))


def in_any_order(text: str, algorithms: Sequence[str]) -> list[list[Asked]]:
    """The distinct sets of words that have to stand near each other.

    Two words that are one in some languages and two in others are asked for apart: the sets differ in size.
    """
    sets: dict[tuple[Asked, ...], None] = {}
    for same in _read(text, algorithms):
        alike: dict[tuple[int, ...], list[Asked]] = defaultdict(list)
        for terms in same:
            alike[tuple(map(terms.index, terms))].append(terms)
        sets.update((tuple(sorted(set(_together(terms)))), None) for terms in alike.values())
    return [list(words) for words in sets]


def _read(text: str, algorithms: Sequence[str]) -> Iterable[tuple[Asked, ...]]:
    """Each form of a text as every language has it."""
    return zip(*(forms(text, algorithm) for algorithm in algorithms), strict=True)


def _together(same: Sequence[Asked]) -> tuple[Asked, ...]:
    """At each place the distinct terms."""
    return tuple(tuple(dict.fromkeys(terms)) for terms in zip(*same, strict=True))
