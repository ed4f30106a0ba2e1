"""Is the archive sound? What the cluster says of its shards, and, deep, every article."""

from collections import Counter
from collections.abc import Iterator

from searcher.engines.opensearch.document import document, with_sketch
from searcher.engines.opensearch.indices import Indices
from searcher.engines.opensearch.paging import hits_of

__all__ = ["problems"]


def problems(indices: Indices, *, deep: bool) -> Iterator[str]:
    """One line for each thing that is wrong, with what to do about it."""
    cluster, where = indices.cluster, str(indices.cluster.address)
    health = cluster.ask("GET", f"/_cluster/health/{indices.alias}", level="shards")
    if health["status"] == "red":
        missing = sorted(name for name, index in health["indices"].items() if index["status"] == "red")
        yield f"{where}: shards of {', '.join(missing)} are missing; start their nodes, or restore a snapshot"
    elif health["status"] == "yellow":
        yield f"{where}: {health['unassigned_shards']} copies of shards are on no node; start the missing ones"
    for name, held in cluster.ask("GET", f"/{indices.alias}/_settings", flat_settings="true").items():
        blocks = [key for key, value in held["settings"].items() if key.startswith("index.blocks.") and value == "true"]
        if blocks:
            yield f"{where}: {name} may not be written to ({', '.join(blocks)}); `archive rebuild`, or free disk space"
    for name in indices.foreign():
        yield f"{where}: {name} is among its indices and was not made by this archive; take the alias from it"
    for name in indices.strays():
        yield f"{where}: {name} is left from a rebuild that was broken off; the next `archive rebuild` deletes it"
    if deep and health["status"] != "red":
        yield from _articles(indices)


def _articles(indices: Indices) -> Iterator[str]:
    """What is wrong with articles: read each, and look for what it is indexed by."""
    cluster, where = indices.cluster, str(indices.cluster.address)
    seen: Counter[str] = Counter()
    for hit in hits_of(cluster, {"query": {"match_all": {}}, "sort": [{"id": "asc"}], "_source": True}):
        seen[hit["_id"]] += 1
        try:
            article = with_sketch(hit["_source"])
            document(article)
        except (KeyError, TypeError, ValueError) as error:
            yield f"{where}: article {hit['_id']} cannot be read ({error}); add its file again"
            continue
        if article.id != hit["_id"]:
            yield f"{where}: article {hit['_id']} is kept under the wrong id, {article.id}; add its file again"
    for article_id, count in seen.items():
        if count > 1:
            yield f"{where}: article {article_id} is there {count} times; add its file again, or `archive rebuild`"
    total = cluster.search({"size": 0, "track_total_hits": True})["hits"]["total"]["value"]
    if total != sum(seen.values()):
        yield f"{where}: {sum(seen.values()):,} of {total:,} articles could be read; somebody may add: check again"
