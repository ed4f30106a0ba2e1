"""The folder that clusters are kept in, its lock, the user that nodes run as, free ports."""

import contextlib
import fcntl
import getpass
import json
import os
import socket
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from opensearch_nodes.faults import ClusterError, Lacking

__all__ = ["NOBODY", "Home", "check_reachable", "runs_as"]

NOBODY = 65534  # the user without rights on every system
HTTP_PORTS = range(9250, 9350)
TRANSPORT_PORTS = range(9350, 9450)


class Home:
    """The folder of this user: the distribution, and a folder for each cluster, with its state in cluster.json."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """SEARCHER_CLUSTER_HOME, or a folder of this user in the temporary directory; made when it is first written."""
        named = environment.get("SEARCHER_CLUSTER_HOME")
        self.folder = Path(named or Path(tempfile.gettempdir()) / f"searcher-cluster-{getpass.getuser()}").absolute()

    def cluster(self, name: str) -> Path:
        """The folder of a cluster."""
        return self.folder / "clusters" / name

    def names(self) -> list[str]:
        """Every cluster that has a state, running or kept."""
        return sorted(path.parent.name for path in self.folder.glob("clusters/*/cluster.json"))

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """One command at a time changes clusters, so that no two take the same port or unpack the same archive."""
        self._make()
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def free_ports(self, count: int, name: str) -> list[tuple[int, int]]:
        """A port for HTTP and one between nodes for each of `count` nodes: free now, and of no other cluster here."""
        others = (
            json.loads((self.cluster(other) / "cluster.json").read_text()) for other in self.names() if other != name
        )
        taken = {port for state in others for node in state["nodes"] for port in (node["http"], node["transport"])}
        return list(zip(_free(HTTP_PORTS, taken, count), _free(TRANSPORT_PORTS, taken, count), strict=True))

    def _make(self) -> None:
        try:
            self.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        except OSError as error:
            raise ClusterError(f"cannot make {self.folder}: {error.strerror}; set SEARCHER_CLUSTER_HOME") from error
        # Its name can be guessed, and the temporary directory is everyone's: programs of a stranger are not run.
        if self.folder.stat().st_uid != os.geteuid():
            raise ClusterError(f"{self.folder} belongs to another user; set SEARCHER_CLUSTER_HOME to a folder of yours")


def runs_as() -> dict[str, Any]:
    """What a process is to be started with: OpenSearch refuses to run as root, so root starts it as nobody."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def check_reachable(path: Path) -> None:
    """Root alone may find a path that nobody, whom the nodes run as, may not.

    Raises:
        Lacking: a folder on the way is closed to others.
    """
    for folder in path.resolve().parents if runs_as() else ():
        if folder.exists() and not folder.stat().st_mode & 0o001:
            raise Lacking(
                f"OpenSearch does not run as root, so nodes run as nobody, who may not enter {folder} to find {path}; "
                "use another place (SEARCHER_CLUSTER_HOME, SEARCHER_JAVA_HOME), or another user"
            )


def _free(ports: range, taken: set[int], count: int) -> list[int]:
    """The first free ports of a range on loopback."""
    found: list[int] = []
    for port in ports:
        if len(found) < count and port not in taken and _is_free(port):
            found.append(port)
    if len(found) < count:
        raise ClusterError(f"of the ports {ports[0]} to {ports[-1]} only {len(found)} are free and {count} are needed")
    return found


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one left by a closed connection is free
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
