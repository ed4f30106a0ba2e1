"""What is kept by document: lengths of fields, facet values, dates, and whatever columns a schema asks for."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.container import Array, Container, ContainerWriter, smallest
from searcher.engines.whoosh.codec.packing import ranges, starts_of
from searcher.engines.whoosh.codec.sketches import Sketches
from searcher.engines.whoosh.codec.terms import TermTable, put_terms
from searcher.errors import ArchiveDamaged

__all__ = [
    "LENGTHS",
    "Columns",
    "ValueColumn",
    "length_codes",
    "put_lengths",
    "put_numbers",
    "put_raw",
    "put_values",
]

# Whoosh's scale for the length of a field in a byte, exact to 10 and rounded up by a tenth at most: place n stands for
# round((1.033 ** n - 1) * 27) words. Scores agree with Whoosh's own codec because lengths are rounded alike.
LENGTHS: npt.NDArray[np.int64] = np.round((1.033 ** np.arange(256) - 1) * 27).astype(np.int64)


class ValueColumn:
    """The values of one field by document: document d carries `ordinals[starts[d]:starts[d + 1]]`.

    An ordinal is the place of the value among the terms of the field.
    """

    def __init__(self, ordinals: Array, counts: Array | None, documents: int) -> None:
        self.ordinals = ordinals
        self._counts = counts
        self._documents = documents
        self._starts: npt.NDArray[np.int64] | None = None
        self._owners: npt.NDArray[np.intp] | None = None

    def of(self, docs: npt.NDArray[np.int64]) -> Array:
        """The ordinals of all values that the documents carry, one document after the other."""
        if self._counts is None:
            return self.ordinals.take(docs)
        return self.ordinals[ranges(self.starts.take(docs), self._counts.take(docs))]

    def where(self, mask: npt.NDArray[np.bool_]) -> Array:
        """The same for the documents in a mask; shape (documents,)."""
        if self._counts is None:
            return self.ordinals[mask]
        if self._owners is None:
            self._owners = np.repeat(np.arange(self._documents, dtype=np.uint32), self._counts).astype(np.intp)
        return self.ordinals.take(np.flatnonzero(mask.take(self._owners)))

    @property
    def starts(self) -> npt.NDArray[np.int64]:
        """Where the values of each document begin; shape (documents,)."""
        if self._starts is None:
            self._starts = np.arange(self._documents) if self._counts is None else starts_of(self._counts)
        return self._starts

    @property
    def counts(self) -> Array:
        """How many values each document carries; shape (documents,)."""
        return np.ones(self._documents, dtype=np.uint8) if self._counts is None else self._counts


class Columns:
    """The columns of one segment."""

    def __init__(self, container: Container, documents: int) -> None:
        self._container = container
        self.documents = documents
        self.sketches = Sketches(container, documents)
        self._values: dict[str, ValueColumn] = {}

    def lengths(self, field: str) -> Array | None:
        """The length of the field in each document as a place in LENGTHS; None where no document has it."""
        return self._container.get(f"length.{field}") if f"length.{field}" in self._container else None

    def lengths_of(self, field: str) -> Array:
        """The same for a field that has words.

        Raises:
            ArchiveDamaged: there is no such column.
        """
        found = self.lengths(field)
        if found is None:
            raise ArchiveDamaged.at(self._container.name, f"no lengths of {field}")
        return found

    @property
    def totals(self) -> Mapping[str, int]:
        """The exact number of words of each field in all documents."""
        found: Mapping[str, int] = self._container.meta.get("totals", {})
        return found

    @property
    def value_fields(self) -> Sequence[str]:
        """The fields whose values are kept by document."""
        found: Sequence[str] = self._container.meta.get("values", ())
        return found

    @property
    def number_names(self) -> Mapping[str, float]:
        """The columns of numbers, and what a document without one has."""
        found: Mapping[str, float] = self._container.meta.get("numbers", {})
        return found

    def numbers(self, name: str) -> Array | None:
        """A column of numbers; None where there is none of that name."""
        return self._container.get(f"number.{name}") if f"number.{name}" in self._container else None

    def raw(self, name: str) -> Array | None:
        """The bytes of a column that Whoosh's writer made; None where there is none of that name."""
        return self._container.get(f"raw.{name}") if name in self._container.meta.get("raw", ()) else None

    def values(self, field: str) -> ValueColumn | None:
        """The values of a field by document; None where no document has one."""
        if field not in self._values:
            if f"values.{field}" not in self._container:
                return None
            ordinals, counted = self._container.get(f"values.{field}"), f"values.{field}.count"
            counts = self._container.get(counted) if counted in self._container else None
            self._values[field] = ValueColumn(ordinals, counts, self.documents)
        return self._values[field]

    def folded(self, field: str) -> tuple[TermTable, Array]:
        """The values of a field without case and diacritics, in order, and the ordinal of the value each stands for."""
        return TermTable.of(self._container, f"folded.{field}"), self._container.get(f"folded.{field}.value")

    def spelled(self, field: str, folded: str) -> list[int]:
        """The ordinals of the values that are so without case and diacritics: several spellings may be."""
        table, values = self.folded(field)
        wanted = folded.encode()
        first = end = table.place(wanted)
        while end < len(table) and table[end] == wanted:
            end += 1
        return [int(value) for value in values[first:end]]


def put_lengths(writer: ContainerWriter, lengths: Mapping[str, Array], totals: Mapping[str, int]) -> None:
    """Write the lengths of fields, as places in LENGTHS; fields without a word are left out."""
    for field, codes in lengths.items():
        if totals.get(field):
            writer.put(f"length.{field}", codes.astype(np.uint8))
    writer.meta["totals"] = {field: int(total) for field, total in totals.items() if total}


def put_numbers(writer: ContainerWriter, name: str, values: Array, default: float) -> None:
    """Write a column of numbers; `default` is what a document without one has."""
    writer.put(f"number.{name}", values)
    writer.meta.setdefault("numbers", {})[name] = default


def put_raw(writer: ContainerWriter, name: str, kept: Array) -> None:
    """Write the bytes of a column that Whoosh's writer made."""
    writer.put(f"raw.{name}", kept)
    writer.meta.setdefault("raw", []).append(name)


def put_values(
    writer: ContainerWriter,
    field: str,
    docs: Array,
    ordinals: Array,
    documents: int,
    folded: Sequence[tuple[bytes, int]],
) -> None:
    """Write the values of a field by document.

    Args:
        writer: takes the arrays.
        field: its name.
        docs: for each posting of the field its document; shape (postings,).
        ordinals: for each posting the ordinal of its term, ascending; shape (postings,).
        documents: how many documents the segment has.
        folded: the folded form of each value and its ordinal, in order.
    """
    if not len(ordinals):
        return
    counts = np.bincount(docs, minlength=documents)
    ordinals = ordinals[np.argsort(docs, kind="stable")]
    writer.put(f"values.{field}", smallest(ordinals))
    writer.meta.setdefault("values", []).append(field)
    if not (counts == 1).all():
        writer.put(f"values.{field}.count", smallest(counts))
    if folded:
        put_terms(writer, f"folded.{field}", [text for text, _ in folded])
        writer.put(f"folded.{field}.value", smallest(np.array([value for _, value in folded])))


def length_codes(lengths: Any) -> npt.NDArray[np.uint8]:
    """Lengths as places in LENGTHS: the first that is not shorter."""
    codes: npt.NDArray[np.uint8] = np.minimum(np.searchsorted(LENGTHS, lengths), 255).astype(np.uint8)
    return codes
