"""An article as a line of JSON, and back: every field but its sketch, nothing executed on reading."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

import orjson

from searcher.models import Article, EventDate, Mention, PublicationDate

__all__ = ["dump", "load"]

_TUPLES = tuple(entry.name for entry in fields(Article) if str(entry.type).startswith("tuple"))


class _Given:
    """Takes the fields of a value that are not at their defaults."""

    def __init__(self, kind: type[Any], *apart: str) -> None:
        chosen = [entry for entry in fields(kind) if entry.name not in apart]
        self._names = tuple(entry.name for entry in chosen)
        self._defaults = tuple(entry.default for entry in chosen)
        self._values: Callable[[Any], tuple[Any, ...]] = attrgetter(*self._names)

    def __call__(self, value: Any) -> dict[str, Any]:
        found = zip(self._names, self._values(value), self._defaults, strict=True)
        return {name: held for name, held, default in found if held is not default and held != default}


_article = _Given(Article, "date", "mentions", "events", "sketch")  # the sketch is a column
_event = _Given(EventDate)
_mention = _Given(Mention)
_date = _Given(PublicationDate)


def dump(article: Article) -> bytes:
    """The id and the article as one line of JSON; fields at their defaults are left out."""
    kept = _article(article)
    if article.date:
        kept["date"] = _date(article.date)
    if article.mentions:
        kept["mentions"] = [_mention(mention) for mention in article.mentions]
    if article.events:
        kept["events"] = [_event(event) for event in article.events]
    return orjson.dumps({"id": article.id, "article": kept})


def load(kept: Mapping[str, Any]) -> Article:
    """The article that `dump` wrote, from its part of the line."""
    given = {**kept, **{name: tuple(kept.get(name, ())) for name in _TUPLES}}
    given["within"] = tuple((place, country) for place, country in given["within"])
    given["mentions"] = tuple(Mention(**mention) for mention in given["mentions"])
    given["events"] = tuple(EventDate(**event) for event in given["events"])
    given["date"] = PublicationDate(**kept["date"]) if "date" in kept else None
    return Article(**given)
