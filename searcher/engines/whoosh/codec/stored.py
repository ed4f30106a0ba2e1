"""What is stored of each document: one line of JSON, many lines compressed together.

Measured on 3,000 Reuters items with their mentions (2.7 kB a line): lines by themselves shrink to .41, blocks of 16
to .26. zstd packs such blocks at 370 MB/s and opens one in 32 us; zlib packs at 150 MB/s to .30 and takes 119 us.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson

from searcher.engines.whoosh.codec.container import Array, Container, ContainerWriter, smallest
from searcher.errors import ArchiveDamaged

__all__ = ["StoredLines", "StoredWriter"]

# Bytes of JSON in a block, about 16 articles: in twice as many one hit costs twice the time and 6 % are saved.
BLOCK_BYTES = 40_000
LEVEL = 3
# No block is larger when opened: a reader takes no file of more.
MAX_BLOCK = 1 << 30


class StoredWriter:
    """Takes the lines of a segment in the order of its documents."""

    def __init__(self, writer: ContainerWriter) -> None:
        self._writer = writer
        self._blocks = writer.spool("blocks", "|u1")
        self._bounds = [0]
        self._first = [0]
        self._lines: list[bytes] = []
        self._waiting = 0
        import zstandard  # 10 ms, only where articles are read or written

        self._compressor = zstandard.ZstdCompressor(level=LEVEL)

    def add(self, line: bytes) -> None:
        """Append the line of the next document; it holds no line break."""
        self._lines.append(line)
        self._waiting += len(line)
        if self._waiting >= BLOCK_BYTES:
            self._close_block()

    def add_block(self, packed: bytes, lines: int) -> None:
        """Append a whole block as another segment holds it."""
        self._close_block()
        self._put(packed, lines)

    def finish(self) -> None:
        """Write what is left."""
        self._close_block()
        self._writer.put("bounds", smallest(np.array(self._bounds)))
        self._writer.put("first", smallest(np.array(self._first)))

    def _close_block(self) -> None:
        if self._lines:
            self._put(self._compressor.compress(b"\n".join(self._lines)), len(self._lines))
            self._lines, self._waiting = [], 0

    def _put(self, packed: bytes, lines: int) -> None:
        self._blocks.write(np.frombuffer(packed, dtype=np.uint8))
        self._bounds.append(self._bounds[-1] + len(packed))
        self._first.append(self._first[-1] + lines)


class StoredLines:
    """The stored lines of a segment. The block read last is kept open: hits of one page often share it."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._bounds = container.get("bounds")
        self._first = container.get("first")
        self._open: tuple[int, list[bytes]] = (-1, [])

    def __len__(self) -> int:
        return int(self._first[-1]) if len(self._first) else 0

    def line(self, doc: int) -> bytes:
        """The line of a document."""
        number = int(np.searchsorted(self._first, doc, side="right")) - 1
        opened = self._open
        if opened[0] != number:
            self._open = opened = (number, self.lines_of(number))
        return opened[1][doc - int(self._first[number])]

    def fields(self, doc: int) -> dict[str, Any]:
        """The line of a document, read."""
        try:
            return dict(orjson.loads(self.line(doc)))
        except (ValueError, IndexError) as error:
            raise self._damaged(doc) from error

    def blocks(self) -> Iterator[tuple[int, int, bytes]]:
        """For each block its first document, the one after its last, and its bytes as they lie in the file."""
        for number in range(len(self._first) - 1):
            start, end = int(self._bounds[number]), int(self._bounds[number + 1])
            yield int(self._first[number]), int(self._first[number + 1]), self._part(start, end).tobytes()

    def lines_of(self, number: int) -> list[bytes]:
        """The lines of a block."""
        import zstandard  # 10 ms, only where articles are read or written

        start, end = int(self._bounds[number]), int(self._bounds[number + 1])
        packed = self._part(start, end).data
        try:
            if zstandard.frame_content_size(packed) > MAX_BLOCK:  # what a damaged length asks for is not even begun
                raise self._damaged(int(self._first[number]))
            text = zstandard.ZstdDecompressor().decompress(packed, max_output_size=MAX_BLOCK)
        except zstandard.ZstdError as error:
            raise self._damaged(int(self._first[number])) from error
        return text.split(b"\n")

    def _part(self, start: int, end: int) -> Array:
        return self._container.part("blocks", start, end)

    def _damaged(self, doc: int) -> ArchiveDamaged:
        return ArchiveDamaged.at(self._container.name, f"the stored article {doc} cannot be read")
