"""Postings laid out flat: consecutive terms of one field, the form in which they are made and merged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.container import Array
from searcher.engines.whoosh.codec.packing import ranges, starts_of

__all__ = ["Run", "combine"]


@dataclass(frozen=True, slots=True)
class Run:
    """The postings of consecutive terms, one list after the other.

    `counts[i]` documents have term i; `docs` are their numbers, ascending in each list, and `weights` how often each
    has the term (float where something was boosted); shape (counts.sum(),). `payload` holds the packed positions of
    each posting, or whatever its format keeps, `sizes` how many bytes each posting has of it; both None without.
    """

    terms: Sequence[bytes]
    counts: npt.NDArray[np.int64]
    docs: npt.NDArray[np.int64]
    weights: Array
    payload: npt.NDArray[np.uint8] | None = None
    sizes: npt.NDArray[np.int64] | None = None

    def renumbered(self, numbers: npt.NDArray[np.int64]) -> "Run":
        """The run with document d called numbers[d]; those that are -1 drop out, terms without postings stay."""
        docs = numbers[self.docs]
        if not len(docs) or docs.min() >= 0:
            return Run(self.terms, self.counts, docs, self.weights, self.payload, self.sizes)
        kept = docs >= 0
        owners = np.repeat(np.arange(len(self.counts)), self.counts)
        counts = np.bincount(owners[kept], minlength=len(self.counts))
        payload, sizes = self.payload, self.sizes
        if payload is not None and sizes is not None:
            payload, sizes = payload[np.repeat(kept, sizes)], sizes[kept]
        return Run(self.terms, counts, docs[kept], self.weights[kept], payload, sizes)

    def without_empty(self) -> "Run":
        """The run without the terms that have no postings left."""
        if self.counts.all():
            return self
        terms = [term for term, count in zip(self.terms, self.counts.tolist(), strict=True) if count]
        return Run(terms, self.counts[self.counts > 0], self.docs, self.weights, self.payload, self.sizes)


def combine(runs: Sequence[Run]) -> Run:
    """The runs as one: terms in order, the lists of a term joined.

    Each run's documents come after those of the runs before it, so lists are joined end to end.
    """
    terms = sorted({term for run in runs for term in run.terms})
    place = {term: number for number, term in enumerate(terms)}
    listed = chain.from_iterable(run.terms for run in runs)
    places = np.fromiter(map(place.__getitem__, listed), dtype=np.int64, count=sum(len(run.terms) for run in runs))
    order = np.argsort(places, kind="stable")  # the lists of a term, run by run
    lengths = np.concatenate([run.counts for run in runs])
    counts = np.bincount(places, weights=lengths, minlength=len(terms)).astype(np.int64)
    docs = _joined([run.docs for run in runs], lengths, order)
    joined = Run(terms, counts, docs, _joined([run.weights for run in runs], lengths, order))
    payload = [run.payload for run in runs if run.payload is not None]
    sizes = [run.sizes for run in runs if run.sizes is not None]  # a run without terms has none
    if not sizes:
        return joined
    taken = np.concatenate([_sums(run.sizes, run.counts) for run in runs if run.sizes is not None])
    return replace(joined, payload=_joined(payload, taken, order), sizes=_joined(sizes, lengths, order))


def _sums(sizes: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    ends = np.cumsum(counts)
    total = np.concatenate([[0], np.cumsum(sizes)])
    return np.asarray(total[ends] - total[ends - counts], dtype=np.int64)


def _joined(pieces: Sequence[Array], lengths: npt.NDArray[np.int64], order: npt.NDArray[np.int64]) -> Array:
    """The lists of all pieces in that order: `lengths` are theirs, one piece after the other."""
    begins = np.empty(len(order), dtype=np.int64)
    begins[order] = starts_of(lengths[order])
    joined = np.empty(int(lengths.sum()), dtype=np.result_type(*pieces))
    joined[ranges(begins, lengths)] = np.concatenate(pieces)
    return joined
