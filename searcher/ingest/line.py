"""Records in a line: read ahead within bounds, handed to workers where that pays, given out in the order of reading.

What the archive holds already, or stands in the line already, is not handed out: a folder that is added again costs
little more than reading it. That is a guess made ahead; whoever takes an item decides when its turn comes, and makes
the article there and then if nobody did.
"""

from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field

from searcher.ingest.crew import Crew
from searcher.ingest.files import FileRead
from searcher.ingest.maker import Made, Make
from searcher.models import RawArticle, Skipped
from searcher.normalize.fingerprint import identity

__all__ = ["Item", "Known", "in_order"]

# A worker takes 0.4 s of CPU and 50 MB to start, in which one process makes 400 news items of 1.3 kB, or what 2 MB of
# saved pages hold: with two workers 800 items take about as long as without. Less is done in this process.
START_RECORDS = 800
START_BYTES = 2_000_000
# What a worker takes at a time: 35 ms of news items, 50 ms of pages; handing it over and back costs about 2 ms.
CHUNK_RECORDS = 32
CHUNK_BYTES = 256 * 1024
# What may stand in the line, read and not yet taken: more than START, and four chunks for each of eight workers.
WINDOW_RECORDS = 1024
WINDOW_BYTES = 16 * 1024 * 1024


@dataclass(slots=True)
class Item:
    """A record as it was read, the id of its article, whether that is to be made ahead, and the article if it was."""

    raw: RawArticle
    id: str
    ahead: bool = False
    made: Made | None = None

    @property
    def path(self) -> str:
        """The file it comes from."""
        return self.raw.path


Known = Callable[[Sequence[Item]], Collection[str]]
"""Says which of some records the archive holds, by their ids."""


def in_order(
    records: Iterable[RawArticle | Skipped | FileRead], known: Known, make: Make, processes: int
) -> Generator[Item | Skipped | FileRead]:
    """Every record in the order of reading; `known` says which of some records the archive holds, by their ids.

    Close the iterator when leaving it early: that ends the workers.
    """
    line = _Line(known)
    with ExitStack() as leaving:
        crew: Crew[RawArticle] | None = None
        for _ in line.join(records):
            if crew is None and processes > 1 and line.pays:
                crew = leaving.enter_context(Crew(processes, make))
            if crew:
                line.hand_out(crew)
            while line.full or (processes == 1 and line.chunks):  # nobody works ahead
                yield from line.first()
        while line.chunks:
            yield from line.first()


@dataclass(slots=True)
class _Chunk:
    """What stands in the line together; `size` is that of its records in bytes."""

    items: list[Item | Skipped | FileRead] = field(default_factory=list)
    size: int = 0
    future: Future[list[Made | None]] | None = None

    @property
    def full(self) -> bool:
        return len(self.items) >= CHUNK_RECORDS or self.size >= CHUNK_BYTES

    @property
    def ahead(self) -> list[Item]:
        """The items whose articles are to be made ahead."""
        return [item for item in self.items if isinstance(item, Item) and item.ahead]


class _Line:
    """The chunks that were read and not yet taken, and the ids of what is to be made ahead among them."""

    def __init__(self, known: Known) -> None:
        self.chunks: deque[_Chunk] = deque()
        self._known = known
        self._ids: set[str] = set()

    def join(self, records: Iterable[RawArticle | Skipped | FileRead]) -> Iterator[None]:
        """Let the records come to the end of the line, a chunk at a time."""
        chunk = _Chunk()
        for record in records:
            if isinstance(record, RawArticle):
                chunk.items.append(Item(record, identity(record.raw)))
                chunk.size += len(record.raw)
            else:
                chunk.items.append(record)
            if chunk.full:
                self._close(chunk)
                yield
                chunk = _Chunk()
        self._close(chunk)
        yield

    def _close(self, chunk: _Chunk) -> None:
        """Decide what of a chunk is to be made ahead; the archive is asked once for all of it."""
        items = [item for item in chunk.items if isinstance(item, Item)]
        known = self._known(items) if items else ()
        for item in items:
            item.ahead = item.id not in self._ids and item.id not in known
            if item.ahead:
                self._ids.add(item.id)
        self.chunks.append(chunk)

    @property
    def pays(self) -> bool:
        """Whether there is so much to make that workers are worth their start."""
        sizes = [len(item.raw.raw) for chunk in self.chunks for item in chunk.ahead]
        return len(sizes) >= START_RECORDS or sum(sizes) >= START_BYTES

    @property
    def full(self) -> bool:
        """Whether somebody has to leave before more is read."""
        records = sum(len(chunk.items) for chunk in self.chunks)
        return records > WINDOW_RECORDS or sum(chunk.size for chunk in self.chunks) > WINDOW_BYTES

    def hand_out(self, crew: Crew[RawArticle]) -> None:
        """Give the workers what none of them has yet."""
        for chunk in self.chunks:
            if chunk.future is None and chunk.ahead:
                chunk.future = crew.submit([item.raw for item in chunk.ahead])

    def first(self) -> Iterator[Item | Skipped | FileRead]:
        """What has stood longest, once the workers are done with it."""
        chunk = self.chunks.popleft()
        if chunk.future:
            for item, made in zip(chunk.ahead, chunk.future.result(), strict=True):
                item.made = made
        self._ids.difference_update(item.id for item in chunk.ahead)
        yield from chunk.items
