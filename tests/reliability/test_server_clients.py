"""A running server with clients that do not behave: others are answered all the same, and it says nothing of it."""

import json
import signal
import socket
import struct
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import pytest
from cli.shell import Shell, serving
from conftest import Effort
from reliability.clients import Place, fetch, talking

HALVES = [
    b"",
    b"G",
    b"GET / HTTP/1.1\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    b"GET /?q=" + b"a" * 9_000,
]
SLOWLY = 200
ENOUGH_SECONDS = 2.0  # for an answer that takes 20 ms on a quiet machine
# Where a connection is ended with what it has not sent or taken: a client that was killed.
AT_ONCE = struct.pack("ii", 1, 0)


def test_half_requests_hold_up_nobody(server: Place) -> None:
    """200 clients begin a request, go on by a byte now and then, and never end it; the others do not notice."""
    with ExitStack() as stack:
        slow = [stack.enter_context(talking(server)) for _ in range(SLOWLY)]
        for number, client in enumerate(slow):
            client.sendall(HALVES[number % len(HALVES)])
        took = []
        for number in range(20):
            for client in slow[number::20]:
                client.sendall(b"a")
            answer, seconds = fetch(server, f"/?q=Syria&page={number}")
            assert answer.status == 200
            took.append(seconds)
    assert max(took) < ENOUGH_SECONDS


def test_who_takes_no_answer_holds_up_nobody(server: Place) -> None:
    """50 clients ask for much, again and again, and read nothing of it."""
    request = b"GET /api/search?limit=500 HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with ExitStack() as stack:
        for _ in range(50):
            client = stack.enter_context(talking(server))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(request * 3)
        answers = [fetch(server, "/?q=Syria") for _ in range(20)]
    assert [answer.status for answer, _ in answers] == [200] * 20


@pytest.mark.parametrize("taken", [0, 1, 5_000], ids=["nothing", "a byte", "some"])
def test_who_hangs_up_does_no_harm(sample_shell: Shell, taken: int) -> None:
    """In the middle of an answer, 100 times: the next is answered, and nothing is told on stderr."""
    with serving(sample_shell) as (address, running):
        place = Place.of(address)
        for number in range(100):
            with talking(place) as client:
                client.sendall(
                    b"GET /api/search?limit=500&offset=%d HTTP/1.1\r\nHost: localhost\r\n\r\n" % (number % 9)
                )
                left = taken
                while left:
                    left -= len(client.recv(left))
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        assert fetch(place, "/?q=Syria")[0].status == 200
        running.send_signal(signal.SIGINT)
        assert running.stderr
        assert (running.wait(20), running.stderr.read()) == (0, "")


def test_what_is_added_shows_within_a_second(tmp_path: Path, effort: Effort) -> None:
    """Another process adds articles while the page is asked without pause: each is there when the other has ended."""
    shell = Shell(tmp_path, tmp_path / "index")
    (tmp_path / "0.txt").write_text("Ferry 0\n\nThe ferry sailed.\n", encoding="utf-8")
    assert shell.archive("add", "0.txt").returncode == 0
    totals, ended = [1], threading.Event()
    with serving(shell) as (address, _):
        place = Place.of(address)

        def ask() -> None:
            while not ended.is_set():
                totals.append(json.loads(fetch(place, f"/api/search?q={quote('ferry sailed')}")[0].body)["total"])

        asking = threading.Thread(target=ask)
        asking.start()
        for number in range(1, effort(3, 100) + 1):
            name = f"{number}.txt"
            (tmp_path / name).write_text(f"Ferry {number}\n\nThe ferry sailed, {number}.\n", encoding="utf-8")
            assert shell.archive("add", name).returncode == 0
            end = time.monotonic() + 1
            while totals[-1] <= number:
                assert time.monotonic() < end, f"{number} not there"
                time.sleep(0.005)
        ended.set()
        asking.join()
    assert totals == sorted(totals)
    assert totals[-1] == effort(3, 100) + 1
