"""An index made anew from the articles that are kept beside it."""

import shutil
from collections.abc import Callable
from pathlib import Path

from searcher import ingest
from searcher.config import Settings
from searcher.engines.whoosh import WhooshEngine
from searcher.entities import Aliases
from searcher.errors import ArchiveMissing
from searcher.ledger import Ledger
from searcher.models import AddReport, Article

__all__ = ["rebuild"]

# Beside the index, on a disk that has room for it; what a kill left there is thrown away.
WORKSHOP = "rebuilding"


def rebuild(
    location: Path,
    ledger: Ledger,
    settings: Settings,
    aliases: Aliases,
    processes: int | None = None,
    progress: Callable[[Article], None] | None = None,
) -> AddReport:
    """Make the index of an archive anew, and let it take the place of the old one when it is whole.

    Raises:
        ArchiveMissing: no articles are kept at that place.
        ArchiveDamaged: the articles that are kept cannot all be read; the index stays as it is.
    """
    if not ledger.exists:
        raise ArchiveMissing(f"{location}: no articles are kept here to make an index of; add the files again")
    workers = ingest.usable_processes(processes)
    workshop = location / WORKSHOP
    shutil.rmtree(workshop, ignore_errors=True)
    try:
        engine = WhooshEngine.create(workshop, settings.memory_mb)
        make = ingest.Again(settings.entities, aliases)
        report = ingest.fill(engine, ledger.articles(), make, processes=workers, progress=progress)
        engine.close()
        WhooshEngine.take_over(location, workshop)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return report
