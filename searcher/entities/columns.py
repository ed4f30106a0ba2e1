"""Reading a file of arrays (sections.py) value by value: rows are found by the sums of their keys, texts by offsets.

Single values of a memoryview come out as Python's own, and faster than numpy's.
"""

from bisect import bisect_left
from pathlib import Path
from zlib import crc32

from searcher.entities.sections import load

__all__ = ["Columns", "sum_of"]


def sum_of(name_key: str) -> int:
    """The CRC-32 by which a key is looked up; keys that share one are told apart by their letters."""
    return crc32(name_key.encode("utf-8"))


class Columns:
    """The columns of one file, by name; its texts lie end to end in the column `names`. Safe for several threads."""

    def __init__(self, path: Path) -> None:
        self._views = {name: memoryview(array) for name, array in load(path).items()}  # type: ignore[arg-type]
        self._names = self._views["names"]

    def __getitem__(self, name: str) -> memoryview:
        return self._views[name]

    def text(self, offsets: str, row: int) -> str:
        """The text of a row; the column `offsets` holds where each begins, and the end of the last."""
        borders = self._views[offsets]
        return bytes(self._names[borders[row] : borders[row + 1]]).decode("utf-8")

    def rows(self, sums: str, name_key: str) -> range:
        """The rows of a sorted column of sums that hold the sum of a key."""
        column, total = self._views[sums], sum_of(name_key)
        first = last = bisect_left(column, total)
        while last < len(column) and column[last] == total:
            last += 1
        return range(first, last)
