"""From what was measured to what more articles need: one formula for each, and what it says of the largest measured."""

from math import ceil, log
from typing import Any, NamedTuple

__all__ = ["TERMS", "Cluster", "Prices", "cluster_for", "predicted"]

GB = 10**9
TERMS = "terms"
# A shard of this size is moved in minutes and searched by one thread; 10 to 50 GB are advised (OpenSearch and AWS
# guides on sizing shards).
SHARD_GB = 30
# A node stops taking shards when its disk is 85 % full (OpenSearch, cluster.routing.allocation.disk.watermark.low),
# and a merge writes the merged segment, of 5 GB at most, before it deletes the old ones.
FULL, MERGING_GB = 0.85, 10
# A data node: half of the memory is heap, never more than 31 GB; the rest keeps files of the index in memory. For an
# archive that few search at a time 30 GB of disk for each GB of memory will do, 16 for one with many users.
NODE_CORES, NODE_MEMORY_GB = 8, 64
DISK_PER_MEMORY = 30
FEWEST_NODES = 3
HOURS = 730


class Prices(NamedTuple):
    """US dollars: a node of 8 cores and 64 GB an hour, and a GB of SSD a month. Not measured: put in your own."""

    node_hour: float = 0.40
    gb_month: float = 0.08


PRICES = Prices()


class Cluster(NamedTuple):
    """What holds so many articles, each on two nodes."""

    articles: int
    primary_gb: float
    shards: int
    disk_gb: float
    nodes: int
    dollars_a_month: float
    load_hours: float
    slowest_seconds: float


def predicted(parts: dict[str, list[int]], sizes: list[int], articles: int) -> dict[str, float]:
    """Bytes of each part at so many articles, from those at two `sizes` or more.

    What is kept for each article grows with their number. Terms grow more slowly, by a power of it (Heaps 1978, section
    7.5), which the last two sizes give.
    """
    (small, large), found = sizes[-2:], {}
    for part, held in parts.items():
        before, after = held[-2:]
        power = log(after / before) / log(large / small) if part == TERMS and before and after else 1.0
        found[part] = float(after * (articles / large) ** min(1.0, power))
    return found


def cluster_for(articles: int, figures: list[dict[str, Any]], prices: Prices = PRICES) -> Cluster:
    """The cluster that so many articles need, from figures measured at growing sizes."""
    sizes = [held["articles"] for held in figures]
    parts = {part: [held["parts"][part] for held in figures] for part in figures[0]["parts"]}
    primary = sum(predicted(parts, sizes, articles).values()) / GB
    shards = max(1, ceil(primary / SHARD_GB))
    disk = 2 * primary / FULL + FEWEST_NODES * MERGING_GB
    nodes = max(FEWEST_NODES, ceil(disk / (NODE_MEMORY_GB * DISK_PER_MEMORY)))
    dollars = nodes * HOURS * prices.node_hour + disk * prices.gb_month
    rate = max(held["per_second"] for held in figures) * nodes * NODE_CORES / 2  # measured on two cores
    turns = max(1.0, shards / (nodes * NODE_CORES))  # a shard is searched by one thread
    slowest = _slowest(figures, articles, shards) * turns
    return Cluster(articles, primary, shards, disk, nodes, dollars, articles / rate / 3600, slowest)


def _slowest(figures: list[dict[str, Any]], articles: int, shards: int) -> float:
    """Seconds of the slowest class of query where every shard has a core to itself: it counts how large one is."""
    small, large = figures[-2:]
    found = []
    for kind, after in large["milliseconds"].items():
        slope = max(0.0, after - small["milliseconds"][kind]) / (large["articles"] - small["articles"])
        found.append(after + slope * (articles / shards - large["articles"]))
    return max(found) / 1000
