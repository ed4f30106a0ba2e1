"""Which days an article tells of, and which of them a query asks for: the same for every engine."""

from datetime import date

from searcher.choices import EVENT_CONFIDENCE
from searcher.models import Article
from searcher.query.periods import period

__all__ = ["days_of", "lies_within"]


def days_of(article: Article) -> tuple[str, ...]:
    """The days, months and years that are sure enough to be searched, in order, each once."""
    return tuple(sorted({event.day for event in article.events if event.day and event.confidence >= EVENT_CONFIDENCE}))


def lies_within(day: str, first: date | None, last: date | None) -> bool:
    """Whether every day of a day, month or year (2017, 2017-10, 2017-10-31) lies in the bounds; None is open."""
    found = period(day)
    return found is not None and (first is None or first <= found[0]) and (last is None or found[1] <= last)
