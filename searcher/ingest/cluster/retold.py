"""Articles that a run which was killed left in the archive: their stories looked at again.

That run may have ended before it put together what parcels under way together could not see of each other.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from searcher.ingest.changes import TOGETHER
from searcher.ingest.cluster.parcels import Joined, Row
from searcher.ingest.stories import Near, Stories, enough
from searcher.models import Article
from searcher.normalize import sketch_of

if TYPE_CHECKING:
    from searcher.engines import Engine

__all__ = ["retold"]


def retold(engine: "Engine", places: Iterable[str], fresh: AbstractSet[str]) -> tuple[list[Row], list[Joined]]:
    """The articles of these paths but for the fresh ones, and the stories among theirs that are parts of others."""
    rows, joined = list[Row](), list[Joined]()
    left = _found(engine, places, fresh)
    while articles := list(islice(left, TOGETHER)):
        rows += map(_row, articles)
        near = Stories(engine).near([article.sketch for article in articles])
        for number, article in enumerate(articles):
            into = _story(engine, article, near[number])
            if into != article.tells:
                joined.append(Joined(article.tells, into))
    return rows, joined


def _found(engine: "Engine", places: Iterable[str], fresh: AbstractSet[str]) -> Iterator[Article]:
    for path in places:
        for article_id in engine.ids("path", path):
            found = engine.find(article_id) if article_id not in fresh else None
            if found:
                yield replace(found, sketch=sketch_of(found.title, found.body))


def _story(engine: "Engine", article: Article, near: Sequence[Near]) -> str:
    """The story of an article: that of the first of its own, should this be a part of another one by now.

    Of two copies that each began a story neither saw the other: one joins the other.
    """
    if article.story:
        first = engine.find(article.story)
        return first.tells if first else article.story
    least = enough(len(article.body.split()))
    begun = [(much, other) for much, other, story in near if story == other != article.id and much >= least]
    return max(begun)[1] if begun else article.id


def _row(article: Article) -> Row:
    words = len(article.body.split())
    return Row(article.id, article.path, article.record, article.sketch, article.tells, words, fresh=False)
