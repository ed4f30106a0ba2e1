"""The postings of a field as they lie in the file: one list decoded at a time, or many in one pass."""

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.container import Array, Container
from searcher.engines.whoosh.codec.encode import BITS, BLOCK, FLOATS, NIBBLES, ONES, STEPS, WIDE_WEIGHTS
from searcher.engines.whoosh.codec.packing import ESCAPE, ranges, starts_of, unpack_nibbles, unpack_steps
from searcher.engines.whoosh.codec.runs import Run
from searcher.engines.whoosh.codec.terms import TermTable

__all__ = ["FieldPostings"]

# Postings are added up in an array of all documents where there is one for every DENSE of them.
DENSE = 16
# Of the postings in the blocks that are read, fewer than one in FEW is wanted: then they are picked out one by one.
FEW = 4
# The head of a document that is not wanted: its positions come out below zero.
LEFT_OUT = -(1 << 30)


class FieldPostings:
    """The terms of one field of one segment and where they stand. Terms are named by their ordinal in `terms`."""

    def __init__(self, container: Container, name: str, documents: int) -> None:
        self.terms = TermTable.of(container, name)
        self.documents = documents
        self.opaque = bool(container.meta.get("fields", {}).get(name, {}).get("opaque"))
        self._container = container
        self._name = name
        self.counts = self._array("count")
        self._first = self._array("first")
        self._kind = self._array("kind")
        self._start = self._array("start")
        self._weight_kind = self._array("weight_kind")
        self._weight_start = self._array("weight_start")

    @property
    def has_payload(self) -> bool:
        """Whether postings keep more than how often: positions, or what an opaque format keeps."""
        return f"{self._name}.payload_start" in self._container

    def find(self, term: bytes) -> int:
        """The ordinal of a term; -1 where no document has it."""
        return self.terms.find(term)

    def docs(self, term: int) -> npt.NDArray[np.int64]:
        """The documents that have the term, ascending; deleted ones among them."""
        count = int(self.counts[term])
        kind = int(self._kind[term])
        if kind == BITS:
            return np.flatnonzero(self.having(term))
        docs = np.empty(count, dtype=np.int64)
        docs[0] = self._first[term]
        if kind:
            start = int(self._start[term])
            docs[1:] = self._part(f"steps{kind}", start, start + count - 1)
            np.cumsum(docs, out=docs)
        return docs

    def in_bits(self, term: int) -> bool:
        """Whether `having` is there for the asking."""
        return int(self._kind[term]) == BITS

    def having(self, term: int) -> npt.NDArray[np.bool_]:
        """True for the documents that have the term; shape (documents,)."""
        if int(self._kind[term]) == BITS:
            start = int(self._start[term])
            packed = self._part("bits", start, start + (self.documents + 7) // 8)
            return np.unpackbits(packed, count=self.documents, bitorder="little").view(np.bool_)
        mask = np.zeros(self.documents, dtype=bool)
        mask[self.docs(term)] = True
        return mask

    def weights(self, term: int) -> Array:
        """How often each of the documents has the term, in the order of `docs`."""
        count, kind, start = int(self.counts[term]), int(self._weight_kind[term]), int(self._weight_start[term])
        if kind == ONES:
            return np.ones(count, dtype=np.uint8)
        if kind == NIBBLES:
            return unpack_nibbles(self._part("weights1", start, start + (count + 1) // 2), count)
        return self._part(f"weights{kind}", start, start + count)

    def positions(self, term: int) -> tuple[Array, npt.NDArray[np.int32]]:
        """How many positions the term has in each document, and where, one document after the other."""
        start, end = self._payload_bounds(term, term + 1)
        counts = self.weights(term)
        return counts, unpack_steps(self._part("payload", start, end), counts)

    def places(
        self, term: int, counts: Array, postings: npt.NDArray[np.int64], heads: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int32]:
        """The positions in some documents, each with the head of its document added, one document after the other.

        `postings` are ascending indices into `docs`, `counts` the weights of the term; only the blocks of BLOCK
        postings that hold one are read.
        """
        start, end = self._payload_bounds(term, term + 1)
        if len(counts) <= BLOCK:
            here, taken, inside = counts, self._part("payload", start, end), postings
        else:
            here, taken, inside = self._blocks(term, counts, postings, start, end)
        if FEW * len(inside) < len(here):
            chosen = here.take(inside)
            spots = ranges(starts_of(here).take(inside), chosen)
            return unpack_steps(taken, here).take(spots) + np.repeat(heads.astype(np.int32), chosen)
        every = np.full(len(here), LEFT_OUT, dtype=np.int32)
        every[inside] = heads
        found = unpack_steps(taken, here, every)
        return found if len(inside) == len(here) else found[found >= 0]

    def _blocks(
        self, term: int, counts: Array, postings: npt.NDArray[np.int64], start: int, end: int
    ) -> tuple[Array, Array, npt.NDArray[np.int64]]:
        """The blocks that hold some postings: their counts and payload, and where in them the postings stand."""
        wanted = np.zeros((len(counts) - 1) // BLOCK + 1, dtype=bool)
        wanted[postings // BLOCK] = True
        if wanted.all():
            return counts, self._part("payload", start, end), postings
        offsets = self._block_offsets(term, len(counts), end - start) + start
        edges = np.flatnonzero(np.diff(wanted, prepend=False, append=False))
        firsts, ends = edges[0::2], edges[1::2]  # runs of blocks that lie side by side
        here = [counts[first * BLOCK : end * BLOCK] for first, end in zip(firsts.tolist(), ends.tolist(), strict=True)]
        bounds = zip(offsets[firsts].tolist(), offsets[ends].tolist(), strict=True)
        taken = [self._part("payload", first, end) for first, end in bounds]
        before = np.cumsum(~wanted) * BLOCK  # postings left out before each block
        return np.concatenate(here), np.concatenate(taken), postings - before.take(postings // BLOCK)

    def _block_offsets(self, term: int, count: int, size: int) -> npt.NDArray[np.int64]:
        blocks = (count - 1) // BLOCK
        row = int(np.searchsorted(self._array("block_terms"), term))
        start = int(self._array("block_start")[row])
        inner = self._array("block_offsets")[start : start + blocks]
        return np.concatenate([[0], inner, [size]]).astype(np.int64)

    def values(self, term: int) -> list[bytes]:
        """What an opaque format keeps of each posting."""
        start, end = self._payload_bounds(term, term + 1)
        sizes = self._sizes(term, term + 1)
        payload = bytes(self._part("payload", start, end))
        ends = np.cumsum(sizes).tolist()
        return [payload[end - size : end] for end, size in zip(ends, sizes.tolist(), strict=True)]

    def summed(self, terms: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """The documents that have any of the terms, ascending, and how often each has them together."""
        if not len(terms):
            return np.empty(0, dtype=np.int64), np.empty(0)
        docs, weights = self._several(terms)
        if len(docs) * DENSE > self.documents:
            often = np.bincount(docs, weights=weights.astype(np.float64), minlength=self.documents)
            found = np.flatnonzero(often > 0)
            return found, often[found].astype(np.float64)
        order = np.argsort(docs, kind="stable")
        ordered = docs[order]
        new = np.flatnonzero(np.diff(ordered, prepend=-1))
        sums: npt.NDArray[np.float64] = np.add.reduceat(weights[order].astype(np.float64), new)
        return ordered[new], sums

    def _several(self, terms: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], Array]:
        """The postings of several terms one list after the other: in one pass where the terms are neighbours."""
        first, end = int(terms[0]), int(terms[-1]) + 1
        if end - first == len(terms):
            counts = self.counts[first:end].astype(np.int64)
            return self._flat_docs(first, end, counts), self._flat_weights(first, end, counts)
        listed = terms.tolist()
        return np.concatenate([self.docs(term) for term in listed]), np.concatenate([self.weights(t) for t in listed])

    def run(self, first: int, end: int) -> Run:
        """The terms with ordinals from `first` to before `end`, flat."""
        counts = self.counts[first:end].astype(np.int64)
        payload = sizes = None
        weights = self._flat_weights(first, end, counts)
        if self.has_payload and len(counts):
            start, stop = self._payload_bounds(first, end)
            payload = self._part("payload", start, stop)
            sizes = self._sizes(first, end) if self.opaque else _packed_sizes(payload, weights)
        terms = list(self.terms.slice(first, end))
        return Run(terms, counts, self._flat_docs(first, end, counts), weights, payload, sizes)

    def _flat_docs(self, first: int, end: int, counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        begins = starts_of(counts)
        kinds = self._kind[first:end]
        steps = np.zeros(int(counts.sum()), dtype=np.int64)
        for number in range(1, len(STEPS) + 1):
            chosen = np.flatnonzero(kinds == number)
            if len(chosen):  # lists of one width lie side by side in its stream
                lengths = counts[chosen] - 1
                start = int(self._start[first + chosen[0]])
                stream = self._part(f"steps{number}", start, start + int(lengths.sum()))
                steps[ranges(begins[chosen] + 1, lengths)] = stream
        reached = np.cumsum(steps)
        docs = reached + np.repeat(self._first[first:end] - reached[begins], counts)
        for term in np.flatnonzero(kinds == BITS).tolist():
            docs[begins[term] : begins[term] + counts[term]] = self.docs(first + term)
        return docs

    def _flat_weights(self, first: int, end: int, counts: npt.NDArray[np.int64]) -> Array:
        kinds = self._weight_kind[first:end]
        begins = starts_of(counts)
        weights = np.ones(int(counts.sum()), dtype=np.float32 if (kinds == FLOATS).any() else np.uint32)
        chosen = np.flatnonzero(kinds == NIBBLES)
        if len(chosen):
            taken = (counts[chosen] + 1) // 2
            start = int(self._weight_start[first + chosen[0]])
            packed = self._part("weights1", start, start + int(taken.sum()))
            nibbles = unpack_nibbles(packed, 2 * len(packed))
            weights[ranges(begins[chosen], counts[chosen])] = nibbles[ranges(starts_of(taken) * 2, counts[chosen])]
        for number in WIDE_WEIGHTS:
            chosen = np.flatnonzero(kinds == number)
            if len(chosen):
                start = int(self._weight_start[first + chosen[0]])
                stream = self._part(f"weights{number}", start, start + int(counts[chosen].sum()))
                weights[ranges(begins[chosen], counts[chosen])] = stream
        return weights

    def _payload_bounds(self, first: int, end: int) -> tuple[int, int]:
        starts = self._array("payload_start")
        stop = int(starts[end]) if end < len(starts) else self._container.items(f"{self._name}.payload")
        return int(starts[first]), stop

    def _sizes(self, first: int, end: int) -> npt.NDArray[np.int64]:
        starts = self._array("size_start")
        stop = int(starts[end]) if end < len(starts) else self._container.items(f"{self._name}.sizes")
        return self._part("sizes", int(starts[first]), stop).astype(np.int64)

    def _array(self, name: str) -> Array:
        return self._container.get(f"{self._name}.{name}")

    def _part(self, name: str, start: int, end: int) -> Array:
        return self._container.part(f"{self._name}.{name}", start, end)


def _packed_sizes(payload: Array, counts: Array) -> npt.NDArray[np.int64]:
    """How many bytes the packed positions of each posting take."""
    if len(payload) == int(counts.sum()):
        return counts.astype(np.int64)
    ends = np.flatnonzero(payload != ESCAPE)[np.cumsum(counts) - 1] + 1
    sizes: npt.NDArray[np.int64] = np.diff(ends, prepend=0)
    return sizes
