"""In which languages are the articles? It decides by which stems a word is looked for.

The answer is remembered, and asked for again beside each search, in the same request: the cluster keeps it until there
are new articles. Where it has changed, the search is made again.
"""

from typing import Any

from searcher.analysis import algorithms_of
from searcher.engines.opensearch.cluster import Asked, Cluster

__all__ = ["LANGUAGES", "Languages"]

MOST = 1_000  # ISO 639-1 has 183

LANGUAGES: dict[str, Any] = {"terms": {"field": "language", "size": MOST, "shard_size": MOST}}
"""What counts the articles of each language."""


class Languages:
    """The algorithms of `searcher.analysis.algorithms_of` that the articles are stemmed by."""

    question = Asked({"size": 0, "aggs": {"languages": LANGUAGES}}, {"request_cache": True})

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self.algorithms: tuple[str, ...] = ("",)

    def now(self) -> tuple[str, ...]:
        """The algorithms as they are now."""
        self.learn(self._cluster.searches([self.question])[0])
        return self.algorithms

    def learn(self, answer: Any) -> bool:
        """Whether the answer to the question is another than was known; it is from now on."""
        before = self.algorithms
        buckets = answer["aggregations"]["languages"]["buckets"]
        self.algorithms = algorithms_of(bucket["key"] for bucket in buckets)
        return self.algorithms != before
