"""How long a connection waits for its client: with little patience, on real sockets in this process."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from processes import until

from searcher.archive import Archive
from searcher.web import connection, server

PATIENCE = 0.3
SOUND = b"GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n"
ANSWERS = 1_000
LARGE = b"GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * ANSWERS  # 20 MB, of which the system holds 4 MB


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server that has little patience."""
    monkeypatch.setattr(connection, "PATIENCE_SECONDS", PATIENCE)
    told: list[str] = []
    made: list[server._Server] = []
    began = server._Server.run
    monkeypatch.setattr(server._Server, "run", lambda self, sockets: (made.append(self), began(self, sockets)))
    arguments = {"host": "127.0.0.1", "port": 0, "announce": told.append}
    with Archive.open(tmp_path) as archive:
        running = threading.Thread(target=server.serve, args=(archive,), kwargs=arguments)
        running.start()
        until(lambda: told)
        yield int(told[0].split(":")[2].split("/")[0])
        made[0].should_exit = True
        running.join()


def heard_until_closed(client: socket.socket) -> tuple[bytes, float]:
    """What the other end says until it hangs up, and after how many seconds it does."""
    started, heard = time.monotonic(), b""
    client.settimeout(20)
    with suppress(ConnectionResetError):
        while more := client.recv(65536):
            heard += more
    return heard, time.monotonic() - started


@pytest.mark.parametrize("begun", [b"", b"GET /", SOUND[:-2], SOUND + b"GET /"])
def test_half_a_request_is_not_waited_for(port: int, begun: bytes) -> None:
    """Whoever says nothing or not all of it is hung up on, also after a request that was answered."""
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(begun)
        assert PATIENCE < heard_until_closed(client)[1] < PATIENCE * 2 + 2


def test_a_byte_now_and_then_is_not_enough(port: int) -> None:
    """A request that grows is not done."""
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(SOUND[:-2])
        started = time.monotonic()
        with pytest.raises(OSError, match=r"reset|[Bb]roken pipe"):
            until(lambda: client.sendall(b"x: y\r\n"))
        assert time.monotonic() - started < PATIENCE * 2 + 2


def test_an_answer_that_is_not_taken_is_not_waited_for(port: int) -> None:
    """Megabytes asked for and not read: the connection is ended, no more than what was under way comes."""
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(LARGE)
        time.sleep(PATIENCE * 2 + 3)
        heard, _ = heard_until_closed(client)
    assert heard.count(b"HTTP/1.1 200") < ANSWERS


def test_who_asks_now_and_then_is_kept(port: int) -> None:
    """One request after the other on one connection, for longer than a silent client is waited for."""
    with socket.create_connection(("127.0.0.1", port)) as client:
        end = time.monotonic() + PATIENCE * 6
        while time.monotonic() < end:
            client.sendall(SOUND)
            assert client.recv(65536).startswith(b"HTTP/1.1 200")
            time.sleep(PATIENCE / 2)
            client.setblocking(False)
            try:
                while client.recv(65536):
                    pass
            except BlockingIOError:
                client.setblocking(True)


def test_no_packet_waits_for_another(port: int) -> None:
    """Answers on one connection follow each other at once: without that, each took 40 ms."""
    with socket.create_connection(("127.0.0.1", port)) as client:
        took = []
        for _ in range(20):
            started = time.perf_counter()
            client.sendall(b"GET /icon.svg HTTP/1.1\r\nHost: localhost\r\n\r\n")
            heard = b""
            while not heard.endswith(b"</svg>"):
                heard += client.recv(65536)
            took.append(time.perf_counter() - started)
        assert sorted(took)[len(took) // 2] < 0.03
