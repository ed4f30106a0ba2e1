"""A real OpenSearch on this machine: started, killed in part, brought back, stopped; and what stands in the way."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cluster3 import SCRIPT, Nodes, asked, cluster_command, skip_unless_startable
from opensearch_nodes.faults import Lacking
from opensearch_nodes.home import Home, check_reachable
from processes import is_alive, until


@pytest.fixture
def name() -> Iterator[str]:
    """A cluster that no other test run has; it is stopped whatever happens."""
    skip_unless_startable()
    name = f"script-{os.getpid()}"
    yield name
    cluster_command("stop", "--name", name)


def started(name: str, *words: object) -> Any:
    """What start tells in JSON."""
    done = cluster_command("start", "--quick", "--json", "--name", name, *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.removeprefix("already running: "))


@pytest.mark.cluster
def test_one_node_from_start_to_stop(name: str) -> None:
    """It is green when start ends, a second start starts nothing, stop ends it and deletes everything."""
    known = started(name)
    (node,) = known["nodes"]
    assert (known["health"], known["urls"], is_alive(node["pid"])) == ("green", [node["url"]], True)
    assert asked(node["url"])["version"]["number"] == known["version"]
    again = cluster_command("start", "--name", name)
    assert again.stdout.startswith("already running: ")
    assert started(name)["nodes"][0]["pid"] == node["pid"]
    other = cluster_command("start", "--name", name, "--nodes", 3)
    assert (other.returncode, "--nodes 1" in other.stderr) == (3, True)
    shown = cluster_command("status", "--name", name).stdout
    assert f"node 1 {node['url']} pid {node['pid']}, " in shown
    assert cluster_command("stop", "--name", name).stdout == f"{name}: 1 nodes stopped\n"
    assert not is_alive(node["pid"])
    assert not Path(node["log"]).parents[2].exists()
    assert cluster_command("status", "--name", name).returncode == 3
    assert cluster_command("stop", "--name", name).stdout == f"{name}: was not running\n"


@pytest.mark.soak
@pytest.mark.cluster
def test_kept_data_is_there_again_and_damaged_data_is_told(name: str) -> None:
    """Stop --keep, then start, finds what was stored; where a node cannot start, the end of its log is shown."""
    url = started(name)["urls"][0]
    asked(f"{url}/kept/_doc/1?refresh=true", {"title": "Rain"}, "PUT")
    cluster_command("stop", "--keep", "--name", name)
    known = started(name)
    assert asked(f"{known['urls'][0]}/kept/_doc/1")["_source"] == {"title": "Rain"}
    cluster_command("stop", "--keep", "--name", name)
    data = Path(known["nodes"][0]["log"]).parents[1] / "data"
    (data / "nodes").rename(data / "elsewhere")
    (data / "nodes").write_text("not a folder")
    failed = cluster_command("start", "--name", name, "--quick")
    assert failed.returncode == 1
    assert f" ended at its start; the end of {known['nodes'][0]['log']}:" in failed.stderr
    assert (data / "elsewhere").is_dir()  # what was kept is not deleted because a start failed


@pytest.mark.soak
@pytest.mark.cluster
def test_a_node_of_three_is_killed_and_comes_back(nodes: Nodes) -> None:
    """What it held is found without it; it returns with its number and its data, and others cannot be killed twice."""
    settings = {"settings": {"number_of_shards": 1, "number_of_replicas": 2}}
    asked(f"{nodes.url}/news", settings, "PUT")
    nodes.wait_green()
    asked(f"{nodes.url}/news/_doc/1?refresh=true", {"title": "Rain"}, "PUT")
    before = nodes.status()["nodes"][1]
    nodes.kill(2)
    assert (nodes.dead(), is_alive(before["pid"])) == ([2], False)
    until(lambda: len(asked(f"{nodes.url}/_cat/nodes?format=json")) == 2)
    assert asked(f"{nodes.url}/news/_count")["count"] == 1
    assert cluster_command("kill", 2, "--name", nodes.name).returncode == 3
    assert cluster_command("start", "--name", nodes.name).returncode == 3  # neither running nor to be started
    nodes.start(2)
    nodes.wait_green()
    after = nodes.status()["nodes"][1]
    assert (after["url"], nodes.dead()) == (before["url"], [])
    assert asked(f"{after['url']}/news/_doc/1?preference=_only_local")["_source"] == {"title": "Rain"}
    assert cluster_command("start-node", 2, "--name", nodes.name).returncode == 3


@pytest.mark.soak
@pytest.mark.cluster
def test_a_command_has_a_cluster_for_as_long_as_it_runs() -> None:
    """Its exit code is that of the command, and the cluster is gone after it."""
    skip_unless_startable()
    program = (
        "import os, sys, urllib.request\n"
        "url = os.environ['SEARCHER_CLUSTER']\n"
        "urllib.request.urlopen(url).close(); print(url); sys.exit(7)"
    )
    done = cluster_command("run", "--quick", "--", sys.executable, "-c", program, no_proxy="127.0.0.1")
    assert (done.returncode, done.stderr) == (7, "")
    with pytest.raises(OSError, match="refused"):
        asked(done.stdout.strip())


@pytest.mark.soak
@pytest.mark.cluster
def test_an_interrupted_command_leaves_no_cluster(tmp_path: Path) -> None:
    """A signal to end reaches the command as Ctrl-C, and the nodes are stopped after it."""
    skip_unless_startable()
    told = tmp_path / "told"
    program = (
        "import os, sys, time, pathlib\n"
        f"pathlib.Path({str(told)!r}).write_text(os.environ['SEARCHER_CLUSTER'])\n"
        "try: time.sleep(600)\n"
        "except KeyboardInterrupt: sys.exit(5)\n"
    )
    with subprocess.Popen([sys.executable, SCRIPT, "run", "--quick", "--", sys.executable, "-c", program]) as run:
        until(lambda: told.exists() and told.read_text(), 300)
        assert asked(told.read_text())
        run.send_signal(signal.SIGTERM)
        assert run.wait(60) == 5
    with pytest.raises(OSError, match="refused"):
        asked(told.read_text())


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("status",), 3, "cluster default does not run"),
        (("kill", 1), 3, "cluster default does not run, so there is no node 1"),
        (("start", "--nodes", 4), 2, "invalid choice: 4"),
        (("start", "--heap", "1g"), 2, "'1g' is not a number of MB"),
        (("start", "--name", "../x"), 2, "is not made of small letters"),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[object, ...], status: int, message: str, tmp_path: Path) -> None:
    """With the exit code that the documentation gives."""
    done = cluster_command(*words, SEARCHER_CLUSTER_HOME=str(tmp_path / "home"))
    assert (done.returncode, message in done.stderr) == (status, True), done.stderr
    assert not (tmp_path / "home").exists()


def test_a_jdk_that_is_named_and_not_there_is_told(tmp_path: Path) -> None:
    """No other one is taken in its place."""
    home, named = str(tmp_path / "home"), str(tmp_path / "jdk")
    done = cluster_command("start", SEARCHER_CLUSTER_HOME=home, SEARCHER_JAVA_HOME=named)
    assert done.returncode == 4
    assert done.stderr == (
        f"scripts/cluster: no JDK of version 21 or newer found (SEARCHER_JAVA_HOME: {named}/bin/java does not run); "
        "install one, or name its folder: SEARCHER_JAVA_HOME=/path/to/jdk\n"
    )


def test_a_machine_with_nothing_is_told_what_it_lacks(tmp_path: Path) -> None:
    """PATH leads nowhere: a JDK or, where one is installed, Maven is asked for; the check says so in one line."""
    empty = {"PATH": str(tmp_path), "JAVA_HOME": "", "SEARCHER_JAVA_HOME": "", "SEARCHER_CLUSTER_HOME": str(tmp_path)}
    for command in ("check", "start"):
        done = cluster_command(command, **empty)
        assert (done.returncode, len(done.stderr.splitlines())) == (4, 1)
        assert "no JDK of version 21" in done.stderr or "no Maven (mvn on PATH)" in done.stderr


def test_a_damaged_state_is_named(tmp_path: Path) -> None:
    """With the folder to delete."""
    state = Home({"SEARCHER_CLUSTER_HOME": str(tmp_path)}).cluster("default") / "cluster.json"
    state.parent.mkdir(parents=True)
    state.write_text('{"nodes": [')
    done = cluster_command("status", SEARCHER_CLUSTER_HOME=str(tmp_path))
    assert (done.returncode, f"delete {state.parent}" in done.stderr) == (1, True), done.stderr


def test_ports_that_are_taken_are_passed_over(tmp_path: Path) -> None:
    """Those that a program listens at, and those of another cluster whose node is dead for now."""
    home = Home({"SEARCHER_CLUSTER_HOME": str(tmp_path)})
    first, second = (pair[0] for pair in home.free_ports(2, "a"))
    with socket.create_server(("127.0.0.1", first)):
        assert first not in [pair[0] for pair in home.free_ports(3, "a")]
    home.cluster("b").mkdir(parents=True)
    (home.cluster("b") / "cluster.json").write_text(json.dumps({"nodes": [{"http": second, "transport": 1}]}))
    assert second not in [pair[0] for pair in home.free_ports(3, "a")]
    assert home.free_ports(1, "b")


def test_a_folder_closed_to_others_is_told_to_root(tmp_path: Path) -> None:
    """Nodes that root starts run as another user, who has to enter it."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    if os.geteuid() == 0:
        with pytest.raises(Lacking, match="nodes run as nobody, who may not enter"):
            check_reachable(closed / "home")
    else:
        check_reachable(closed / "home")
