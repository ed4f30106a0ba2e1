"""Records on their way into a comparison: those of a file together, and the file noted behind the last of them."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import lru_cache
from itertools import groupby

from searcher.ingest.changes import Changes
from searcher.ingest.compare import Comparison, Taken
from searcher.ingest.files import FileRead
from searcher.ingest.known import Known
from searcher.ingest.line import Item, in_order
from searcher.ingest.maker import Make, place
from searcher.models import RawArticle, Skipped

__all__ = ["take_in"]


def take_in(
    records: Iterable[RawArticle | Skipped | FileRead],
    comparison: Comparison,
    changes: Changes,
    make: Make,
    processes: int,
    note: Callable[[Known], None] | None,
) -> None:
    """Compare every record with the archive that the changes are of.

    So many `processes` make articles ahead. `note` is told of each file what need not be read again.
    """
    located = lru_cache(maxsize=1)(place)  # the records of a file come together

    def look_up(items: Sequence[Item]) -> set[str]:
        return changes.look_up([item.id for item in items], {located(item.path) for item in items})

    with closing(in_order(records, look_up, make, processes)) as items:
        for path, group in groupby(items, lambda item: "" if isinstance(item, FileRead) else located(item.path)):
            if path:
                comparison.take_file(path, (item for item in group if not isinstance(item, FileRead)))
                continue
            for mark in group:
                known = _known(mark, comparison.taken())
                if known and known.duplicates:
                    comparison.found.searched.add(known.name)
                if note and known:
                    note(known)


def _known(mark: object, taken: Taken) -> Known | None:
    """What a file was, so that it need not be read again.

    One that gave nothing, or would give more if something were installed, is tried every time.
    """
    done = (taken.articles or taken.duplicates) and not any(skip.extra for skip in taken.skipped)
    if not isinstance(mark, FileRead) or not mark.name or not done:
        return None
    paths, skipped = tuple(taken.paths), tuple(taken.skipped)
    return Known(mark.name, mark.state, mark.sha256, taken.articles, taken.duplicates, paths, skipped)
