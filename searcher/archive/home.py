"""What must there be where an archive lives? The room of its parts, whether that is a directory or a cluster."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.config import Settings
from searcher.engines import Engine
from searcher.models import AddReport, Article

if TYPE_CHECKING:
    from searcher.entities import Alias, Aliases
    from searcher.ledger import Ledger

__all__ = ["Home"]


class Home(ABC):
    """Where an archive lives. Its engine is opened when it is first used, and kept open.

    `location` names it to its user: the path of a directory, the address of a cluster.
    """

    location: Path | str

    def __init__(self) -> None:
        self._engine: Engine | None = None

    @property
    @abstractmethod
    def exists(self) -> bool:
        """Whether there is an index; an error where there cannot be one."""

    @property
    @abstractmethod
    def settings(self) -> Settings:
        """How files are read for this archive; defaults where nobody has said."""

    @abstractmethod
    def save(self, settings: Settings) -> None:
        """Keep the settings, in place of those before."""

    @property
    @abstractmethod
    def aliases(self) -> "Aliases":
        """The spellings of names that the user has added."""

    @abstractmethod
    def add_alias(self, wanted: "Alias") -> "Alias":
        """Let a name have more spellings; the entry as it is then. UsageError for what cannot be meant."""

    @abstractmethod
    def remove_alias(self, name: str, spellings: tuple[str, ...]) -> tuple[str, ...]:
        """Take spellings away, or the whole entry where none is given; those that went."""

    @abstractmethod
    def kept(self, name: str) -> bytes | None:
        """A small document that is kept beside the index; None where there is none."""

    @abstractmethod
    def keep(self, name: str, data: bytes) -> None:
        """Keep a small document beside the index, in place of the one before; an empty one is taken away."""

    @property
    @abstractmethod
    def manifest_file(self) -> Path:
        """Where the notes on files that were read lie: on this machine, as those files do."""

    @property
    @abstractmethod
    def own_folders(self) -> tuple[Path, ...]:
        """Folders of this machine in which the archive itself lies: nothing in them is an article to be added."""

    @abstractmethod
    def ledger(self) -> "Ledger | None":
        """The articles that are kept beside the index; None where the index alone keeps them."""

    @abstractmethod
    def rebuild(
        self,
        settings: Settings,
        aliases: "Aliases",
        processes: int | None = None,
        progress: Callable[[Article], None] | None = None,
    ) -> AddReport:
        """Make the index anew and let it take the place of the old one when it is whole."""

    @abstractmethod
    def problems(self, *, deep: bool) -> tuple[str, ...]:
        """One line for each thing that is wrong, with what to do about it; none where the archive is sound."""

    @abstractmethod
    def _open(self) -> Engine:
        """The index; ArchiveMissing where there is none."""

    @abstractmethod
    def _create(self) -> Engine:
        """A new, empty index."""

    @abstractmethod
    def shared(self) -> Callable[[], Engine]:
        """What opens the index on any machine, as a value that pickles; UsageError where only one process may write."""

    def readable(self) -> Engine:
        """The engine; ArchiveMissing where there is no index."""
        if self._engine is None:
            self._engine = self._open()
        return self._engine

    def writable(self) -> Engine:
        """The engine, of a new index where there is none."""
        if self._engine is None and not self.exists:
            self._engine = self._create()
        return self.readable()

    def close(self) -> None:
        """Let go of the engine; it is opened again when it is used again."""
        if self._engine:
            self._engine.close()
            self._engine = None
