"""Where does an archive lie? Its directory, with the parts of it opened when they are needed."""

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from searcher.archive.consent import allow, require
from searcher.config import Settings
from searcher.engines import Engine
from searcher.errors import ArchiveDamaged, ArchiveMissing, UsageError
from searcher.places import ALIASES_FILE, LEDGER_FOLDER, MANIFEST_FILE, SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from searcher.entities import Aliases
    from searcher.ingest.manifest import Manifest
    from searcher.ledger import Ledger

__all__ = ["Place"]


class Place:
    """The directory of an archive; what it holds is opened when it is first used, and kept open."""

    def __init__(self, location: Path) -> None:
        self.location = location
        self._engine: Engine | None = None

    @classmethod
    def open(cls, location: str | Path = "index") -> Self:
        """The archive at a directory."""
        text = str(location)
        if "://" in text:
            raise UsageError(f"{text}: this version keeps its archives in directories; give the path of one")
        return cls(Path(text))

    @property
    def exists(self) -> bool:
        """Whether there is an index at this place; an error where it cannot hold one."""
        self._check_place()
        from searcher.engines.whoosh import WhooshEngine  # numpy, only when used

        return WhooshEngine.exists(self.location)

    @property
    def settings(self) -> Settings:
        """How this archive reads files."""
        self._check_place()
        return Settings.load(self.location / SETTINGS_FILE)

    def close(self) -> None:
        """Let go of the files; the archive opens them again when it is used again."""
        if self._engine:
            self._engine.close()
            self._engine = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def aliases(self) -> "Aliases":
        """The spellings of names that the user has added to those that are known; kept in aliases.toml, see docs/."""
        path = self.location / ALIASES_FILE
        if not path.is_file():  # nothing is loaded for what most archives do not have
            from searcher.entities import NO_ALIASES

            return NO_ALIASES
        from searcher.entities.aliasfile import load_aliases

        return load_aliases(path)

    def _manifest(self, settings: Settings) -> "Manifest":
        from searcher.ingest.manifest import Manifest  # sqlite3, only when files are looked at

        return Manifest(self.location / MANIFEST_FILE, (settings.encoding, settings.day_first, settings.columns))

    def _ledger(self) -> "Ledger":
        from searcher.ledger import Ledger  # zstd, only when it is needed

        return Ledger(self.location / LEDGER_FOLDER)

    def _readable(self) -> Engine:
        if self._engine is None:
            self._check_place()
            from searcher.engines.whoosh import WhooshEngine  # numpy, only when used

            if not self.exists:
                self._refuse_half()
            self._engine = WhooshEngine.open(self.location, self.settings.memory_mb)
        return self._engine

    def _writable(self) -> Engine:
        if self._engine is None and not self.exists:
            from searcher.engines.whoosh import WhooshEngine  # numpy, only when used

            self._refuse_half()
            self._engine = WhooshEngine.create(self.location, self.settings.memory_mb)
        return self._readable()

    def _shared(self) -> "Callable[[], Engine]":
        """What opens the engine on other machines; UsageError where it has one writer."""
        raise UsageError(
            f"{self.location}: an archive in a directory has one writer, so --dask cannot be used with it; name one at "
            "opensearch://HOST:9200/NAME with -i, or leave --dask out: the cores of this machine are used without"
        )

    def _check_place(self) -> None:
        if self.location.exists() and not self.location.is_dir():
            raise ArchiveMissing(f"{self.location}: a file, not the directory of an index; name another with -i")

    def _refuse_half(self) -> None:
        """An error where the articles are there and the index is not: a new one would hide what is kept."""
        if self._ledger().exists:
            raise ArchiveDamaged.at(self.location, "the table of contents of the index is missing")

    def _agreed(self, entities: str | None, kept: Settings) -> str:
        """What finds entities: as asked for, or as the archive says, where the user has asked for the same before."""
        from searcher.entities.extractors import settled  # the lists, only when something is added

        if entities is None:
            require(self.location, kept.entities)
            return settled(kept.entities)
        made = settled(entities)
        allow(self.location, made)
        return made
