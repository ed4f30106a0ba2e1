#!/usr/bin/env python
"""What the OpenSearch engine costs beside the cluster alone: the same documents and queries, side by side in one run.

    scripts/cluster start; scripts/bench_cluster.py http://127.0.0.1:9250         100,000 articles: ten minutes
    scripts/bench_cluster.py http://127.0.0.1:9250 --articles 5000                a minute

**Adding**: articles as the benchmark of engines makes them (Reuters-21578 or generated, about 300 words, with places,
actors, days and sketches) go in through the engine, from articles to the last refresh, in batches as `archive add`
commits them; and as finished documents, the same ones to the byte, through `streaming_bulk` of opensearch-py, into
indices of the same mapping, with the same size of pieces, and one refresh. Each in turn, --rounds times.

**Searching**: queries of the thirteen classes of the benchmark of engines, ten hits with their whole articles and the
facets of `search`. The engine's answer (with snippets, stories, countries of places) against the same request sent
as it is and its answer read as JSON. Each in turn, query by query. The cluster caches no answer with hits; it may cache
the second, small request of the engine, which without that took .8 ms instead of .7.
"""

import argparse
import gc
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmark.corpus import write_corpus
from benchmark.engines.searcher_engine import article_of, node_of
from benchmark.picking import pick_queries
from benchmark.queries import Query
from benchmark.record import read_records
from benchmark.reuters import reuters_folder
from opensearchpy.helpers import streaming_bulk

from searcher.choices import DEFAULT_FACETS
from searcher.engines.opensearch import OpenSearchEngine
from searcher.engines.opensearch.document import document
from searcher.engines.opensearch.narrowing import Narrowing
from searcher.engines.opensearch.search import first_request
from searcher.engines.opensearch.writer import CHUNK, CHUNK_BYTES
from searcher.ingest import BATCH
from searcher.models import Article
from searcher.normalize import sketch_of
from searcher.query import Order, SearchRequest

Finished = list[tuple[Article, str]]
WARMING, REPEATS = 2, 5


def main() -> None:
    """Run what the command line asks for."""
    given = _arguments()
    place = given.cluster.replace("http", "opensearch", 1)
    with tempfile.TemporaryDirectory() as scratch:
        corpus = write_corpus(given.corpus, given.articles, given.seed, Path(scratch))
        articles = [_sketched(article_of(record)) for record in read_records(corpus.articles)]
        queries = pick_queries(corpus.census, given.seed)
    figures: dict[str, Any] = {"articles": len(articles), "corpus": given.corpus}
    figures["adding"] = _adding(place, articles, given.rounds)
    figures["searching"] = _searching(f"{place}/bench-ours", queries, given.rounds)
    for name in ("ours", "raw"):
        OpenSearchEngine.delete(f"{place}/bench-{name}")
    print(json.dumps(figures, indent=1) if given.json else _told(figures))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cluster", help="URL of a node; archives named bench-ours and bench-raw are made and deleted")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", default="reuters" if reuters_folder() else "generated")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _sketched(article: Article) -> Article:
    return replace(article, sketch=sketch_of(article.title, article.body))


def _adding(place: str, articles: list[Article], rounds: int) -> dict[str, Any]:
    ways: dict[str, Callable[[OpenSearchEngine, Finished], None]] = {"raw": _add_raw, "ours": _add_ours}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    finished = [(article, document(article)) for article in articles]
    gc.freeze()  # a million objects of the benchmark's own, which no collection need look at
    for _ in range(rounds):
        for name, add in ways.items():
            url = f"{place}/bench-{name}"
            OpenSearchEngine.delete(url)
            engine = OpenSearchEngine.create(url)
            began = perf_counter()
            add(engine, finished)
            seconds[name].append(perf_counter() - began)
            engine.close()
            _say(f"{name}: {len(articles) / seconds[name][-1]:,.0f} articles a second")
    rates = {name: len(articles) / min(times) for name, times in seconds.items()}
    return {"seconds": seconds, "per_second": rates, "share_of_raw": rates["ours"] / rates["raw"]}


def _add_ours(engine: OpenSearchEngine, finished: Finished) -> None:
    for start in range(0, len(finished), BATCH):
        with engine.writer() as writer:
            for article, _ in finished[start : start + BATCH]:
                writer.add(article)


def _add_raw(engine: OpenSearchEngine, finished: Finished) -> None:
    indices = engine.indices
    layout, client = indices.layout(), indices.cluster.client
    periods = {article.id: layout.period_of(article) for article, _ in finished}
    names = {period: indices.ensure(period, layout) for period in set(periods.values())}
    actions = (
        ({"index": {"_index": names[periods[article.id]], "_id": article.id}}, made) for article, made in finished
    )
    sent = streaming_bulk(
        client, actions, chunk_size=CHUNK, max_chunk_bytes=CHUNK_BYTES, expand_action_callback=lambda action: action
    )
    if not all(done for done, _ in sent):
        sys.exit("scripts/bench_cluster.py: the cluster did not take all documents")
    client.indices.refresh(index=indices.alias)


def _searching(url: str, queries: list[Query], rounds: int) -> dict[str, Any]:
    engine = OpenSearchEngine.open(url)
    ways = {"raw": _search_raw, "ours": _search_ours}
    by_kind: dict[str, dict[str, list[float]]] = {}
    for query in queries:
        request = SearchRequest(node=node_of(query), order=Order(limit=10), facets=DEFAULT_FACETS)
        times: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(WARMING + rounds * REPEATS):
            for name, search in ways.items():
                took = search(engine, request)
                if number >= WARMING:
                    times[name].append(took)
        for name in ways:
            by_kind.setdefault(query.kind, {way: [] for way in ways})[name].append(median(times[name]))
    engine.close()
    classes = {kind: {name: 1000 * median(found) for name, found in held.items()} for kind, held in by_kind.items()}
    whole = {name: sum(sum(held[name]) for held in by_kind.values()) for name in ways}
    return {"milliseconds": classes, "ratio": whole["ours"] / whole["raw"]}


def _search_raw(engine: OpenSearchEngine, request: SearchRequest) -> float:
    asked = first_request(request, Narrowing.of(request, ("",)))
    began = perf_counter()
    engine.indices.cluster.search(asked.body, **asked.options)
    return perf_counter() - began


def _search_ours(engine: OpenSearchEngine, request: SearchRequest) -> float:
    began = perf_counter()
    engine.search(request)
    return perf_counter() - began


def _told(figures: dict[str, Any]) -> str:
    adding, searching = figures["adding"], figures["searching"]
    rates = ", ".join(f"{name} {rate:,.0f}" for name, rate in adding["per_second"].items())
    lines = [f"{figures['articles']:,} articles; a second: {rates}; {adding['share_of_raw']:.2f} of raw", ""]
    lines += [f"{'ms':16}{'raw':>8}{'ours':>8}{'ratio':>8}"]
    for kind, held in searching["milliseconds"].items():
        lines.append(f"{kind:16}{held['raw']:8.1f}{held['ours']:8.1f}{held['ours'] / held['raw']:8.2f}")
    return "\n".join([*lines, "", f"all together: {searching['ratio']:.2f}"])


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
