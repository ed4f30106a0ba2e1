"""By which names is it known? Spellings that the user adds to those of the lists."""

from typing import TYPE_CHECKING

from searcher.archive.place import Place
from searcher.models import AddReport, AliasEntry, AliasSuggestion, Article, MentionKind

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Spellings"]


class Spellings(Place):
    """The aliases of an archive."""

    def alias_entries(self) -> tuple[AliasEntry, ...]:
        """The same with the entity that each entry stands for."""
        from searcher.entities.meant import entries

        return entries(self.aliases)

    def add_alias(self, name: str, *spellings: str, kind: MentionKind | None = None, country: str = "") -> AliasEntry:
        """Let a name have more spellings; all that were added for its entity by then.

        Searches use it at once; facets count by it what is added later, and the rest after `apply_aliases`. `kind` and
        `country` (ISO 3166-1 alpha-2) say what a name is that no list has.
        """
        from searcher.entities import Alias, Aliases
        from searcher.entities.meant import entries

        entry = self._home.add_alias(Alias(name, spellings, kind, country))
        return entries(Aliases((entry,)))[0]

    def remove_alias(self, name: str, *spellings: str) -> tuple[str, ...]:
        """Take spellings away from a name again, or all that were added where none is given; those that went."""
        return self._home.remove_alias(name, spellings)

    def suggest_aliases(self, name: str, limit: int = 20) -> tuple[AliasSuggestion, ...]:
        """Spellings found in this archive that may be other ones of a name, the surest first; nothing is changed."""
        from searcher.lookalikes import lookalikes  # rapidfuzz

        return lookalikes(self._readable(), name, self.aliases, limit)

    def apply_aliases(
        self, *, processes: int | None = None, progress: "Callable[[Article], None] | None" = None
    ) -> AddReport:
        """Find the entities of every article again, with the aliases as they are now: how many were `updated`."""
        from searcher import ingest  # parsers, only when articles are made

        workers = ingest.usable_processes(processes)
        return ingest.extract_again(
            self._readable(),
            ingest.Again(self._agreed(None, self.settings), self.aliases, self.settings.day_first),
            processes=workers,
            progress=progress,
        )
