"""The same articles in an index of Whoosh's own codec, divided into segments as the engine divides them."""

from collections.abc import Iterable, Sequence
from typing import Any

from whoosh.filedb.filestore import RamStorage

from searcher.engines.whoosh.fields import document, make_schema
from searcher.models import Article

__all__ = ["Batch", "Change", "WhooshIndex"]

Change = tuple[str, Article | None]
"""An id and its new article; None removes it."""
Batch = Sequence[Change]


class WhooshIndex:
    """One segment for each batch; nothing is ever merged."""

    def __init__(self) -> None:
        self.index = RamStorage().create_index(make_schema())

    def write(self, batch: Batch) -> None:
        """Commit a batch: what it replaces or removes is deleted, in earlier segments and in its own."""
        names = {name for name, _ in batch}
        self._delete([doc for name, doc in self._live() if name in names])
        before = self.index.doc_count_all()
        writer = self.index.writer()
        for _, article in batch:
            if article:
                writer.add_document(**document(article))
        writer.commit(mergetype=_keep_the_living)
        self._delete([before + place for place in _outdated(batch)])

    def _live(self) -> list[tuple[str, int]]:
        with self.index.reader() as reader:
            return [(reader.stored_fields(doc)["id"], doc) for doc in reader.all_doc_ids()]

    def _delete(self, docs: Iterable[int]) -> None:
        writer = self.index.writer()
        for doc in docs:
            writer.delete_document(doc)
        writer.commit(mergetype=_keep_the_living)


def _outdated(batch: Batch) -> list[int]:
    """Which of the articles that a batch adds, by their order, it replaces or removes itself."""
    last = {name: number for number, (name, _) in enumerate(batch)}
    added = [(name, number) for number, (name, article) in enumerate(batch) if article]
    return [place for place, (name, number) in enumerate(added) if last[name] != number]


def _keep_the_living(writer: Any, segments: list[Any]) -> list[Any]:
    """Drops segments without a live document, as the engine does."""
    return [segment for segment in segments if segment.doc_count()]
