"""The engine on an OpenSearch cluster."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import Any

from searcher.engines.base import Copy, Engine, Key
from searcher.engines.opensearch.address import Address
from searcher.engines.opensearch.check import problems
from searcher.engines.opensearch.cluster import Cluster
from searcher.engines.opensearch.document import with_sketch
from searcher.engines.opensearch.homes import Homes
from searcher.engines.opensearch.indices import Indices
from searcher.engines.opensearch.languages import LANGUAGES, Languages
from searcher.engines.opensearch.lookups import (
    alike,
    ids_at,
    ids_with,
    paths_of,
    word_counts,
    words_beginning,
    words_near,
)
from searcher.engines.opensearch.mapping import FORMAT
from searcher.engines.opensearch.paging import ARTICLES, hits_of
from searcher.engines.opensearch.rebuild import successor
from searcher.engines.opensearch.search import found_by, hits_in_order
from searcher.engines.opensearch.writer import OpenSearchWriter
from searcher.models import Article, Results, Stats
from searcher.query import Order, SearchRequest
from searcher.query.nodes import Everything

__all__ = ["OpenSearchEngine"]

# What is kept of an article.
KEPT = ("article", "sketch")
_EVERY_ARTICLE: dict[str, Any] = {"query": {"match_all": {}}, "sort": [{"id": "asc"}], "_source": KEPT}


class OpenSearchEngine(Engine):
    """Articles in an OpenSearch cluster; many may read and write at once."""

    name = "opensearch"
    one_writer = False

    def __init__(self, indices: Indices) -> None:
        self.indices = indices
        self._cluster = indices.cluster
        self._homes = Homes(indices.cluster)
        self._languages = Languages(indices.cluster)

    @classmethod
    def exists(cls, url: str) -> bool:
        """Whether there is an archive at an address."""
        return _at(url).exist()

    @classmethod
    def create(cls, url: str) -> "OpenSearchEngine":
        """The archive at an address: an empty one where there is none."""
        indices = _at(url)
        if not indices.exist():
            indices.create()
        return cls(indices)

    @classmethod
    def open(cls, url: str) -> "OpenSearchEngine":
        """The archive at an address; ArchiveMissing where there is none."""
        indices = _at(url)
        indices.layout()
        return cls(indices)

    @classmethod
    def delete(cls, url: str) -> None:
        """Delete the archive at an address with all that belongs to it."""
        _at(url).delete()

    def kept(self, name: str) -> bytes | None:
        """A small document kept beside the articles; None where there is none."""
        return self.indices.kept(name)

    def keep(self, name: str, data: bytes) -> None:
        """Keep a small document beside the articles, in place of any of that name."""
        self.indices.keep(name, data)

    @contextmanager
    def anew(self) -> Iterator["OpenSearchEngine"]:
        """An empty engine to fill; it takes the place of this one when the context ends, whole or not at all."""
        with successor(self.indices) as made:
            yield OpenSearchEngine(made)
        self._committed()

    def writer(self) -> OpenSearchWriter:
        """A batch of changes."""
        return OpenSearchWriter(self.indices, self._committed)

    def search(self, request: SearchRequest) -> Results:
        """Hits, exact total and facet counts in one call."""
        started = perf_counter()
        found = found_by(self._cluster, self._homes, self._languages, request)
        return replace(found, took_ms=(perf_counter() - started) * 1000)

    def found(self, request: SearchRequest) -> Iterator[Article]:
        """Every article that a search finds, in its order, from the state at the first of them."""
        for hit in hits_in_order(self._cluster, request, self._languages.now()):
            yield with_sketch(hit["_source"])

    def find(self, article_id: str) -> Article | None:
        """The article with that id, as it was added; None where there is none."""
        hit = self._one(article_id, *KEPT)
        return with_sketch(hit["_source"]) if hit else None

    def find_all(self, ids: Sequence[str]) -> dict[str, Article]:
        """Each of some articles that is there, by its id."""
        found = {}
        for start in range(0, len(ids), ARTICLES):
            asked = list(ids[start : start + ARTICLES])
            body = {"size": len(asked), "query": {"ids": {"values": asked}}, "_source": KEPT}
            found.update(
                {hit["_id"]: with_sketch(hit["_source"]) for hit in self._cluster.search(body)["hits"]["hits"]}
            )
        return found

    def path_of(self, article_id: str) -> str | None:
        """The path of the article with that id; None where there is none."""
        hit = self._one(article_id, "article.article.path")
        return str(hit.get("_source", {}).get("article", {}).get("article", {}).get("path", "")) if hit else None

    def paths_of(self, ids: Sequence[str]) -> dict[str, str]:
        """The path of each of some articles that is there."""
        return paths_of(self._cluster, ids)

    def ids_at(self, paths: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """For each of some paths the ids of its articles, sorted."""
        return ids_at(self._cluster, paths)

    def ids(self, key: Key, value: str) -> tuple[str, ...]:
        """Ids of the articles whose path or story is exactly that, sorted."""
        return ids_with(self._cluster, "told" if key == "story" else key, value)

    def alike(self, sketches: Sequence[bytes], least: int) -> list[tuple[int, Copy]]:
        """Articles whose sketch has at least so many bytes in common with one of these, each with its number."""
        return alike(self._cluster, sketches, least)

    def articles(self) -> Iterator[Article]:
        """Every article of the state at the first of them."""
        for hit in hits_of(self._cluster, _EVERY_ARTICLE):
            yield with_sketch(hit["_source"])

    def word_count(self, word: str) -> int:
        """In how many articles the folded word stands."""
        return word_counts(self._cluster, [word]).get(word, 0)

    def words_from(self, start: str) -> Iterator[tuple[str, int]]:
        """Folded words that begin with `start`, in order, with their counts; of very many the common ones."""
        yield from words_beginning(self._cluster, start).items()

    def words_like(self, word: str, distance: int) -> Iterator[tuple[str, int]]:
        """Folded words with the same first letter, at most so many letters away, in order, with their counts."""
        yield from words_near(self._cluster, word, distance).items()

    def stats(self) -> Stats:
        """Counts and size."""
        body = {"size": 0, "track_total_hits": True, "aggs": _STATS}
        answer = self._cluster.search(body)
        found, total = answer["aggregations"], answer["hits"]["total"]["value"]
        told = self._cluster.ask("GET", f"/{self.indices.alias}/_stats/store", level="cluster")
        return Stats(
            articles=total,
            stories=self.search(SearchRequest(node=Everything(), order=Order(limit=0))).stories,
            size_bytes=told["_all"]["total"]["store"]["size_in_bytes"],
            format_version=FORMAT,
            engine=self.name,
            first_day=_day(found["first"]),
            last_day=_day(found["last"]),
            undated=found["undated"]["doc_count"],
            languages={bucket["key"]: bucket["doc_count"] for bucket in found["languages"]["buckets"]},
        )

    def check(self, *, deep: bool = False) -> tuple[str, ...]:
        """What is wrong with the indices, one line each; `deep` reads every article."""
        return tuple(problems(self.indices, deep=deep))

    def close(self) -> None:
        """Let go of the connections."""
        self._cluster.close()

    def _committed(self) -> None:
        self._homes.forget()

    def _one(self, article_id: str, *source: str) -> dict[str, Any] | None:
        body = {"size": 1, "query": {"ids": {"values": [article_id]}}, "_source": source}
        return next(iter(self._cluster.search(body)["hits"]["hits"]), None)


_STATS: dict[str, Any] = {
    "languages": LANGUAGES,
    "first": {"min": {"field": "day"}},
    "last": {"max": {"field": "day"}},
    "undated": {"missing": {"field": "day"}},
}


def _at(url: str) -> Indices:
    cluster = Cluster(Address.of(url))
    cluster.check()
    return Indices(cluster)


def _day(answer: dict[str, Any]) -> str:
    if answer["value"] is None:
        return ""
    return date.fromordinal(date(1970, 1, 1).toordinal() + int(answer["value"] // 86_400_000)).isoformat()
