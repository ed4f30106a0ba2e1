"""Where the leaves of a query stand in a text: the same words that make an article match, and no others."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from searcher.analysis import Token, forms, tokens
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
    """A text in a language with its tokens by term and by word, which are found when they are first asked for."""

    def __init__(self, text: str, language: str = "") -> None:
        self.text = text
        self.language = language

    @cached_property
    def by_term(self) -> Mapping[str, Sequence[Token]]:
        """The tokens of each term."""
        return self._tokens[0]

    @cached_property
    def by_word(self) -> Mapping[str, Sequence[Token]]:
        """The tokens of each word as it is written."""
        return self._tokens[1]

    @cached_property
    def _tokens(self) -> tuple[dict[str, list[Token]], dict[str, list[Token]]]:
        by_term: dict[str, list[Token]] = defaultdict(list)
        by_word: dict[str, list[Token]] = defaultdict(list)
        for token in tokens(self.text, self.language):
            by_term[token.term].append(token)
            by_word[token.word].append(token)
        return by_term, by_word


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
            yield from ((token.start, token.end) for token in text.by_word.get(typed, ()))
        case Term(typed) | Phrase(typed, slop=0):
            for sequence in _forms(typed, text.language):
                yield from _side_by_side(sequence, text.by_term)
        case Phrase(typed, slop=slop):
            for sequence in _forms(typed, text.language):
                yield from _near(sequence, slop, text.by_term)
        case Prefix() | Wildcard() | Fuzzy():
            matches: Callable[[str], bool] = matches_word(leaf)
            for word, places in text.by_word.items():
                if matches(word):
                    yield from ((token.start, token.end) for token in places)


def _side_by_side(sequence: Sequence[str], named: Mapping[str, Sequence[Token]]) -> Iterator[tuple[int, int]]:
    if any(term not in named for term in sequence):
        return
    following = [{token.position: token for token in named[term]} for term in sequence[1:]]
    for first in named[sequence[0]]:
        last = first
        for step, places in enumerate(following, 1):
            token = places.get(first.position + step)
            if token is None:
                break
            last = token
        else:
            yield first.start, last.end


def _near(sequence: Sequence[str], slop: int, named: Mapping[str, Sequence[Token]]) -> Iterator[tuple[int, int]]:
    """Each word of the shortest stretches that hold all of them is marked."""
    wanted = set(sequence)
    if any(term not in named for term in wanted):
        return
    places = sorted(((token.position, term, token) for term in wanted for token in named[term]), key=lambda p: p[0])
    latest: dict[str, Token] = {}
    for position, term, token in places:
        latest[term] = token
        if len(latest) < len(wanted):
            continue
        first = min(found.position for found in latest.values())
        if position - first + 1 <= len(wanted) + slop:
            yield from ((found.start, found.end) for found in latest.values())
