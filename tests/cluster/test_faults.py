"""Faults of a real cluster: what the user reads, what is there afterwards, and that it goes on when they are over."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from cluster.archives import Node, add, ids_in, numbered, write_lines
from processes import until

from searcher import Archive
from searcher.engines.opensearch import OpenSearchEngine, cluster, writer
from searcher.engines.opensearch.mapping import index_body
from searcher.errors import ArchiveError, ArchiveLocked, ClusterError, EngineError, SearcherError
from searcher.query import SearchRequest, parse
from searcher.query.nodes import Or, Phrase

RAIN = SearchRequest(node=parse("rain").node)


@pytest.fixture
def node(cluster_url: str) -> Node:
    """A node of the cluster."""
    return Node(cluster_url)


@pytest.fixture
def name(node: Node) -> Iterator[str]:
    """The name of an archive that is not there yet; what is there of it when the test ends is deleted."""
    name = f"faults-{uuid4().hex}"
    yield name
    for index in node.ask("GET", f"/{name}*/_settings"):
        node.settings(index, index__blocks__write=None, index__blocks__read_only_allow_delete=None)
        node.ask("DELETE", f"/{index}")


@pytest.fixture
def url(cluster_url: str, name: str) -> str:
    """The address of that archive."""
    return f"opensearch://{cluster_url.partition('://')[2]}/{name}"


@pytest.fixture
def engine(url: str) -> Iterator[OpenSearchEngine]:
    """The engine of that archive, with ten articles in it."""
    with closing(OpenSearchEngine.create(url)) as engine:
        add(engine, numbered(range(10)))
        yield engine


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were made, each cut short."""
    made: list[float] = []

    def cut_short(seconds: float) -> None:
        made.append(seconds)
        time.sleep(0.01)

    monkeypatch.setattr(cluster, "sleep", cut_short)
    monkeypatch.setattr(writer, "sleep", cut_short)
    return made


def said(error: type[SearcherError], url: str, engine: OpenSearchEngine, numbers: range) -> str:
    """What the user reads who adds such articles, without the address."""
    with pytest.raises(error) as raised:
        add(engine, numbered(numbers))
    return str(raised.value).removeprefix(f"{url}: ")


def test_a_full_disk_is_told_at_once(
    engine: OpenSearchEngine, url: str, name: str, node: Node, pauses: list[float]
) -> None:
    """At the flood stage nothing is added or asked again, and all is found; it goes on when there is room."""
    node.settings(f"{name}-2020s-v1", index__blocks__read_only_allow_delete=True)
    told = said(ClusterError, url, engine, range(5, 15))
    assert told == (
        f"may only be read (index [{name}-2020s-v1] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage "
        "watermark, index has read-only-allow-delete block];); its disks may be full: free some space"
    )
    assert (pauses, engine.search(RAIN).total) == ([], 10)
    assert any("may not be written to (index.blocks.read_only_allow_delete)" in line for line in engine.check())
    node.settings(f"{name}-2020s-v1", index__blocks__read_only_allow_delete=None)
    add(engine, numbered(range(5, 15)))
    assert ids_in(engine) == {entry.id for entry in numbered(range(15))}


def test_an_archive_that_is_made_anew_takes_nothing(
    engine: OpenSearchEngine, url: str, name: str, node: Node, pauses: list[float]
) -> None:
    """A writer reads that it is locked, and how to go on where nobody makes it anew any more."""
    node.settings(name, index__blocks__write=True)
    assert said(ArchiveLocked, url, engine, range(10, 12)) == (
        "is being made anew, and nothing can be written meanwhile; where no rebuild is running any more, "
        "`archive rebuild` begins it again"
    )
    assert pauses == []


