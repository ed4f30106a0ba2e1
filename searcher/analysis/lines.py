"""A text as lines for an engine that only has to cut them: at blanks into positions, a position at bars into terms.

The analysis is done here, once, and is the same for every engine; the engine is not asked to know what a word is.
"""

from typing import NamedTuple

from searcher.analysis.grams import cut, has_grams
from searcher.analysis.stem import algorithm_of
from searcher.analysis.tokens import Token, tokens

__all__ = ["BAR", "LONGEST", "Lines", "lines"]

BAR = "|"
# Characters of a term: an index takes 32,766 bytes at most. A query is shorter, and looks for no longer word.
LONGEST = 8_000
# Stretches without blanks, kept with what they become: 100,000 articles have about 900,000, most of which come once.
MAX_CACHED = 400_000
LONGEST_CACHED = 60


class Lines(NamedTuple):
    """`terms`: what stands at each position, in order; `words`: the unstemmed words, one after the other."""

    terms: str
    words: str


class _Stretches(dict[str, Lines]):
    """A stretch without blanks -> its lines, in texts that one algorithm stems."""

    def __init__(self, algorithm: str) -> None:
        super().__init__()
        self._algorithm = algorithm

    def __missing__(self, stretch: str) -> Lines:
        made = _lines_of(list(tokens(stretch, self._algorithm)))
        if len(stretch) <= LONGEST_CACHED:
            if len(self) >= MAX_CACHED:
                self.clear()
            self[stretch] = made
        return made


_KNOWN: dict[str, _Stretches] = {}


def lines(text: str, language: str = "") -> Lines:
    """The lines of a text in a language."""
    algorithm = algorithm_of(language)
    known = _KNOWN.get(algorithm)
    if known is None:
        known = _KNOWN[algorithm] = _Stretches(algorithm)
    if has_grams(text):
        found = [
            known[part] for at, stretch, is_run in cut(text) for part in ([stretch] if is_run else stretch.split())
        ]
    else:
        found = list(map(known.__getitem__, text.split()))
    if not found:
        return Lines("", "")
    terms, words = zip(*found, strict=True)
    return Lines(" ".join(filter(None, terms)), " ".join(filter(None, words)))


def _lines_of(found: list[Token]) -> Lines:
    """The lines of a few words; of the same term twice at one place one is enough."""
    places: dict[int, dict[str, None]] = {}
    for token in found:
        places.setdefault(token.position, {})[token.term[:LONGEST]] = None
    return Lines(
        " ".join(BAR.join(terms) for terms in places.values()), " ".join(token.word[:LONGEST] for token in found)
    )
