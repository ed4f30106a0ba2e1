"""Nodes that are killed, stopped and brought back: nothing acknowledged is lost, and no answer is wrong."""

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cluster.archives import Node, add, ids_in, numbered
from cluster3 import Nodes
from processes import until

from searcher.engines.opensearch import OpenSearchEngine, cluster, writer
from searcher.engines.opensearch.cluster import Cluster
from searcher.errors import ClusterError, SearcherError
from searcher.query import SearchRequest, parse

Effort = Callable[[int, int], int]

RAIN = SearchRequest(node=parse("rain").node, facets=("date",))
NAME = "faults"
SOON = 120.0  # seconds within which a cluster that lost a node, or has it back, is well again


@pytest.fixture
def url(nodes: Nodes) -> str:
    """The address of an archive by all three nodes."""
    return f"opensearch://{','.join(each.partition('://')[2] for each in nodes.urls)}/{NAME}"


@pytest.fixture
def engine(url: str) -> Iterator[OpenSearchEngine]:
    """The engine of an archive that is new."""
    with closing(OpenSearchEngine.create(url)) as engine:
        yield engine


def holder(nodes: Nodes, index: str) -> int:
    """The number of the node that has the primary shard of an index."""
    shards = Node(nodes.url).ask("GET", f"/_cat/shards/{index}?format=json")
    return int(next(shard["node"] for shard in shards if shard["prirep"] == "p").removeprefix("node-"))


def manager(nodes: Nodes, _: str) -> int:
    """The number of the node that the others follow."""
    return int(Node(nodes.url).ask("GET", "/_cat/cluster_manager?format=json")[0]["node"].removeprefix("node-"))


def other_than_holder(nodes: Nodes, index: str) -> int:
    """The number of a node that has no primary shard of an index."""
    return holder(nodes, index) % 3 + 1


