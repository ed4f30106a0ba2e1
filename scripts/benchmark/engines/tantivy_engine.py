"""tantivy: one writer thread, its own English analysis, values and days as fast fields.

Its Python interface has no collector of totals and facets together: a search with counts is two of its calls.
"""

from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Document, FieldType, Index, Occur, SchemaBuilder

from benchmark.engines.base import EVERY_VALUE, MEMORY_MB, TITLE_WEIGHT, TOP, Answer
from benchmark.queries import Query
from benchmark.record import FACETS, Record

__all__ = ["ADAPTER"]


class _Searching:
    def __init__(self, index: Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self.segments = self._searcher.num_segments

    def prepare(self, query: Query) -> tantivy.Query:
        if query.form == "everything":
            return tantivy.Query.all_query()
        if query.form == "phrase":
            return self._anywhere(lambda field: tantivy.Query.phrase_query(self._schema, field, list(query.stems)))
        if query.form == "prefix":
            return self._anywhere(lambda field: tantivy.Query.regex_query(self._schema, field, query.words[0] + ".*"))
        if query.form == "fuzzy":
            return self._anywhere(lambda field: tantivy.Query.fuzzy_term_query(self._schema, field, query.words[0]))
        words = [self._word(stem) for stem in query.stems]
        if query.form == "dated":
            words.append(tantivy.Query.range_query(self._schema, "day", FieldType.Integer, query.first, query.last))
        return _joined(Occur.Should if query.form == "any" else Occur.Must, words)

    def search(self, prepared: tantivy.Query, values: int) -> Any:
        found = self._searcher.search(prepared, TOP, count=True)
        return found, found.hits, self._searcher.aggregate(prepared, _counted(values)) if values else {}

    def answer(self, found: Any) -> Answer:
        result, hits, counted = found
        facets = {
            name: {bucket["key"]: bucket["doc_count"] for bucket in part["buckets"]} for name, part in counted.items()
        }
        return Answer(result.count, len(hits), facets)

    def _word(self, stem: str) -> tantivy.Query:
        return self._anywhere(lambda field: tantivy.Query.term_query(self._schema, field, stem))

    def _anywhere(self, in_field: Any) -> tantivy.Query:
        title = tantivy.Query.boost_query(in_field("title"), TITLE_WEIGHT)
        return _joined(Occur.Should, [title, in_field("body")])


class _Adapter:
    version = version("tantivy")

    def build(self, records: Iterable[Record], folder: Path) -> None:
        folder.mkdir()
        self._write(Index(_schema(), str(folder)), records)

    def add(self, records: Iterable[Record], folder: Path) -> None:
        self._write(Index.open(str(folder)), records)

    def open(self, folder: Path) -> _Searching:
        return _Searching(Index.open(str(folder)))

    def _write(self, index: Index, records: Iterable[Record]) -> None:
        writer = index.writer(MEMORY_MB * 1024 * 1024, num_threads=1)
        for record in records:
            writer.add_document(_document(record))
        writer.commit()
        writer.wait_merging_threads()


def _schema() -> Any:
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "body"):
        builder.add_text_field(name, stored=True, tokenizer_name="en_stem", index_option="position")
    for name in FACETS:
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", stored=True, indexed=True, fast=True)
    return builder.build()


@cache
def _counted(values: int) -> dict[str, Any]:
    """What is to be counted; every segment gives all its values, so that counts are exact."""
    size = {"size": values, "segment_size": EVERY_VALUE}
    return {name: {"terms": {"field": name, **size}} for name in FACETS}


def _document(record: Record) -> Document:
    document = Document()
    document.add_text("id", record.key)
    document.add_text("title", record.title)
    document.add_text("body", record.body)
    document.add_integer("day", record.day)
    for value in record.places:
        document.add_text("location", value)
    for value in record.actors:
        document.add_text("actor", value)
    return document


def _joined(occur: Occur, queries: list[tantivy.Query]) -> tantivy.Query:
    return queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(occur, query) for query in queries])


ADAPTER = _Adapter()
