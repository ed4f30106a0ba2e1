"""The engine of this package, called below the archive: normalized articles in, totals, addresses and counts out."""

from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from benchmark.engines.base import TOP, Answer
from benchmark.queries import Query
from benchmark.record import FACETS, Record
from searcher.engines.base import Engine, Writer
from searcher.engines.whoosh import WhooshEngine
from searcher.engines.whoosh.codec.toc import latest_generation, read_contents
from searcher.engines.whoosh.search import Ranking
from searcher.models import Article, PublicationDate
from searcher.query import SearchRequest
from searcher.query.nodes import And, DateRange, Everything, Fuzzy, Node, Or, Phrase, Prefix, Term
from searcher.query.request import Order

__all__ = ["ADAPTER", "article_of", "node_of"]


class _Prepared(NamedTuple):
    """A query, and the requests that were made of it: values asked for -> request."""

    node: Node
    requests: dict[int, SearchRequest]


class _Searching:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engine = WhooshEngine.open(folder)

    @property
    def segments(self) -> int:
        return len(read_contents(self._folder, latest_generation(self._folder)).segments)

    def prepare(self, query: Query) -> _Prepared:
        return _Prepared(node_of(query), {})

    def search(self, prepared: _Prepared, values: int) -> Ranking:
        return self._engine.rank(prepared.requests.get(values) or _request(prepared, values))

    def answer(self, found: Ranking) -> Answer:
        facets = {name: {value.value: value.count for value in counts} for name, counts in found.facets.items()}
        return Answer(found.total, len(found.page), facets)


class _Adapter:
    version = version("searcher")

    def build(self, records: Iterable[Record], folder: Path) -> None:
        self._write(WhooshEngine.create(folder), records)

    def add(self, records: Iterable[Record], folder: Path) -> None:
        self._write(WhooshEngine.open(folder), records)

    def open(self, folder: Path) -> _Searching:
        return _Searching(folder)

    def _write(self, engine: Engine, records: Iterable[Record]) -> None:
        writer: Writer
        with engine.writer() as writer:
            for record in records:
                writer.add(article_of(record))
        engine.close()


def _request(prepared: _Prepared, values: int) -> SearchRequest:
    """Made once, while the query warms up."""
    facets, size = (FACETS, values) if values else ((), 1)
    made = SearchRequest(node=prepared.node, order=Order(limit=TOP), facets=facets, facet_size=size)
    prepared.requests[values] = made
    return made


def article_of(record: Record) -> Article:
    """The article that a record becomes."""
    return Article(
        id=record.key,
        title=record.title,
        body=record.body,
        date=PublicationDate(record.iso_day, "field"),
        locations=record.places,
        actors=record.actors,
        fingerprint=record.key,
        language="en",
    )


def node_of(query: Query) -> Node:
    """What a query means."""
    words = tuple(Term(word) for word in query.words)
    match query.form:
        case "all":
            return And(words) if len(words) > 1 else words[0]
        case "any":
            return Or(words)
        case "phrase":
            return Phrase(" ".join(query.words))
        case "prefix":
            return Prefix(query.words[0])
        case "fuzzy":
            return Fuzzy(query.words[0], distance=1)
        case "dated":
            return And((words[0], DateRange(date.fromordinal(query.first), date.fromordinal(query.last))))
        case _:
            return Everything()


ADAPTER = _Adapter()
