"""One node: its settings, its process, its log."""

import contextlib
import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opensearch_nodes.faults import ClusterError
from opensearch_nodes.home import NOBODY, runs_as

__all__ = ["Node", "java_options"]

HOST = "127.0.0.1"
LOG_LINES = 30  # of the end of a log, shown where a node fails
GRACE = 30  # seconds from the signal to end to the one that cannot be refused
_LOGGING = """\
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] [%node_name]%marker %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
"""


@dataclass
class Node:
    """A node of a cluster; its process is `pid` while `is_alive()`, and some other process or none afterwards."""

    folder: Path
    number: int
    http: int
    transport: int
    pid: int = 0

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.http}"

    @property
    def log(self) -> Path:
        """All that it and its Java say, start after start."""
        return self.folder / "logs" / "opensearch.log"

    def prepare(self, cluster: str, siblings: "list[Node]", snapshots: Path, distribution: Path) -> None:
        """Write the settings with which it finds its siblings and no other cluster."""
        config = self.folder / "config"
        for folder in (self.folder, config, *(self.folder / name for name in ("data", "logs", "tmp"))):
            folder.mkdir(exist_ok=True)
            _give(folder)
        settings = {
            "cluster.name": cluster,
            "node.name": f"node-{self.number}",
            "network.host": HOST,
            "http.port": self.http,
            "transport.port": self.transport,
            "discovery.seed_hosts": [f"{HOST}:{node.transport}" for node in siblings],
            "cluster.initial_cluster_manager_nodes": [f"node-{node.number}" for node in siblings],
            # A disk that others have filled would stop allocation, and tests with it.
            "cluster.routing.allocation.disk.threshold_enabled": False,
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "path.repo": [str(snapshots)],
        }
        (config / "opensearch.yml").write_text(json.dumps(settings, indent=1), encoding="utf-8")  # JSON is YAML
        (config / "log4j2.properties").write_text(_LOGGING, encoding="utf-8")
        options = (distribution / "config" / "jvm.options").read_text(encoding="utf-8").splitlines()
        # Those that write into the distribution, which all nodes share and none may change, are left out.
        ours = [
            line for line in options if not any(word in line for word in ("logs/", "HeapDump", "OPENSEARCH_TMPDIR"))
        ]
        (config / "jvm.options").write_text("\n".join(ours), encoding="utf-8")

    def start(self, java: Path, distribution: Path, options: list[str]) -> None:
        """Start its process, which goes on when this one ends."""
        command = [
            str(java),
            *options,
            f"-Djava.io.tmpdir={self.folder / 'tmp'}",
            f"-XX:ErrorFile={self.folder / 'logs' / 'java-crash.log'}",
            f"-Dopensearch.path.home={distribution}",
            f"-Dopensearch.path.conf={self.folder / 'config'}",
            "-Dopensearch.distribution.type=zip",
            "-Dopensearch.bundled_jdk=false",
            "-cp",
            f"{distribution / 'lib'}/*",
            "org.opensearch.bootstrap.OpenSearch",
        ]
        with self.log.open("ab") as log:
            self.pid = _started(command, distribution, stdout=log, stderr=log, start_new_session=True).pid

    def is_alive(self) -> bool:
        """Whether its process runs; another one that has its number by now does not count, nor a dead one unburied."""
        return self.pid > 0 and f"-Dopensearch.path.conf={self.folder / 'config'}" in _command_line(self.pid)

    def rss(self) -> int:
        """What its process holds in memory, in MB; 0 where it does not run."""
        try:
            pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
            return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000
        except FileNotFoundError:
            told = _ps("rss=", self.pid)
            return int(told) * 1024 // 1_000_000 if told else 0

    def signal(self, number: int) -> None:
        """Send its process a signal; nothing where it has ended."""
        if self.is_alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def wait_end(self, seconds: float = GRACE) -> None:
        """Wait until its process has ended, and end it for good where it takes longer."""
        end = time.monotonic() + seconds
        while self.is_alive():
            if time.monotonic() > end:
                self.signal(signal.SIGKILL)
            time.sleep(0.05)

    def log_end(self) -> str:
        """The last lines of its log."""
        try:
            lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            lines = ["it has written nothing"]
        return "\n".join([f"the end of {self.log}:", *lines[-LOG_LINES:]])

    def told(self) -> dict[str, Any]:
        """What is known of it, for people and programs; no pid where it is dead."""
        alive = self.is_alive()
        known = {"node": self.number, "url": self.url, "log": str(self.log)}
        return known | {"pid": self.pid if alive else None, "rss_mb": self.rss() if alive else 0}

    def as_dict(self) -> dict[str, Any]:
        """What is kept of it."""
        return {"number": self.number, "http": self.http, "transport": self.transport, "pid": self.pid}


def java_options(node: Node, java: Path, distribution: Path, heap: int) -> list[str]:
    """What Java is started with, worked out by OpenSearch itself from its jvm.options; `heap` in MB.

    bin/opensearch does the same, and starts Java twice more to look for a password that is not there.
    """
    command = [str(java), "-cp", f"{distribution / 'lib'}/*", "org.opensearch.tools.launchers.JvmOptionsParser"]
    more = {
        "OPENSEARCH_JAVA_OPTS": f"-Xms{heap}m -Xmx{heap}m",
        "OPENSEARCH_TMPDIR": str(node.folder / "tmp"),  # without one it fails; our options do not name it
    }
    parser = _started(
        [*command, str(node.folder / "config")], distribution, more, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    stdout, stderr = parser.communicate()
    if parser.returncode:
        raise ClusterError(f"OpenSearch could not work out the options of Java with {java}:\n{stderr.decode().strip()}")
    return stdout.decode().split()


def _started(
    command: list[str], folder: Path, more: dict[str, str] | None = None, **how: Any
) -> "subprocess.Popen[bytes]":
    """A process with an environment of its own: what the caller sets for other Java programs is not for this one."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), **(more or {})}
    try:
        return subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, **how, **runs_as())
    except (OSError, subprocess.SubprocessError) as error:
        raise ClusterError(f"cannot start {command[0]} in {folder}: {error}") from error


def _give(folder: Path) -> None:
    """A folder to the user that nodes run as."""
    if runs_as():
        os.chown(folder, NOBODY, NOBODY)


def _command_line(pid: int) -> str:
    """The words that a process was started with; empty where there is none or it is dead and unburied."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return _ps("command=", pid)


def _ps(column: str, pid: int) -> str:
    """What ps says of a process, on systems without /proc."""
    if Path("/proc/self/cmdline").exists():
        return ""
    return subprocess.run(["ps", "-ww", "-o", column, "-p", str(pid)], capture_output=True, text=True).stdout.strip()
