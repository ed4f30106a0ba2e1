"""All that a search finds, page by page from one point in time, however much it is."""

from collections.abc import Iterator
from typing import Any

from searcher.engines.opensearch.cluster import Cluster

__all__ = ["ARTICLES", "hits_of", "window"]

# How long the cluster keeps what a page was read from until the next one is asked for.
KEEP_ALIVE = "5m"
# What the cluster gives at once, and how much of it where whole articles are read: 500 take some 4 MB.
MOST = 10_000
ARTICLES = 500


def hits_of(cluster: Cluster, body: dict[str, Any], size: int = ARTICLES, **params: Any) -> Iterator[dict[str, Any]]:
    """Every hit of a search whose order is total, from the state at the first of them."""
    path = f"/{cluster.alias}/_search/point_in_time"
    pit = cluster.ask("POST", path, keep_alive=KEEP_ALIVE)["pit_id"]
    try:
        asked = {**body, "size": size, "track_total_hits": False}
        while True:
            answer = cluster.search({**asked, "pit": {"id": pit, "keep_alive": KEEP_ALIVE}}, **params)
            pit, hits = answer.get("pit_id", pit), answer["hits"]["hits"]
            yield from hits
            if len(hits) < size:
                return
            asked["search_after"] = hits[-1]["sort"]
    finally:
        cluster.forget(pit)


def window(cluster: Cluster, body: dict[str, Any], offset: int, limit: int, **params: Any) -> list[dict[str, Any]]:
    """The hits from `offset` on, beyond those that the cluster gives at once: what comes before is passed over."""
    passed = {**body, "_source": False}
    for name in ("aggs", "from"):
        passed.pop(name, None)
    last: list[Any] | None = None
    for number, hit in enumerate(hits_of(cluster, passed, MOST, **params), 1):
        if number == offset:
            last = hit["sort"]
            break
    if last is None or not limit:
        return []
    asked = {name: part for name, part in body.items() if name not in ("aggs", "from")}
    answer = cluster.search({**asked, "size": limit, "search_after": last}, **params)
    found: list[dict[str, Any]] = answer["hits"]["hits"]
    return found
