"""An index made anew from the articles that are kept beside it, or of the old index where nothing else keeps them."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from searcher import disk, ingest
from searcher.config import Settings
from searcher.engines import Engine
from searcher.engines.whoosh import WhooshEngine
from searcher.entities import Aliases
from searcher.errors import ArchiveDamaged, ArchiveMissing, ReadError
from searcher.ledger import Ledger
from searcher.models import AddReport, Article
from searcher.places import WORKSHOP
from searcher.query import Order, SearchRequest
from searcher.query.nodes import Everything

__all__ = ["from_engine", "from_ledger"]


def from_ledger(
    location: Path,
    ledger: Ledger,
    settings: Settings,
    aliases: Aliases,
    processes: int | None = None,
    progress: Callable[[Article], None] | None = None,
) -> AddReport:
    """Make the index in a directory anew, and let it take the place of the old one when it is whole.

    The archive is locked from the first article to the last: what another process adds comes after it.

    Raises:
        ArchiveMissing: no articles are kept at that place.
        ArchiveDamaged: the articles that are kept cannot all be read; the index stays as it is.
    """
    nothing = ArchiveMissing(f"{location}: no articles are kept here to make an index of; add the files again")
    if not location.is_dir():
        raise nothing
    workers = ingest.usable_processes(processes)
    make = ingest.Again(settings.entities, aliases, settings.day_first)
    workshop = location / WORKSHOP
    with disk.mapped(location), WhooshEngine.locked(location):
        _settle(location, ledger)
        if not ledger.exists:
            raise nothing
        shutil.rmtree(workshop, ignore_errors=True)
        try:
            engine = WhooshEngine.create(workshop, settings.memory_mb)
            report = ingest.fill(engine, ledger.articles(), make, processes=workers, progress=progress)
            engine.close()
            WhooshEngine.take_over(location, workshop)
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
    return report


def from_engine(
    engine: Engine,
    made: Engine,
    settings: Settings,
    aliases: Aliases,
    processes: int | None = None,
    progress: Callable[[Article], None] | None = None,
) -> AddReport:
    """Fill a new index with the articles of another, which alone keeps them; stories begin with the earliest article.

    Raises:
        ReadError: an article could not be made anew; with the new index it would be lost.
    """
    workers = ingest.usable_processes(processes)
    make = ingest.Again(settings.entities, aliases, settings.day_first)
    every = engine.found(SearchRequest(node=Everything(), order=Order(sort="oldest")))
    bare = (replace(article, sketch=b"", story="") for article in every)
    report = ingest.fill(made, bare, make, processes=workers, progress=progress)
    if report.skipped:
        lost = report.skipped[0]
        raise ReadError(lost.path, f"{lost.reason}; the index stays as it was", lost.record)
    return report


def _settle(location: Path, ledger: Ledger) -> None:
    """Let the ledger have what a kill left between it and the index; all of it where the index cannot be asked."""
    try:
        engine = WhooshEngine.open(location)
        with engine.sound():
            ledger.settle(lambda article_id: engine.path_of(article_id) is not None)
    except (ArchiveDamaged, ArchiveMissing):
        ledger.settle(None)
