"""A running server with many to answer, and with few that take all they can get."""

import json
import threading
import time
from collections.abc import Iterator
from itertools import product

import pytest
from cli.shell import Shell, serving
from conftest import Effort
from reliability.clients import Place, fetch
from reliability.load import load

# The most patterns that a query may have, each in most articles, and each part of it counted alone.
PATTERNS = [f"*{first}{second}*" for first, second in product("aeiou", "lmnrstcdpbgfv")][:64]
SLOW = "/api/search?explain=1&facet=mention&facet=author&q=" + "+".join(PATTERNS)


@pytest.fixture(scope="module")
def place(news_shell: Shell) -> Iterator[Place]:
    """Where a server of the news items listens, which has to be there at the end too."""
    with serving(news_shell) as (address, running):
        yield Place.of(address)
        assert running.poll() is None


@pytest.fixture(scope="module")
def ids(place: Place) -> list[str]:
    """The ids of some articles."""
    return [hit["id"] for hit in json.loads(fetch(place, "/api/search?limit=500")[0].body)["hits"]]


def test_many_clients(place: Place, ids: list[str], effort: Effort, capsys: pytest.CaptureFixture[str]) -> None:
    """Every request of every client is answered, by 200: none is refused and none fails."""
    clients, seconds = effort(16, 64), effort(5, 300)
    met = load(place, ids, clients, seconds)
    with capsys.disabled():
        print(f"\n{clients} clients for {seconds} s: {met.told(seconds)}")
    assert (set(met.statuses), met.errors) == ({200}, [])
    assert len(met.seconds) > clients


def test_a_slow_query_holds_up_nobody(
    place: Place, ids: list[str], effort: Effort, capsys: pytest.CaptureFixture[str]
) -> None:
    """While one client has the server at the slowest query there is, others are answered nearly as fast as ever."""
    fetch(place, SLOW)
    took, ended = [], threading.Event()

    def insist() -> None:
        while not ended.is_set():
            answer, seconds = fetch(place, SLOW)
            took.append(seconds if answer.status == 200 else -1)

    slow = threading.Thread(target=insist)
    slow.start()
    time.sleep(0.2)
    met = load(place, ids, 1, effort(4, 60))
    ended.set()
    slow.join()
    with capsys.disabled():
        print(f"\nbeside queries of {min(took):.1f} to {max(took):.1f} s: {met.told(effort(4, 60))}")
    assert min(took) > 0
    assert (set(met.statuses), met.errors) == ({200}, [])
    assert met.quantile(0.5) < min(took) / 2
