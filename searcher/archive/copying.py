"""How does an archive come to another place? Every article as it is, what its user has said, then both are compared.

That a copy is under way is noted in the target until both were found to be the same: so what was broken off is told
from an archive of its own, and can be gone on with.
"""

import os
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from searcher.archive.consent import carry
from searcher.archive.place import Place
from searcher.errors import ArchiveDamaged, UsageError
from searcher.models import Article, CopyReport
from searcher.places import ALIASES_FILE, COPY_FILE

__all__ = ["Copying"]

# Of the articles that are not the same in both so many are named.
NAMED = 5


class Copying(Place):
    """Whatever brings an archive elsewhere."""

    def copy_to(
        self,
        target: str | Path,
        *,
        resume: bool = False,
        progress: Callable[[Article], None] | None = None,
    ) -> CopyReport:
        """Copy every article with its entities, story and sketch, and settings and aliases, to another place.

        The target is a directory or the address of a cluster, where no archive is yet or an empty one. With `resume` a
        copy that was broken off is gone on with: articles that are there and the same are passed over. At the end the
        whole target is read and compared. What is added to this archive meanwhile is not copied.

        Raises:
            UsageError: there is something in the target already.
            ArchiveDamaged: the target does not hold the same; the message names articles.
        """
        from searcher import ingest  # only when something is written
        from searcher.archive.content import Content

        source = self._readable()
        with type(self).open(target) as other:
            self._begin(other, resume=resume)
            made, read = other._writable(), Content()
            copied, present = ingest.copy(
                made, read.reading(source.articles()), other._ledger(), resume=resume, progress=progress
            )
            written = Content.of(made.articles())
            if written != read:
                raise self._difference(other, read.articles, written.articles)
            self._finish(other)
        return CopyReport(articles=read.articles, copied=copied, present=present, digest=read.digest)

    def _begin(self, other: Place, *, resume: bool) -> None:
        """Look whether the target can take a copy, note there that one is under way, and bring settings and aliases."""
        self._check_target(other, resume=resume)
        other._writable()
        other._home.keep(COPY_FILE, os.fsencode(_known_as(self)))
        other._home.save(self.settings)
        if aliases := self._home.kept(ALIASES_FILE):
            other._home.keep(ALIASES_FILE, aliases)
        other.close()  # opened again with the settings
        carry(self.location, other.location)

    def _check_target(self, other: Place, *, resume: bool) -> None:
        """UsageError where the target cannot take a copy of this archive."""
        where = other.location
        if _known_as(other) == _known_as(self):
            raise UsageError(f"{where}: the archive itself; name another place")
        if not other.exists:
            return
        begun = os.fsdecode(other._home.kept(COPY_FILE) or b"")
        if begun and not resume:
            raise UsageError(
                f"{where}: a copy of {begun} was broken off here; go on with --resume, or name another place"
            )
        if begun and begun != _known_as(self):
            raise UsageError(f"{where}: what was broken off here is a copy of {begun}; name that, or another place")
        held = 0 if begun else other._readable().stats().articles
        if held:
            raise UsageError(f"{where}: there are {held:,} articles already; name a place where nothing is")

    def _finish(self, other: Place) -> None:
        """Bring the notes on files, and take away that a copy is under way."""
        from searcher.ingest.manifest import copy_manifest  # sqlite3

        copy_manifest(self._home.manifest_file, other._home.manifest_file)
        other._home.keep(COPY_FILE, b"")

    def _difference(self, other: Place, read: int, written: int) -> ArchiveDamaged:
        """What is not the same in both."""
        from searcher.archive.content import differing

        named = list(islice(differing(self._readable(), other._readable()), NAMED))
        which = f"not the same: {', '.join(named)}" if named else "articles have changed since"
        return ArchiveDamaged(
            f"{other.location}: {written:,} articles, where {read:,} were copied from {self.location} ({which}); "
            "--resume brings what is missing, `archive remove` takes out what is too much"
        )


def _known_as(place: Place) -> str:
    """The same for the same place, however it is written."""
    return str(place.location.resolve()) if isinstance(place.location, Path) else place.location
