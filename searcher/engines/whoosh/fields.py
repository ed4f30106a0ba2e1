"""The fields of the index as Whoosh's schema, for its own searcher and writer."""

from collections.abc import Iterator
from typing import Any

from whoosh import analysis, columns, fields

from searcher.analysis import tokens
from searcher.choices import EVENT_FIELD, TEXT_FIELDS, VALUE_FIELDS
from searcher.engines.whoosh.schema import (
    KEY_FIELDS,
    LOCATED,
    MOMENT,
    TERM_FIELDS,
    TOLD,
    UNDATED,
    UNTOLD,
    WORD_SUFFIX,
    minutes,
    number_of,
    values_of,
)
from searcher.models import Article

__all__ = ["SEPARATOR", "document", "make_schema"]

# Stands in no value: readers drop control characters.
SEPARATOR = "\x1f"


class _Text(str):
    """A text with its language: Whoosh hands an analyzer the value of a field and nothing else."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> "_Text":
        made = super().__new__(cls, text)
        made.language = language
        return made


class _TextAnalyzer(analysis.Analyzer):
    """Whoosh's view of `searcher.analysis`: terms with true positions, or unstemmed words."""

    def __init__(self, *, stemmed: bool) -> None:
        self.stemmed = stemmed

    def __call__(self, value: str, **wanted: Any) -> Iterator[analysis.Token]:
        """The tokens of a text."""
        language = value.language if isinstance(value, _Text) else ""
        token = analysis.Token(positions=True, chars=False, boost=1.0, mode=wanted.get("mode", ""))
        token.boost = 1.0
        token.stopped = False
        for found in tokens(value, language):
            token.text = token.original = found.term if self.stemmed else found.word
            token.pos = found.position
            token.startchar, token.endchar = found.start, found.end
            yield token


class _ValueAnalyzer(analysis.Analyzer):
    """Values joined by SEPARATOR, each one term as it stands."""

    def __call__(self, value: str, **wanted: Any) -> Iterator[analysis.Token]:
        token = analysis.Token(positions=True, chars=False, boost=1.0, mode=wanted.get("mode", ""))
        token.boost = 1.0
        token.stopped = False
        for position, text in enumerate(value.split(SEPARATOR)):
            token.text = token.original = text
            token.pos = position
            yield token


def make_schema() -> fields.Schema:
    """The schema of the index: the same fields as `schema.KINDS`."""
    schema = fields.Schema(article=fields.STORED())
    schema.add(MOMENT, fields.COLUMN(columns.NumericColumn("q", default=UNDATED)))
    schema.add(TOLD, fields.COLUMN(columns.NumericColumn("q", default=UNTOLD)))
    for name in KEY_FIELDS:
        schema.add(name, fields.ID(stored=name == "id", unique=name == "id"))
    for name in TEXT_FIELDS:
        schema.add(name, fields.TEXT(analyzer=_TextAnalyzer(stemmed=True), phrase=True))
        schema.add(name + WORD_SUFFIX, fields.TEXT(analyzer=_TextAnalyzer(stemmed=False), phrase=False))
    for name in (*VALUE_FIELDS, LOCATED, EVENT_FIELD):
        field = fields.TEXT(analyzer=_ValueAnalyzer(), phrase=False)
        field.scorable = False
        schema.add(name, field)
    return schema


def document(article: Article) -> dict[str, Any]:
    """The article as Whoosh's own writer takes it."""
    values = zip(TERM_FIELDS, values_of(article), strict=True)
    made: dict[str, Any] = {name: SEPARATOR.join(given) for name, given in values}
    made = {name: value for name, value in made.items() if value}
    for name in TEXT_FIELDS:
        if text := getattr(article, name):
            made[name] = made[name + WORD_SUFFIX] = _Text(text, article.language)
    told = number_of(article.tells)
    return {**made, MOMENT: minutes(article.date.moment) if article.date else UNDATED, TOLD: told}
