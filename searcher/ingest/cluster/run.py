"""One run: files listed, handed out, their outcomes settled, and what is gone seen to at the end."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import monotonic

from searcher.config import Settings
from searcher.entities import NO_ALIASES, Aliases
from searcher.ingest.changes import Changes
from searcher.ingest.cluster.dasked import Workers
from searcher.ingest.cluster.packing import packed
from searcher.ingest.cluster.parcels import Job, Opener, Outcome, Parcel
from searcher.ingest.cluster.settle import Settlement
from searcher.ingest.compare import Comparison, Progress
from searcher.ingest.files import Files
from searcher.ingest.gone import see_to_gone
from searcher.ingest.maker import Maker, place
from searcher.ingest.manifest import Manifest
from searcher.models import AddReport, RawArticle, Skipped

__all__ = ["add"]

# The client itself changes little: what parcels brought twice.
BATCH = 1_000


def add(
    open_engine: Opener,
    paths: Iterable[str | Path],
    settings: Settings,
    workers: Workers,
    manifest: Manifest,
    *,
    today: date,
    aliases: Aliases = NO_ALIASES,
    left_out: Iterable[Path] = (),
    progress: Progress | None = None,
    prune: bool = False,
) -> AddReport:
    """As `ingest.add`, by workers that are `connected`; each opens the engine for itself.

    An error or an interrupt leaves in the engine what was acknowledged; the same call goes on from there. `progress` is
    called for each record when its parcel is done, without what was read.

    Raises:
        WorkersMissing: the scheduler was lost, no worker is left, or one has another version of this package.
    """
    started = monotonic()
    with closing(open_engine()) as engine:
        threads = workers.threads()
        job = Job(open_engine, settings, today, aliases, version("searcher"))
        with Changes(engine, BATCH, None, manifest) as changes:
            files = Files(tuple(paths), settings, tuple(left_out), manifest, lambda path: len(engine.ids("path", path)))
            comparison = Comparison(changes, Maker(settings, today, aliases), progress)
            settlement = Settlement(engine, changes, comparison, manifest)
            parcels = packed(_readable(files, comparison), manifest)
            with closing(workers.finished(job, parcels)) as finished:
                for parcel, outcome, running in finished:
                    settlement.take(parcel.number, outcome, running)
                    _tell(parcel, outcome, progress)
            for known in files.unchanged:
                comparison.pass_over(known)
            see_to_gone(comparison, changes, manifest, files, prune=prune)
    return replace(comparison.report(), workers=threads, seconds=monotonic() - started)


def _readable(files: Files, comparison: Comparison) -> Iterator[Path]:
    """The files that have to be read; those that cannot be are named in the report."""
    for found in files.to_read():
        if isinstance(found, Skipped):
            comparison.take_file(place(found.path), [found])
            comparison.taken()
        else:
            yield found


def _tell(parcel: Parcel, outcome: Outcome, progress: Progress | None) -> None:
    """One call for each record of a parcel: which file it was of is not told, so all are of the last."""
    if progress:
        for skipped in outcome.found.skipped:
            progress(skipped)
        record = RawArticle(path=parcel.paths[-1], reader="", raw=b"")
        for _ in range(outcome.found.counts.total()):
            progress(record)
