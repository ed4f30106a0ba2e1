"""The fields of the index and how an article fills them.

title, body                                stemmed, with positions: words and phrases
title_word, body_word                      unstemmed, without positions: exact words, patterns, suggestions
location actor source author language      one term per value, as it is shown
moment                                     minutes since year 1 on the publisher's clock; UNDATED without a date
fingerprint, path                          one term: copies, and what a file became
id, article                                stored; `article` is the whole article as JSON
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from whoosh import analysis as whoosh_analysis
from whoosh import fields

from searcher.analysis import tokens
from searcher.choices import TEXT_FIELDS, VALUE_FIELDS
from searcher.models import Article

__all__ = ["MINUTES_OF_A_DAY", "SEPARATOR", "UNDATED", "WORD_SUFFIX", "document", "make_schema", "minutes"]

# Stands in no value: readers drop control characters.
SEPARATOR = "\x1f"
UNDATED = -1
WORD_SUFFIX = "_word"
MINUTES_OF_A_DAY = 24 * 60


class _TextAnalyzer(whoosh_analysis.Analyzer):
    """Whoosh's view of `searcher.analysis`: terms with true positions, or unstemmed words."""

    def __init__(self, *, stemmed: bool) -> None:
        self.stemmed = stemmed

    def __call__(self, value: str, **wanted: Any) -> Iterator[whoosh_analysis.Token]:
        token = whoosh_analysis.Token(positions=True, chars=False, boost=1.0, mode=wanted.get("mode", ""))
        token.boost = 1.0
        token.stopped = False
        for found in tokens(value):
            token.text = token.original = found.term if self.stemmed else found.word
            token.pos = found.position
            yield token


class _ValueAnalyzer(whoosh_analysis.Analyzer):
    """Values joined by SEPARATOR, each one term as it stands."""

    def __call__(self, value: str, **wanted: Any) -> Iterator[whoosh_analysis.Token]:
        token = whoosh_analysis.Token(positions=True, chars=False, boost=1.0, mode=wanted.get("mode", ""))
        token.boost = 1.0
        token.stopped = False
        for position, text in enumerate(value.split(SEPARATOR)):
            token.text = token.original = text
            token.pos = position
            yield token


def make_schema() -> fields.Schema:
    """The schema of format 1."""
    schema = fields.Schema(
        id=fields.ID(unique=True, stored=True, sortable=True),
        article=fields.STORED(),
        fingerprint=fields.ID(),
        path=fields.ID(),
        moment=fields.NUMERIC(numtype=int, bits=64, signed=True, sortable=True, default=UNDATED),
    )
    for name in TEXT_FIELDS:
        schema.add(name, fields.TEXT(analyzer=_TextAnalyzer(stemmed=True), phrase=True))
        schema.add(name + WORD_SUFFIX, fields.TEXT(analyzer=_TextAnalyzer(stemmed=False), phrase=False))
    for name in VALUE_FIELDS:
        schema.add(name, fields.TEXT(analyzer=_ValueAnalyzer(), phrase=False))
    return schema


def minutes(moment: datetime | date) -> int:
    """Minutes since the start of year 1 on the clock of `moment`, whatever its zone."""
    clock = moment.hour * 60 + moment.minute if isinstance(moment, datetime) else 0
    return moment.toordinal() * MINUTES_OF_A_DAY + clock


def document(article: Article, stored: str) -> dict[str, Any]:
    """The article as Whoosh's writer takes it; `stored` is its JSON."""
    made: dict[str, Any] = {
        "id": article.id,
        "article": stored,
        "fingerprint": article.fingerprint,
        "path": article.path,
        "moment": minutes(article.date.moment) if article.date else UNDATED,
        "title": article.title,
        "title_word": article.title,
        "body": article.body,
        "body_word": article.body,
    }
    values = {
        "location": article.locations,
        "actor": article.actors,
        "source": (article.source,),
        "author": article.authors,
        "language": (article.language,),
    }
    for name, given in values.items():
        kept = list(dict.fromkeys(value.replace(SEPARATOR, " ").strip() for value in given))
        joined = SEPARATOR.join(value for value in kept if value)
        if joined:
            made[name] = joined
    return {name: value for name, value in made.items() if value != ""}
