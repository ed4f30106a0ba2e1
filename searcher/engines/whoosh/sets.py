"""Sets of documents as sorted arrays: which hold a list, which are in both."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.snapshot import Docs

__all__ = ["NONE", "contained", "is_dense", "mask_of", "positions_in", "union"]

NONE: Docs = np.empty(0, dtype=np.int64)

# From so many documents of a segment on, a byte for each document of it costs less than searching in sorted lists:
# in 100,000 documents 60 us against 34 for 2,000 among 60,000, 63 for 4,000 and 315 for 12,000.
DENSE = 1 / 25


def is_dense(count: int, documents: int) -> bool:
    """Whether so many of the documents are many."""
    return count > documents * DENSE


def mask_of(docs: Docs, documents: int) -> npt.NDArray[np.bool_]:
    """True for those of the documents; shape (documents,)."""
    mask = np.zeros(documents, dtype=bool)
    mask[docs] = True
    return mask


def union(sets: Sequence[Docs], documents: int) -> Docs:
    """The documents that are in any of the sets."""
    given = [docs for docs in sets if len(docs)]
    if len(given) <= 1:
        return given[0] if given else NONE
    if is_dense(sum(map(len, given)), documents):
        mask = np.zeros(documents, dtype=bool)
        for docs in given:
            mask[docs] = True
        return np.flatnonzero(mask)
    joined = np.concatenate(given)
    joined.sort()
    found: Docs = joined[np.diff(joined, prepend=-1) != 0]
    return found


def contained(docs: Docs, among: Docs, documents: int) -> npt.NDArray[np.bool_]:
    """For each of `docs` whether it is among the others."""
    if is_dense(len(docs), documents):
        return mask_of(among, documents).take(docs)
    return positions_in(among, docs)[1]


def positions_in(among: Docs, docs: Docs) -> tuple[Docs, npt.NDArray[np.bool_]]:
    """For each of `docs` its place in `among`, and whether it is there."""
    if not len(among):
        return np.zeros(len(docs), dtype=np.int64), np.zeros(len(docs), dtype=bool)
    places = np.searchsorted(among, docs)
    np.minimum(places, len(among) - 1, out=places)
    return places, among.take(places) == docs
