"""What answers where a cluster is expected is told, within a bounded time, by one line that says what to do."""

import json
import logging
import socket
from collections.abc import Callable
from contextlib import closing
from http.server import BaseHTTPRequestHandler

import pytest
from cluster.fronts import JSON, Answer, opensearch, serving

from searcher.engines.opensearch import OpenSearchEngine, cluster
from searcher.engines.opensearch.address import Address
from searcher.engines.opensearch.cluster import Cluster
from searcher.errors import ArchiveError, ClusterError, EngineError, UsageError


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were made, without the waiting."""
    made: list[float] = []
    monkeypatch.setattr(cluster, "sleep", made.append)
    return made


def always(status: int, data: bytes, headers: dict[str, str] = JSON) -> Callable[..., Answer]:
    """The same answer to every request."""
    return lambda *_: (status, headers, data)


def said(port: int, scheme: str = "opensearch") -> str:
    """What the user reads of an archive at a port."""
    with pytest.raises((ArchiveError, EngineError)) as raised:
        OpenSearchEngine.exists(f"{scheme}://127.0.0.1:{port}/news")
    return str(raised.value)


ELASTIC = json.dumps({"version": {"number": "9.1.0", "build_flavor": "default"}, "tagline": "You Know, for Search"})


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (ELASTIC.encode(), "this is Elasticsearch 9.1.0"),
        (opensearch("1.3.20"), "this is OpenSearch 1.3.20"),
        (opensearch("next"), "this is OpenSearch next"),
        (b'{"couchdb": "Welcome", "version": "3.3.3"}', "this is no OpenSearch"),
        (b"[1]", "this is no OpenSearch"),
    ],
)
def test_another_program_is_named(answer: bytes, what: str) -> None:
    """Elasticsearch, an OpenSearch too old, or anything that answers as JSON: what it is, and what is needed."""
    with serving(always(200, answer)) as port:
        expected = (
            f"opensearch://127.0.0.1:{port}/news: {what}; archives are kept in OpenSearch 2 or later: look at the "
            "address, or use another cluster"
        )
        assert said(port) == expected


@pytest.mark.parametrize(
    ("data", "headers"), [(b"<html>Welcome</html>", {"Content-Type": "text/html"}), (b'{"version": ', JSON)]
)
def test_what_is_no_json_is_told(data: bytes, headers: dict[str, str]) -> None:
    """A page of a web server, or half an answer."""
    with serving(always(200, data, headers)) as port:
        expected = (
            f"opensearch://127.0.0.1:{port}/news: what answers there is no OpenSearch, or something before it; look at "
            "the address"
        )
        assert said(port) == expected


def test_nobody_answers() -> None:
    """A closed port: no address of an object of Python in the line."""
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        assert said(port) == (
            f"opensearch://127.0.0.1:{port}/news: no node answers (Failed to establish a new connection: [Errno 111] "
            "Connection refused); is it running, and the address right?"
        )


def test_silence_is_told_after_the_longest_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Something takes the connection and never answers."""
    monkeypatch.setattr(cluster, "SECONDS", 0.2)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        port = silent.getsockname()[1]
        assert said(port) == (
            f"opensearch://127.0.0.1:{port}/news: no answer within 0.2 s; ask for less, or see whether it is overloaded"
        )


