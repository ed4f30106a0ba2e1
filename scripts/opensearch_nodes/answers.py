"""What nodes answer: asked once, or until they are as they should be."""

import http.client
import json
import time
import urllib.request
from collections.abc import Sequence
from typing import Any

from opensearch_nodes.faults import ClusterError
from opensearch_nodes.node import Node

__all__ = ["asked", "wait_for"]

LONGEST = 300  # seconds until a cluster answers: three nodes took 84 on two cores with four other programs at work
_ANSWER = 10  # seconds for one request
_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open  # a proxy is not for loopback


def asked(url: str) -> Any:
    """What a node answers; nothing where it does not yet, or not with what was waited for."""
    try:
        with _open(url, timeout=_ANSWER) as answer:
            return json.load(answer)
    except (OSError, http.client.HTTPException, ValueError):  # refused, timed out, 408, 503, half an answer
        return None


def wait_for(nodes: Sequence[Node], members: int, status: str) -> None:
    """Wait until the first of the nodes answers as one of so many members and a cluster in that state or a better one.

    Raises:
        ClusterError: one of them has ended, or it takes too long; the end of the log is shown.
    """
    query = f"wait_for_nodes=ge({members})&wait_for_status={status}&timeout=2s&cluster_manager_timeout=2s"
    end = time.monotonic() + LONGEST
    # Health needs a cluster manager: where there is none to be had, it is enough that the node answers at all.
    while not asked(f"{nodes[0].url}/_cluster/health?{query}" if members else nodes[0].url):
        for node in nodes:
            if not node.is_alive():
                raise ClusterError(f"node {node.number} at {node.url} ended at its start; {node.log_end()}")
        if time.monotonic() > end:
            raise ClusterError(
                f"{nodes[0].url} is not {status} with {members} nodes after {LONGEST} s; {nodes[0].log_end()}"
            )
        time.sleep(0.1)
