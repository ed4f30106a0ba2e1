"""The postings of a field written as arrays.

Documents of a list are steps from one to the next, in the narrowest of one, two or four bytes that holds the largest
step, or one bit for each document of the segment where that is smaller. How often a document has the term is left
out where it is always once, and takes half a byte where it is at most 15 times. Each width has its own stream, so a
stream is a plain array and one pass over it decodes many lists.

Measured on 14,999 Reuters items (bodies, 1.07 million postings): 1.14 bytes a posting for documents and .57 for how
often; 32-bit numbers for both take 8.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.container import Array, ContainerWriter, Spool, smallest
from searcher.engines.whoosh.codec.packing import pack_nibbles, ranges, starts_of
from searcher.engines.whoosh.codec.runs import Run

__all__ = ["BITS", "BLOCK", "FLOATS", "NIBBLES", "ONES", "STEPS", "WIDE_WEIGHTS", "FieldEncoder"]

# How the documents of a list are kept: 0 a single one, 1 to 3 steps of that width, 4 a bit for every document.
STEPS = ("|u1", "<u2", "<u4")
BITS = 4
# How often: 0 always once, 1 half a byte, 2 and 3 whole numbers, 4 a float.
ONES, NIBBLES, FLOATS = 0, 1, 4
WIDE_WEIGHTS = {2: "|u1", 3: "<u4", FLOATS: "<f4"}
# A list longer than this notes where the payload of every BLOCKth posting begins, so that a phrase of a common and a
# rare word reads only the pieces of the common one: 4 bytes for 128 postings, 1 % of the positions.
BLOCK = 128
# Segments with fewer documents than this have no bits: their lists are short however they are kept.
FEWEST_FOR_BITS = 1024


class FieldEncoder:
    """Takes the runs of one field in order and writes its arrays under `name` into a container."""

    def __init__(self, writer: ContainerWriter, name: str, documents: int) -> None:
        self._writer = writer
        self._name = name
        self._documents = documents
        self._spools: dict[str, Spool] = {}
        self._columns: dict[str, list[Array]] = {}
        self._terms = 0
        self._opaque = False

    def add(self, run: Run, *, opaque: bool = False) -> None:
        """Append terms that come after all before; `opaque` where the payload is not packed positions."""
        if not len(run.terms):
            return
        self._opaque = opaque
        begins = starts_of(run.counts)
        self._put_terms(run.terms)
        self._column("count", run.counts)
        self._column("first", run.docs[begins])
        self._put_docs(run, begins)
        self._put_weights(run, begins)
        if run.payload is not None and run.sizes is not None:
            self._put_payload(run.payload, run.sizes, run.counts, begins)
        self._terms += len(run.terms)

    def finish(self) -> None:
        """Write what was gathered by term; a field without terms is none."""
        if not self._terms:
            return
        for name, pieces in self._columns.items():
            values = np.concatenate(pieces)
            if name == "bounds":
                ends = np.cumsum(values, dtype=np.int64)
                values = np.concatenate([[0], ends])
            self._writer.put(f"{self._name}.{name}", smallest(values))
        self._writer.meta.setdefault("fields", {})[self._name] = {"terms": self._terms, "opaque": self._opaque}

    def _put_terms(self, terms: Any) -> None:
        self._spool("text", "|u1").write(np.frombuffer(b"".join(terms), dtype=np.uint8))
        self._column("bounds", np.fromiter(map(len, terms), dtype=np.int64, count=len(terms)))

    def _put_docs(self, run: Run, begins: Array) -> None:
        kind, kept, steps = self._kinds(run, begins)
        start = np.zeros(len(run.counts), dtype=np.int64)
        in_steps = np.repeat(kind, run.counts)[kept]
        for number, dtype in enumerate(STEPS, 1):
            chosen = kind == number
            if chosen.any():
                base = self._spool(f"steps{number}", dtype).write(steps[in_steps == number])
                start[chosen] = base + starts_of(run.counts[chosen] - 1)
        for term in np.flatnonzero(kind == BITS).tolist():
            docs = run.docs[begins[term] : begins[term] + run.counts[term]]
            start[term] = self._spool("bits", "|u1").write(self._bits(docs))
        self._column("kind", kind)
        self._column("start", start)

    def _kinds(self, run: Run, begins: Array) -> tuple[Array, npt.NDArray[np.bool_], Array]:
        """For each term how its documents are kept; which postings have a step before them; those steps."""
        kept = np.ones(len(run.docs), dtype=bool)
        kept[begins] = False
        steps = np.diff(run.docs)[kept[1:]]
        several = run.counts > 1
        kind = np.zeros(len(run.counts), dtype=np.uint8)
        if several.any():
            largest = np.maximum.reduceat(steps, starts_of(run.counts[several] - 1))
            width = 1 + (largest > 0xFF) + (largest > 0xFFFF)
            taken = (run.counts[several] - 1) << (width - 1)
            if self._documents >= FEWEST_FOR_BITS:
                width = np.where(taken > self._bitmap_bytes, BITS, width)
            kind[several] = width
        return kind, kept, steps

    @property
    def _bitmap_bytes(self) -> int:
        return (self._documents + 7) // 8

    def _bits(self, docs: Array) -> npt.NDArray[np.uint8]:
        having = np.zeros(self._documents, dtype=bool)
        having[docs] = True
        return np.packbits(having, bitorder="little")

    def _put_weights(self, run: Run, begins: Array) -> None:
        most = np.maximum.reduceat(run.weights, begins)
        if run.weights.dtype.kind == "f":
            kind = np.full(len(most), FLOATS, dtype=np.uint8)
        else:
            kind = ((most > 1).astype(np.uint8) + (most > 15) + (most > 0xFF)).astype(np.uint8)
        start = np.zeros(len(most), dtype=np.int64)
        owner = np.repeat(kind, run.counts)
        chosen = kind == NIBBLES
        if chosen.any():
            start[chosen] = self._put_nibbles(run.weights[owner == NIBBLES], run.counts[chosen])
        for number, dtype in WIDE_WEIGHTS.items():
            chosen = kind == number
            if chosen.any():
                base = self._spool(f"weights{number}", dtype).write(run.weights[owner == number])
                start[chosen] = base + starts_of(run.counts[chosen])
        self._column("weight_kind", kind)
        self._column("weight_start", start)

    def _put_nibbles(self, weights: Array, counts: Array) -> Array:
        """Each list begins at a whole byte."""
        taken = (counts + 1) // 2
        nibbles = np.zeros(int(taken.sum()) * 2, dtype=np.uint8)
        nibbles[ranges(starts_of(taken) * 2, counts)] = weights
        return self._spool("weights1", "|u1").write(pack_nibbles(nibbles)) + starts_of(taken)

    def _put_payload(self, payload: Array, sizes: Array, counts: Array, begins: Array) -> None:
        before = starts_of(sizes)
        base = self._spool("payload", "|u1").write(payload)
        self._column("payload_start", base + before[begins])
        if self._opaque:
            self._column("size_start", self._spool("sizes", "<u4").write(sizes) + begins)
            return
        blocks = (counts - 1) // BLOCK
        long = np.flatnonzero(blocks)
        if len(long):
            at = ranges(begins[long], blocks[long])  # counts up by one where it should by BLOCK
            nth = at - np.repeat(begins[long], blocks[long]) + 1
            owner = np.repeat(long, blocks[long])
            offsets = before[begins[owner] + nth * BLOCK] - before[begins[owner]]
            start = self._spool("block_offsets", "<u4").write(offsets) + starts_of(blocks[long])
            self._column("block_terms", self._terms + long)
            self._column("block_start", start)

    def _spool(self, name: str, dtype: str) -> Spool:
        if name not in self._spools:
            self._spools[name] = self._writer.spool(f"{self._name}.{name}", dtype)
        return self._spools[name]

    def _column(self, name: str, values: Array) -> None:
        self._columns.setdefault(name, []).append(smallest(np.asarray(values)))
