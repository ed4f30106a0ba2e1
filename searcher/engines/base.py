"""What must an engine do? The seam between the archive and whatever holds its articles.

An engine takes and gives the values of `searcher.models`; none of its own types or errors come through. It may differ
from another engine in scores, never in membership, totals, facet counts or forced order.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Literal, NamedTuple, Self

from searcher.models import Article, Results, Stats
from searcher.query import SearchRequest

__all__ = ["Copy", "Engine", "Key", "Refused", "Writer"]

Key = Literal["path", "story"]


class Copy(NamedTuple):
    """An article that may be a copy of another: its id, its story and its sketch."""

    id: str
    story: str
    sketch: bytes


class Refused(NamedTuple):
    """An article that the engine cannot hold, by its id, and why."""

    id: str
    reason: str


class Writer(ABC):
    """One batch of changes: all of it is committed when the context ends, none of it when an error leaves it.

    The archive opens a writer, adds and removes, and leaves; nobody else does. Of an id added several times the last
    article stays. `refused` are, after the commit, articles that are not there because the engine cannot hold them;
    the rest of the batch is.
    """

    refused: tuple[Refused, ...] = ()

    @abstractmethod
    def add(self, article: Article) -> None:
        """Add an article, in place of any with the same id."""

    @abstractmethod
    def remove(self, article_id: str) -> None:
        """Remove the article with that id; nothing happens where there is none."""

    @abstractmethod
    def commit(self) -> None:
        """Make the batch visible and durable."""

    @abstractmethod
    def discard(self) -> None:
        """Forget the batch."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.commit()
        else:
            self.discard()


class Engine(ABC):
    """Articles held so that they can be searched. Every method may raise the ArchiveErrors of `searcher.errors`.

    Safe for several threads. A search sees the last commit made before it began.
    """

    name: str
    one_writer = True
    """Whether a second writer is refused while there is one."""

    @abstractmethod
    def writer(self) -> Writer:
        """A batch of changes; ArchiveLocked where another process keeps writing."""

    @abstractmethod
    def search(self, request: SearchRequest) -> Results:
        """Hits, exact total and facet counts in one call."""

    @abstractmethod
    def find(self, article_id: str) -> Article | None:
        """The article with that id, as it was added, sketch and story included; None where there is none."""

    def find_all(self, ids: Sequence[str]) -> dict[str, Article]:
        """Each of some articles that is there, by its id."""
        found = {article_id: self.find(article_id) for article_id in ids}
        return {article_id: article for article_id, article in found.items() if article is not None}

    @abstractmethod
    def path_of(self, article_id: str) -> str | None:
        """The path of the article with that id, without reading the article; None where there is none."""

    def paths_of(self, ids: Sequence[str]) -> dict[str, str]:
        """The path of each of some articles that is there."""
        found = {article_id: self.path_of(article_id) for article_id in ids}
        return {article_id: path for article_id, path in found.items() if path is not None}

    def ids_at(self, paths: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """For each of some paths the ids of its articles, sorted."""
        return {path: self.ids("path", path) for path in paths}

    @abstractmethod
    def ids(self, key: Key, value: str) -> tuple[str, ...]:
        """Ids of the articles whose path or story is exactly that, sorted.

        The story of an article that has none is its own id.
        """

    @abstractmethod
    def alike(self, sketches: Sequence[bytes], least: int) -> list[tuple[int, Copy]]:
        """Articles whose sketch has at least so many bytes in common with one of these, each with its number.

        Looked for are those with the same four bytes at a place that is a multiple of four; where very many have them,
        some that were added first. An empty sketch has nothing in common with any.
        """

    @abstractmethod
    def articles(self) -> Iterator[Article]:
        """Every article as it was added, in no order, from one state however long it takes."""

    @abstractmethod
    def found(self, request: SearchRequest) -> Iterator[Article]:
        """Every article that a search finds, as it was added, in the order of its hits.

        They are those of one state however long it takes, and are not read ahead. `limit` and `offset` of the request
        do not count, nor do its facets.
        """

    @abstractmethod
    def word_count(self, word: str) -> int:
        """About how many articles have the folded word: 0 only where none has it."""

    @abstractmethod
    def words_from(self, start: str) -> Iterator[tuple[str, int]]:
        """Folded words that begin with `start`, in order, with their `word_count`."""

    @abstractmethod
    def words_like(self, word: str, distance: int) -> Iterator[tuple[str, int]]:
        """Folded words with the same first letter, at most so many letters away, in order, with their `word_count`."""

    @abstractmethod
    def stats(self) -> Stats:
        """Counts and size."""

    @abstractmethod
    def check(self, *, deep: bool = False) -> tuple[str, ...]:
        """What is wrong with the files, one line each; empty where they are sound. `deep` reads everything."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files; the engine is not used after it."""
