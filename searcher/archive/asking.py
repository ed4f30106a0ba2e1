"""What does an archive say? Searches, articles, stories, words and counts; nothing is changed."""

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter
from typing import Unpack

from searcher.analysis import fold
from searcher.archive.place import Place
from searcher.choices import TIME_LIMIT
from searcher.engines import Engine, hit_of
from searcher.errors import ArticleMissing
from searcher.models import Article, Hit, Results, Stats, Story
from searcher.query import NEVER, Deadline, Highlighter, Names, Plan, SearchOptions, alone, make_plan
from searcher.query.nodes import Nothing, Or, Term
from searcher.similar import telling_words
from searcher.spelling import better_query, completions
from searcher.unanswered import why_nothing

__all__ = ["Asking"]


class Asking(Place):
    """Whatever can be asked."""

    def search(self, query: str = "", **options: Unpack[SearchOptions]) -> Results:
        """Articles that match, best first, with the exact total and facet counts over all of them.

        Where no article has all the words, those with some are shown and a note says so. Where the time is over, what
        was found by then is shown and a note says so.
        """
        started = perf_counter()
        deadline = Deadline(options.get("time_limit", TIME_LIMIT))
        engine = self._readable()
        plan = make_plan(query, options, self._names(), deadline)
        results = engine.search(plan.request)
        notes, read_as, suggestion = plan.notes, plan.read_as, None
        nothing = not results.total and not deadline.passed
        if nothing:
            suggestion = better_query(engine, plan.request)
        loose = self._loose(query, options, plan, deadline) if nothing else None
        if loose:
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

    def articles(self, query: str = "", **options: Unpack[SearchOptions]) -> Iterator[Article]:
        """Every article, or every one that a search finds, in the order of the search; however long it takes."""
        engine = self._readable()
        if not query and not options:
            yield from engine.articles()
            return
        plan = make_plan(query, {**options, "facets": ()}, self._names())
        found = engine.found(plan.request)
        first = next(found, None)
        loose = self._loose(query, {**options, "facets": ()}, plan) if first is None else None
        if first is not None:
            yield first
        yield from engine.found(loose.request) if loose else found

    def stats(self) -> Stats:
        """What the archive holds."""
        return replace(self._readable().stats(), entities=self.settings.entities)

    def _loose(self, query: str, options: SearchOptions, plan: Plan, deadline: Deadline = NEVER) -> Plan | None:
        """The plan for articles with some of a query that no article has all of; None where that is not wanted."""
        if options.get("match", "all") != "all" or not plan.loosens or options.get("phrase"):
            return None
        return make_plan(query, {**options, "match": "any"}, self._names(), deadline)

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
