"""An archive in a directory: a Whoosh index, the articles beside it, and files with what its user has said."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.archive.home import Home
from searcher.config import Settings
from searcher.disk import mapped, remove, write_whole
from searcher.engines import Engine
from searcher.errors import ArchiveDamaged, ArchiveMissing, UsageError
from searcher.models import AddReport, Article
from searcher.places import ALIASES_FILE, LEDGER_FOLDER, MANIFEST_FILE, SETTINGS_FILE

if TYPE_CHECKING:
    from searcher.entities import Alias, Aliases
    from searcher.ledger import Ledger

__all__ = ["Directory"]


class Directory(Home):
    """The directory of an archive, which is made when something is written."""

    location: Path

    def __init__(self, location: Path) -> None:
        super().__init__()
        self.location = location

    @property
    def exists(self) -> bool:
        """Whether there is an index; an error where a file has the name of the directory."""
        self._check()
        from searcher.engines.whoosh import WhooshEngine  # numpy, only when used

        return WhooshEngine.exists(self.location)

    @property
    def settings(self) -> Settings:
        """Those of settings.json."""
        self._check()
        return Settings.load(self.location / SETTINGS_FILE)

    def save(self, settings: Settings) -> None:
        """Nobody writes meanwhile: a writer tidies up what a kill left of this."""
        from searcher.engines.whoosh import WhooshEngine  # numpy, only when used

        with WhooshEngine.locked(self.location):
            settings.save(self.location / SETTINGS_FILE)

    @property
    def aliases(self) -> "Aliases":
        """Those of aliases.toml, which its user may edit by hand."""
        path = self.location / ALIASES_FILE
        if not path.is_file():  # nothing is loaded for what most archives do not have
            from searcher.entities import NO_ALIASES

            return NO_ALIASES
        from searcher.entities.aliasfile import load_aliases

        return load_aliases(path)

    def add_alias(self, wanted: "Alias") -> "Alias":
        """Change aliases.toml; what its user wrote there stays."""
        self._check()
        from searcher.entities.aliasedit import add_alias  # tomlkit

        return add_alias(self.location / ALIASES_FILE, wanted)

    def remove_alias(self, name: str, spellings: tuple[str, ...]) -> tuple[str, ...]:
        """Change aliases.toml; what its user wrote there stays."""
        self._check()
        from searcher.entities.aliasedit import remove_alias  # tomlkit

        return remove_alias(self.location / ALIASES_FILE, name, spellings)

    def kept(self, name: str) -> bytes | None:
        """A file of the directory."""
        with mapped(self.location):
            try:
                return (self.location / name).read_bytes()
            except FileNotFoundError:
                return None

    def keep(self, name: str, data: bytes) -> None:
        """A file of the directory; see `save`."""
        from searcher.engines.whoosh import WhooshEngine  # numpy, only when used

        path = self.location / name
        with mapped(path), WhooshEngine.locked(self.location):
            if data:
                write_whole(path, data)
            else:
                remove(path)

    @property
    def manifest_file(self) -> Path:
        """It lies in the directory too."""
        return self.location / MANIFEST_FILE

    @property
    def own_folders(self) -> tuple[Path, ...]:
        """The directory."""
        return (self.location,)

    def ledger(self) -> "Ledger":
        """Every normalized article, of which the index can be made again."""
        from searcher.ledger import Ledger  # zstd, only when it is needed

        return Ledger(self.location / LEDGER_FOLDER)

    def rebuild(
        self,
        settings: Settings,
        aliases: "Aliases",
        processes: int | None = None,
        progress: Callable[[Article], None] | None = None,
    ) -> AddReport:
        """Make the index anew from the articles beside it; it may be damaged, or not there."""
        from searcher.archive.rebuild import from_ledger  # readers and parsers, only when articles are made

        return from_ledger(self.location, self.ledger(), settings, aliases, processes, progress)

    def problems(self, *, deep: bool) -> tuple[str, ...]:
        """Of the files in the directory."""
        from searcher.archive.soundness import problems_of_files  # only where it is asked for

        return problems_of_files(self, deep=deep)

    def shared(self) -> Callable[[], Engine]:
        """Never: a directory has one writer."""
        raise UsageError(
            f"{self.location}: an archive in a directory has one writer, so --dask cannot be used with it; name one at "
            "opensearch://HOST:9200/NAME with -i, or leave --dask out: the cores of this machine are used without"
        )

    def _open(self) -> Engine:
        self._check()
        from searcher.engines.whoosh import WhooshEngine  # numpy, only when used

        if not self.exists:
            self._refuse_half()
        return WhooshEngine.open(self.location, self.settings.memory_mb)

    def _create(self) -> Engine:
        from searcher.engines.whoosh import WhooshEngine  # numpy, only when used

        self._refuse_half()
        return WhooshEngine.create(self.location, self.settings.memory_mb)

    def _check(self) -> None:
        if self.location.exists() and not self.location.is_dir():
            raise ArchiveMissing(f"{self.location}: a file, not the directory of an index; name another with -i")

    def _refuse_half(self) -> None:
        """An error where the articles are there and the index is not: a new one would hide what is kept."""
        if self.ledger().exists:
            raise ArchiveDamaged.at(self.location, "the table of contents of the index is missing")
