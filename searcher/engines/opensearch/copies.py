"""Copies that are not wanted: of the articles found that tell one story all but the first."""

from typing import Any

from searcher.choices import COPY_PER_SOURCE
from searcher.engines.opensearch.cluster import Cluster
from searcher.engines.opensearch.nodes import Clause
from searcher.engines.opensearch.paging import MOST, hits_of

__all__ = ["copies_beside", "later_copies"]

# Stories that are told several times, named to the cluster at a time; it takes 65,536 terms.
STORIES = 60_000


def later_copies(cluster: Cluster, query: Clause, copies: str) -> list[str]:
    """Ids of the articles of a query of which an earlier one there tells the same story: in its source, where so asked.

    Undated ones are the last; ids decide between those of one moment.
    """
    told = cluster.search({"size": 0, "query": query, "aggs": {"told": _told()}})
    stories = [bucket["key"] for bucket in told["aggregations"]["told"]["buckets"]]
    if not stories:
        return []
    several = (
        query if len(stories) >= STORIES else {"bool": {"must": [query], "filter": [{"terms": {"told": stories}}]}}
    )
    body: dict[str, Any] = {
        "query": several,
        "sort": [{"moment": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
        "_source": False,
        "docvalue_fields": ["told", "source"],
    }
    seen: set[tuple[str, str]] = set()
    later = []
    for hit in hits_of(cluster, body, MOST):
        fields = hit["fields"]
        source = next(iter(fields.get("source", [])), "") if copies == COPY_PER_SOURCE else ""
        group = (fields["told"][0], source)
        if group in seen:
            later.append(hit["_id"])
        seen.add(group)
    return later


def _told() -> Clause:
    return {"terms": {"field": "copy_of", "size": STORIES, "shard_size": STORIES}}


def copies_beside(stories: list[str]) -> Clause:
    """The search that counts the articles of each of some stories."""
    distinct = sorted(set(stories))
    return {
        "size": 0,
        "query": {"terms": {"told": distinct}},
        "aggs": {"told": {"terms": {"field": "told", "size": len(distinct), "execution_hint": "map"}}},
    }
