"""Three nodes of a real OpenSearch that a test may kill one by one: the fixture `nodes` of conftest.py."""

import http.client
import json
import os
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from processes import until

__all__ = ["Nodes", "asked", "cluster_command", "skip_unless_startable"]

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "cluster"
HEAP = 512  # MB for each node
_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open  # a proxy is not for loopback


def cluster_command(*words: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run scripts/cluster to its end."""
    return subprocess.run(
        [sys.executable, SCRIPT, *map(str, words)],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )


def skip_unless_startable() -> None:
    """Skip a test, with the reason, on a machine that cannot start a cluster."""
    told = cluster_command("check")
    if told.returncode:
        pytest.skip(told.stderr.strip())


def asked(url: str, body: object = None, method: str | None = None) -> Any:
    """What an OpenSearch answers to a request, parsed; `body` is sent as JSON.

    Raises:
        OSError: it does not answer, or answers with an error.
    """
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    with _open(request, timeout=60) as answer:
        return json.load(answer)


class Nodes:
    """A running cluster of three, by the command that people use; nodes are numbered from 1."""

    def __init__(self, name: str) -> None:
        self.name = name

    @classmethod
    @contextmanager
    def running(cls) -> Iterator["Nodes"]:
        """Started with small heaps, and stopped whatever happens."""
        skip_unless_startable()
        nodes = cls(f"three-{os.getpid()}")
        try:
            nodes._do("start", "--nodes", 3, "--heap", HEAP, "--quick")
            yield nodes
        finally:
            nodes._do("stop")

    @property
    def urls(self) -> list[str]:
        """Where each node answers, or did before it was killed."""
        return [node["url"] for node in self.status()["nodes"]]

    @property
    def url(self) -> str:
        """Where the first node that is alive answers."""
        return str(self.status()["urls"][0])

    def status(self) -> Any:
        """What `scripts/cluster status --json` says."""
        return json.loads(self._do("status", "--json"))

    def dead(self) -> list[int]:
        """The numbers of the nodes that do not run."""
        return [node["node"] for node in self.status()["nodes"] if node["pid"] is None]

    def kill(self, number: int) -> None:
        """End it by kill -9; it is gone when this returns, and the others may not know yet."""
        self._do("kill", number)

    def start(self, number: int) -> None:
        """Start a dead node again on its data; it has joined when this returns, its shards perhaps not."""
        self._do("start-node", number)

    def wait_green(self, seconds: float = 120) -> None:
        """Wait until all three nodes are there and every copy of every shard is."""
        query = "wait_for_nodes=3&wait_for_status=green&timeout=5s"
        until(lambda: _answers(f"{self.url}/_cluster/health?{query}"), seconds)

    def restore(self) -> None:
        """Bring back what was killed, and delete every index that a test has left."""
        for number in self.dead():
            self.start(number)
        for index in asked(f"{self.url}/_cat/indices?format=json&expand_wildcards=all"):
            asked(f"{self.url}/{urllib.parse.quote(index['index'])}", method="DELETE")
        self.wait_green()

    def _do(self, *words: object) -> str:
        done = cluster_command(*words, "--name", self.name)
        assert done.returncode == 0, done.stderr
        return done.stdout


def _answers(url: str) -> bool:
    try:
        asked(url)
    except (OSError, http.client.HTTPException):  # not there yet: refused, 408, 503, half an answer
        return False
    return True
