"""An article becomes a document, and comes back from it."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from struct import unpack
from typing import Any

import orjson

from searcher.analysis import words
from searcher.analysis.lines import LONGEST, lines
from searcher.articlejson import dump, load
from searcher.choices import TEXT_FIELDS, VALUE_FIELDS
from searcher.engines.eventdays import days_of
from searcher.engines.opensearch.mapping import SPELLED, WORD_SUFFIX
from searcher.models import Article
from searcher.query import fold_value
from searcher.query.periods import period

__all__ = ["bands_of", "document", "restored", "sketch_in", "with_sketch"]

MINUTES_OF_A_DAY = 24 * 60
PIECE_BYTES = 4
# An index takes terms of 32,766 bytes, and some are made of two values. No query has a value of more than 4,000.
VALUE_BYTES = 12_000


def document(article: Article) -> str:
    """The document of an article, as JSON.

    Raises:
        TypeError: a field is not of its kind.
        ValueError: a text cannot be written as UTF-8.
    """
    fields: dict[str, Any] = {
        "article": orjson.Fragment(dump(article)),
        "id": article.id,
        "told": article.tells,
        **_texts(article),
        **_values(article),
        **_times(article),
    }
    if article.story:
        fields["copy_of"] = article.story
    if article.path:
        fields["path"] = article.path[:LONGEST]
    if article.sketch:
        fields["sketch"] = b64encode(article.sketch).decode()
        fields["bands"] = bands_of(article.sketch)
    return orjson.dumps(fields).decode()


def restored(kept: Mapping[str, Any]) -> Article:
    """The article of a document, as it was added but for its sketch."""
    return load(kept["article"]["article"])


def with_sketch(kept: Mapping[str, Any]) -> Article:
    """The article of a document, as it was added."""
    return replace(restored(kept), sketch=sketch_in(kept))


def sketch_in(kept: Mapping[str, Any]) -> bytes:
    """The sketch in a document; empty where there is none."""
    return b64decode(kept.get("sketch", ""))


def bands_of(sketch: bytes) -> list[int]:
    """The pieces of a sketch, each a number of 32 bits with its place above it; what is left at the end is none."""
    count = len(sketch) // PIECE_BYTES
    pieces = unpack(f"<{count}I", sketch[: count * PIECE_BYTES])
    return [place << 32 | piece for place, piece in enumerate(pieces)]


def _minutes(article: Article) -> int | None:
    """Minutes since the start of year 1 on the clock of the publisher; None without a date."""
    if article.date is None:
        return None
    moment = article.date.moment
    return moment.toordinal() * MINUTES_OF_A_DAY + moment.hour * 60 + moment.minute


def _texts(article: Article) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name in TEXT_FIELDS:
        text = getattr(article, name)
        if not isinstance(text, str):
            raise TypeError(f"{name} of article {article.id} is no text but {type(text).__name__}")
        terms, unstemmed = lines(text, article.language)
        if terms:
            texts[name], texts[name + WORD_SUFFIX] = terms, unstemmed
    return texts


def _values(article: Article) -> dict[str, list[str]]:
    given = (
        article.locations, article.actors, article.mentioned, (article.source,), article.authors, (article.language,)
    )  # fmt: skip
    found: dict[str, list[str]] = {}
    for name, values in zip(VALUE_FIELDS, given, strict=True):
        kept = dict.fromkeys(_cut(value.strip()) for value in values if value.strip())
        if kept:
            found[name], found[f"{name}_key"], found[f"{name}_words"] = map(list, zip(*map(_forms, kept), strict=True))
    pairs = [SPELLED.join(_cut(name.strip()) for name in pair) for pair in article.within]
    return {**found, "located": pairs} if pairs else found


@lru_cache(maxsize=20_000)
def _forms(value: str) -> tuple[str, str, str]:
    """A value as it is shown, as it is looked for, and its words: most come again and again."""
    return value, f"{_cut(fold_value(value))}{SPELLED}{value}", " ".join(words(value))


def _cut(value: str) -> str:
    """A value, or as much of it as can be kept."""
    return value if len(value) * 4 <= VALUE_BYTES else value.encode()[:VALUE_BYTES].decode(errors="ignore")


def _times(article: Article) -> dict[str, Any]:
    times: dict[str, Any] = {}
    if article.date is not None:
        times = {"moment": _minutes(article), "day": article.date.first_day.isoformat()}
    days = days_of(article) if article.events else ()
    if not days:
        return times
    spans = [span for day in days if (span := period(day))]
    times["event_span"] = [{"gte": first.toordinal(), "lte": last.toordinal()} for first, last in spans]
    for name, length in (("event_year", 4), ("event_month", 7), ("event_day", 10)):
        if named := sorted({day[:length] for day in days if len(day) >= length}):
            times[name] = named
    return times
