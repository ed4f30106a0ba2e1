"""Files into an engine: read, normalize, find entities, write in batches, count what became of each.

    read_paths -> intake.py   records into the comparison, each file noted behind its last one
                  line.py      each record in order, articles made ahead by workers where there are many
                  maker.py     a raw article -> an article with its mentions
                  crew.py      the worker processes, seen from here; worker.py is what runs in one, wire.py lies between
               -> compare.py   a file against what the archive holds of it, counted
               -> gone.py      at the end what files no longer hold: moved to where it is held now, else removed
               -> changes.py   additions and removals on their way into the engine, committed in batches
    engine     -> again.py     its own articles with their entities found again -> changes.py
               -> changes.py   those of another archive as they are

A file that was added before is compared with what it became: articles it still holds are unchanged, new ones are
added, those that no file holds any more are removed. An article is known by its bytes, so moving or renaming files
changes nothing, the same bytes under a second path are a duplicate, and what is known is not read a second time.
The outcome is the same whatever the number of processes: they make articles, this one alone reads, decides and writes.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.config import Settings
from searcher.entities import NO_ALIASES, Aliases
from searcher.entities.extractors import settled
from searcher.ingest.again import Again, made_again
from searcher.ingest.changes import Changes
from searcher.ingest.compare import Comparison, Progress
from searcher.ingest.crew import usable_processes
from searcher.ingest.files import Files
from searcher.ingest.gone import see_to_gone
from searcher.ingest.intake import take_in
from searcher.ingest.maker import Maker, place
from searcher.ingest.manifest import Manifest
from searcher.ledger import Ledger
from searcher.models import AddReport, Article, Skipped
from searcher.readers import read_paths

if TYPE_CHECKING:
    from searcher.engines import Engine  # not loaded here: workers have no use for it

__all__ = ["Again", "Progress", "add", "copy", "extract_again", "fill", "place", "read", "remove", "usable_processes"]

# Articles committed together. Each commit waits for the disk and leaves a segment to be merged; an interrupted add
# loses what it did since the last one, which SECONDS in changes.py bounds as well.
BATCH = 20_000
# Articles of another archive that are looked for at a time, where some may be there.
TOGETHER = 500

_LOG = logging.getLogger("searcher")


def read(
    paths: str | Path | Iterable[str | Path],
    settings: Settings | None = None,
    *,
    today: date | None = None,
    skipped: list[Skipped] | None = None,
) -> Iterator[Article]:
    """Normalized articles with their mentions, in the order of the files; nothing is indexed.

    What cannot be read is appended to `skipped` where a list is given, and logged as a warning where none is.
    """
    chosen = [paths] if isinstance(paths, str | Path) else paths
    settings = settings or Settings()
    settings = replace(settings, entities=settled(settings.entities))  # a model that is missing is told before reading
    maker = Maker(settings, today or date.today())
    for record in read_paths(chosen, settings):
        made = record if isinstance(record, Skipped) else maker(record)
        if isinstance(made, Article):
            yield replace(made, path=place(made.path))
        elif skipped is not None:
            skipped.append(made)
        else:
            _LOG.warning("skipped %s %s: %s", made.path, made.record, made.reason)


def add(
    engine: "Engine",
    paths: Iterable[str | Path],
    settings: Settings,
    *,
    today: date,
    aliases: Aliases = NO_ALIASES,
    left_out: Iterable[Path] = (),
    processes: int = 1,
    progress: Progress | None = None,
    ledger: Ledger | None = None,
    manifest: Manifest | None = None,
    prune: bool = False,
) -> AddReport:
    """Add what the paths hold but for the folders left out; what cannot be added is in the report, the rest is in.

    `aliases` are the archive's own spellings of names. So many `processes` make articles; with 1 all is done in this
    one. An error or an interrupt ends them, and leaves in the archive what was committed before it. With a `manifest`
    files that have not changed are not read; with `prune` the articles of files that are gone are removed.
    """
    make = Maker(settings, today, aliases)
    given = tuple(paths)
    with Changes(engine, BATCH, ledger, manifest) as changes:
        files = Files(given, settings, tuple(left_out), manifest, lambda path: len(engine.ids("path", path)))
        comparison = Comparison(changes, make, progress)
        take_in(files.records(), comparison, changes, make, processes, manifest.note if manifest else None)
        for known in files.unchanged:
            comparison.pass_over(known)
        see_to_gone(comparison, changes, manifest, files, prune=prune)
    return comparison.report()


def remove(engine: "Engine", article_ids: Iterable[str], ledger: Ledger | None = None) -> int:
    """Remove articles; the number that were there."""
    count = 0
    with Changes(engine, BATCH, ledger) as changes:
        for article_id in sorted(set(article_ids)):
            if changes.has(article_id):
                changes.remove(article_id)
                count += 1
    return count


def fill(
    engine: "Engine",
    articles: Iterable[Article],
    make: Again,
    *,
    processes: int = 1,
    progress: Callable[[Article], None] | None = None,
) -> AddReport:
    """Add normalized articles, their entities and stories found anew, to an engine that has none of them."""
    added, skipped = 0, []
    with Changes(engine, BATCH) as changes, closing(made_again(articles, make, processes)) as pairs:
        for article, made in pairs:
            if isinstance(made, Skipped):
                skipped.append(made)
            else:
                changes.add(made)
                added += 1
            if progress:
                progress(article)
    refused = changes.refused
    return AddReport(added=added - len(refused), stories=len(changes.told), skipped=(*skipped, *refused))


def copy(
    engine: "Engine",
    articles: Iterable[Article],
    ledger: Ledger | None = None,
    *,
    resume: bool = False,
    progress: Callable[[Article], None] | None = None,
) -> tuple[int, int]:
    """Add articles of another archive as they are: how many, and how many were there and the same, with `resume`.

    What the engine refuses is logged as a warning, and not counted.
    """
    left = iter(articles)
    copied = present = 0
    with Changes(engine, BATCH, ledger) as changes:
        while some := list(islice(left, TOGETHER)):
            held = engine.find_all([article.id for article in some]) if resume else {}
            for article in some:
                if held.get(article.id) == article:
                    present += 1
                else:
                    changes.put(article)
                    copied += 1
                if progress:
                    progress(article)
    for refused in changes.refused:
        _LOG.warning("skipped %s %s: %s", refused.path, refused.record, refused.reason)
    return copied - len(changes.refused), present


def extract_again(
    engine: "Engine", make: Again, *, processes: int = 1, progress: Callable[[Article], None] | None = None
) -> AddReport:
    """Find the entities of every article of the archive again, as if it were added now: `updated` and `unchanged` ones.

    No file is read. `progress` is called for each article; for `processes` and interruptions see `add`.
    """
    counts: Counter[str] = Counter()
    skipped = []
    with Changes(engine, BATCH) as changes, closing(made_again(engine.articles(), make, processes)) as pairs:
        for article, made in pairs:
            if isinstance(made, Skipped):
                skipped.append(made)
            elif made == article or not changes.has(article.id):  # unchanged, or removed by another process meanwhile
                counts["unchanged"] += 1
            else:
                changes.add(made)
                counts["updated"] += 1
            if progress:
                progress(article)
    refused = changes.refused
    return AddReport(
        updated=counts["updated"] - len(refused), unchanged=counts["unchanged"], skipped=(*skipped, *refused)
    )
