"""What is wrong with the files of an archive: index, articles beside it, notes on files, settings and aliases."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from searcher.config import Settings
from searcher.engines.whoosh import WhooshEngine
from searcher.entities.aliasfile import load_aliases
from searcher.errors import ArchiveDamaged, SearcherError
from searcher.ingest.manifest import manifest_problems
from searcher.ledger import Ledger
from searcher.places import ALIASES_FILE, LEDGER_FOLDER, MANIFEST_FILE, SETTINGS_FILE

__all__ = ["problems"]


def problems(location: Path, *, deep: bool) -> tuple[str, ...]:
    """One line for each thing that is wrong, with what to do about it; none where the archive is sound."""
    engine, ledger = WhooshEngine(location), Ledger(location / LEDGER_FOLDER)
    files = (*engine.check(deep=deep), *ledger.check(deep=deep))
    return (
        *files,
        *(_apart(engine, ledger) if deep and not files else ()),
        *manifest_problems(location / MANIFEST_FILE, deep=deep),
        *_unreadable(location),
    )


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


def _unreadable(location: Path) -> Iterator[str]:
    """Settings and aliases that cannot be read."""
    try:
        Settings.load(location / SETTINGS_FILE)
        if (location / ALIASES_FILE).is_file():
            load_aliases(location / ALIASES_FILE)
    except SearcherError as error:
        yield str(error)