def test_too_many_requests_are_sent_again_until_it_has_room(
    engine: OpenSearchEngine, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    """429 to every request that is not tiny, for three pauses: then all is taken, and nothing twice."""
    made: list[float] = []

    def pause(seconds: float) -> None:
        made.append(seconds)
        if len(made) == 3:
            node.setting("network.breaker.inflight_requests.limit", None)

    monkeypatch.setattr(writer, "sleep", pause)
    batch = engine.writer()
    for entry in numbered(range(2000)):
        batch.add(entry)
    original = writer.OpenSearchWriter._send_all

    def tight(self: writer.OpenSearchWriter, operations: list[writer._Operation]) -> object:
        if operations and not made:
            node.setting("network.breaker.inflight_requests.limit", "20kb")
        return original(self, operations)

    monkeypatch.setattr(writer.OpenSearchWriter, "_send_all", tight)
    batch.commit()
    assert made[:3] == list(writer.PAUSES[:3])
    assert ids_in(engine) == {entry.id for entry in numbered(range(2000))}


def test_too_many_requests_end_after_a_bounded_time(
    engine: OpenSearchEngine, url: str, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it stays so the user reads how many are missing; adding the same again brings them in."""
    made: list[float] = []
    monkeypatch.setattr(writer, "sleep", made.append)
    original = writer.OpenSearchWriter._send_all

    def tight(self: writer.OpenSearchWriter, operations: list[writer._Operation]) -> object:
        node.setting("network.breaker.inflight_requests.limit", "20kb")
        try:
            return original(self, operations)
        finally:
            node.setting("network.breaker.inflight_requests.limit", None)

    with monkeypatch.context() as patch:
        patch.setattr(writer.OpenSearchWriter, "_send_all", tight)
        told = said(ClusterError, url, engine, range(10, 1010))
    assert told.startswith("1,000 of 1,000 changes were not taken (circuit_breaking_exception: [in_flight_requests] ")
    assert told.endswith("; 0 are there: add the same again when it is well, and what is missing comes in")
    assert made == list(writer.PAUSES)
    add(engine, numbered(range(10, 1010)))
    assert ids_in(engine) == {entry.id for entry in numbered(range(1010))}


def test_a_red_index_is_told_by_searches_and_by_writers(
    engine: OpenSearchEngine, url: str, name: str, node: Node, pauses: list[float]
) -> None:
    """No node may have its only shard: no search gives a part for the whole, nothing is added, and check names it."""
    body = index_body(1, name, replicas=False)
    body["settings"]["index"]["routing.allocation.require._name"] = "nobody"
    aliases = {name: {}, f"{name}-1990s-v1.write": {}}
    node.ask("PUT", f"/{name}-1990s-v1?wait_for_active_shards=0", {**body, "aliases": aliases})
    until(lambda: node.ask("GET", f"/_cluster/health/{name}")["status"] == "red")

    with pytest.raises(ClusterError) as raised:
        engine.search(RAIN)
    assert str(raised.value) == (
        f"{url}: cannot do it now (1 of 3 shards do not answer); `archive check -i {url}` says more"
    )
    assert engine.check() == (
        f"{url}: shards of {name}-1990s-v1 are missing; start their nodes, or restore a snapshot",
    )
    # Writers look for the articles first, so they fail before anything is sent.
    assert "shards do not answer" in said(ClusterError, url, engine, range(40, 42))
    assert pauses == 2 * list(cluster.PAUSES)

    node.settings(f"{name}-1990s-v1", index__routing__allocation__require___name=None)
    until(lambda: node.ask("GET", f"/_cluster/health/{name}")["status"] != "red")
    add(engine, numbered(range(40, 42)))
    assert len(ids_in(engine)) == 12


def test_an_article_that_the_cluster_refuses_is_named_and_its_neighbours_are_in(
    url: str, name: str, node: Node, tmp_path: Path
) -> None:
    """By file, record and reason; every later run tries it again, until the mapping is right."""
    with Archive.open(url) as archive:
        path = write_lines(tmp_path / "news.jsonl", [2020])
        archive.add(path, processes=1)
        body = index_body(1, name, replicas=False)
        body["mappings"]["properties"]["title"] = {"type": "integer"}
        node.ask("PUT", f"/{name}-1990s-v1", {**body, "aliases": {name: {}, f"{name}-1990s-v1.write": {}}})
        write_lines(path, [2020, 1990, 2021, 1991])
        reports = [archive.add(path, processes=1) for _ in range(2)]
        reason = reports[0].skipped[0].reason
        assert reason.startswith(
            "mapper_parsing_exception: failed to parse field [title] of type [integer] in document"
        )
        for report in reports:
            assert [(skip.path, skip.record) for skip in report.skipped] == [
                (str(path), "line 2"),
                (str(path), "line 4"),
            ]
        assert [(report.added, report.updated, report.unchanged) for report in reports] == [(1, 0, 1), (0, 0, 2)]
        assert archive.stats().articles == 2

        node.ask("DELETE", f"/{name}-1990s-v1")
        report = archive.add(path, processes=1)
        assert (report.added, report.unchanged, report.skipped) == (2, 2, ())
        assert archive.add(path, processes=1).unchanged == 4


def test_an_index_made_by_hand_is_not_written_to(engine: OpenSearchEngine, url: str, name: str, node: Node) -> None:
    """One that has a name of the archive, and is not found by its alias, would swallow what is added."""
    node.ask("PUT", f"/{name}-1990s-v1", {"mappings": {"properties": {"title": {"type": "keyword"}}}})
    with pytest.raises(ClusterError) as raised:
        add(engine, numbered(range(3), 1990))
    assert str(raised.value) == (
        f"{url}: the index {name}-1990s-v1 is there and was not made by this archive; delete it, then add again"
    )
    assert node.ask("GET", f"/{name}-1990s-v1/_count")["count"] == 0


@pytest.mark.parametrize("kind", ["index", "alias", "kept"])
def test_a_name_that_others_have_is_not_taken(url: str, name: str, node: Node, kind: str) -> None:
    """An index of that name, an alias, or an index where the archive would keep its layout: none is touched."""
    held = {"index": name, "alias": f"{name}-theirs", "kept": f"{name}.kept"}[kind]
    node.ask("PUT", f"/{held}", {"aliases": {name: {}}} if kind == "alias" else {})
    with pytest.raises(ClusterError) as raised:
        OpenSearchEngine.create(url)
    assert str(raised.value) == (
        f"{url}: an index of that name is there and is no archive ({held}); choose another name"
    )
    assert list(node.ask("GET", f"/{name}*")) == [held]


def test_a_foreign_index_behind_the_alias_is_found_by_check(
    engine: OpenSearchEngine, url: str, name: str, node: Node
) -> None:
    """Somebody gave the alias to an index of theirs."""
    node.ask("PUT", f"/{name}-theirs", {"aliases": {name: {}}, "settings": {"number_of_replicas": 0}})
    assert engine.check() == (
        f"{url}: {name}-theirs is among its indices and was not made by this archive; take the alias from it",
    )


def test_a_query_of_too_many_words_says_so(engine: OpenSearchEngine, url: str) -> None:
    """More clauses than the cluster takes."""
    request = SearchRequest(node=Or(tuple(Phrase(f"one{number} two") for number in range(1500))))
    with pytest.raises(EngineError) as raised:
        engine.search(request)
    assert str(raised.value) == (
        f"{url}: the query has more words and spellings than the cluster takes at once; ask for fewer, or with exact "
        "spellings, or let who keeps it raise indices.query.bool.max_clause_count"
    )


def test_a_long_read_that_the_cluster_forgot_says_so(
    engine: OpenSearchEngine, url: str, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its point in time is gone, as where its node was lost: begun again it gives all."""
    from searcher.engines.opensearch import paging

    monkeypatch.setattr(paging, "ARTICLES", 3)
    reading = paging.hits_of(engine._cluster, {"query": {"match_all": {}}, "sort": [{"id": "asc"}]}, 3)
    next(reading)
    node.ask("DELETE", "/_search/point_in_time/_all")
    with pytest.raises(ClusterError) as raised:
        list(reading)
    assert str(raised.value) == (
        f"{url}: what was being read is kept no longer, as a node was lost or it was left for long; begin again"
    )
    assert len(ids_in(engine)) == 10


def test_no_index_is_made_by_the_name_of_one_that_a_rebuild_replaced(
    engine: OpenSearchEngine, url: str, name: str, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that was on its way while all was made anew: nothing is acknowledged that nobody would find."""
    original = writer.OpenSearchWriter._send_all

    def late(self: writer.OpenSearchWriter, operations: list[writer._Operation]) -> object:
        monkeypatch.setattr(writer.OpenSearchWriter, "_send_all", original)
        with closing(OpenSearchEngine.open(url)) as other, other.anew() as made:
            add(made, other.articles())
        return original(self, operations)

    monkeypatch.setattr(writer.OpenSearchWriter, "_send_all", late)
    assert said(ArchiveLocked, url, engine, range(10, 20)) == (
        "was made anew while this was under way; add the same again"
    )
    assert f"{name}-2020s-v1" not in node.ask("GET", f"/{name}*")
    add(engine, numbered(range(10, 20)))
    assert len(ids_in(engine)) == 20


REBUILD = """
import sys, time
from searcher.engines.opensearch import OpenSearchEngine
engine = OpenSearchEngine.open(sys.argv[1])
with engine.anew() as made:
    with made.writer() as writer:
        for article in list(engine.articles())[:5]:
            writer.add(article)
    print("half", flush=True)
    time.sleep(600)
"""


def test_a_killed_rebuild_harms_nothing(engine: OpenSearchEngine, url: str, name: str, node: Node) -> None:
    """Kill -9 in the midst: the old index answers, writers read what to do, the next rebuild leaves nothing of it."""
    child = subprocess.Popen([sys.executable, "-c", REBUILD, url], stdout=subprocess.PIPE, text=True)
    assert child.stdout
    assert child.stdout.readline() == "half\n"
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()

    assert (engine.search(RAIN).total, len(ids_in(engine))) == (10, 10)
    assert said(ArchiveLocked, url, engine, range(10, 12)).endswith("`archive rebuild` begins it again")
    assert len(ids_in(engine)) == 10
    left = [line for line in engine.check() if "is left from a rebuild that was broken off" in line]
    assert len(left) == 2
    with Archive.open(url) as archive:
        assert archive.rebuild(processes=1).added == 10
        assert archive.check(deep=True) == ()
        assert sorted(node.ask("GET", f"/{name}*")) == [f"{name}-2020s-v2", f"{name}-undated-v2", f"{name}.kept"]
    add(engine, numbered(range(10, 12)))
    assert len(ids_in(engine)) == 12


def test_a_removed_archive_is_missing(engine: OpenSearchEngine, url: str) -> None:
    """Who has it open reads that it is gone, and not that something is wrong with the cluster."""
    OpenSearchEngine.delete(url)
    for ask in (lambda: engine.search(RAIN), lambda: add(engine, numbered(range(2)))):
        with pytest.raises(ArchiveError) as raised:
            ask()
        assert str(raised.value) == f"{url}: no archive here; make one with `archive add PATH -i {url}`"
