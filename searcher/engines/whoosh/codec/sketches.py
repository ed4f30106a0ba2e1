"""The sketches of a segment, kept so that those alike are found without reading the others.

A sketch is cut into BANDS pieces of four bytes (locality-sensitive hashing by bands: Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, 3.4). For each band the pieces of all documents lie side by side, with their order: who has
a piece in common with a sketch is found by bisection.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.container import Array, Container, ContainerWriter
from searcher.engines.whoosh.codec.packing import ranges

__all__ = ["BANDS", "Pieces", "Sketches", "pieces_of", "put_sketches"]

BANDS = 32
PIECE_BYTES = 4
# Of documents with one and the same piece so many are compared, the first: a line of boilerplate may be a whole text.
MOST_COMPARED = 32

Pieces = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]


def pieces_of(sketches: Sequence[bytes]) -> Pieces:
    """Sketches cut into their pieces, zeros for those that are none; shape (sketches, BANDS)."""
    none = bytes(BANDS * PIECE_BYTES)
    joined = b"".join(sketch if len(sketch) == len(none) else none for sketch in sketches)
    return np.frombuffer(joined, dtype="<u4").reshape(-1, BANDS)


class Sketches:
    """The sketches of a segment; no document is alike to anything where it has none."""

    def __init__(self, container: Container, documents: int) -> None:
        self._container = container
        self._documents = documents

    def __bool__(self) -> bool:
        return "sketch" in self._container

    @property
    def _pieces(self) -> Array:
        return self._container.get("sketch")

    def band(self, number: int) -> Array:
        """One piece of every document; shape (documents,)."""
        return self._container.part("sketch", number * self._documents, (number + 1) * self._documents)

    def one(self, doc: int) -> bytes:
        """The sketch of a document; empty where it has none."""
        sketch = self.of(np.array([doc]))[0] if self else b""
        return sketch if any(sketch) else b""

    def of(self, docs: Numbers) -> list[bytes]:
        """The sketches of some documents."""
        return [sketch.tobytes() for sketch in self._taken(docs)]

    def alike(self, wanted: Pieces, least: int) -> tuple[Numbers, Numbers]:
        """Pairs of a row of `wanted`, shape (n, BANDS), and a document: rows, documents.

        They have a piece in common and at least so many bytes.
        """
        found = [self._in_band(number, wanted[:, number]) for number in range(BANDS)] if self else []
        pairs = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *found]))
        rows, docs = pairs // max(1, self._documents), pairs % max(1, self._documents)
        if len(pairs):
            bytes_of = wanted[rows].view(np.uint8), self._taken(docs).view(np.uint8)
            near = (bytes_of[0] == bytes_of[1]).sum(axis=1) >= least
            rows, docs = rows[near], docs[near]
        return rows, docs

    def _taken(self, docs: Numbers) -> Pieces:
        taken = self._pieces.reshape(BANDS, self._documents).take(docs, axis=1)
        return np.ascontiguousarray(taken.T)

    def _in_band(self, number: int, pieces: Pieces) -> Numbers:
        """Rows times the number of documents, plus the document: one number for each pair."""
        order = self._container.part("sketch.order", number * self._documents, (number + 1) * self._documents)
        band = self.band(number)
        rows = np.argsort(pieces)  # bisection for numbers in order stays in the processor's cache
        sought = pieces[rows]
        first = np.minimum(np.searchsorted(band, sought, sorter=order), self._documents - 1)
        there = (band[order[first]] == sought) & (sought != 0)
        rows, sought, first = rows[there], sought[there], first[there]
        counts = np.searchsorted(band, sought, side="right", sorter=order) - first
        counts = np.minimum(counts, MOST_COMPARED)
        places = ranges(first, counts)
        return np.repeat(rows, counts) * self._documents + order[places].astype(np.int64)


def put_sketches(writer: ContainerWriter, bands: Iterator[Pieces]) -> None:
    """Write the pieces of a segment's documents, given band by band, each of shape (documents,)."""
    pieces, order = writer.spool("sketch", np.uint32), writer.spool("sketch.order", np.uint32)
    for band in bands:
        pieces.write(band)
        order.write(np.argsort(band, kind="stable"))
