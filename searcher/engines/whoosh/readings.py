"""The term sequences by which words are looked for in an index of articles in several languages.

An article has the stems of its own language alone, so the sequences of two languages match different articles. In
scores a word counts as one word, however it is stemmed: as often as all its stems together.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from searcher.analysis import forms

__all__ = ["Readings"]

_Sequence = tuple[bytes, ...]


class Readings:
    """The distinct forms of a typed word or phrase under each of the algorithms that stem articles.

    `family` has for each term those that stand in its place in other languages, itself among them.
    """

    def __init__(self, text: str, algorithms: Sequence[str]) -> None:
        self.family: dict[bytes, set[bytes]] = defaultdict(set)
        self._sequences: dict[_Sequence, None] = {}
        for same in zip(*(forms(text, algorithm) for algorithm in algorithms), strict=True):
            encoded = [tuple(term.encode() for term in sequence) for sequence in same]
            self._sequences.update(dict.fromkeys(encoded))
            for terms in map(set, zip(*encoded, strict=True)):
                for term in terms:
                    self.family[term] |= terms

    def __iter__(self) -> Iterator[_Sequence]:
        return iter(self._sequences)
