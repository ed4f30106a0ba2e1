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

Pieces = npt.NDArray[np.uint32]


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
        return self._pieces[number * self._documents : (number + 1) * self._documents]

    def of(self, docs: Array) -> list[bytes]:
        """The sketches of some documents."""
        taken = self._pieces.reshape(BANDS, self._documents).take(docs, axis=1)
        return [sketch.tobytes() for sketch in np.ascontiguousarray(taken.T)]

    def alike(self, wanted: Pieces) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Pairs of a row of `wanted`, shape (n, BANDS), and a document with a piece in common: rows, documents."""
        found = [self._in_band(number, wanted[:, number]) for number in range(BANDS)] if self else []
        rows = np.concatenate([np.empty(0, dtype=np.int64), *(rows for rows, _ in found)])
        docs = np.concatenate([np.empty(0, dtype=np.int64), *(docs for _, docs in found)])
        pairs = np.unique(rows * self._documents + docs) if len(rows) else rows
        return pairs // max(1, self._documents), pairs % max(1, self._documents)

    def _in_band(self, number: int, pieces: Pieces) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        order = self._container.get("sketch.order")[number * self._documents : (number + 1) * self._documents]
        band = self.band(number)
        first = np.searchsorted(band, pieces, sorter=order)
        end = np.searchsorted(band, pieces, side="right", sorter=order)
        counts = np.where(pieces == 0, 0, end - first)
        held = np.flatnonzero(counts)
        places = ranges(first[held], counts[held])
        return np.repeat(held, counts[held]), order[places].astype(np.int64)


def put_sketches(writer: ContainerWriter, bands: Iterator[Pieces]) -> None:
    """Write the pieces of a segment's documents, given band by band, each of shape (documents,)."""
    pieces, order = writer.spool("sketch", np.uint32), writer.spool("sketch.order", np.uint32)
    for band in bands:
        pieces.write(band)
        order.write(np.argsort(band, kind="stable"))
