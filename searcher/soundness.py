"""What is wrong with the files of an archive: index, articles beside it, notes on files, settings and aliases."""

from collections.abc import Iterator
from pathlib import Path

from searcher.config import Settings
from searcher.engines.whoosh import WhooshEngine
from searcher.entities.aliasfile import load_aliases
from searcher.errors import SearcherError
from searcher.ingest.manifest import manifest_problems
from searcher.ledger import Ledger
from searcher.places import ALIASES_FILE, LEDGER_FOLDER, MANIFEST_FILE, SETTINGS_FILE

__all__ = ["problems"]


def problems(location: Path, *, deep: bool) -> tuple[str, ...]:
    """One line for each thing that is wrong, with what to do about it; none where the archive is sound."""
    return (
        *WhooshEngine(location).check(deep=deep),
        *Ledger(location / LEDGER_FOLDER).check(deep=deep),
        *manifest_problems(location / MANIFEST_FILE, deep=deep),
        *_unreadable(location),
    )


def _unreadable(location: Path) -> Iterator[str]:
    """Settings and aliases that cannot be read."""
    try:
        Settings.load(location / SETTINGS_FILE)
        if (location / ALIASES_FILE).is_file():
            load_aliases(location / ALIASES_FILE)
    except SearcherError as error:
        yield str(error)
