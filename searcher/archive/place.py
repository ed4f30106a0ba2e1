"""Where does an archive lie? What it holds is reached through its home, a directory or a cluster."""

import re
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from searcher.archive.consent import allow, require
from searcher.archive.directory import Directory
from searcher.config import Settings
from searcher.engines import Engine
from searcher.errors import UsageError

if TYPE_CHECKING:
    from searcher.archive.home import Home
    from searcher.entities import Aliases
    from searcher.ingest.manifest import Manifest
    from searcher.ledger import Ledger

__all__ = ["Place"]

# What Path makes of an address: two slashes become one.
_COLLAPSED = re.compile(r"opensearchs?:/(?!/)")


class Place:
    """The place of an archive; what it holds is opened when it is first used, and kept open."""

    def __init__(self, home: "Home") -> None:
        self._home = home

    @classmethod
    def open(cls, location: str | Path = "index") -> Self:
        """The archive at a directory, or in a cluster: opensearch://HOST:PORT/NAME, opensearchs:// for TLS."""
        return cls(_home_at(location))

    @property
    def location(self) -> Path | str:
        """The directory of the archive, or its address."""
        return self._home.location

    @property
    def exists(self) -> bool:
        """Whether there is an index at this place; an error where it cannot hold one."""
        return self._home.exists

    @property
    def settings(self) -> Settings:
        """How this archive reads files."""
        return self._home.settings

    def close(self) -> None:
        """Let go of the files; the archive opens them again when it is used again."""
        self._home.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def aliases(self) -> "Aliases":
        """The spellings of names that the user has added to those that are known; kept as aliases.toml, see docs/."""
        return self._home.aliases

    def _manifest(self, settings: Settings) -> "Manifest":
        from searcher.disk import make_folder, mapped
        from searcher.ingest.manifest import Manifest  # sqlite3, only when files are looked at

        path = self._home.manifest_file
        with mapped(path):
            make_folder(path.parent)
        return Manifest(path, (settings.encoding, settings.day_first, settings.columns))

    def _ledger(self) -> "Ledger | None":
        return self._home.ledger()

    def _readable(self) -> Engine:
        return self._home.readable()

    def _writable(self) -> Engine:
        return self._home.writable()

    def _agreed(self, entities: str | None, kept: Settings) -> str:
        """What finds entities: as asked for, or as the archive says, where the user has asked for the same before."""
        from searcher.entities.extractors import settled  # the lists, only when something is added

        if entities is None:
            require(self.location, kept.entities)
            return settled(kept.entities)
        made = settled(entities)
        allow(self.location, made)
        return made


def _home_at(location: str | Path) -> "Home":
    text = str(location)
    if text.startswith(("opensearch://", "opensearchs://")):
        from searcher.archive.cluster import Cluster  # only for whoever has one

        return Cluster(text)
    if "://" in text:
        raise UsageError(
            f"{text}: an archive lies in a directory or in a cluster: give a path, opensearch://HOST:PORT/NAME or, "
            "with TLS, opensearchs://HOST:PORT/NAME"
        )
    if _COLLAPSED.match(text):
        raise UsageError(f"{text}: a path, which an address is not; give it as text: opensearch://HOST:PORT/NAME")
    return Directory(Path(text))
