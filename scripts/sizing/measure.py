"""Synthetic articles fill an archive in a cluster; at each size its files and searches are measured."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmark.census import Census
from benchmark.corpus import records_of
from benchmark.engines.searcher_engine import article_of, node_of
from benchmark.picking import pick_queries
from benchmark.queries import Query
from benchmark.record import Record

from searcher.choices import DEFAULT_FACETS
from searcher.engines.opensearch import OpenSearchEngine
from searcher.ingest import BATCH, read
from searcher.models import Article
from searcher.normalize import sketch_of
from searcher.query import Order, SearchRequest
from sizing.model import TERMS

__all__ = ["PARTS", "fill_and_measure", "measured"]

# Files of Lucene by what they hold, by their endings (Lucene 10, package codecs.lucene104 and before).
PARTS = {
    "stored articles": ("fdt", "fdx", "fdm"),
    "postings and positions": ("doc", "pos", "pay", "psm"),
    TERMS: ("tim", "tip", "tmd"),
    "values by document": ("dvd", "dvm"),
    "norms and points": ("nvd", "nvm", "kdd", "kdi", "kdm"),
}
OTHERS = "others"
REPEATS = 5
MERGING_SECONDS = 7_200


def fill_and_measure(url: str, sizes: list[int], corpus_folder: Path, kind: str, seed: int) -> Iterator[dict[str, Any]]:
    """The figures at each size, as the archive at `url` grows to the largest; the same queries at each."""
    census = Census()
    for record in islice(records_of(kind, seed), sizes[0]):
        census.count(record)
    queries = pick_queries(census, seed)
    made = _made(records_of(kind, seed), list(read(corpus_folder)), random.Random(seed))  # noqa: S311 - to be repeated
    OpenSearchEngine.delete(url)
    engine = OpenSearchEngine.create(url)
    held = 0
    for size in sizes:
        seconds = _fill(engine, islice(made, size - held))
        yield {"articles": size, "per_second": round((size - held) / seconds), **measured(engine, queries)}
        held = size
    engine.close()


def _made(records: Iterable[Record], pool: list[Article], chance: random.Random) -> Iterator[Article]:
    """Articles with the text and values of records, and with mentions and events as real articles have them."""
    for record in records:
        article, real = article_of(record), chance.choice(pool)
        yield replace(
            article,
            mentions=real.mentions,
            mentioned=real.mentioned,
            within=tuple((place, country) for place, (_, country) in zip(article.locations, real.within, strict=False)),
            events=real.events,
            authors=real.authors,
            source=real.source,
            url=real.url,
            path=f"/archive/{record.key[:2]}/{record.key}.html",
            sha256=f"{chance.getrandbits(256):064x}",
            fingerprint=f"{chance.getrandbits(128):032x}",
            sketch=sketch_of(article.title, article.body),
        )


def _fill(engine: OpenSearchEngine, articles: Iterable[Article]) -> float:
    """The seconds that it takes from finished articles to the last commit."""
    rest, seconds = iter(articles), 0.0
    while some := list(islice(rest, BATCH)):
        began = perf_counter()
        with engine.writer() as writer:
            for article in some:
                writer.add(article)
        seconds += perf_counter() - began
    return seconds


def measured(engine: OpenSearchEngine, queries: list[Query]) -> dict[str, Any]:
    """Bytes as they are and, by their parts, when all is merged into one segment; then the times of searches."""
    cluster, alias = engine.indices.cluster, engine.indices.alias
    unmerged = sum(_parts(_files(engine)).values())
    cluster.client.indices.forcemerge(index=alias, max_num_segments=1, request_timeout=MERGING_SECONDS)
    for lets_go_of_old_files in ("_refresh", "_flush"):
        cluster.ask("POST", f"/{alias}/{lets_go_of_old_files}")
    parts = _parts(_files(engine))
    nodes = cluster.ask("GET", "/_nodes/stats/jvm")["nodes"].values()
    return {
        "bytes_unmerged": unmerged,
        "bytes": sum(parts.values()),
        "parts": parts,
        "heap_mb": max(node["jvm"]["mem"]["heap_used_in_bytes"] for node in nodes) >> 20,
        "milliseconds": _times(engine, queries),
    }


def _files(engine: OpenSearchEngine) -> dict[str, Any]:
    """Files by their endings; the size of the whole store is told with a delay of ten seconds."""
    path = f"/{engine.indices.alias}/_stats/segments"
    told = engine.indices.cluster.ask("GET", path, include_segment_file_sizes="true")
    files: dict[str, Any] = told["_all"]["primaries"]["segments"]["file_sizes"]
    return files


def _parts(files: dict[str, Any]) -> dict[str, int]:
    sizes = dict.fromkeys((*PARTS, OTHERS), 0)
    for ending, held in files.items():
        part = next((name for name, endings in PARTS.items() if ending in endings), OTHERS)
        sizes[part] += held["size_in_bytes"]
    return sizes


def _times(engine: OpenSearchEngine, queries: list[Query]) -> dict[str, float]:
    """Milliseconds of a search with facets, by class of query: the median of its queries, each the best of REPEATS."""
    found: dict[str, list[float]] = {}
    for query in queries:
        request = SearchRequest(node=node_of(query), order=Order(limit=10), facets=DEFAULT_FACETS)
        found.setdefault(query.kind, []).append(min(engine.search(request).took_ms for _ in range(REPEATS)))
    return {kind: round(median(times), 1) for kind, times in found.items()}