@contextmanager
def at_piece(number: int, do: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Something is done while a batch is on its way: when its piece of that number is about to be sent."""
    original, lock, count = Cluster.send, threading.Lock(), 0

    def send(self: Cluster, *given: Any) -> list[dict[str, Any]]:
        nonlocal count
        with lock:
            count += 1
            if count == number:
                do()
        return original(self, *given)

    with monkeypatch.context() as patch:
        patch.setattr(Cluster, "send", send)
        yield
    assert count > number  # it was in the midst


@pytest.mark.parametrize(
    "which", [holder, *(pytest.param(other, marks=pytest.mark.soak) for other in (manager, other_than_holder))]
)
def test_no_acknowledged_article_is_lost_with_a_node(
    which: Callable[[Nodes, str], int],
    nodes: Nodes,
    engine: OpenSearchEngine,
    effort: Effort,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One of three is ended by kill -9 while articles are added: all are there, then and when the node is back."""
    monkeypatch.setattr(writer, "CHUNK", 100)
    count = effort(2_000, 20_000)
    before = add(engine, numbered(range(100)))
    victim = which(nodes, f"{NAME}-2020s-v1")
    batch = numbered(range(50, count))
    with at_piece(count // 200, lambda: nodes.kill(victim), monkeypatch):
        try:
            acknowledged = add(engine, batch)
            failed = ""
        except SearcherError as error:
            failed, acknowledged = str(error), set()
    assert nodes.dead() == [victim]
    print(f"node {victim} killed; the add {failed or 'succeeded'}")
    until(lambda: (before | acknowledged) <= ids_in_soon(engine), SOON)
    if failed:
        acknowledged = add(engine, batch)
    expected = {entry.id for entry in numbered(range(count))}
    assert ids_in(engine) == before | acknowledged == expected

    nodes.start(victim)
    nodes.wait_green()
    assert ids_in(engine) == expected
    assert engine.check(deep=True) == ()


def ids_in_soon(engine: OpenSearchEngine) -> set[str]:
    """The ids of what is there; none while the cluster says that it cannot tell."""
    try:
        return ids_in(engine)
    except ClusterError:
        return set()


def test_no_search_is_wrong_while_a_node_dies(nodes: Nodes, engine: OpenSearchEngine, url: str) -> None:
    """Every answer is the right one or a clear error, and right ones come again while the node is still dead."""
    add(engine, numbered(range(1000)))
    expected = engine.search(RAIN)
    answers: list[tuple[int, object]] = []
    errors: list[str] = []
    over = threading.Event()

    def search() -> None:
        with closing(OpenSearchEngine.open(url)) as mine:
            while not over.is_set():
                try:
                    found = mine.search(RAIN)
                    answers.append((found.total, found.facets))
                except ClusterError as error:
                    errors.append(str(error))

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        until(lambda: len(answers) > 10, SOON)
        nodes.kill(holder(nodes, f"{NAME}-2020s-v1"))
        seen = len(answers)
        until(lambda: len(answers) > seen + 20, SOON)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    print(f"{len(answers)} answers, {len(errors)} errors: {set(errors)}")
    assert {total for total, _ in answers} == {expected.total} == {1000}
    assert all(facets == expected.facets for _, facets in answers)
    assert [error for error in errors if not error.startswith(f"{url}: ")] == []


@pytest.mark.soak
def test_an_index_whose_only_node_is_gone_makes_no_search_wrong(
    nodes: Nodes, engine: OpenSearchEngine, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part of the archive has one copy, and its node is killed: an error, check names the part, and it comes back."""
    monkeypatch.setattr(cluster, "PAUSES", (0.1, 0.1))
    monkeypatch.setattr(writer, "PAUSES", (0.1, 0.1))
    old = add(engine, numbered(range(10), 1990))
    new = add(engine, numbered(range(10, 20)))
    index = f"{NAME}-1990s-v1"
    Node(nodes.url).settings(index, index__auto_expand_replicas="false", index__number_of_replicas=0)
    victim = holder(nodes, index)
    nodes.kill(victim)
    until(lambda: Node(nodes.url).ask("GET", f"/_cluster/health/{index}")["status"] == "red", SOON)
    with pytest.raises(ClusterError) as raised:
        engine.search(RAIN)
    assert str(raised.value) == (
        f"{url}: cannot do it now (1 of 3 shards do not answer); `archive check -i {url}` says more"
    )
    assert f"{url}: shards of {index} are missing; start their nodes, or restore a snapshot" in engine.check()
    with pytest.raises(ClusterError):
        add(engine, numbered(range(20, 30)))
    nodes.start(victim)
    nodes.wait_green()
    assert ids_in(engine) == old | new


@pytest.mark.soak
def test_without_a_majority_nothing_is_acknowledged_and_nothing_lost(
    nodes: Nodes, engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of three are killed in the midst of an add: it ends with an error, and all of it comes in afterwards."""
    monkeypatch.setattr(cluster, "PAUSES", (0.1, 0.1))
    monkeypatch.setattr(writer, "PAUSES", (0.1, 0.1))
    monkeypatch.setattr(writer, "SECONDS", 2)
    monkeypatch.setattr(writer, "CHUNK", 100)
    before = add(engine, numbered(range(100)))
    first = holder(nodes, f"{NAME}-2020s-v1")
    victims = [first, first % 3 + 1]

    def kill() -> None:
        for victim in victims:
            nodes.kill(victim)

    with at_piece(5, kill, monkeypatch), pytest.raises(ClusterError) as raised:
        add(engine, numbered(range(100, 2100)))
    print(raised.value)
    for victim in victims:
        nodes.start(victim)
    nodes.wait_green()
    there = ids_in(engine)
    assert before <= there
    add(engine, numbered(range(100, 2100)))
    assert ids_in(engine) == {entry.id for entry in numbered(range(2100))}


@contextmanager
def asleep(nodes: Nodes, number: int) -> Iterator[None]:
    """A node that does nothing any more, and is not gone either."""
    pid = next(node["pid"] for node in nodes.status()["nodes"] if node["node"] == number)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@pytest.mark.soak
def test_a_node_that_sleeps_makes_no_search_wrong(
    nodes: Nodes, url: str, engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who knows it alone reads that it does not answer; who knows all three gets the right answer in the end."""
    add(engine, numbered(range(100)))
    index = f"{NAME}-2020s-v1"
    number = other_than_holder(nodes, index)
    alone = f"opensearch://{nodes.urls[number - 1].partition('://')[2]}/{NAME}"
    monkeypatch.setattr(cluster, "SECONDS", 2.0)
    with asleep(nodes, number):
        with pytest.raises(ClusterError) as raised:
            OpenSearchEngine.open(alone)
        assert str(raised.value) == (f"{alone}: no answer within 2 s; ask for less, or see whether it is overloaded")
        totals = []

        def answered() -> bool:
            try:
                with closing(OpenSearchEngine.open(url)) as mine:
                    totals.append(mine.search(RAIN).total)
            except ClusterError as error:
                assert str(error).startswith(f"{url}: ")  # noqa: PT017 - what is right is either of the two
            return len(totals) >= 3

        until(answered, SOON)
    assert totals == [100] * 3
    nodes.wait_green()
    assert len(ids_in(engine)) == 100


@contextmanager
def with_settings(nodes: Nodes, number: int, **settings: object) -> Iterator[str]:
    """The host and port of a node with settings that it has to be started with; afterwards it is as it was."""
    told = nodes.status()["nodes"][number - 1]
    file = Path(told["log"]).parent.parent / "config" / "opensearch.yml"
    before = file.read_text()
    changed = {**json.loads(before), **{name.replace("__", "."): value for name, value in settings.items()}}
    for text in (json.dumps(changed), before):
        nodes.kill(number)
        file.write_text(text)
        try:
            nodes.start(number)
            if text != before:
                yield told["url"].partition("://")[2]
        finally:
            file.write_text(before)


@pytest.mark.soak
def test_an_article_too_large_for_a_request_is_refused_alone(nodes: Nodes) -> None:
    """A node that takes 1 MB at a time: pieces are divided until only what is larger by itself is left, and named."""
    with (
        with_settings(nodes, 3, http__max_content_length="1mb") as host,
        closing(OpenSearchEngine.create(f"opensearch://{host}/{NAME}")) as engine,
    ):
        small = [replace(entry, body=entry.body * 200) for entry in numbered(range(20))]  # 2 MB together
        large = replace(small[7], id="large", body=small[7].body * 40)
        with engine.writer() as batch:
            for entry in [*small[:10], large, *small[10:]]:
                batch.add(entry)
        assert [refused.id for refused in batch.refused] == ["large"]
        assert "larger than a request may be" in batch.refused[0].reason
        assert ids_in(engine) == {entry.id for entry in small}
