"""Sketches side by side: which of them have a piece in common, and how much they are alike."""

from collections.abc import Sequence
from math import ceil

import numpy as np
import numpy.typing as npt

__all__ = ["Sketches", "equal_bytes", "likeness", "likenesses"]

PIECE_BYTES = 4
# Two bytes are equal by chance once in so many times.
BY_CHANCE = 1 / 256
# Of those with a piece in common so many are compared, the earliest: "Blah blah blah." may come ten thousand times.
MOST_COMPARED = 32

Numbers = npt.NDArray[np.int64]


def likeness(one: bytes, other: bytes) -> float:
    """About the share of runs of words that two texts have in common, by their sketches; 0 to 1."""
    return float(likenesses([one], [other])[0])


def equal_bytes(likeness: float, length: int) -> int:
    """How many bytes two sketches of a length have in common where they are so much alike, at least."""
    return ceil((likeness * (1 - BY_CHANCE) + BY_CHANCE) * length)


def likenesses(ones: Sequence[bytes], others: Sequence[bytes]) -> npt.NDArray[np.float64]:
    """The same for pairs of sketches; 0 where one of them is empty.

    The share of equal bytes, less those that are equal by chance (Li and König 2010, b-bit minwise hashing, theorem 1).
    """
    width = max(map(len, ones), default=0)
    both = [len(one) == len(other) == width > 0 for one, other in zip(ones, others, strict=True)]
    none = bytes(width)
    left, right = (
        np.frombuffer(b"".join(sketch if held else none for sketch, held in zip(given, both, strict=True)), np.uint8)
        for given in (ones, others)
    )
    if not width:
        return np.zeros(len(ones))
    equal = (left.reshape(-1, width) == right.reshape(-1, width)).mean(axis=1)
    return np.where(both, np.maximum(0.0, (equal - BY_CHANCE) / (1 - BY_CHANCE)), 0.0)


class Sketches:
    """Sketches that come in numbers, each with its number from 0 on; empty ones have nothing in common with any."""

    def __init__(self) -> None:
        self._sketches: list[bytes] = []
        self._pieces = np.empty(0, dtype=np.uint64)  # every piece with its place in the sketch, in order
        self._owners = np.empty(0, dtype=np.int64)

    def add(self, sketches: Sequence[bytes]) -> tuple[Numbers, Numbers, npt.NDArray[np.float64]]:
        """Take sketches in; pairs of a new one and an earlier one with a piece in common: numbers, and likenesses."""
        first = len(self._sketches)
        self._sketches += sketches
        held = [number for number, sketch in enumerate(sketches, first) if sketch]
        if not held:
            return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
        pieces = np.frombuffer(b"".join(self._sketches[number] for number in held), "<u4").reshape(len(held), -1)
        placed = pieces | (np.arange(pieces.shape[1], dtype=np.uint64) << np.uint64(8 * PIECE_BYTES))
        self._merge(placed.ravel(), np.repeat(held, pieces.shape[1]))
        later, earlier = self._pairs(first)
        alike = likenesses([self._sketches[number] for number in later], [self._sketches[number] for number in earlier])
        return later, earlier, alike

    def _merge(self, pieces: npt.NDArray[np.uint64], owners: Numbers) -> None:
        """Two runs in order become one: the stable sort of numpy merges them."""
        order = np.argsort(pieces, kind="stable")
        pieces = np.concatenate([self._pieces, pieces[order]])
        owners = np.concatenate([self._owners, owners[order]])
        order = np.argsort(pieces, kind="stable")
        self._pieces, self._owners = pieces[order], owners[order]

    def _pairs(self, first: int) -> tuple[Numbers, Numbers]:
        """Pairs with a piece in common of which the later one is at or after `first`: later ones, earlier ones."""
        ends = np.flatnonzero(np.diff(self._pieces))
        begins = np.concatenate([[0], ends + 1])
        lengths = np.diff(np.concatenate([begins, [len(self._pieces)]]))
        found = [np.empty(0, dtype=np.int64)]
        shared = (lengths > 1) & (self._owners[begins + lengths - 1] >= first)
        for begin, length in zip(begins[shared].tolist(), lengths[shared].tolist(), strict=True):
            group = self._owners[begin : begin + length]
            fresh = group[np.searchsorted(group, first) :]
            later, earlier = np.meshgrid(fresh, group[:MOST_COMPARED], indexing="ij")
            found.append((later << 32 | earlier)[earlier < later])
        pairs = np.unique(np.concatenate(found))
        return pairs >> 32, pairs & 0xFFFFFFFF
