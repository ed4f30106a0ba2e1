"""What an engine made for tests has to answer to and is never asked."""

from collections.abc import Iterator

from searcher.engines import Engine
from searcher.models import Article, Results, Stats
from searcher.query import SearchRequest

__all__ = ["Unasked"]


class Unasked(Engine):
    """An engine that takes articles in and gives them out; nobody searches it."""

    def search(self, request: SearchRequest) -> Results:
        raise NotImplementedError

    def found(self, request: SearchRequest) -> Iterator[Article]:
        raise NotImplementedError

    def word_count(self, word: str) -> int:
        raise NotImplementedError

    def words_like(self, word: str, distance: int) -> Iterator[tuple[str, int]]:
        raise NotImplementedError

    def words_from(self, start: str) -> Iterator[tuple[str, int]]:
        raise NotImplementedError

    def stats(self) -> Stats:
        raise NotImplementedError

    def check(self, *, deep: bool = False) -> tuple[str, ...]:
        raise NotImplementedError

    def close(self) -> None:
        pass
