"""A batch of changes on its way into a Whoosh index.

Articles are held back until the batch ends: then each id is deleted once and added once. So the same id twice in a
batch leaves one copy (Whoosh deletes only committed documents), and nothing is half written when a batch is thrown
away. Whoosh's writer goes on after a failed `add_document` with that document's postings in the next one: here any
error cancels the whole batch. `writer(procs=N)` is not used: it loses a worker's documents without a word.
"""

from pathlib import Path
from typing import Any

from searcher.engines.base import Writer
from searcher.engines.whoosh.faults import mapped_storage
from searcher.engines.whoosh.schema import document
from searcher.engines.whoosh.stored import dump
from searcher.errors import EngineError
from searcher.models import Article

__all__ = ["WhooshWriter"]

# Seconds to wait for another process's commit before saying that the index is locked.
LOCK_WAIT = 10.0
# Memory of Whoosh's sort pool; beyond it postings go through temporary files.
POOL_MB = 256


class WhooshWriter(Writer):
    """One batch. Made by the engine, which is told when it was committed."""

    def __init__(self, index: Any, directory: Path) -> None:
        self._directory = directory
        with mapped_storage(directory):
            self._writer: Any = index.writer(timeout=LOCK_WAIT, delay=0.05, limitmb=POOL_MB)
        self._changes: dict[str, Article | None] = {}

    def add(self, article: Article) -> None:
        """Add an article, in place of any with the same id."""
        if not article.id:
            raise EngineError(f"{article.path or article.title!r}: an article without an id cannot be added")
        self._changes[article.id] = article

    def remove(self, article_id: str) -> None:
        """Remove the article with that id."""
        self._changes[article_id] = None

    def commit(self) -> None:
        """Write the batch."""
        written = False
        try:
            with mapped_storage(self._directory):
                self._write()
                written = True
        finally:
            if not written:
                self.discard()

    def discard(self) -> None:
        """Forget the batch and free the lock."""
        with mapped_storage(self._directory):
            if not self._writer.is_closed:
                self._writer.cancel()

    def _write(self) -> None:
        for article_id, article in self._changes.items():
            self._writer.delete_by_term("id", article_id)
            if article is not None:
                self._writer.add_document(**document(article, dump(article)))
        self._writer.commit()
