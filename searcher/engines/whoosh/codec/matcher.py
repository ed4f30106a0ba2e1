"""The postings of a term as Whoosh's queries walk through them."""

from bisect import bisect_left
from collections.abc import Iterator
from copy import copy
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.matching import LeafMatcher, ReadTooFar

from searcher.engines.whoosh.codec.columns import LENGTHS
from searcher.engines.whoosh.codec.container import Array
from searcher.engines.whoosh.codec.packing import starts_of, unpack_steps
from searcher.engines.whoosh.codec.payload import implied, unwrap
from searcher.engines.whoosh.codec.postings import FieldPostings

__all__ = ["ArrayMatcher", "TermPostings"]


class TermPostings:
    """One term decoded, part by part as it is asked for: copies of a matcher share it.

    `lengths` are those of the field by document, as places in LENGTHS; None where they are not known, and then no
    bound on them is given. `block` is how many postings are judged, and skipped, together.
    """

    def __init__(self, postings: FieldPostings, ordinal: int, format_: Any, lengths: Array | None, block: int) -> None:
        self._postings = postings
        self._ordinal = ordinal
        self._lengths = lengths
        self.format = format_
        self.block = block
        self._docs = postings.docs(ordinal)
        self.docs: list[int] = self._docs.tolist()

    @cached_property
    def weights(self) -> list[float]:
        """How often each document has the term."""
        return [float(weight) for weight in self._postings.weights(self._ordinal).tolist()]

    @cached_property
    def heaviest(self) -> list[float]:
        """The largest weight of each block."""
        return [float(most) for most in np.maximum.reduceat(self.weights, self._starts).tolist()]

    @cached_property
    def shortest(self) -> list[int]:
        """The length of the shortest field of each block."""
        return self._bounds(np.minimum)

    @cached_property
    def longest(self) -> list[int]:
        """The length of the longest field of each block."""
        return self._bounds(np.maximum)

    @property
    def packed(self) -> bool:
        """Whether positions are kept as such."""
        return self._postings.has_payload and not self._postings.opaque

    def positions(self, place: int) -> list[int]:
        """Where the term stands in the document at that place; only if `packed`."""
        found, bounds = self._positions
        return [int(position) for position in found[bounds[place] : bounds[place + 1]].tolist()]

    def value(self, place: int) -> bytes:
        """What the format keeps of the posting at that place, in the format's own bytes."""
        if self._postings.opaque:
            return unwrap(self.format, self._kept[place])
        if self.packed:
            return bytes(self.format.encode(self.positions(place)))
        return implied(self.format, self.weights[place])

    @cached_property
    def _kept(self) -> list[bytes]:
        return self._postings.values(self._ordinal)

    @cached_property
    def _positions(self) -> tuple[npt.NDArray[np.int32], list[int]]:
        flat = self._postings.run(self._ordinal, self._ordinal + 1)
        found = unpack_steps(np.empty(0, dtype=np.uint8) if flat.payload is None else flat.payload, flat.weights)
        return found, [*starts_of(flat.weights).tolist(), len(found)]

    @property
    def _starts(self) -> npt.NDArray[np.int64]:
        return np.arange(0, len(self.docs), self.block)

    def _bounds(self, judge: np.ufunc) -> list[int]:
        if self._lengths is None:
            return [0] * len(self._starts)
        return [int(length) for length in LENGTHS[judge.reduceat(self._lengths[self._docs], self._starts)].tolist()]


class ArrayMatcher(LeafMatcher):
    """A place in the postings of a term, deleted documents among them."""

    def __init__(self, postings: TermPostings, term: tuple[str, bytes], scorer: Any = None) -> None:
        self._postings = postings
        self._docs = postings.docs
        self._place = 0
        self._term = term
        self.format = postings.format
        self.scorer = scorer

    def is_active(self) -> bool:
        """Whether there is a posting here."""
        return self._place < len(self._docs)

    def reset(self) -> None:
        """Back to the first posting."""
        self._place = 0

    def copy(self) -> "ArrayMatcher":
        """Another matcher at the same place."""
        return copy(self)

    def id(self) -> int:
        """The document."""
        return self._docs[self._place]

    def all_ids(self) -> Iterator[int]:
        """The documents from here on; the matcher stays where it is."""
        return iter(self._docs[self._place :])

    def weight(self) -> float:
        """How often the document has the term."""
        return self._postings.weights[self._place]

    def value(self) -> bytes:
        """What the format keeps of the posting."""
        return self._postings.value(self._place)

    def value_as(self, astype: str) -> Any:
        """What the format keeps, read as one of the things it supports."""
        if astype == "positions" and self._postings.packed:
            return self._postings.positions(self._place)
        return self.format.decode_as(astype, self.value())

    def items_as(self, astype: str) -> Iterator[tuple[int, Any]]:
        """Documents and values from here on."""
        while self.is_active():
            yield self.id(), self.value_as(astype)
            self.next()

    def next(self) -> bool:
        """To the next posting; whether it is the first of a block, or there is none."""
        if not self.is_active():
            raise ReadTooFar
        self._place += 1
        return self._place % self._postings.block == 0 or not self.is_active()

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name for it
        """To the first posting of that document or a later one."""
        if not self.is_active():
            raise ReadTooFar
        self._place = bisect_left(self._docs, id, self._place)

    def skip_to_quality(self, minquality: float) -> int:
        """Past the blocks in which no posting can score more; how many were skipped."""
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._place = (self._block + 1) * self._postings.block
            skipped += 1
        return skipped

    def block_min_id(self) -> int:
        """The first document of the block."""
        return self._docs[self._block * self._postings.block]

    def block_max_id(self) -> int:
        """The last document of the block."""
        return self._docs[min((self._block + 1) * self._postings.block, len(self._docs)) - 1]

    def block_min_length(self) -> int:
        """The length of the shortest field in the block."""
        return self._postings.shortest[self._block]

    def block_max_length(self) -> int:
        """The length of the longest field in the block."""
        return self._postings.longest[self._block]

    def block_max_weight(self) -> float:
        """The largest weight in the block."""
        return self._postings.heaviest[self._block]

    @property
    def _block(self) -> int:
        """The block of this place; past the end the last one, of which Whoosh's AndMaybe still asks."""
        return min(self._place, len(self._docs) - 1) // self._postings.block
