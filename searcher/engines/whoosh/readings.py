"""The term sequences by which words are looked for in an index of articles in several languages.

An article has the stems of its own language alone, so the sequences of two languages match different articles. In
scores a word counts as one word, however it is stemmed: as often as all its stems together.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from searcher.analysis import forms

__all__ = ["Readings"]

_Sequence = tuple[bytes, ...]


class Readings:
    """The distinct forms of a typed word or phrase under each of the algorithms that stem articles.

    `family` has for each term that differs between languages those that stand in its place, itself among them.
    """

    def __init__(self, text: str, algorithms: Sequence[str]) -> None:
        read = [[tuple(map(str.encode, form)) for form in forms(text, algorithm)] for algorithm in algorithms]
        self.family: dict[bytes, set[bytes]] = defaultdict(set)
        self._sequences = dict.fromkeys(chain.from_iterable(read))
        if all(forms_there == read[0] for forms_there in read):
            return
        for same in zip(*read, strict=True):
            for terms in map(set, zip(*same, strict=True)):
                for term in terms:
                    self.family[term] |= terms

    def __iter__(self) -> Iterator[_Sequence]:
        return iter(self._sequences)
