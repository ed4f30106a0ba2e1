"""Indices made anew beside those that answer, which they replace in one step."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import sleep

from searcher.engines.opensearch.cluster import Cluster
from searcher.engines.opensearch.indices import Indices
from searcher.errors import ArchiveError, ArchiveMissing, ClusterError, EngineError

__all__ = ["successor"]

# Seconds that are waited for the copies of new indices: at 100 MB a second those of ten shards of 30 GB take less; and
# those after which a cluster that makes none has no node for them.
PATIENCE, IDLE = 3600, 5


@contextmanager
def successor(indices: Indices) -> Iterator[Indices]:
    """Indices of the next version, empty; when the context ends they answer in place of those before.

    Meanwhile nobody writes to the archive. New indices have no copies until they are whole; what an error leaves of
    them is deleted.

    Raises:
        ClusterError: the new indices do not hold as many articles as were there.
    """
    cluster, layout = indices.cluster, indices.layout()
    indices.drop(indices.strays())
    before = indices.names()
    beside = Cluster(cluster.address, f"{indices.archive}.next")
    made = Indices(beside, indices.version() + 1)
    indices.block(on=True)
    try:
        made.ensure(layout.first, layout)
        yield made
        _compare(indices, made)
        _protect(made)
        _swap(indices, before, made)
    except BaseException:
        with suppress(ArchiveError, EngineError):  # what went wrong first is told; the next rebuild clears up as well
            indices.drop(indices.strays())
        with suppress(ArchiveError, EngineError):
            indices.block(on=False)
        raise
    finally:
        beside.close()
    indices.fix_version()


def _compare(old: Indices, new: Indices) -> None:
    new.cluster.ask("POST", f"/{new.alias}/_refresh")
    counts = [held.cluster.ask("GET", f"/{held.alias}/_count")["count"] for held in (old, new)]
    if counts[0] != counts[1]:
        raise ClusterError(
            f"{old.cluster.address}: {counts[0]:,} articles were there and {counts[1]:,} were made anew; "
            "the archive stays as it was"
        )


def _protect(made: Indices) -> None:
    """Let there be copies, and wait until they are there; where there is no room for them, the archive goes without."""
    made.cluster.ask("PUT", f"/{made.alias}/_settings", {"index.auto_expand_replicas": "0-1"})
    idle = 0
    for _ in range(PATIENCE):
        health = made.cluster.ask("GET", f"/_cluster/health/{made.alias}")
        idle = 0 if health["initializing_shards"] or health["number_of_in_flight_fetch"] else idle + 1
        if health["status"] == "green" or idle > IDLE:
            return
        sleep(1)


def _swap(old: Indices, before: tuple[str, ...], made: Indices) -> None:
    names = made.names()
    actions = [{"remove_index": {"index": name}} for name in before]
    for name in names:
        actions.append({"add": {"index": name, "alias": old.alias}})
        actions.append({"remove": {"index": name, "alias": made.alias}})
    try:
        old.cluster.ask("POST", "/_aliases", {"actions": actions})
    except ArchiveMissing:
        # Sent twice, where the connection was lost before the answer: the first time all of it was done.
        if old.names() != names:
            raise
