"""Articles of the archive with their entities found again: aliases have changed, or the rules have."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import chain, islice

from searcher.entities import Aliases
from searcher.ingest.crew import Crew
from searcher.ingest.line import CHUNK_RECORDS, START_RECORDS
from searcher.ingest.maker import Made, with_events, with_mentions
from searcher.models import Article

__all__ = ["Again", "made_again"]

# How many chunks stand in line for each worker.
CHUNKS_AHEAD = 4
# Fewer articles are done before workers have started.
FEW = START_RECORDS

_Line = deque[tuple[list[Article], Future[list[Made | None]]]]


@dataclass(frozen=True, slots=True)
class Again:
    """Finds the entities and the dates of events of an article as `add` would.

    It holds no state, so any process may have a copy.
    """

    entities: str
    aliases: Aliases
    day_first: bool = True

    def __call__(self, article: Article) -> Article:
        """The article with the mentions and the dates of events that it has by now."""
        dated = with_events(article, day_first=self.day_first)
        return with_mentions(dated, self.entities, self.aliases)


def made_again(articles: Iterable[Article], make: Again, processes: int) -> Generator[tuple[Article, Made]]:
    """Each article with what becomes of it, in order.

    Close the iterator when leaving it early: that ends the workers.
    """
    left = iter(articles)
    first = list(islice(left, FEW))
    every = chain(first, left)
    if processes == 1 or len(first) < FEW:
        yield from ((article, make(article)) for article in every)
        return
    with Crew(processes, make) as crew:
        line: _Line = deque()
        while chunk := list(islice(every, CHUNK_RECORDS)):
            line.append((chunk, crew.submit(chunk)))
            if len(line) > CHUNKS_AHEAD * processes:
                yield from _first(line, make)
        while line:
            yield from _first(line, make)


def _first(line: _Line, make: Again) -> Iterator[tuple[Article, Made]]:
    """The articles that have stood longest, once a worker is done with them."""
    chunk, future = line.popleft()
    for article, made in zip(chunk, future.result(), strict=True):
        yield article, made or make(article)
