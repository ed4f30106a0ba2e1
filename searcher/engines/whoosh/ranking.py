"""Which documents are on the page: the best by score or date, ties by newest date, then by id."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from itertools import pairwise, repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.schema import UNDATED
from searcher.engines.whoosh.scoring import Floats
from searcher.engines.whoosh.snapshot import Docs, Part
from searcher.query import Order

__all__ = ["SCORE_DECIMALS", "Ranked", "best_of", "sorted_by"]

# Scores are compared to six decimals: sums of the same terms in another order differ in the last bits.
SCORE_DECIMALS = 6
# The best k of many are found among the best blocks of so many: the maxima of blocks are sorted, not the values.
BLOCK = 64
# So many hits are sorted as they are.
SMALL = 24
LAST = np.iinfo(np.int64).max

Ranked = tuple[Part, int, float]
"""A hit: its segment, its document there, its score."""


def best_of(order: Order, parts: Sequence[Part], docs: Sequence[Docs], scores: Sequence[Floats]) -> list[Ranked]:
    """The page of a search: `docs` and `scores` of each segment; scores do not matter where dates decide."""
    wanted = order.offset + order.limit
    if not order.limit or order.offset >= sum(map(len, docs)):
        return []
    keys = [_keys(order.sort, part, found, given) for part, found, given in zip(parts, docs, scores, strict=True)]
    few = sum(map(len, keys)) <= SMALL
    least = -np.inf if few else _least(keys, wanted)
    hits: list[tuple[float, int, int, int]] = []
    for number, (part, found, key) in enumerate(zip(parts, docs, keys, strict=True)):
        if few:
            hits += _hits(number, part, found, key)
            continue
        places = np.flatnonzero(key >= least)
        if len(places) > wanted:
            places = _first(part, found, key, places, wanted)
        hits += _hits(number, part, found[places], key[places])
    hits.sort()
    page = _by_id(parts, hits, wanted)[order.offset : wanted]
    shown = order.sort == "relevance"
    return [(parts[number], doc, -first if shown else 0.0) for first, _, number, doc in page]


def sorted_by(
    sort: str, parts: Sequence[Part], docs: Sequence[Docs], scores: Sequence[Floats]
) -> Iterator[tuple[Part, int]]:
    """Every document in the order of the pages; each segment is sorted at the call, together they are as they go."""
    runs = [_run(sort, part, found, given) for part, found, given in zip(parts, docs, scores, strict=True)]
    return ((parts[number], doc) for *_, number, doc in merge(*runs))


def _run(sort: str, part: Part, docs: Docs, scores: Floats) -> Iterator[tuple[float, int, bytes, int, int]]:
    """The documents of a segment in order, each behind what it is ordered by among those of all segments."""
    key = -np.round(_keys(sort, part, docs, scores), SCORE_DECIMALS)
    newest = -part.moments.take(docs).astype(np.int64)
    order = np.lexsort((part.reader.id_places.take(docs), newest, key)) if len(docs) else np.empty(0, dtype=np.int64)

    def run() -> Iterator[tuple[float, int, bytes, int, int]]:
        for place in order:
            doc = int(docs[place])
            yield float(key[place]), int(newest[place]), part.reader.id_of(doc), part.number, doc

    return run()


def _hits(number: int, part: Part, docs: Docs, key: npt.NDArray[Any]) -> Iterable[tuple[float, int, int, int]]:
    """What a hit is ordered by, first first, then where it is."""
    first = -np.round(key, SCORE_DECIMALS)
    newest = -part.moments.take(docs).astype(np.int64)
    return zip(first.tolist(), newest.tolist(), repeat(number), docs.tolist(), strict=False)


def _by_id(
    parts: Sequence[Part], hits: list[tuple[float, int, int, int]], wanted: int
) -> list[tuple[float, int, int, int]]:
    """Sorted hits with ties among the first brought into the order of their ids, which are not read else."""
    if all(one[:2] != other[:2] for one, other in pairwise(hits[: wanted + 1])):
        return hits
    return sorted(hits, key=lambda hit: (hit[0], hit[1], parts[hit[2]].reader.id_of(hit[3])))


def _first(part: Part, docs: Docs, key: npt.NDArray[Any], places: Docs, wanted: int) -> Docs:
    """Of the places at most so many as are wanted: the first by key, then by newest date, then by id."""
    columns: list[Callable[[Docs], npt.NDArray[Any]]] = [
        lambda left: np.round(key.take(left), SCORE_DECIMALS),  # whole numbers stay as they are
        lambda left: part.moments.take(docs.take(left)),
        lambda left: -part.reader.id_places.take(docs.take(left)).astype(np.int64),
    ]
    sure: list[Docs] = []
    left, need = places, wanted
    for column in columns:
        if len(left) <= need:
            break
        values = column(left)
        least = _kth(values, need)
        sure.append(left[values > least])
        need -= len(sure[-1])
        left = left[values == least]
    return np.concatenate([*sure, left])


def _kth(values: npt.NDArray[Any], k: int) -> Any:
    """The k-th largest of at least k values."""
    bounds = _bound(values, k)
    least = np.partition(bounds, len(bounds) - k)[len(bounds) - k]
    if bounds is values:
        return least
    candidates = values[values >= least]
    return np.partition(candidates, len(candidates) - k)[len(candidates) - k]


def _keys(sort: str, part: Part, docs: Docs, scores: Floats) -> npt.NDArray[Any]:
    """What decides first, larger is better."""
    if sort == "relevance":
        return scores
    moments = part.moments if len(docs) == part.size else part.moments.take(docs)
    return moments if sort == "newest" else np.where(moments == UNDATED, -LAST, -moments)


def _least(keys: Sequence[npt.NDArray[Any]], wanted: int) -> Any:
    """A bound that the best `wanted` reach, and little else: the smallest of them where they are few."""
    found = [_bound(key, wanted) for key in keys if len(key)]
    together = np.concatenate(found) if found else np.zeros(0)
    if len(together) < wanted:
        return -np.inf
    least = np.partition(together, len(together) - wanted)[len(together) - wanted]
    return least - 10**-SCORE_DECIMALS if together.dtype.kind == "f" else least


def _bound(key: npt.NDArray[Any], wanted: int) -> npt.NDArray[Any]:
    """Values of which the `wanted` largest are no larger than those of `key`."""
    if len(key) <= 4 * BLOCK * max(1, wanted // 8):
        return key
    whole = len(key) // BLOCK * BLOCK
    most: npt.NDArray[Any] = key[:whole].reshape(-1, BLOCK).max(axis=1)
    return most if len(most) >= wanted else key
