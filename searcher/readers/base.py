"""The seam every file format fills: recognise the content, then yield one value for each record."""

from collections.abc import Iterator
from typing import Protocol

from searcher.models import RawArticle, Skipped
from searcher.readers.source import Source

__all__ = ["Reader"]


class Reader(Protocol):
    """Reads one file format.

    `name` is stored with each article. A reader holds no state: one instance serves every file.
    """

    name: str

    def sniff(self, head: bytes, path: str) -> bool:
        """Whether this reader takes the file whose first bytes are `head`.

        With an empty `path` the content alone must decide; with a path, its extension may decide too.
        """
        ...

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each record of the file in order; a bad record is a `Skipped` and the rest goes on.

        Raises ReadError where nothing after that point can be read; what was yielded before it stands. Raises
        MissingExtra where the library that reads the format is not installed: it is imported here, not above.
        """
        ...
