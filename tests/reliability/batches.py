"""An archive of a few articles that grows by batches, and what it holds."""

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from reliability.recorded import Operation, Recorder
from samples import article

from searcher.engines.whoosh import WhooshEngine
from searcher.engines.whoosh.lock import WriteLock
from searcher.ingest.changes import Changes
from searcher.ledger import Ledger
from searcher.models import Article

__all__ = ["Recording", "apply", "batch", "files_of", "held", "is_free", "kept", "put", "recorded", "started"]

# So little that a batch is written in several segments, which are merged with those before.
MEMORY_MB = 0
MOST = 1_000_000


class Recording(NamedTuple):
    """An archive after a commit, its files before, and what the commit did."""

    place: Path
    files: dict[Path, bytes]
    done: list[Operation]


def batch(number: int) -> tuple[list[Article], list[str]]:
    """The articles that a batch adds, some in place of earlier ones, and the ids that it removes."""
    ids = [*(f"b{number}a{each}" for each in range(3)), *([f"b{number - 1}a0"] if number else [])]
    words = " ".join(f"word{number * each}" for each in range(1, 20))
    added = [
        article(each, title=f"Batch {number}", body=f"common {words} by {each}.", path=f"/{each}.txt", story=each)
        for each in ids
    ]
    return added, [f"b{number - 1}a1"] if number else []


def apply(place: Path, number: int) -> None:
    """Add a batch to the archive at that place, as `archive add` does: ledger and index."""
    added, removed = batch(number)
    ledger = Ledger(place / "articles")
    with closing(WhooshEngine.open(place, MEMORY_MB)) as engine, Changes(engine, MOST, ledger) as changes:
        for each in added:
            changes.add(each)
        for article_id in removed:
            changes.remove(article_id)


def started(place: Path, batches: int) -> None:
    """An archive with so many batches."""
    WhooshEngine.create(place, MEMORY_MB).close()
    for number in range(batches):
        apply(place, number)


def recorded(place: Path, batches: int) -> Recording:
    """An archive with so many batches, its files then, and what one batch more does."""
    started(place, batches)
    files = files_of(place)
    recorder = Recorder()
    with recorder.listening():
        apply(place, batches)
    return Recording(place, files, recorder.done)


def held(place: Path) -> dict[str, str]:
    """Title and body of every article, by id, of the index at that place."""
    with closing(WhooshEngine.open(place, MEMORY_MB)) as engine:
        found = [(each.id, f"{each.title}: {each.body}") for each in engine.articles()]
    assert len(dict(found)) == len(found), "an article is there twice"
    return dict(found)


def kept(place: Path) -> dict[str, str]:
    """The same of the ledger."""
    return {each.id: f"{each.title}: {each.body}" for each in Ledger(place / "articles").articles()}


def files_of(place: Path) -> dict[Path, bytes]:
    """Every file below a place."""
    return {path: path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


def put(files: dict[Path, bytes], old: Path, new: Path) -> None:
    """Write files of one place at another."""
    for folder in (new, new / "articles"):
        folder.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        (new / path.relative_to(old)).write_bytes(data)


def is_free(place: Path) -> bool:
    """Whether nobody keeps the lock: else ArchiveLocked after its time of waiting."""
    with WriteLock(place):
        return True
