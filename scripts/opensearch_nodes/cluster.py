"""The nodes of one name together: started, waited for, stopped, and what is known of them."""

import json
import shutil
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opensearch_nodes.answers import asked, wait_for
from opensearch_nodes.distribution import VERSION, check_fetchable, distribution
from opensearch_nodes.faults import ClusterError, NotSo
from opensearch_nodes.home import NOBODY, Home, check_reachable, runs_as
from opensearch_nodes.java import find_java
from opensearch_nodes.node import Node, java_options

__all__ = ["HEAP", "Cluster", "found"]

HEAP = 512  # MB for each node: what OpenSearch's own tests of several nodes use


@dataclass
class Cluster:
    """The nodes of one name, as its cluster.json in `home` says; none where there is no such cluster."""

    home: Home
    name: str
    java: str = ""
    heap: int = HEAP
    quick: bool = False
    options: list[str] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)

    @classmethod
    def load(cls, home: Home, name: str) -> "Cluster":
        """As it was last saved.

        Raises:
            ClusterError: what was saved is not in the form of this version.
        """
        cluster = cls(home, name)
        try:
            cluster._read(json.loads(cluster._state.read_text(encoding="utf-8")))
        except FileNotFoundError:
            pass  # there is none of that name
        except (ValueError, KeyError, TypeError) as error:
            raise ClusterError(
                f"{cluster._state} is damaged or of another version of scripts/cluster ({error!r}); "
                f"end what runs there, if anything, and delete {cluster.folder}"
            ) from error
        return cluster

    def _read(self, state: dict[str, Any]) -> None:
        self.java, self.heap, self.options = state["java"], state["heap"], state["options"]
        self.quick = state.get("quick", False)
        self.nodes = [Node(self.folder / f"node-{node['number']}", **node) for node in state["nodes"]]

    @property
    def folder(self) -> Path:
        """Its nodes, their data and logs, its snapshots."""
        return self.home.cluster(self.name)

    @property
    def _state(self) -> Path:
        return self.folder / "cluster.json"

    @property
    def _distribution(self) -> Path:
        return self.home.folder / f"opensearch-{VERSION}"

    def living(self) -> list[Node]:
        """The nodes whose processes run."""
        return [node for node in self.nodes if node.is_alive()]

    def node(self, number: int) -> Node:
        """A node by its number, from 1.

        Raises:
            NotSo: there is none of that number.
        """
        if not 1 <= number <= len(self.nodes):
            has = f"has {len(self.nodes)} nodes" if self.nodes else "does not run"
            raise NotSo(
                f"cluster {self.name} {has}, so there is no node {number}; scripts/cluster status --all shows all"
            )
        return self.nodes[number - 1]

    def start(self, count: int | None, heap: int | None, environment: Mapping[str, str], *, quick: bool) -> bool:
        """Start every node and wait for them; False where they run already. What was kept is gone on with.

        `quick` leaves out the second compiler of Java: half the processor time until nodes answer, slower from then on.

        Raises:
            NotSo: it runs, or was kept, with other nodes than those asked for.
            Lacking: there is no JDK, no Maven, or no way for the nodes to them.
            ClusterError: a node failed; all are ended, and what is new is deleted.
        """
        if not self._to_be_started(count, heap):
            return False
        kept = bool(self.nodes)
        self.quick = quick
        self._prepare(count or len(self.nodes) or 1, heap or self.heap, environment)
        try:
            for node in self.nodes:
                node.start(Path(self.java), self._distribution, self.options)
                self._save()  # before the wait, so that what a killed start has begun can be stopped
            # Kept data may ask for more copies than there are nodes: then it is whole, and never green.
            wait_for(self.nodes, len(self.nodes), "yellow" if kept else "green")
        except BaseException:
            self.stop(keep=kept)
            raise
        return True

    def start_node(self, number: int) -> Node:
        """Start a dead node again on its data; wait until it answers, and is one of the cluster where that is possible.

        Raises:
            NotSo: it runs, or there is none of that number.
        """
        node = self.node(number)
        if node.is_alive():
            raise NotSo(f"node {number} of cluster {self.name} runs already, with the pid {node.pid}")
        node.start(Path(self.java), self._distribution, self.options)
        self._save()
        living = len(self.living())
        # Without a majority there is nothing to join yet.
        wait_for([node], living if 2 * living > len(self.nodes) else 0, "red")
        return node

    def kill(self, number: int) -> Node:
        """End a node by kill -9, as a crash would.

        Raises:
            NotSo: it does not run, or there is none of that number.
        """
        node = self.node(number)
        if not node.is_alive():
            raise NotSo(
                f"node {number} of cluster {self.name} does not run; start it: scripts/cluster start-node {number}"
            )
        node.signal(signal.SIGKILL)
        node.wait_end()
        return node

    def stop(self, *, keep: bool = False) -> int:
        """End every node; delete all of the cluster unless `keep`. How many ran."""
        living = self.living()
        for node in living:
            node.signal(signal.SIGTERM)
        for node in living:
            node.wait_end()
        if not keep:
            self._delete()
        return len(living)

    def health(self) -> str:
        """green, yellow or red; "no answer" where no node gives one, as where no majority of them is there."""
        for node in self.living():
            answer = asked(f"{node.url}/_cluster/health?cluster_manager_timeout=2s")
            if answer:
                return str(answer["status"])
        return "no answer"

    def as_dict(self) -> dict[str, Any]:
        """All that is known of it, for people and programs."""
        return {
            "name": self.name,
            "version": VERSION,
            "health": self.health(),
            "java": self.java,
            "heap_mb": self.heap,
            "quick": self.quick,
            "snapshots": str(self.folder / "snapshots"),
            "urls": [node.url for node in self.living()],
            "nodes": [node.told() for node in self.nodes],
        }

    def _to_be_started(self, count: int | None, heap: int | None) -> bool:
        """Whether nodes have to be started so that it is as asked for."""
        living = self.living()
        if living and len(living) < len(self.nodes):
            dead = next(node.number for node in self.nodes if node not in living)
            raise NotSo(
                f"node {dead} of cluster {self.name} is dead and others run; "
                f"start it (scripts/cluster start-node {dead}), or stop all (scripts/cluster stop)"
            )
        fits = (count or len(self.nodes)) == len(self.nodes) and (not living or (heap or self.heap) == self.heap)
        if self.nodes and not fits:
            raise NotSo(
                f"cluster {self.name} {'runs' if living else 'is kept'} with --nodes {len(self.nodes)} "
                f"--heap {self.heap}; stop it first (scripts/cluster stop), or start another one (--name)"
            )
        return not living

    def _prepare(self, count: int, heap: int, environment: Mapping[str, str]) -> None:
        """Fetch what is not there yet; give each node its ports, folders and settings."""
        java = found(self.home, environment)
        distribution(self.home.folder, environment)
        if not self.nodes:
            self._delete()  # what a command left that was killed
        snapshots = self.folder / "snapshots"
        snapshots.mkdir(parents=True, exist_ok=True)
        if runs_as():
            shutil.chown(snapshots, NOBODY, NOBODY)
        ports = self.home.free_ports(count, self.name)
        self.java, self.heap = str(java), heap
        self.nodes = [Node(self.folder / f"node-{n}", n, *pair) for n, pair in enumerate(ports, start=1)]
        for node in self.nodes:
            # The name of the home is in that of the cluster: the same name of another user is another cluster.
            node.prepare(f"{self.home.folder.name}-{self.name}", self.nodes, snapshots, self._distribution)
        quicker = ["-XX:TieredStopAtLevel=1"] if self.quick else []
        self.options = java_options(self.nodes[0], java, self._distribution, heap) + quicker

    def _delete(self) -> None:
        if self.folder.exists():
            shutil.rmtree(self.folder)

    def _save(self) -> None:
        state = {"java": self.java, "heap": self.heap, "quick": self.quick, "options": self.options}
        beside = self._state.with_suffix(".new")
        beside.write_text(json.dumps(state | {"nodes": [node.as_dict() for node in self.nodes]}), encoding="utf-8")
        beside.replace(self._state)


def found(home: Home, environment: Mapping[str, str]) -> Path:
    """The `java` to start nodes with, where this machine has all that is needed; nothing is changed.

    Raises:
        Lacking: it has not.
    """
    java = find_java(environment)
    check_fetchable(home.folder, environment)
    check_reachable(java)
    check_reachable(home.folder / "clusters")
    return java
