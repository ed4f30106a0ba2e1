"""Columns that Whoosh defines: ours of numbers in its terms, its own as the bytes its writers make."""

import json
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import numpy as np
from whoosh import columns
from whoosh.filedb.structfile import BufferFile, StructFile

from searcher.engines.whoosh.codec.container import Array
from searcher.engines.whoosh.codec.payload import unwrap, wrap
from searcher.errors import UsageError

__all__ = ["NumberReader", "RawWriter", "VectorColumn", "open_raw"]


class NumberReader(columns.ColumnReader):
    """A column of numbers as Whoosh reads it; documents without one have what was kept for them."""

    def __init__(self, values: Array) -> None:
        self._values = values
        self._reverse = False

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum].item()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values.tolist())

    def sort_key(self, docnum: int) -> Any:
        """The number, or its opposite where the order is reversed."""
        return -self[docnum] if self._reverse else self[docnum]

    def load(self) -> list[Any]:
        """All numbers."""
        found: list[Any] = self._values.tolist()
        return found

    def set_reverse(self) -> None:
        """Sort from the largest on."""
        self._reverse = True


class RawWriter:
    """Takes the values of one column of Whoosh's.

    Raises:
        UsageError: such a column keeps pickles.
    """

    def __init__(self, name: str, column: Any) -> None:
        child = column
        while child is not None:
            if isinstance(child, columns.PickleColumn | columns.CompressedBlockColumn):
                raise UsageError(
                    f"{name}: a {type(child).__name__} keeps pickles, and nothing that could run is kept in an index; "
                    "use a column of bytes or numbers"
                )
            child = getattr(child, "_child", None)
        self._column = column
        self._bytes = BytesIO()
        self._writer = column.writer(StructFile(self._bytes))

    def check(self, value: Any) -> None:
        """Try a value on a writer that is thrown away, so that `add` does not fail half way through a document."""
        self._column.writer(StructFile(BytesIO())).add(0, value)

    def add(self, docnum: int, value: Any) -> None:
        """The value of a document; documents come in order."""
        self._writer.add(docnum, value)

    def finish(self, documents: int) -> Array:
        """The bytes of the column."""
        self._writer.finish(documents)
        return np.frombuffer(self._bytes.getvalue(), dtype=np.uint8)


def open_raw(column: Any, kept: Array, documents: int) -> Any:
    """Whoosh's reader of a column over the bytes that its writer made."""
    return column.reader(BufferFile(kept.data), 0, len(kept), documents)


class VectorColumn:
    """The terms of a field by document: a column of bytes, each a list of (term, weight, payload) in JSON."""

    kind = columns.VarBytesColumn()

    @staticmethod
    def name(field: str) -> str:
        """Under which name the column of a field is kept: no field has it, names of fields begin with a letter."""
        return f"_vector.{field}"

    @staticmethod
    def written(items: Sequence[tuple[str, float, bytes]], format_: Any) -> bytes:
        """The terms of one document."""
        kept = [(term, weight, wrap(format_, value).decode()) for term, weight, value in items]
        return json.dumps(kept, separators=(",", ":")).encode()

    @staticmethod
    def read(kept: bytes, format_: Any) -> tuple[list[str], list[float], list[bytes]]:
        """Terms, weights, and what the format keeps of each."""
        found = json.loads(kept)
        return (
            [term for term, _, _ in found],
            [weight for _, weight, _ in found],
            [unwrap(format_, value.encode()) for _, _, value in found],
        )
