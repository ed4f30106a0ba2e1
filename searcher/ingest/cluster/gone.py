"""Articles that their files no longer hold: moved to where they are held now, else removed, once all files are read.

No worker removes anything: another one may just have met the same article in a second file and left it out for that.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from searcher.config import Settings
from searcher.ingest.changes import Changes
from searcher.ingest.cluster.parcels import Gone
from searcher.ingest.compare import Comparison
from searcher.ingest.files import name_of
from searcher.ingest.maker import place
from searcher.ingest.manifest import Known, Manifest
from searcher.models import RawArticle
from searcher.normalize.fingerprint import identity
from searcher.readers import read_file

__all__ = ["see_to_gone"]


def see_to_gone(
    gone: Sequence[Gone],
    comparison: Comparison,
    changes: Changes,
    manifest: Manifest,
    settings: Settings,
    passed_over: Iterable[Known],
) -> None:
    """Move or remove what is gone from its file. Before anything is removed, the files passed over are looked into."""
    left = {one.id for one in gone if changes.path_of(one.id) == one.path}
    elsewhere = comparison.found.elsewhere
    if left - elsewhere.keys():
        for article_id, path, record in _held(passed_over, settings):
            if article_id in left:
                elsewhere.setdefault(article_id, (path, record))
    for article_id in sorted(left):
        if article_id in elsewhere:
            changes.move(article_id, *elsewhere[article_id])
            manifest.forget(name_of(elsewhere[article_id][0]))  # it holds more than was noted of it
        else:
            changes.remove(article_id)


def _held(passed_over: Iterable[Known], settings: Settings) -> Iterator[tuple[str, str, str]]:
    """The records of files that held what was there already under another path: id, path and record."""
    for known in passed_over:
        if known.duplicates:
            for record in read_file(Path(os.fsdecode(known.name)), settings):
                if isinstance(record, RawArticle):
                    yield identity(record.raw), place(record.path), record.record
