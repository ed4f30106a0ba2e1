"""Takes terms and their postings as Whoosh's writer gives them: in order of fields, terms and documents."""

from array import array
from itertools import chain, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import formats
from whoosh.codec import base

from searcher.engines.whoosh.codec.columns import length_codes
from searcher.engines.whoosh.codec.container import Array, ContainerWriter
from searcher.engines.whoosh.codec.encode import FieldEncoder
from searcher.engines.whoosh.codec.folder import Folder
from searcher.engines.whoosh.codec.packing import pack_steps, starts_of
from searcher.engines.whoosh.codec.payload import LARGEST_COUNT, implied, numbers_of, wrap
from searcher.engines.whoosh.codec.runs import Run
from searcher.engines.whoosh.codec.segment import POSTINGS, write_container

__all__ = ["ArrayFieldWriter"]

# Positions up to this are packed: a gap as long as all of it takes 64 kB.
LARGEST_POSITION = 1 << 24


class ArrayFieldWriter(base.FieldWriter):
    """Writes the terms of a segment, a field at a time."""

    def __init__(self, folder: Folder, segment: Any) -> None:
        self._folder = folder
        self._segment = segment
        self._container = ContainerWriter(folder.scratch)
        self._field: _Field | None = None
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        """Begin a field."""
        self._field = _Field(fieldname, fieldobj.format)

    def start_term(self, text: bytes) -> None:
        """Begin a term."""
        self._current().start_term(text)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int | None) -> None:
        """A document with the term: how often, what the format keeps, and how long the field is in it."""
        self._current().add(docnum, weight, vbytes, length or 0)

    def finish_term(self) -> None:
        """All postings of the term are given."""

    def finish_field(self) -> None:
        """Write the field."""
        self._current().write(self._container, self._segment.doc_count_all())
        self._field = None

    def close(self) -> None:
        """Write the file."""
        self._container.meta["documents"] = self._segment.doc_count_all()
        write_container(self._folder, self._segment.make_filename(POSTINGS), self._container)
        self.is_closed = True

    def _current(self) -> "_Field":
        if self._field is None:
            raise ValueError("no field was begun")
        return self._field


class _Field:
    """One field while it is given."""

    def __init__(self, name: str, format_: Any) -> None:
        self._name = name
        self._format = format_
        self._terms: list[bytes] = []
        self._begins = array("q")
        self._docs = array("q")
        self._weights = array("d")
        self._lengths = array("q")
        self._values: list[bytes] = []

    def start_term(self, text: bytes) -> None:
        """Begin a term."""
        self._terms.append(text)
        self._begins.append(len(self._docs))

    def add(self, docnum: int, weight: float, value: bytes, length: int) -> None:
        """A posting of the term."""
        self._docs.append(docnum)
        self._weights.append(weight)
        self._values.append(value)
        self._lengths.append(length)

    def write(self, container: ContainerWriter, documents: int) -> None:
        """Write the terms that have postings."""
        run = self._run()
        encoder = FieldEncoder(container, self._name, documents)
        encoder.add(run, opaque=self._opaque)
        encoder.finish()
        if len(run.terms) and any(self._lengths):
            codes = length_codes(np.array(self._lengths))
            for end, judge in (("shortest", np.minimum), ("longest", np.maximum)):
                container.put(f"{self._name}.{end}", judge.reduceat(codes, starts_of(run.counts)))

    def _run(self) -> Run:
        counts = np.diff(np.array(self._begins), append=len(self._docs))
        payload, sizes = self._payload()
        docs = np.array(self._docs, dtype=np.int64)
        return Run(self._terms, counts, docs, self._kept_weights(), payload, sizes).without_empty()

    def _kept_weights(self) -> Array:
        """Whole numbers from 1 on as such, what else a weight may be as a 32-bit float, as in Whoosh's codec."""
        given = np.array(self._weights)
        whole = (given == np.floor(given)) & (given >= 1) & (given <= LARGEST_COUNT)
        return given.astype(np.uint32 if whole.all() else np.float32)

    def _payload(self) -> tuple[npt.NDArray[np.uint8] | None, npt.NDArray[np.int64] | None]:
        """What is kept of the values and how many bytes of each posting: positions packed, the rest as JSON."""
        self._opaque = False
        given = zip(self._values, self._weights, strict=True)
        if all(value == implied(self._format, weight) for value, weight in given):
            return None, None
        positions = self._positions()
        if positions is not None:
            counts = np.array([len(each) for each in positions])
            return pack_steps(np.array(list(chain.from_iterable(positions))), counts)
        self._opaque = True
        wrapped = [wrap(self._format, value) for value in self._values]
        sizes = np.array([len(each) for each in wrapped], dtype=np.int64)
        return np.frombuffer(b"".join(wrapped), dtype=np.uint8), sizes

    def _positions(self) -> list[list[int]] | None:
        """The positions of each posting; None where the format keeps more, or a weight is not their number."""
        if not isinstance(self._format, formats.Positions) or self._format.supports("characters"):
            return None
        found = []
        for value, weight in zip(self._values, self._weights, strict=True):
            numbers = numbers_of(self._format, value)
            if numbers is None or len(numbers) != weight or not _ascend(numbers):
                return None
            found.append(numbers)
        return found


def _ascend(numbers: list[Any]) -> bool:
    whole = all(type(number) is int for number in numbers)
    ordered = whole and all(first <= second for first, second in pairwise(numbers))
    return ordered and bool(numbers) and 0 <= numbers[0] <= numbers[-1] <= LARGEST_POSITION
