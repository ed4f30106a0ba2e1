"""Clients of a server that say on the wire exactly what a test wants said."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

__all__ = ["Answer", "Place", "fetch", "say", "talking"]


@dataclass(frozen=True)
class Place:
    """Where a server listens."""

    host: str
    port: int

    @classmethod
    def of(cls, address: str) -> "Place":
        """The place of an address that `archive serve` announced."""
        parts = urlsplit(address)
        assert parts.hostname
        assert parts.port
        return cls(parts.hostname, parts.port)


@dataclass(frozen=True)
class Answer:
    """What a server said: 0 for one that said nothing and hung up."""

    status: int
    body: str = ""


@contextmanager
def talking(place: Place) -> Iterator[socket.socket]:
    """A connection."""
    with socket.create_connection((place.host, place.port), timeout=30) as made:
        yield made


def say(place: Place, text: bytes) -> Answer:
    """The answer to these bytes on a connection of their own, read until the server hangs up."""
    with talking(place) as made:
        made.sendall(text)
        heard = b"".join(iter(lambda: made.recv(65536), b""))
    head, _, body = heard.partition(b"\r\n\r\n")
    return Answer(int(head.split()[1]) if head else 0, body.decode())


def fetch(place: Place, path: str) -> tuple[Answer, float]:
    """The answer to a sound request, and the seconds that it took."""
    started = time.perf_counter()
    connection = HTTPConnection(place.host, place.port, timeout=60)
    connection.request("GET", path)
    response = connection.getresponse()
    answer = Answer(response.status, response.read().decode())
    connection.close()
    return answer, time.perf_counter() - started
