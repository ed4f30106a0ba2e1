"""What is asked for on the command line, and what is printed."""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from types import FrameType

from opensearch_nodes.cluster import HEAP, Cluster, found
from opensearch_nodes.distribution import VERSION
from opensearch_nodes.faults import ClusterError, NotSo
from opensearch_nodes.home import Home

__all__ = ["main"]

NODES = (1, 2, 3)


def main(words: Sequence[str], about: str) -> int:
    """Do what the words say; the exit code."""
    signal.signal(signal.SIGTERM, _as_exit)
    signal.signal(signal.SIGHUP, _as_exit)
    os.umask(0o022)  # nodes may run as another user, who reads what is written here
    asked = _parser(about).parse_args(words)
    try:
        return int(asked.do(asked, Home(os.environ)))
    except ClusterError as error:
        print(f"scripts/cluster: {error}", file=sys.stderr)
        return error.status
    except KeyboardInterrupt:
        print("scripts/cluster: interrupted", file=sys.stderr)
        return 130


def _as_exit(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - what a handler is given
    """So that what was started is ended on the way out."""
    sys.exit(128 + number)


def _start(asked: argparse.Namespace, home: Home) -> int:
    with home.locked():
        cluster = Cluster.load(home, asked.name)
        is_new = cluster.start(asked.nodes, asked.heap, os.environ, quick=asked.quick)
    _show(cluster, asked, "" if is_new else "already running: ")
    return 0


def _stop(asked: argparse.Namespace, home: Home) -> int:
    with home.locked():
        for name in home.names() if asked.all else [asked.name]:
            ended = Cluster.load(home, name).stop(keep=asked.keep)
            print(f"{name}: {f'{ended} nodes stopped' if ended else 'was not running'}")
    return 0


def _status(asked: argparse.Namespace, home: Home) -> int:
    clusters = [Cluster.load(home, name) for name in (home.names() if asked.all else [asked.name])]
    running = [cluster for cluster in clusters if cluster.living()]
    for cluster in running:
        _show(cluster, asked)
    if not running:
        name = "no cluster" if asked.all else f"cluster {asked.name}"
        raise NotSo(f"{name} is running; start it: scripts/cluster start" if asked.all else f"{name} does not run")
    return 0


def _kill(asked: argparse.Namespace, home: Home) -> int:
    node = Cluster.load(home, asked.name).kill(asked.node)
    print(f"node {node.number} killed, its pid was {node.pid}")
    return 0


def _start_node(asked: argparse.Namespace, home: Home) -> int:
    with home.locked():
        node = Cluster.load(home, asked.name).start_node(asked.node)
    print(f"node {node.number} {node.url} pid {node.pid}")
    return 0


def _check(asked: argparse.Namespace, home: Home) -> int:  # noqa: ARG001 - as the others
    java = found(home, os.environ)
    print(f"OpenSearch {VERSION} can be started with {java}")
    return 0


def _run(asked: argparse.Namespace, home: Home) -> int:
    """The exit code of a command that had a cluster for as long as it ran."""
    cluster = Cluster(home, f"run-{os.getpid()}")
    with home.locked():
        cluster.start(asked.nodes, asked.heap, os.environ, quick=asked.quick)
    try:
        return _done([word for word in asked.command if word != "--"], cluster.nodes[0].url)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C is not to leave nodes behind
        with home.locked():
            cluster.stop()


def _done(command: list[str], url: str) -> int:
    """Run a command to its end. It has Ctrl-C from the terminal, and ends itself; other signals reach it as that."""
    try:
        child = subprocess.Popen(command, env={**os.environ, "SEARCHER_CLUSTER": url})
    except OSError as error:
        raise ClusterError(f"cannot run {command[0]}: {error.strerror}") from error
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: child.send_signal(signal.SIGINT))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    code = child.wait()
    return code if code >= 0 else 128 - code


def _show(cluster: Cluster, asked: argparse.Namespace, before: str = "") -> None:
    """One line for each node, or one of JSON for all."""
    known = cluster.as_dict()
    if asked.json:
        print(json.dumps(known))
        return
    print(
        f"{before}{known['name']}: OpenSearch {known['version']}, {known['health']}, snapshots in {known['snapshots']}"
    )
    for node in known["nodes"]:
        state = f"pid {node['pid']}, {node['rss_mb']} MB" if node["pid"] else f"dead, its log is {node['log']}"
        print(f"node {node['node']} {node['url']} {state}")


def _name(word: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", word):
        raise argparse.ArgumentTypeError(f"{word!r} is not made of small letters, digits, - and _")
    return word


def _megabytes(word: str) -> int:
    if not word.isdecimal() or int(word) < 128:
        raise argparse.ArgumentTypeError(f"{word!r} is not a number of MB from 128, with which a node starts")
    return int(word)


def _parser(about: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/cluster", description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    named, sized, told = (argparse.ArgumentParser(add_help=False) for _ in range(3))
    named.add_argument("--name", type=_name, default="default", help="which of several clusters side by side (default)")
    sized.add_argument("--nodes", type=int, choices=NODES, help="how many (1, or as many as were kept)")
    sized.add_argument(
        "--heap", type=_megabytes, metavar="MB", help=f"of Java, for each node ({HEAP}); it takes half more"
    )
    sized.add_argument(
        "--quick", action="store_true", help="compile less: nodes start in half the time and work slower"
    )
    told.add_argument("--json", action="store_true", help="print one line of JSON")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, do: object, text: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text, parents=list(parents))
        added.set_defaults(do=do)
        return added

    command("start", _start, "start all nodes and wait until the cluster is green", named, sized, told)
    stop = command("stop", _stop, "end all nodes and delete their data", named)
    stop.add_argument("--keep", action="store_true", help="keep the data for the next start")
    stop.add_argument("--all", action="store_true", help="every cluster of this user")
    status = command(
        "status", _status, "show nodes with pid, address and memory, and the cluster's health", named, told
    )
    status.add_argument("--all", action="store_true", help="every cluster of this user")
    command("kill", _kill, "end one node by kill -9", named).add_argument("node", type=int)
    command("start-node", _start_node, "start a dead node again on its data", named).add_argument("node", type=int)
    command("check", _check, "say whether this machine can start a cluster, and start none")
    run = command("run", _run, "start a cluster, run a command with its address in SEARCHER_CLUSTER, stop it", sized)
    run.add_argument("command", nargs=argparse.REMAINDER, metavar="-- COMMAND")
    return parser
