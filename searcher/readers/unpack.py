"""Compressed bytes as plain ones: gzip, bzip2, xz and Zstandard seen through as a stream, and bombs stopped.

What comes out of one file is bounded by what went in: news shrinks to a tenth, so a file that grows RATIO times holds
none. All that is read of a file, at whatever depth, is taken from one Budget.
"""

import bz2
import gzip
import io
import lzma
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol, cast

__all__ = [
    "SUFFIXES",
    "ZSTD_PIECE",
    "Bounded",
    "Budget",
    "Codec",
    "Damaged",
    "Swollen",
    "bounded",
    "packing",
    "unpacked",
    "zstd_codec",
]

SUFFIXES = (".gz", ".bz2", ".xz", ".zst", ".zstd")
# Measured: 376 saved pages are 2.6 to 8.9 times their gzip, 18 MB of them together 8 times their zstd -19, a table of
# one row repeated 293 times its gzip. 1 GB of zeros is 1,030 times.
RATIO = 300
FREE_BYTES = 64 * 1024 * 1024  # twice the longest record: what any file may grow to
PIECE = 32 * 1024  # compressed bytes taken at a time, where the library bounds what comes out of them
ZSTD_PIECE = 512  # where it does not: four bytes can stand for 128 kB, so these for 16 MB
WINDOW_BYTES = 128 * 1024 * 1024  # what zstd -19 and xz -9 stay below (8 and 65 MB); only --long asks for more
BUFFER = 128 * 1024


class Damaged(OSError):
    """Compressed bytes that are not what was written."""


class Swollen(OSError):
    """A file that grows out of all proportion."""


class Budget:
    """What may still come out of one file of so many bytes, counted over all that is packed in it."""

    def __init__(self, size: int) -> None:
        self.left = max(FREE_BYTES, RATIO * size)

    def spend(self, count: int) -> None:
        """Take so many bytes. Raises Swollen where they are not left."""
        self.left -= count
        if self.left < 0:
            raise Swollen(
                f"unpacks to more than {RATIO} times its size, as no news does but a bomb; unpack it by hand to read it"
            )


class Codec(Protocol):
    """A decompressor of one stream or frame."""

    @property
    def eof(self) -> bool:
        """Whether its end was met."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What came behind the end."""
        ...

    @property
    def needs_input(self) -> bool:
        """Whether more comes out only when more is given."""
        ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """What comes out, at most so much where the library can bound it."""
        ...


class Bounded(io.RawIOBase):
    """A stream that is paid for from a budget, once however often it is opened; its faults leave as Damaged."""

    def __init__(self, inner: BinaryIO, budget: Budget, paid: list[int], kind: str) -> None:
        self._inner = inner
        self._budget = budget
        self._paid = paid  # how far it was read in any opening
        self._at = 0
        self._kind = kind

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Read on."""
        view = memoryview(buffer).cast("B")
        try:
            data = cast("io.BufferedReader", self._inner).read1(len(view))  # all there is before a break
        except (Damaged, Swollen):
            raise
        except Exception as error:  # five libraries, each with errors of its own
            raise Damaged(f"{self._kind} is damaged or cut short ({error}); copy it again from its origin") from error
        self._at += len(data)
        if self._at > self._paid[0]:
            self._budget.spend(self._at - self._paid[0])
            self._paid[0] = self._at
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close what is below as well."""
        if not self.closed:
            self._inner.close()
        super().close()


class _Unpacked(io.RawIOBase):
    """Streams of one kind behind each other as one."""

    def __init__(self, file: BinaryIO, fresh: Callable[[], Codec], piece: int) -> None:
        self._file = file
        self._fresh = fresh
        self._piece = piece
        self._codec: Codec | None = None
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Read on. Raises EOFError where the last stream is cut short."""
        view = memoryview(buffer).cast("B")
        while not self._ready:
            data = self._more()
            if self._codec is None:
                return 0
            self._ready = memoryview(self._codec.decompress(data, BUFFER))
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _more(self) -> bytes:
        """What the decompressor is to be given next; there is none left at the end of the file."""
        if self._codec is not None and not self._codec.eof:
            data = self._file.read(self._piece) if self._codec.needs_input else b""
            if self._codec.needs_input and not data:
                raise EOFError("it ends in the middle")
            return data
        data = self._codec.unused_data if self._codec else b""
        data = (data or self._file.read(self._piece)).lstrip(b"\0")  # xz pads with zeros, as tapes do
        while not data and (data := self._file.read(self._piece)):
            data = data.lstrip(b"\0")
        self._codec = self._fresh() if data else None
        return data

    def close(self) -> None:
        """Close the file below as well."""
        self._file.close()
        super().close()


class _Zstd:
    """A frame of Zstandard behind the same calls; its window is bounded, its output by what it is given."""

    needs_input = True

    def __init__(self) -> None:
        import zstandard  # a hundredth of a second, and most archives have no .zst

        self._object = zstandard.ZstdDecompressor(max_window_size=WINDOW_BYTES).decompressobj()

    @property
    def eof(self) -> bool:
        return self._object.eof

    @property
    def unused_data(self) -> bytes:
        return self._object.unused_data

    def decompress(self, data: bytes, _: int, /) -> bytes:
        return self._object.decompress(data)


def zstd_codec() -> Codec:
    """A frame of Zstandard; what comes out is bounded by what is given, ZSTD_PIECE at a time."""
    return _Zstd()


def packing(head: bytes) -> str:
    """How bytes that begin so are compressed: gzip, bzip2, xz, zstd; empty where they are not."""
    if head.startswith(b"BZh") and head[4:10] in (b"1AY&SY", b"\x17rE8P\x90"):
        return "bzip2"
    magics = {b"\x1f\x8b\x08": "gzip", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zstd"}
    return next((kind for magic, kind in magics.items() if head.startswith(magic)), "")


def unpacked(opener: Callable[[], BinaryIO], budget: Budget) -> Callable[[], BinaryIO]:
    """A way to open the same bytes decompressed; the one given where they are not compressed."""
    with opener() as stream:
        kind = packing(stream.read(16))
    if not kind:
        return opener
    return bounded(lambda: _OPENED[kind](opener()), budget, f"the {kind} file")


def bounded(opener: Callable[[], BinaryIO], budget: Budget, kind: str) -> Callable[[], BinaryIO]:
    """A way to open the same bytes, paid for from a budget; `kind` names what is damaged where they are."""
    paid = [0]
    return lambda: _buffered(Bounded(opener(), budget, paid, kind))


def _buffered(raw: io.RawIOBase) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(raw, BUFFER))


def _gzip(file: BinaryIO) -> BinaryIO:
    opened = gzip.GzipFile(fileobj=file, mode="rb")
    opened.myfileobj = file  # type: ignore[assignment]  # closed with it
    return cast("BinaryIO", opened)


_OPENED: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    "gzip": _gzip,
    "bzip2": lambda file: _buffered(_Unpacked(file, bz2.BZ2Decompressor, PIECE)),
    "xz": lambda file: _buffered(_Unpacked(file, lambda: lzma.LZMADecompressor(memlimit=WINDOW_BYTES), PIECE)),
    "zstd": lambda file: _buffered(_Unpacked(file, _Zstd, ZSTD_PIECE)),
}
