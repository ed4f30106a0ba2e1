"""What does an archive hold? Files come in, articles go out, the index is made anew and looked over."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.archive.place import Place
from searcher.config import Settings
from searcher.models import AddReport, Article, Pending, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from searcher.ingest import Progress

__all__ = ["Keeping"]


class Keeping(Place):
    """Whatever changes the articles, or checks them."""

    def add(
        self,
        paths: str | Path | Iterable[str | Path],
        *,
        day_first: bool | None = None,
        encoding: str | None = None,
        entities: str | None = None,
        columns: Mapping[str, str] | None = None,
        processes: int | None = None,
        memory_mb: int | None = None,
        prune: bool = False,
        dask: str | None = None,
        progress: "Progress | None" = None,
    ) -> AddReport:
        """Add files and directories; what cannot be read is in the report with its reason, everything else is in.

        `day_first`, `encoding`, `entities`, `columns` and `memory_mb` change the archive's settings, for this and every
        later `add`. `entities` is "rules", or "spacy:MODEL" for what a spaCy model finds besides. `columns` names the
        columns of tables: {"body": "Text"}; an empty name takes one back. Where there is much to add, `processes` share
        the work, by default one for each core; the outcome is the same with any number.

        Files that have not changed since they were added are not read. Those that are gone are named in the report;
        with `prune` their articles are removed.

        With `dask`, the address of a Dask scheduler, its workers do all of that but for the listing of files, whatever
        `processes` says; the archive has to be one that many may write to.
        """
        opener = self._home.shared() if dask is not None else None
        from searcher import ingest  # readers and parsers, only when something is added

        workers = ingest.usable_processes(processes)
        chosen = [paths] if isinstance(paths, str | Path) else list(paths)
        if not self.exists and not any(Path(path).exists() for path in chosen):  # nothing to add makes no index
            skipped: list[Skipped] = []
            list(ingest.read(chosen, self.settings, skipped=skipped))
            return AddReport(skipped=tuple(skipped))
        keep_settings = partial(
            self._keep_settings,
            day_first=day_first,
            encoding=encoding,
            entities=entities,
            memory_mb=memory_mb,
            columns=columns,
        )
        if opener is not None and dask is not None:
            from searcher.ingest import cluster  # Dask

            with cluster.connected(dask) as crew:  # nothing is made where nobody could add to it
                settings = keep_settings()
                self._writable()
                with closing(self._manifest(settings)) as manifest:
                    return cluster.add(
                        opener,
                        chosen,
                        settings,
                        crew,
                        manifest,
                        today=date.today(),
                        aliases=self.aliases,
                        left_out=self._home.own_folders,
                        progress=progress,
                        prune=prune,
                    )
        settings = keep_settings()
        engine = self._writable()
        with closing(self._manifest(settings)) as manifest:
            return ingest.add(
                engine,
                chosen,
                settings,
                today=date.today(),
                aliases=self.aliases,
                left_out=self._home.own_folders,
                processes=workers,
                progress=progress,
                ledger=self._ledger(),
                manifest=manifest,
                prune=prune,
            )

    def pending(self, paths: str | Path | Iterable[str | Path]) -> Pending:
        """What `add` would do with these paths: which files are new, changed or gone. Nothing is read or changed."""
        from searcher.ingest.files import pending

        chosen = [paths] if isinstance(paths, str | Path) else list(paths)
        if not self.exists:
            return pending(chosen, self.settings, self._home.own_folders, None, lambda _: 0)
        engine = self._readable()
        with closing(self._manifest(self.settings)) as manifest:
            return pending(
                chosen, self.settings, self._home.own_folders, manifest, lambda path: len(engine.ids("path", path))
            )

    def watch(
        self,
        folders: Sequence[str | Path],
        *,
        prune: bool = False,
        processes: int | None = None,
        stop: "Event | None" = None,
        told: "Callable[[AddReport], None] | None" = None,
    ) -> None:
        """Add folders, then whatever is written to them, until `stop` is set; `told` gets the report of each batch."""
        from threading import Event

        from searcher.ingest.watch import watch  # watchdog

        def add(paths: Sequence[str | Path]) -> None:
            report = self.add(paths, prune=prune, processes=processes)
            if told:
                told(report)

        watch([Path(folder) for folder in folders], add, stop or Event(), left_out=self._home.own_folders)

    def rebuild(
        self,
        *,
        entities: str | None = None,
        memory_mb: int | None = None,
        processes: int | None = None,
        progress: "Callable[[Article], None] | None" = None,
    ) -> AddReport:
        """Make the index anew from the articles that the archive keeps: no file is read again.

        It helps where the index is damaged or was made by another version, and after `entities` changed. Entities and
        stories are found anew. The new index takes the place of the old when it is whole; until then that one answers.
        """
        kept = self.settings
        settings = replace(kept.changed(memory_mb=memory_mb), entities=self._agreed(entities, kept))
        self.close()
        report = self._home.rebuild(settings, self.aliases, processes, progress)
        self._home.save(settings)
        return report

    def remove(self, *article_ids: str, path: str | Path | None = None) -> int:
        """Remove articles by id, or all that came from a file; the number that were there."""
        engine = self._readable()
        wanted = set(article_ids)
        if path is not None:
            from searcher import ingest  # readers and parsers, only when a file is meant
            from searcher.ingest.files import name_of

            with closing(self._manifest(self.settings)) as manifest:  # which knows the files in an archive
                known_file = manifest.find(name_of(path))
            places = {ingest.place(path), *(known_file.paths if known_file else ())}
            wanted.update(article_id for place in places for article_id in engine.ids("path", place))
        known = {article_id for article_id in wanted if engine.path_of(article_id) is not None}
        if not known:
            return 0
        from searcher import ingest  # parsers, only when something is changed

        return ingest.remove(engine, known, self._ledger())

    def check(self, *, deep: bool = False) -> tuple[str, ...]:
        """What is wrong with the files of the archive, one line each; empty when sound.

        Sizes and tables of contents are compared; with `deep` every byte is, and every list of the index is walked and
        counted against the stored articles.
        """
        if not self.exists:
            self._readable()  # an error that says what is missing
        return self._home.problems(deep=deep)

    def _keep_settings(
        self,
        *,
        day_first: bool | None,
        encoding: str | None,
        entities: str | None,
        memory_mb: int | None,
        columns: Mapping[str, str] | None,
    ) -> Settings:
        kept = self.settings
        wanted = kept.changed(day_first=day_first, encoding=encoding, memory_mb=memory_mb, columns=columns)
        wanted = replace(wanted, entities=self._agreed(entities, kept))
        if wanted != kept:
            self._writable()
            self.close()  # opened again with what was asked for
            self._home.save(wanted)
        return wanted
