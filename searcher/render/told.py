"""The days that an article tells of, as a person reads them."""

from searcher.models import Article

__all__ = ["told", "told_days"]


def told(article: Article) -> str:
    """Each day with the words for it, in order of time: 2017-10-30 (Monday); what cannot be known last, as unknown."""
    words: dict[str, list[str]] = {}
    for event in sorted(article.events, key=lambda event: event.day or "~"):
        said = words.setdefault(event.day or "unknown", [])
        said += [] if event.text in (*said, event.day) else [" ".join(event.text.split())]
    return ", ".join(day + (f" ({', '.join(said)})" if said else "") for day, said in words.items())


def told_days(article: Article) -> tuple[str, ...]:
    """The days, months and years, each once, in order of time."""
    return tuple(sorted({event.day for event in article.events if event.day}))
