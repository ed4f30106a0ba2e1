"""Checksums of a file, and of each block of it, so that what is read is what was written.

A CRC-32 finds every error in up to 32 bits that lie together, every odd number of flipped bits in such short data, and
misses other damage once in four billion times (Koopman 2002, 32-Bit Cyclic Redundancy Codes for Internet Applications).
"""

import zlib
from typing import Any

import numpy as np

from searcher.errors import ArchiveDamaged

__all__ = ["BLOCK_BYTES", "BlockChecks", "Checks", "Digest", "crc_of"]

# What is checked at once when something of it is first read: 20 us at 3 GB/s, and 4 bytes kept for each.
BLOCK_BYTES = 1 << 16


def crc_of(*pieces: Any) -> int:
    """The CRC-32 of some bytes."""
    crc = 0
    for piece in pieces:
        crc = zlib.crc32(piece, crc)
    return crc


class Digest:
    """Length and CRC-32 of what was written, as the table of contents keeps them."""

    def __init__(self) -> None:
        self.size = 0
        self.crc = 0

    def update(self, data: Any) -> None:
        """Count some bytes in."""
        self.crc = zlib.crc32(data, self.crc)
        self.size += memoryview(data).nbytes


class BlockChecks:
    """The CRC-32 of each block of what was written."""

    def __init__(self) -> None:
        self._done: list[int] = []
        self._open = Digest()

    def update(self, data: Any) -> None:
        """Count some bytes in."""
        rest = memoryview(data).cast("B")
        while rest:
            taken = rest[: BLOCK_BYTES - self._open.size]
            self._open.update(taken)
            rest = rest[len(taken) :]
            if self._open.size == BLOCK_BYTES:
                self._close()

    def finish(self) -> bytes:
        """The checksums, four bytes each."""
        if self._open.size:
            self._close()
        return np.array(self._done, dtype="<u4").tobytes()

    def _close(self) -> None:
        self._done.append(self._open.crc)
        self._open = Digest()


class Checks:
    """Which blocks of some data were found to be what was written; threads may ask side by side.

    Raises:
        ArchiveDamaged: there are not as many checksums as blocks.
    """

    def __init__(self, data: memoryview, crcs: Any, name: str) -> None:
        self.size = len(data)
        self._data = data
        self._name = name
        blocks = -(-self.size // BLOCK_BYTES)
        if len(crcs) != 4 * blocks:
            raise ArchiveDamaged.at(name, "its checksums are not all there")
        self._crcs = np.frombuffer(crcs, dtype="<u4")
        self._unread = bytearray(b"\1") * blocks

    def hold(self, start: int, end: int) -> None:
        """Check the blocks of data[start:end] that were not checked before.

        Raises:
            ArchiveDamaged: one is not what was written.
        """
        last = (end - 1) // BLOCK_BYTES
        block = self._unread.find(1, start // BLOCK_BYTES, last + 1)
        while block >= 0:
            self._check(block)
            block = self._unread.find(1, block + 1, last + 1)

    def _check(self, block: int) -> None:
        first = block * BLOCK_BYTES
        if zlib.crc32(self._data[first : first + BLOCK_BYTES]) != self._crcs[block]:
            end = min(first + BLOCK_BYTES, self.size)
            raise ArchiveDamaged.at(self._name, f"bytes {first:,} to {end:,} are not those that were written")
        self._unread[block] = 0