def test_a_silent_node_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two nodes one is silent: the other answers, and is asked alone from then on."""
    monkeypatch.setattr(cluster, "SECONDS", 0.2)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent, serving(always(200, opensearch())) as port:
        address = Address.of(f"opensearch://127.0.0.1:{silent.getsockname()[1]},127.0.0.1:{port}/news")
        with closing(Cluster(address)) as both:
            answers = [both.ask("GET", "/") for _ in range(4)]
            alive = [connection.port for connection in both.client.transport.connection_pool.connections]
        assert (answers, alive) == ([json.loads(opensearch())] * 4, [port])


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_cluster_is_asked_again_a_few_times(status: int, pauses: list[float]) -> None:
    """After each pause once more, and no more: 12 s in all."""
    asked: list[str] = []

    def busy(handler: BaseHTTPRequestHandler, _: bytes) -> Answer:
        asked.append(handler.path)
        return status, JSON, b'{"error": {"type": "rejected_execution_exception", "reason": "queue is full"}}'

    with serving(busy) as port:
        assert said(port) == (
            f"opensearch://127.0.0.1:{port}/news: cannot do it now (rejected_execution_exception: queue is full); "
            f"`archive check -i opensearch://127.0.0.1:{port}/news` says more"
        )
    assert (asked, pauses) == (["/"] * 7, [0.2, 0.5, 1.0, 2.0, 4.0, 4.0])


def test_a_cluster_that_was_busy_answers(pauses: list[float]) -> None:
    """The answer after two refusals is the answer."""
    answers = iter([(503, JSON, b"{}"), (429, JSON, b"{}"), (200, JSON, opensearch())])
    with (
        serving(lambda *_: next(answers)) as port,
        closing(Cluster(Address.of(f"opensearch://127.0.0.1:{port}/n"))) as c,
    ):
        assert (c.check(), pauses) == (None, [0.2, 0.5])  # type: ignore[func-returns-value]


def test_what_is_wrong_is_not_asked_again(pauses: list[float]) -> None:
    """A request that is not understood, full disks and a login that is refused stay so."""
    full = (
        b'{"error": {"type": "cluster_block_exception", "reason": "index [n] blocked by: [TOO_MANY_REQUESTS/12/disk]"}}'
    )
    for status, data, expected in [
        (400, b'{"error": {"type": "parsing_exception", "reason": "no [x]"}}', "parsing_exception: no [x]; `archive"),
        (429, full, "may only be read (index [n] blocked by: [TOO_MANY_REQUESTS/12/disk]); its disks may be full"),
        (401, b"Unauthorized", "asks for a login: set SEARCHER_OPENSEARCH_USER and"),
        (403, b'{"error": {"type": "security_exception", "reason": "no permissions"}}', "this login may not do that"),
    ]:
        with serving(always(status, data)) as port:
            assert expected in said(port)
    assert pauses == []


def test_what_a_cluster_warns_of_is_not_for_the_terminal(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged: warnings are errors here, and nothing is printed."""
    caplog.set_level(logging.INFO, "opensearch")
    warning = {**JSON, "Warning": '299 OpenSearch-3.8.0 "[old] is deprecated"'}
    with (
        serving(always(200, opensearch(), warning)) as port,
        closing(Cluster(Address.of(f"opensearch://127.0.0.1:{port}/news"))) as asked,
    ):
        asked.check()
    assert capfd.readouterr() == ("", "")
    assert any("[old] is deprecated" in record.getMessage() for record in caplog.records)


@pytest.mark.parametrize(
    "url",
    [
        "opensearch://me:geheim@host/news",
        "opensearch://me:ge/geheim@host/news",
        "opensearch://host/news?password=geheim",
        "opensearch://me:geheim@host:x/news?geheim",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(url: str) -> None:
    """Wherever it stands."""
    with pytest.raises(UsageError) as raised:
        OpenSearchEngine.open(url)
    assert "geheim" not in str(raised.value)


def test_tls_is_asked_for_where_there_is_none() -> None:
    """The line has the address without TLS."""
    with serving(always(200, opensearch())) as port:
        assert said(port, "opensearchs") == (
            f"opensearchs://127.0.0.1:{port}/news: does not speak TLS; without it the address is "
            f"opensearch://127.0.0.1:{port}/news"
        )


def test_errors_of_the_library_do_not_come_through() -> None:
    """Every error that opensearchpy may raise has a place in the tree of this package."""
    import opensearchpy

    where = Cluster(Address.of("opensearch://127.0.0.1:9/news"))
    kinds = [value for value in vars(opensearchpy.exceptions).values() if isinstance(value, type)]
    kinds = [kind for kind in kinds if issubclass(kind, opensearchpy.OpenSearchException)]
    told = [where.error(kind("N/A", "what happened", OSError("why"))) for kind in kinds]
    where.close()
    assert len(told) > 5
    assert [error for error in told if not isinstance(error, ClusterError | EngineError)] == []
