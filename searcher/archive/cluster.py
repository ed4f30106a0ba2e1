"""An archive in a cluster: articles, settings and aliases lie there, for all who use it."""

import re
import zlib
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from searcher.archive.home import Home
from searcher.config import Settings, environment
from searcher.models import AddReport, Article
from searcher.places import ALIASES_FILE, CLUSTERS_FOLDER, MANIFEST_FILE, SETTINGS_FILE

if TYPE_CHECKING:
    from searcher.engines.opensearch import OpenSearchEngine
    from searcher.entities import Alias, Aliases

__all__ = ["Cluster"]


class Cluster(Home):
    """The index of an archive in a cluster.

    Small documents are read once: who opens the archive later sees what others have changed.
    """

    location: str

    def __init__(self, url: str) -> None:
        super().__init__()
        from searcher.engines.opensearch.address import Address  # opensearchpy, only for whoever has a cluster

        self._url = url  # of a new archive it says more than where it is
        self.location = str(Address.of(url))
        self._documents: dict[str, bytes | None] = {}

    @property
    def exists(self) -> bool:
        """Whether the cluster has the index; an error where it cannot be asked."""
        from searcher.engines.opensearch import OpenSearchEngine  # opensearchpy, only when used

        return OpenSearchEngine.exists(self.location)

    @property
    def settings(self) -> Settings:
        """Those that are kept in the cluster."""
        return Settings.read(self.kept(SETTINGS_FILE) or b"{}", self._name_of(SETTINGS_FILE))

    def save(self, settings: Settings) -> None:
        """Keep them in the cluster."""
        self.keep(SETTINGS_FILE, settings.written())

    @property
    def aliases(self) -> "Aliases":
        """Those that are kept in the cluster."""
        kept = self.kept(ALIASES_FILE)
        if not kept:
            from searcher.entities import NO_ALIASES

            return NO_ALIASES
        return _aliases(kept, self._name_of(ALIASES_FILE))

    def add_alias(self, wanted: "Alias") -> "Alias":
        """Change what is kept in the cluster; the index has to be there."""
        from searcher.entities.aliasedit import with_alias  # tomlkit

        self.readable()
        text, entry = with_alias(self._text_of_aliases(), wanted, self._name_of(ALIASES_FILE))
        self.keep(ALIASES_FILE, text.encode())
        return entry

    def remove_alias(self, name: str, spellings: tuple[str, ...]) -> tuple[str, ...]:
        """Change what is kept in the cluster; the index has to be there."""
        from searcher.entities.aliasedit import without_alias  # tomlkit

        self.readable()
        text, gone = without_alias(self._text_of_aliases(), name, spellings, self._name_of(ALIASES_FILE))
        self.keep(ALIASES_FILE, text.encode())
        return gone

    def kept(self, name: str) -> bytes | None:
        """A document of the cluster, as it was when it was first asked for."""
        if name not in self._documents:
            if self._engine is None and not self.exists:
                return None
            self._documents[name] = self.readable().kept(name) or None
        return self._documents[name]

    def keep(self, name: str, data: bytes) -> None:
        """Keep a document in the cluster."""
        self.readable().keep(name, data)
        self._documents[name] = data or None

    @property
    def manifest_file(self) -> Path:
        """Below the user's folder for such things: the files it is about lie on this machine."""
        plain = re.sub(r"[^\w.]+", "-", self.location.partition("://")[2])
        name = f"{plain}-{zlib.crc32(self.location.encode()):08x}"  # for addresses that look alike without their signs
        return environment().state / CLUSTERS_FOLDER / name / MANIFEST_FILE

    @property
    def own_folders(self) -> tuple[Path, ...]:
        """None: nothing of the archive lies in a folder with articles."""
        return ()

    def ledger(self) -> None:
        """None: the index keeps the articles, with replicas and snapshots."""
        return

    def readable(self) -> "OpenSearchEngine":
        """The engine; ArchiveMissing where there is no index."""
        return cast("OpenSearchEngine", super().readable())

    def rebuild(
        self,
        settings: Settings,
        aliases: "Aliases",
        processes: int | None = None,
        progress: Callable[[Article], None] | None = None,
    ) -> AddReport:
        """Make the index anew from the articles of the old one, which answers until the new one is whole."""
        from searcher.archive.rebuild import from_engine  # parsers, only when articles are made

        engine = self.readable()
        with engine.anew() as made:
            return from_engine(engine, made, settings, aliases, processes, progress)

    def problems(self, *, deep: bool) -> tuple[str, ...]:
        """Of the index, of what is kept beside it, and of the notes on this machine."""
        from searcher.archive.soundness import problems_of_cluster  # only where it is asked for

        return problems_of_cluster(self, deep=deep)

    def shared(self) -> "Callable[[], OpenSearchEngine]":
        """The address is all that others need; how to log in they find in their own environment."""
        from searcher.engines.opensearch import OpenSearchEngine  # opensearchpy, only when used

        return partial(OpenSearchEngine.open, self.location)

    def close(self) -> None:
        """Let go of the connection, and forget the documents."""
        super().close()
        self._documents = {}

    def _open(self) -> "OpenSearchEngine":
        from searcher.engines.opensearch import OpenSearchEngine  # opensearchpy, only when used

        return OpenSearchEngine.open(self.location)

    def _create(self) -> "OpenSearchEngine":
        from searcher.engines.opensearch import OpenSearchEngine  # opensearchpy, only when used

        return OpenSearchEngine.create(self._url)

    def _name_of(self, document: str) -> str:
        """A document by name, for messages."""
        return f"{self.location}/{document}"

    def _text_of_aliases(self) -> str:
        """As it is now: another user may have changed it since it was read."""
        self._documents.pop(ALIASES_FILE, None)
        from searcher.entities.aliasfile import decoded

        return decoded(self.kept(ALIASES_FILE) or b"", self._name_of(ALIASES_FILE))


@lru_cache(maxsize=4)
def _aliases(kept: bytes, name: str) -> "Aliases":
    """What a document says, read once: a program or the page searches many times."""
    from searcher.entities.aliasfile import decoded, read_aliases

    return read_aliases(decoded(kept, name), name)
