"""Where the leaves of a query stand in a text: the same words that make an article match, and no others."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from searcher.analysis import Located, Token, forms
from searcher.query.nodes import Fuzzy, Leaf, Phrase, Prefix, Term, Wildcard
from searcher.query.patterns import matches_word

__all__ = ["IndexedText", "Mark", "find_marks", "spans"]

# A query of many words is read for each article that is shown, most of them in few languages.
_forms = lru_cache(maxsize=1_000)(forms)

_JOINT = re.compile(r"(?!\s*\n\s*\n)[\s\-‐‑]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """What matched: offsets [start, end) into the text and the numbers of the query's leaves that did."""

    start: int
    end: int
    leaves: frozenset[int]


class IndexedText:
    """A text in a language with its tokens by term and by word, each found when it is first asked for."""

    def __init__(self, text: str, language: str = "") -> None:
        self.text = text
        self.language = language
        self._by_term: dict[str, list[Token]] = {}

    def with_term(self, term: str) -> Sequence[Token]:
        """The tokens of a term."""
        if term not in self._by_term:
            self._by_term[term] = self._located.with_term(term)
        return self._by_term[term]

    def with_word(self, word: str) -> Sequence[Token]:
        """The tokens of a word as it is written."""
        return self._located.with_word(word)

    def words(self) -> Iterable[str]:
        """The distinct words as they are written."""
        return self._located.words()

    @cached_property
    def _located(self) -> Located:
        return Located(self.text, self.language)


def find_marks(leaves: Iterable[tuple[int, Leaf]], text: IndexedText) -> tuple[Mark, ...]:
    """The marks of numbered leaves in a text, in order and apart from each other.

    A phrase is one mark; so are words that match side by side, with white space or a hyphen between them.
    """
    found = {Mark(start, end, frozenset([number])) for number, leaf in leaves for start, end in spans(leaf, text)}
    done: list[Mark] = []
    for mark in sorted(found, key=lambda mark: (mark.start, -mark.end)):
        last = done[-1] if done else None
        if last and (mark.start <= last.end or _JOINT.fullmatch(text.text, last.end, mark.start)):
            done[-1] = Mark(last.start, max(last.end, mark.end), last.leaves | mark.leaves)
        else:
            done.append(mark)
    return tuple(done)


def spans(leaf: Leaf, text: IndexedText) -> Iterator[tuple[int, int]]:
    """Where a leaf stands in a text: [start, end), in no order, some of them more than once."""
    match leaf:
        case Term(typed, exact=True):
            yield from ((token.start, token.end) for token in text.with_word(typed))
        case Term(typed) | Phrase(typed, slop=0):
            for sequence in _forms(typed, text.language):
                yield from _side_by_side(sequence, text)
        case Phrase(typed, slop=slop):
            for sequence in _forms(typed, text.language):
                yield from _near(sequence, slop, text)
        case Prefix() | Wildcard() | Fuzzy():
            matches: Callable[[str], bool] = matches_word(leaf)
            for word in filter(matches, text.words()):
                yield from ((token.start, token.end) for token in text.with_word(word))


def _side_by_side(sequence: Sequence[str], text: IndexedText) -> Iterator[tuple[int, int]]:
    if not all(map(text.with_term, sequence)):
        return
    following = [{token.position: token for token in text.with_term(term)} for term in sequence[1:]]
    for first in text.with_term(sequence[0]):
        last = first
        for step, places in enumerate(following, 1):
            token = places.get(first.position + step)
            if token is None:
                break
            last = token
        else:
            yield first.start, last.end


def _near(sequence: Sequence[str], slop: int, text: IndexedText) -> Iterator[tuple[int, int]]:
    """Each word of the shortest stretches that hold all of them is marked."""
    wanted = set(sequence)
    if not all(map(text.with_term, wanted)):
        return
    found = ((token.position, term, token) for term in wanted for token in text.with_term(term))
    places = sorted(found, key=lambda place: place[0])
    latest: dict[str, Token] = {}
    for position, term, token in places:
        latest[term] = token
        if len(latest) < len(wanted):
            continue
        first = min(one.position for one in latest.values())
        if position - first + 1 <= len(wanted) + slop:
            yield from ((one.start, one.end) for one in latest.values())
