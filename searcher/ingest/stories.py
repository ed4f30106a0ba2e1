"""Which story an article tells: that of the article most like it, or its own.

An article joins the story of its nearest copy; two stories never become one, so that no chain of small changes makes
one story of a year of market reports. Copies are looked for in the archive and in the batch that is on its way there;
a changed article is a copy of what it replaces.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from searcher.models import Article

if TYPE_CHECKING:
    from searcher.engines import Engine  # not loaded here: workers have no use for it

__all__ = ["LIKENESS", "Stories", "likeness"]

# Of the runs of words in two copies so many are common; scripts/quality/copies.py measures it.
LIKENESS = 0.6
# In so short a text a whole sentence is common to other stories: "Qtly div 15 cts" stands under many names.
FEW_WORDS = 40
LIKENESS_OF_FEW = 0.8
PIECE_BYTES = 4
# Two bytes are equal by chance once in so many times.
BY_CHANCE = 1 / 256

_Copy = tuple[str, str, bytes]
"""The id of an article, its story, its sketch."""


def likeness(one: bytes, other: bytes) -> float:
    """About the share of runs of words that two texts have in common, by their sketches; 0 to 1.

    The share of equal bytes, less those that are equal by chance (Li and König 2010, b-bit minwise hashing, theorem 1).
    """
    if not one or len(one) != len(other):
        return 0.0
    equal = float((np.frombuffer(one, np.uint8) == np.frombuffer(other, np.uint8)).mean())
    return max(0.0, (equal - BY_CHANCE) / (1 - BY_CHANCE))


class Stories:
    """The stories of an archive, and of the articles that will be committed next."""

    def __init__(self, engine: "Engine") -> None:
        self._engine = engine
        self._open: list[_Copy] = []
        self._having: dict[int, list[int]] = {}

    def committed(self) -> None:
        """The archive holds now what was on its way."""
        self._open.clear()
        self._having.clear()

    def told(self, articles: Sequence[Article]) -> list[Article]:
        """The articles with their stories, in order; one that has a story keeps it."""
        fresh = [article.sketch for article in articles]
        held: list[list[_Copy]] = [[] for _ in articles]
        for number, copy in self._engine.alike(fresh) if any(fresh) else ():
            held[number].append((copy.id, copy.story, copy.sketch))
        return [self._told(article, copies) for article, copies in zip(articles, held, strict=True)]

    def _told(self, article: Article, held: Iterable[_Copy]) -> Article:
        pieces = _pieces(article.sketch)
        story = article.story or self._nearest(article, chain(held, self._open_alike(pieces)))
        for piece in pieces:
            self._having.setdefault(piece, []).append(len(self._open))
        self._open.append((article.id, story, article.sketch))
        return replace(article, story=story)

    def _nearest(self, article: Article, copies: Iterable[_Copy]) -> str:
        """The story of the copy most like the article, the first of several such; its own id where none is like it."""
        near = [
            (alike, copy)
            for copy in copies
            if copy[0] != article.id and (alike := likeness(article.sketch, copy[2])) >= LIKENESS
        ]
        if not near:
            return article.id
        alike, (_, story, _) = max(near, key=lambda found: found[0])
        enough = LIKENESS if len(article.body.split()) >= FEW_WORDS else LIKENESS_OF_FEW
        return story if alike >= enough else article.id

    def _open_alike(self, pieces: Sequence[int]) -> list[_Copy]:
        """The articles of the open batch with a piece in common, in their order."""
        found = Counter(number for piece in pieces for number in self._having.get(piece, ()))
        return [self._open[number] for number in sorted(found)]


def _pieces(sketch: bytes) -> list[int]:
    """The pieces of four bytes, each with its place in the sketch."""
    pieces = np.frombuffer(sketch, dtype="<u4").astype(np.int64)
    placed: list[int] = ((np.arange(len(pieces), dtype=np.int64) << 8 * PIECE_BYTES) | pieces).tolist()
    return placed
