"""A process that searches an index while another one writes to it: `python -m reliability.reading PLACE LOG SECONDS`.

It writes down what it saw as JSON lines: when a search began, on the clock that all processes share, and its answer.
What must be equal however often it is asked is compared here.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reliability.generations import MARKER, REQUEST, number_in, write_down

from searcher.engines.whoosh import WhooshEngine
from searcher.engines.whoosh.search import Ranking, rank
from searcher.engines.whoosh.snapshot import Snapshot
from searcher.query import SearchRequest
from searcher.query.nodes import And, Everything, Fuzzy, Node, Or, Phrase, Prefix, Term

__all__ = ["PINNED_SECONDS"]

# What a pinned generation is asked: of each kind of file something.
NODES: tuple[Node, ...] = (
    Everything(), Term("convoy"), Or((Term("wheat"), Term("grain"))), And((Term("convoy"), Term("east"))),
    Phrase("convoy of grain"), Phrase("grain convoy", slop=4), Prefix("num"), Fuzzy("convoi"), Term("east", "location"),
)  # fmt: skip
FACETS = ("location", "actor", "source", "language", "date")
PINNED_SECONDS = 0.5  # that a generation is held, some commits long


def watch(place: Path, seconds: float) -> Iterator[dict[str, Any]]:
    """Search until the time is over; every so often hold a generation."""
    engine = WhooshEngine.open(place)
    end = time.monotonic() + seconds
    searches = 0
    while time.monotonic() < end:
        began = time.monotonic()
        results = engine.search(REQUEST)
        (marker,) = [hit for hit in results.hits if hit.id == MARKER]
        facets = {name: {count.value: count.count for count in counts} for name, counts in results.facets.items()}
        yield {"began": began, "number": number_in(marker.title), "total": results.total, "facets": facets}
        searches += 1
        if searches % 20 == 0:
            yield {"held": hold(engine, place)}
        time.sleep(0.005)


def hold(engine: WhooshEngine, place: Path) -> dict[str, Any]:
    """Hold a generation while others come: what it tells first, later, and to who asks for everything at last."""
    snapshot, late = (
        Snapshot.last(place),
        Snapshot.last(place),
    )  # the second is asked for the first time when others have come
    reader = engine.articles()
    read = [next(reader)]
    before = [answer(rank(snapshot, SearchRequest(node=node, facets=FACETS))) for node in NODES]
    time.sleep(PINNED_SECONDS)
    assert before == [answer(rank(snapshot, SearchRequest(node=node, facets=FACETS))) for node in NODES]
    last = [answer(rank(late, SearchRequest(node=node, facets=FACETS))) for node in NODES]
    assert snapshot.generation != late.generation or before == last
    read += reader
    titles = {article.id: article.title for article in read}
    assert len(titles) == len(read)
    return {"number": number_in(titles[MARKER]), "ids": sorted(titles)}


def answer(ranking: Ranking) -> tuple[object, ...]:
    """All of a ranking, ids and scores to the last bit."""
    page = tuple((part.reader.id_of(doc), float(score).hex()) for part, doc, score in ranking.page)
    return ranking.total, ranking.stories, page, ranking.facets, ranking.notes


if __name__ == "__main__":
    write_down(watch)
