"""What is wrong with an archive: index, articles beside it, notes on files, settings and aliases, a copy half made."""

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from searcher.engines.whoosh import WhooshEngine
from searcher.errors import ArchiveDamaged, SearcherError
from searcher.ingest.manifest import manifest_problems
from searcher.ledger import Ledger
from searcher.places import COPY_FILE

if TYPE_CHECKING:
    from searcher.archive.cluster import Cluster
    from searcher.archive.directory import Directory
    from searcher.archive.home import Home

__all__ = ["problems_of_cluster", "problems_of_files"]


def problems_of_cluster(home: "Cluster", *, deep: bool) -> tuple[str, ...]:
    """One line for each thing that is wrong, with what to do about it; none where the archive is sound."""
    return (*home.readable().check(deep=deep), *_beside(home, deep=deep))


def problems_of_files(home: "Directory", *, deep: bool) -> tuple[str, ...]:
    """One line for each thing that is wrong, with what to do about it; none where the archive is sound."""
    engine, ledger = WhooshEngine(home.location), home.ledger()
    files = (*engine.check(deep=deep), *ledger.check(deep=deep))
    return (
        *files,
        *(_apart(engine, ledger) if deep and not files else ()),
        *_beside(home, deep=deep),
    )


def _beside(home: "Home", *, deep: bool) -> Iterator[str]:
    """What lies beside the index."""
    yield from manifest_problems(home.manifest_file, deep=deep)
    yield from _unreadable(home)
    if home.kept(COPY_FILE):
        yield f"{home.location}: a copy of another archive that was broken off; `archive copy --resume` goes on with it"


def _apart(engine: WhooshEngine, ledger: Ledger) -> Iterator[str]:
    """Articles that the index has and the ledger not, or the other way round."""
    before = ledger.ids()
    with closing(engine):
        found = {article.id for article in engine.articles()}
    if found == before:
        return
    # Somebody may be adding meanwhile, or a kill have come between the two: then the unsettled are in the index.
    kept, unsettled = ledger.ids(), ledger.ids(unsettled=True)
    if found in (kept, unsettled):
        return
    if lost := len(kept - found):
        yield str(ArchiveDamaged.at(ledger.folder, f"of the articles kept here {lost:,} are not in the index"))
    if extra := len(found - unsettled):
        remedy = "restore it from a copy, or add their files again to a new archive"
        what = f"of the articles of the index {extra:,} are not kept here"
        yield str(ArchiveDamaged.at(ledger.folder, what, remedy))


def _unreadable(home: "Home") -> Iterator[str]:
    """Settings and aliases that cannot be read."""
    try:
        _ = home.settings, home.aliases
    except SearcherError as error:
        yield str(error)
