"""Additions and removals on their way into the engine: handed over one by one, committed in batches."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import ExitStack
from dataclasses import replace
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from searcher.ingest.files import name_of
from searcher.ingest.manifest import Manifest
from searcher.ingest.stories import Stories
from searcher.models import Article, Skipped
from searcher.normalize import sketch_of
from searcher.readers.source import INSIDE

if TYPE_CHECKING:
    from searcher.engines import Engine, Writer  # not loaded here: workers have no use for them

__all__ = ["Changes", "Keeper"]

SECONDS = 60.0  # the most work that an interrupt or an error undoes
# Articles whose stories are looked for at a time.
TOGETHER = 1024
# Ids whose paths are kept after they were looked up: many times what stands in the line.
MOST_SEEN = 50_000


class Keeper(Protocol):
    """What is told of each batch beside the engine: `searcher.ledger` keeps the articles."""

    def add(self, article: Article) -> None:
        """An article of the open batch, with its story."""

    def remove(self, article_id: str) -> None:
        """An article that the open batch removes."""

    def write(self) -> None:
        """The engine is about to commit the batch."""

    def seal(self) -> None:
        """The engine has committed the batch."""

    def discard(self) -> None:
        """The batch is given up."""

    def settle(self, held: Callable[[str], bool] | None) -> None:
        """A batch begins; `held` says what a kill left in the engine."""


class Changes:
    """What an archive holds, with the changes of the batch that is open; a batch is `most` changes or SECONDS of work.

    A context manager: leaving it commits the open batch, an error that leaves it discards that batch. The engine sees
    commits alone, so what the open batch did is kept here: of each article it touched the path, None where it is gone.
    `told` are the stories of the articles added, `refused` those that the engine cannot hold, each with its reason.
    """

    def __init__(
        self, engine: "Engine", most: int, ledger: Keeper | None = None, manifest: Manifest | None = None
    ) -> None:
        self._engine = engine
        self._ledger = ledger
        self._manifest = manifest
        self._most = most
        self._paths: dict[str, str | None] = {}
        self._records: dict[str, str] = {}
        # What was looked up ahead, as the last commit left it: paths by id, and ids by path.
        self._seen: dict[str, str | None] = {}
        self._held: dict[str, tuple[str, ...]] = {}
        self._batch = ExitStack()
        self._stories = Stories(engine)
        self._waiting: dict[str, Article] = {}
        self.told: set[str] = set()
        self.refused: list[Skipped] = []
        self._writer: Writer | None = None
        self._began = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            try:
                self._commit()
            except BaseException as failure:
                self._give_up(failure)
                raise
        else:
            self._give_up(error)

    def has(self, article_id: str) -> bool:
        """Whether there is an article with that id."""
        return self.path_of(article_id) is not None

    def path_of(self, article_id: str) -> str | None:
        """The path of the article with that id; None where there is none."""
        for known in (self._paths, self._seen):
            if article_id in known:
                return known[article_id]
        return self._engine.path_of(article_id)

    def look_up(self, ids: Sequence[str], paths: Iterable[str]) -> set[str]:
        """Ask for many at once what will be asked one by one; those of the ids that are there."""
        if len(self._seen) > MOST_SEEN:
            self._seen, self._held = {}, {}
        self._seen.update({**dict.fromkeys(ids), **self._engine.paths_of(ids)})
        self._held.update(self._engine.ids_at([path for path in paths if path not in self._held]))
        return {article_id for article_id in ids if self.has(article_id)}

    def paths_of(self, ids: Iterable[str]) -> dict[str, str | None]:
        """The path of each of some articles, asked for at once; None, or not told, where there is none."""
        asked = list(ids)
        return {**self._engine.paths_of(asked), **{one: self._paths[one] for one in asked if one in self._paths}}

    def ids_at(self, path: str) -> AbstractSet[str]:
        """The articles of a path as the last commit left them, but for those the open batch moved or removed."""
        ids = self._held[path] if path in self._held else self._engine.ids("path", path)
        return {article_id for article_id in ids if self._paths.get(article_id, path) == path}

    def add(self, article: Article) -> None:
        """Add an article, in place of any with the same id. What story it tells is found out here."""
        self._open()
        self._waiting[article.id] = article if article.sketch else _sketched(article)
        self._paths[article.id], self._records[article.id] = article.path, article.record
        if len(self._waiting) >= TOGETHER:
            self._write()
        self._commit_if_due()

    def put(self, article: Article) -> None:
        """Add an article as it is: its story and its sketch were found elsewhere."""
        self._open().add(article)
        if self._ledger:
            self._ledger.add(article)
        self._paths[article.id], self._records[article.id] = article.path, article.record
        self._commit_if_due()

    def remove(self, article_id: str) -> None:
        """Remove an article."""
        self._waiting.pop(article_id, None)
        self._open().remove(article_id)
        if self._ledger:
            self._ledger.remove(article_id)
        self._paths[article_id] = None
        self._commit_if_due()

    def move(self, article_id: str, path: str, record: str) -> None:
        """Let a committed article be found at another place: the same bytes, so the same article."""
        found = self._engine.find(article_id)
        if found:
            self.add(replace(found, path=path, record=record))

    def commit(self) -> None:
        """Make durable what was changed, and noted, until now."""
        self._commit()

    def _give_up(self, error: BaseException | None) -> None:
        if error:
            self._batch.__exit__(type(error), error, error.__traceback__)
        if self._ledger:
            self._ledger.discard()

    def _commit(self) -> None:
        """The ledger first, then the index: a kill in between is settled when the next batch begins."""
        self._write()
        if self._ledger:
            self._ledger.write()
        self._batch.close()
        if self._ledger:
            self._ledger.seal()
        self._take_refused()
        if self._manifest:
            self._manifest.commit()
        self._stories.committed()
        self._writer = None
        self._seen.update(self._paths)
        self._paths, self._records, self._held = {}, {}, {}

    def _take_refused(self) -> None:
        """Name what the engine refused; its files are read again by every later run, whenever they were noted."""
        for article_id, reason in self._writer.refused if self._writer else ():
            self.refused.append(Skipped(self._paths[article_id] or "", reason, self._records[article_id]))
            self._paths[article_id] = None
            self.told.discard(article_id)
        if self._manifest:
            for skipped in self.refused:
                self._manifest.forget(name_of(skipped.path.partition(INSIDE)[0]))

    def _write(self) -> None:
        """Hand the waiting articles to the engine, each with its story."""
        waiting, self._waiting = list(self._waiting.values()), {}
        for article in self._stories.told(waiting) if waiting else ():
            self._open().add(article)
            if self._ledger:
                self._ledger.add(article)
            self.told.add(article.tells)

    def _open(self) -> "Writer":
        if self._writer is None:
            self._writer = self._batch.enter_context(self._engine.writer())
            if self._ledger:
                self._ledger.settle(lambda article_id: self._engine.path_of(article_id) is not None)
            self._began = monotonic()
        return self._writer

    def _commit_if_due(self) -> None:
        if len(self._paths) >= self._most or monotonic() - self._began >= SECONDS:
            self._commit()


def _sketched(article: Article) -> Article:
    """An article that comes from the index, where sketches are kept apart."""
    return replace(article, sketch=sketch_of(article.title, article.body))
