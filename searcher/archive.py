"""The programmatic API: everything the command line and the page do, they do through `Archive`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

from searcher.analysis import fold
from searcher.choices import TIME_LIMIT
from searcher.config import Settings
from searcher.consent import allow, require
from searcher.disk import mapped, size_of
from searcher.engines import Engine, hit_of
from searcher.errors import ArchiveDamaged, ArchiveMissing, ArticleMissing, UsageError
from searcher.models import (
    AddReport,
    AliasEntry,
    AliasSuggestion,
    Article,
    Hit,
    MentionKind,
    Pending,
    Results,
    Skipped,
    Stats,
    Story,
)
from searcher.places import ALIASES_FILE, LEDGER_FOLDER, MANIFEST_FILE, SETTINGS_FILE
from searcher.query import Deadline, Highlighter, Names, Plan, SearchOptions, alone, make_plan
from searcher.query.nodes import Nothing, Or, Term
from searcher.similar import telling_words
from searcher.spelling import better_query, completions
from searcher.unanswered import why_nothing

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from searcher.entities import Aliases
    from searcher.ingest import Progress
    from searcher.ingest.manifest import Manifest
    from searcher.ledger import Ledger

__all__ = ["Archive"]

PAGE = 500


class Archive:
    """A searchable collection of articles at one place: a directory.

    Opening is cheap and never fails for a place where nothing is yet: the first `add` makes the index. Every method
    may raise the errors of `searcher.errors`. An archive can be used as a context manager.
    """

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
        progress: "Progress | None" = None,
    ) -> AddReport:
        """Add files and directories; what cannot be read is in the report with its reason, everything else is in.

        `day_first`, `encoding`, `entities`, `columns` and `memory_mb` change the archive's settings, for this and every
        later `add`. `entities` is "rules", or "spacy:MODEL" for what a spaCy model finds besides. `columns` names the
        columns of tables: {"body": "Text"}; an empty name takes one back. Where there is much to add, `processes` share
        the work, by default one for each core; the outcome is the same with any number.

        Files that have not changed since they were added are not read. Those that are gone are named in the report;
        with `prune` their articles are removed.
        """
        from searcher import ingest  # readers and parsers, only when something is added

        workers = ingest.usable_processes(processes)
        chosen = [paths] if isinstance(paths, str | Path) else list(paths)
        if not self.exists and not any(Path(path).exists() for path in chosen):  # nothing to add makes no index
            skipped: list[Skipped] = []
            list(ingest.read(chosen, self.settings, skipped=skipped))
            return AddReport(skipped=tuple(skipped))
        settings = self._keep_settings(
            day_first=day_first, encoding=encoding, entities=entities, memory_mb=memory_mb, columns=columns
        )
        engine = self._writable()
        with closing(self._manifest(settings)) as manifest:
            return ingest.add(
                engine,
                chosen,
                settings,
                today=date.today(),
                aliases=self.aliases,
                left_out=[self.location],
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
            return pending(chosen, self.settings, self.location, None, lambda _: 0)
        engine = self._readable()
        with closing(self._manifest(self.settings)) as manifest:
            return pending(chosen, self.settings, self.location, manifest, lambda path: len(engine.ids("path", path)))

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

        watch([Path(folder) for folder in folders], add, stop or Event(), left_out=self.location)

    def rebuild(
        self,
        *,
        entities: str | None = None,
        memory_mb: int | None = None,
        processes: int | None = None,
        progress: "Callable[[Article], None] | None" = None,
    ) -> AddReport:
        """Make the index anew from the articles that the archive keeps beside it: no file is read again.

        It helps where the index is damaged or was made by another version, and after `entities` changed. Entities and
        stories are found anew. The new index takes the place of the old when it is whole; until then that one answers.
        """
        from searcher.rebuild import rebuild  # readers and parsers, only when articles are made

        kept = self.settings
        settings = replace(kept.changed(memory_mb=memory_mb), entities=self._agreed(entities, kept))
        self.close()
        report = rebuild(self.location, self._ledger(), settings, self.aliases, processes, progress)
        settings.save(self.location / SETTINGS_FILE)
        return report

    def search(self, query: str = "", **options: Unpack[SearchOptions]) -> Results:
        """Articles that match, best first, with the exact total and facet counts over all of them.

        Where no article has all the words, those with some are shown and a note says so. Where the time is over, what
        was found by then is shown and a note says so.
        """
        started = perf_counter()
        deadline = Deadline(options.get("time_limit", TIME_LIMIT))
        engine = self._readable()
        names = self._names()
        plan = make_plan(query, options, names, deadline)
        results = engine.search(plan.request)
        notes, read_as, suggestion = plan.notes, plan.read_as, None
        nothing = not results.total and not deadline.passed
        if nothing:
            suggestion = better_query(engine, plan.request)
        if nothing and options.get("match", "all") == "all" and plan.loosens and not options.get("phrase"):
            loose = make_plan(query, {**options, "match": "any"}, names, deadline)
            some = engine.search(loose.request)
            if some.total:
                results, read_as = some, loose.read_as
                notes = (*loose.notes, "no article has all of that: articles with some of it are shown")
        explained = self._explain(engine, plan)
        why = () if results.total or deadline.passed else why_nothing(engine, plan.request)
        return replace(
            results,
            notes=(*notes, *results.notes, *why, *deadline.notes),
            suggestion=suggestion,
            read_as=read_as,
            explain=explained,
            partial=deadline.passed,
            took_ms=(perf_counter() - started) * 1000,
        )

    def get(self, article_id: str) -> Article:
        """The article with that id, with its mentions; ArticleMissing where there is none."""
        found = self._readable().find(article_id)
        if found is None:
            raise ArticleMissing(f"{self.location}: no article {article_id}; `search --json` shows the ids")
        return found

    def marks(self, article: Article, query: str, **options: Unpack[SearchOptions]) -> tuple[tuple[int, int], ...]:
        """Where the body of an article matches a query: (start, end) offsets, in order."""
        plan = make_plan(query, options, self._names())
        highlighter = Highlighter(plan.request.node)
        return tuple((mark.start, mark.end) for mark in highlighter.marks(article.body, language=article.language))

    def similar(self, article_id: str, limit: int = 10) -> tuple[Hit, ...]:
        """Articles that share the words which tell this one from others, best first."""
        article = self.get(article_id)
        engine = self._readable()
        node = Or(tuple(Term(word, exact=True) for word in telling_words(engine, article)))
        if not node.nodes:
            return ()
        plan = make_plan("", {"limit": limit + 1, "facets": ()}, Names())
        hits = engine.search(replace(plan.request, node=node)).hits
        return tuple(hit for hit in hits if hit.id != article_id)[:limit]

    def copies(self, article: Article) -> tuple[Hit, ...]:
        """The other articles of the same story: copies of the text, word for word or nearly so."""
        engine = self._readable()
        others = [engine.find(other) for other in engine.ids("story", article.tells) if other != article.id]
        highlighter = Highlighter(Nothing())
        return tuple(hit_of(other, 0.0, len(others), highlighter) for other in others if other)

    def story(self, article_id: str) -> Story:
        """The story that an article tells: who ran it when, and what changed from one version to the next."""
        from searcher.lineage import story_of  # difflib

        return story_of(self._readable(), self.get(article_id))

    def suggest(self, start: str, limit: int = 10) -> tuple[str, ...]:
        """Words of the archive that begin so, those in most articles first."""
        return completions(self._readable(), start, limit)

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

    def articles(self, query: str = "", **options: Unpack[SearchOptions]) -> Iterator[Article]:
        """Every article, or every one that a search finds, in the order of the search; however long it takes."""
        engine = self._readable()
        if not query and not options:
            yield from engine.articles()
            return
        paged: SearchOptions = {**options, "limit": PAGE, "offset": 0, "facets": (), "time_limit": None}
        while hits := self.search(query, **paged).hits:
            yield from (self.get(hit.id) for hit in hits)
            paged["offset"] += PAGE

    @property
    def aliases(self) -> "Aliases":
        """The spellings of names that the user has added to those that are known; kept in aliases.toml, see docs/."""
        path = self.location / ALIASES_FILE
        if not path.is_file():  # nothing is loaded for what most archives do not have
            from searcher.entities import NO_ALIASES

            return NO_ALIASES
        from searcher.entities.aliasfile import load_aliases

        return load_aliases(path)

    def alias_entries(self) -> tuple[AliasEntry, ...]:
        """The same with the entity that each entry stands for."""
        from searcher.entities.meant import entries

        return entries(self.aliases)

    def add_alias(self, name: str, *spellings: str, kind: MentionKind | None = None, country: str = "") -> AliasEntry:
        """Let a name have more spellings; all that were added for its entity by then.

        Searches use it at once; facets count by it what is added later, and the rest after `apply_aliases`. `kind` and
        `country` (ISO 3166-1 alpha-2) say what a name is that no list has.
        """
        self._check_place()
        from searcher.entities import Alias, Aliases
        from searcher.entities.aliasedit import add_alias  # tomlkit
        from searcher.entities.meant import entries

        entry = add_alias(self.location / ALIASES_FILE, Alias(name, spellings, kind, country))
        return entries(Aliases((entry,)))[0]

    def remove_alias(self, name: str, *spellings: str) -> tuple[str, ...]:
        """Take spellings away from a name again, or all that were added where none is given; those that went."""
        self._check_place()
        from searcher.entities.aliasedit import remove_alias  # tomlkit

        return remove_alias(self.location / ALIASES_FILE, name, spellings)

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

    def stats(self) -> Stats:
        """What the archive holds."""
        with mapped(self.location):
            size = size_of(self.location)
        return replace(self._readable().stats(), size_bytes=size, entities=self.settings.entities)

    def check(self, *, deep: bool = False) -> tuple[str, ...]:
        """What is wrong with the files of the archive, one line each; empty when sound.

        Sizes and tables of contents are compared; with `deep` every byte is, and every list of the index is walked and
        counted against the stored articles.
        """
        from searcher.soundness import problems  # only where it is asked for

        if not self.exists:
            self._readable()  # an error that says what is missing
        return problems(self.location, deep=deep)

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

    def _check_place(self) -> None:
        if self.location.exists() and not self.location.is_dir():
            raise ArchiveMissing(f"{self.location}: a file, not the directory of an index; name another with -i")

    def _refuse_half(self) -> None:
        """An error where the articles are there and the index is not: a new one would hide what is kept."""
        if self._ledger().exists:
            raise ArchiveDamaged.at(self.location, "the table of contents of the index is missing")

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
            wanted.save(self.location / SETTINGS_FILE)
        return wanted

    def _agreed(self, entities: str | None, kept: Settings) -> str:
        """What finds entities: as asked for, or as the archive says, where the user has asked for the same before."""
        from searcher.entities.extractors import settled  # the lists, only when something is added

        if entities is None:
            require(self.location, kept.entities)
            return settled(kept.entities)
        made = settled(entities)
        allow(self.location, made)
        return made

    def _names(self) -> Names:
        from searcher.entities import other_spellings, value_of  # the gazetteer, only when a query is read

        aliases = self.aliases

        def others(name: str) -> tuple[str, ...]:
            typed = fold(name)
            return tuple(spelling for spelling in other_spellings(name, aliases) if fold(spelling) != typed)

        return Names(others, lambda name: value_of(name, aliases) or name)

    def _explain(self, engine: Engine, plan: Plan) -> tuple[tuple[str, int], ...]:
        """How many articles match each part; those that were not counted when the time was over are left out."""
        counted = []
        for text, node in plan.clauses:
            total = engine.search(alone(plan.request, node)).total
            if plan.request.deadline.passed:
                break
            counted.append((text, total))
        return tuple(counted)
