"""An article found becomes a Hit: the same for every engine."""

from searcher.models import Article, Hit
from searcher.query import Highlighter

__all__ = ["hit_of"]


def hit_of(article: Article, score: float, duplicates: int, highlighter: Highlighter) -> Hit:
    """The hit for `article` with its snippet, marks and spellings."""
    shown = highlighter.show(article)
    snippet, title_marks = shown.snippet, shown.title_marks
    return Hit(
        id=article.id,
        title=article.title,
        date=article.date,
        source=article.source,
        url=article.url,
        path=article.path,
        language=article.language,
        score=score,
        snippet=snippet.text,
        marks=snippet.marks,
        title_marks=tuple((mark.start, mark.end) for mark in title_marks),
        where=snippet.where or ("title" if title_marks else ""),
        locations=article.locations,
        actors=article.actors,
        duplicates=duplicates,
        matched=shown.spellings,
        story=article.tells,
    )
