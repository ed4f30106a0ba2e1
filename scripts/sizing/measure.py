"""Synthetic articles fill an archive in a cluster; at each size its files and searches are measured."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmark.census import Census
from benchmark.corpus import write_corpus
from benchmark.engines.searcher_engine import article_of, node_of
from benchmark.picking import pick_queries
from benchmark.record import read_records

from searcher.choices import DEFAULT_FACETS
from searcher.engines.opensearch import OpenSearchEngine
from searcher.ingest import BATCH, read
from searcher.models import Article
from searcher.normalize import sketch_of
from searcher.query import Order, SearchRequest

__all__ = ["PARTS", "fill_and_measure"]

# Files of Lucene by what they hold, by their endings (Lucene 10, package codecs.lucene104 and before).
PARTS = {
    "stored articles": ("fdt", "fdx", "fdm"),
    "postings and positions": ("doc", "pos", "pay", "psm"),
    "terms": ("tim", "tip", "tmd"),
    "values by document": ("dvd", "dvm"),
    "norms and points": ("nvd", "nvm", "kdd", "kdi", "kdm"),
}
OTHERS = "others"
REPEATS = 5


def fill_and_measure(url: str, sizes: list[int], corpus_folder: Path, kind: str, seed: int) -> Iterator[dict[str, Any]]:
    """The figures at each size, as the archive at `url` grows to the largest."""
    with TemporaryDirectory() as scratch:
        corpus = write_corpus(kind, sizes[-1], seed, Path(scratch))
        made = _made(read_records(corpus.articles), list(read(corpus_folder)), random.Random(seed))  # noqa: S311 - to be repeated
        OpenSearchEngine.delete(url)
        engine = OpenSearchEngine.create(url)
        held = 0
        for size in sizes:
            began = perf_counter()
            _fill(engine, islice(made, size - held))
            seconds = perf_counter() - began
            rate = round((size - held) / seconds)
            yield {"articles": size, "per_second": rate, **_measured(engine, corpus.census, seed)}
            held = size
        engine.close()


def _made(records: Iterable[Any], pool: list[Article], chance: random.Random) -> Iterator[Article]:
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


def _fill(engine: OpenSearchEngine, articles: Iterable[Article]) -> None:
    rest = iter(articles)
    while some := list(islice(rest, BATCH)):
        with engine.writer() as writer:
            for article in some:
                writer.add(article)


def _measured(engine: OpenSearchEngine, census: Census, seed: int) -> dict[str, Any]:
    cluster, alias = engine.indices.cluster, engine.indices.alias
    told = cluster.ask("GET", f"/{alias}/_stats/segments,store", include_segment_file_sizes="true")["_all"]["primaries"]
    nodes = cluster.ask("GET", "/_nodes/stats/jvm")["nodes"].values()
    return {
        "bytes": told["store"]["size_in_bytes"],
        "segments": told["segments"]["count"],
        "parts": _parts(told["segments"]["file_sizes"]),
        "heap_mb": max(node["jvm"]["mem"]["heap_used_in_bytes"] for node in nodes) >> 20,
        "milliseconds": _times(engine, census, seed),
    }


def _parts(files: dict[str, Any]) -> dict[str, int]:
    sizes = dict.fromkeys((*PARTS, OTHERS), 0)
    for ending, held in files.items():
        part = next((name for name, endings in PARTS.items() if ending in endings), OTHERS)
        sizes[part] += held["size_in_bytes"]
    return sizes


def _times(engine: OpenSearchEngine, census: Census, seed: int) -> dict[str, float]:
    """Milliseconds of a search with facets, by class of query: the median of its queries, each the best of REPEATS."""
    found: dict[str, list[float]] = {}
    for query in pick_queries(census, seed):
        request = SearchRequest(node=node_of(query), order=Order(limit=10), facets=DEFAULT_FACETS)
        found.setdefault(query.kind, []).append(min(engine.search(request).took_ms for _ in range(REPEATS)))
    return {kind: round(median(times), 1) for kind, times in found.items()}
