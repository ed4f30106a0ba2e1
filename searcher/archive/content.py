"""Do two archives hold the same articles? A digest of all of them, in whatever order they come."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice

from searcher.articlejson import dump
from searcher.engines import Engine
from searcher.models import Article

__all__ = ["Content", "differing"]

# A sum, not an exclusive or: an article that is there twice does not cancel itself out.
_MODULUS = 1 << 256
# Articles that are looked for at a time.
TOGETHER = 500


class Content:
    """What was read of an archive: how many articles, and the sum of the hashes of each with all that is kept of it.

    Two are equal where as many articles with the same digest were read.
    """

    def __init__(self) -> None:
        self.articles = 0
        self._sum = 0

    @classmethod
    def of(cls, articles: Iterable[Article]) -> "Content":
        """That of some articles."""
        content = cls()
        for _ in content.reading(articles):
            pass
        return content

    def reading(self, articles: Iterable[Article]) -> Iterator[Article]:
        """The articles, each of them counted as it is read."""
        for article in articles:
            self.articles += 1
            self._sum = (self._sum + int.from_bytes(_hash(article))) % _MODULUS
            yield article

    @property
    def digest(self) -> str:
        """64 hex digits, the same for the same articles in any order."""
        return f"{self._sum:064x}"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Content):
            return NotImplemented
        return (self.articles, self._sum) == (other.articles, other._sum)

    __hash__ = None  # type: ignore[assignment]  # it changes while articles are read


def differing(source: Engine, target: Engine) -> Iterator[str]:
    """Ids of the articles of the source that are not the same in the target, then of those that it alone has."""
    for some in _together(source.articles()):
        held = target.find_all([article.id for article in some])
        yield from (one.id for one in some if one.id not in held or _hash(held[one.id]) != _hash(one))
    for some in _together(target.articles()):
        known = source.paths_of([article.id for article in some])
        yield from (article.id for article in some if article.id not in known)


def _together(articles: Iterator[Article]) -> Iterator[list[Article]]:
    while some := list(islice(articles, TOGETHER)):
        yield some


def _hash(article: Article) -> bytes:
    """Of the id and the article as JSON, and of its sketch, which is no part of that."""
    return hashlib.sha256(dump(article) + b"\n" + article.sketch).digest()
