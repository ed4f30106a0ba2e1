"""In which country does a place lie? The one that most articles put it in, of as many the first by name.

A sample says which countries are named at all; where there are several, the articles of each are counted. What was
found out is kept until this process commits, and for SECONDS.
"""

from collections.abc import Sequence
from time import monotonic
from typing import Any

from searcher.engines.opensearch.cluster import Asked, Cluster
from searcher.engines.opensearch.facets import literal
from searcher.engines.opensearch.mapping import SPELLED
from searcher.engines.opensearch.nodes import Clause

__all__ = ["Homes"]

SECONDS = 30.0
SAMPLE = 1_000
MOST = 1_000


class Homes:
    """The countries of places."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._known: dict[str, tuple[float, str]] = {}

    def forget(self) -> None:
        """What was found out may hold no longer."""
        self._known.clear()

    def of(self, places: Sequence[str]) -> dict[str, str]:
        """The country of each place; empty where no article names one."""
        now = monotonic()
        asked = [place for place in places if self._known.get(place, (0.0, ""))[0] < now]
        if asked:
            for place, country in self._found(asked).items():
                self._known[place] = (now + SECONDS, country)
        return {place: self._known[place][1] for place in places}

    def _found(self, places: Sequence[str]) -> dict[str, str]:
        said: dict[str, list[str]] = {place: [] for place in places}
        answer = self._cluster.search(_sampled(places))
        for bucket in answer["aggregations"]["some"]["pairs"]["buckets"]:
            place, _, country = bucket["key"].partition(SPELLED)
            said[place].append(country)
        unsure = [(place, country) for place, countries in said.items() if len(countries) > 1 for country in countries]
        counts = dict.fromkeys(unsure, 0)
        if unsure:
            answers = self._cluster.searches([Asked(_saying(place, country)) for place, country in unsure])
            counts = {pair: found["hits"]["total"]["value"] for pair, found in zip(unsure, answers, strict=True)}
        return {
            place: min(countries, key=lambda country: (-counts.get((place, country), 0), country), default="")
            for place, countries in said.items()
        }


def _sampled(places: Sequence[str]) -> Clause:
    beginning: list[Any] = [{"prefix": {"located": f"{place}{SPELLED}"}} for place in places]
    include = f"({'|'.join(map(literal, places))}){SPELLED}.*"
    pairs = {"terms": {"field": "located", "include": include, "size": MOST}}
    return {
        "size": 0,
        "query": {"bool": {"should": beginning}},
        "aggs": {"some": {"sampler": {"shard_size": SAMPLE}, "aggs": {"pairs": pairs}}},
    }


def _saying(place: str, country: str) -> Clause:
    return {"size": 0, "track_total_hits": True, "query": {"term": {"located": f"{place}{SPELLED}{country}"}}}
