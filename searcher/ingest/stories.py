"""Which story an article tells: that of the article most like it, or its own.

An article joins the story of its nearest copy; two stories never become one, so that no chain of small changes makes
one story of a year of market reports. Copies are looked for in the archive and in the batch that is on its way there;
a changed article is a copy of what it replaces.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.ingest.alike import Sketches, equal_bytes, likenesses
from searcher.models import Article
from searcher.normalize.sketch import FEW_WORDS

if TYPE_CHECKING:
    from searcher.engines import Engine  # not loaded here: workers have no use for it

__all__ = ["LIKENESS", "Near", "Stories", "enough"]

# Of the runs of words in two copies so many are common; scripts/quality/copies.py measures it.
LIKENESS = 0.6
# In so short a text a whole sentence is common to other stories: "Qtly div 15 cts" stands under many names.
LIKENESS_OF_FEW = 0.8

Near = tuple[float, str, str]
"""How like a copy is, its id, and the story it tells."""


def enough(words: int) -> float:
    """How much like its copy an article of so many words has to be to tell the same story."""
    return LIKENESS if words >= FEW_WORDS else LIKENESS_OF_FEW


class Stories:
    """The stories of an archive, and of the articles that will be committed next."""

    def __init__(self, engine: "Engine") -> None:
        self._engine = engine
        self._open: list[tuple[str, str]] = []  # the id of each article, and its story
        self._sketches = Sketches()

    def committed(self) -> None:
        """The archive holds now what was on its way."""
        self._open = []
        self._sketches = Sketches()

    def near(self, sketches: Sequence[bytes]) -> dict[int, list[Near]]:
        """For the number of each sketch the articles of the archive that are like it."""
        near: dict[int, list[Near]] = defaultdict(list)
        length = max(map(len, sketches), default=0)
        found = self._engine.alike(sketches, equal_bytes(LIKENESS, length)) if length else []
        alike = likenesses([sketches[number] for number, _ in found], [copy.sketch for _, copy in found])
        for (number, copy), much in zip(found, alike.tolist(), strict=True):
            if much >= LIKENESS:
                near[number].append((much, copy.id, copy.story))
        return near

    def told(self, articles: Sequence[Article]) -> list[Article]:
        """The articles with their stories, in order; one that has a story keeps it."""
        near = self.near([article.sketch for article in articles])
        first = len(self._open)
        rows, others, alike = self._sketches.add([article.sketch for article in articles])
        earlier: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for row, other, much in zip(rows.tolist(), others.tolist(), alike.tolist(), strict=True):
            if much >= LIKENESS:
                earlier[row].append((much, other))
        made = []
        for number, article in enumerate(articles):
            copies = near[number] + [(much, *self._open[other]) for much, other in earlier[first + number]]
            made.append(_told(article, copies) if copies else article)
            self._open.append((article.id, made[-1].tells))
        return made


def _told(article: Article, copies: Sequence[Near]) -> Article:
    """The article in the story of the copy most like it, the first of several such; in its own where none is."""
    others = [copy for copy in copies if copy[1] != article.id]
    if article.story or not others:
        return article
    much, _, story = max(others, key=lambda copy: copy[0])
    return (
        replace(article, story=story) if much >= enough(len(article.body.split())) and story != article.id else article
    )
