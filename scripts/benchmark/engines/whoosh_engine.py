"""Whoosh as it comes: its own codec, analysis and facets.

Its own stemmer in Python is not quite Porter's ("accelerated" is left "accelerat"), so its filter over PyStemmer's is
taken, which is faster too.

Searches have no limit and dates are a filter: with a limit, or a range of dates among the words, Whoosh loses articles
that match. So one search gives all that match in order, whose number is the exact total.
"""

from collections.abc import Iterable
from heapq import nlargest
from importlib.metadata import version
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from whoosh import analysis, fields, index, query, sorting

from benchmark.engines.base import MEMORY_MB, TITLE_WEIGHT, TOP, Answer
from benchmark.queries import Query
from benchmark.record import FACETS, Record

__all__ = ["ADAPTER"]

_SEPARATOR = "|"


class _Prepared(NamedTuple):
    query: Any
    filter: Any = None


class _Searching:
    def __init__(self, opened: Any) -> None:
        self._searcher = opened.searcher()
        self.segments = len(self._searcher.leaf_searchers())
        facets = sorting.Facets()
        for name in FACETS:
            facets.add_facet(name, sorting.FieldFacet(name, allow_overlap=True, maptype=sorting.Count))
        self._facets = facets

    def prepare(self, asked: Query) -> _Prepared:
        if asked.form == "dated":
            return _Prepared(_word(asked.stems[0]), query.NumericRange("day", asked.first, asked.last))
        return _Prepared(_query(asked))

    def search(self, prepared: _Prepared, values: int) -> Answer:
        grouped = self._facets if values else None
        found = self._searcher.search(prepared.query, limit=None, filter=prepared.filter, groupedby=grouped)
        best = [(found.score(n), found.docnum(n)) for n in range(min(TOP, found.scored_length()))]
        facets = {name: _largest(found.groups(name), values) for name in FACETS if values}
        return Answer(found.scored_length(), len(best), facets)

    def answer(self, found: Answer) -> Answer:
        return found


class _Adapter:
    version = version("whoosh3")

    def build(self, records: Iterable[Record], folder: Path) -> None:
        folder.mkdir()
        self._write(index.create_in(str(folder), _schema()), records)

    def add(self, records: Iterable[Record], folder: Path) -> None:
        self._write(index.open_dir(str(folder)), records)

    def open(self, folder: Path) -> _Searching:
        return _Searching(index.open_dir(str(folder)))

    def _write(self, opened: Any, records: Iterable[Record]) -> None:
        writer = opened.writer(limitmb=MEMORY_MB)
        for record in records:
            writer.add_document(
                id=record.key,
                title=record.title,
                body=record.body,
                day=record.day,
                location=_SEPARATOR.join(record.places),
                actor=_SEPARATOR.join(record.actors),
            )
        writer.commit()


def _schema() -> Any:
    words = analysis.RegexTokenizer() | analysis.LowercaseFilter() | analysis.PyStemmerFilter(lang="porter")
    values = analysis.RegexTokenizer(r"[^|]+")
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True), day=fields.NUMERIC(numtype=int, stored=True, sortable=True)
    )
    for name in ("title", "body"):
        schema.add(name, fields.TEXT(analyzer=words, phrase=True, stored=True))
    for name in FACETS:
        schema.add(name, fields.TEXT(analyzer=values, phrase=False, stored=True))
    return schema


def _query(asked: Query) -> Any:
    match asked.form:
        case "everything":
            return query.Every()
        case "phrase":
            return _anywhere(lambda field, boost: query.Phrase(field, list(asked.stems), boost=boost))
        case "prefix":
            return _anywhere(lambda field, boost: query.Prefix(field, asked.words[0], boost=boost))
        case "fuzzy":
            return _anywhere(
                lambda field, boost: query.FuzzyTerm(field, asked.words[0], boost=boost, maxdist=1, prefixlength=1)
            )
        case form:
            words = [_word(stem) for stem in asked.stems]
            return words[0] if len(words) == 1 else (query.Or if form == "any" else query.And)(words)


def _word(stem: str) -> Any:
    return _anywhere(lambda field, boost: query.Term(field, stem, boost=boost))


def _anywhere(in_field: Any) -> Any:
    return query.Or([in_field("title", TITLE_WEIGHT), in_field("body", 1.0)])


def _largest(counts: dict[str | None, int], values: int) -> dict[str, int]:
    """None, which counts the articles without a value, is left out."""
    largest = nlargest(values + 1, counts.items(), key=itemgetter(1))
    return {value: count for value, count in largest if value is not None}


ADAPTER = _Adapter()
