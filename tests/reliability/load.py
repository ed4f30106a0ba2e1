"""Many clients at once, each on one connection, and what they met."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from reliability.clients import Place

__all__ = ["Met", "load", "requests"]

WORDS = (
    *(
        "oil",
        "price",
        "bank",
        "trade",
        "dollar",
        "market",
        "export",
        "wheat",
        "gold",
        "ship",
        "tanker",
        "strike",
        "budget",
    ),
    *("growth", "rate", "company", "shares", "merger", "quarter", "agreement", "crude", "output", "harvest", "sugar"),
)
PLACES = ("Japan", "United States", "Brazil", "Iran", "West Germany")


@dataclass
class Met:
    """Seconds that each answer took, how often each status came, and what went wrong besides."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        """The seconds within which such a share of the answers came."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))]

    def told(self, seconds: float) -> str:
        """One line."""
        ms = [f"p{share:.0%}".rstrip("%") + f" {self.quantile(share) * 1000:.0f} ms" for share in (0.5, 0.9, 0.99, 1)]
        return f"{len(self.seconds):,} answers, {len(self.seconds) / seconds:.0f} a second, {', '.join(ms)}"


def requests(ids: list[str], seed: int) -> Iterator[str]:
    """Paths as people and programs ask for them: searches that narrow, articles, stories, the API."""
    chance = random.Random(seed)
    while True:
        words = " ".join(chance.sample(WORDS, chance.randint(1, 3)))
        query = urlencode({"q": words, **chance.choice([{}, {"location": chance.choice(PLACES)}, {"sort": "newest"}])})
        article = chance.choice(ids)
        searches = [f"/?{query}", f"/?{query}&page=2", f"/api/search?{query}", f"/api/search?{query}&limit=50"]
        reading = [f"/article/{article}?{query}", f"/api/article/{article}", f"/story/{article}"]
        yield chance.choice([*searches, *searches, *reading, "/", "/style.css"])


def load(place: Place, ids: list[str], clients: int, seconds: float) -> Met:
    """What so many clients met in so many seconds."""
    met, end = Met(), time.monotonic() + seconds
    threads = [threading.Thread(target=_client, args=(place, requests(ids, seed), end, met)) for seed in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return met


def _client(place: Place, paths: Iterator[str], end: float, met: Met) -> None:
    """One request after the other on one connection; lists and counters of `met` are safe to add to from threads."""
    connection = HTTPConnection(place.host, place.port, timeout=60)
    while time.monotonic() < end:
        path, started = next(paths), time.perf_counter()
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
        except (HTTPException, OSError) as error:
            met.errors.append(f"{path}: {error!r}")
            return
        met.seconds.append(time.perf_counter() - started)
        met.statuses[response.status] += 1
    connection.close()
