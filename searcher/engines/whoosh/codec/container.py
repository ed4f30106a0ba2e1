"""A file of named arrays: what every file of a segment is.

    offset 0    magic (8 bytes), format version (uint32), zero (uint32)
    ...         the arrays, little-endian, each beginning at a multiple of 8
    checks      the CRC-32 of each 64 kB of all that comes before (uint32 each)
    directory   JSON: {"meta": {...}, "arrays": {name: [dtype, offset, items]}}
    last 28     offsets of checks and directory (uint64 each), the CRC-32 of both and of these offsets, magic

Nothing in it is executed on reading: the directory is JSON, the rest numbers. The directory is checked when a file is
opened, each 64 kB of the arrays when something of them is first read. The checksum of the whole file stands in the
table of contents of the index.
"""

import json
import mmap
import struct
from collections.abc import Callable, Mapping
from typing import IO, Any, Protocol

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.checks import BlockChecks, Checks, Digest, crc_of
from searcher.errors import ArchiveDamaged

__all__ = ["FORMAT_VERSION", "Array", "Container", "ContainerWriter", "Sink", "Spool", "smallest"]

FORMAT_VERSION = 3
MAGIC = b"NEWSARR\x01"
ALIGNMENT = 8
# An array that grows beyond this while it is written goes on in a temporary file.
SPOOL_BYTES = 1 << 20
COPY_BYTES = 1 << 20

_HEAD = struct.Struct("<8sII")
_PLACES = struct.Struct("<QQ")
_TAIL = struct.Struct("<QQI8s")
_DTYPES = {"|u1", "<u2", "<u4", "<u8", "|i1", "<i2", "<i4", "<i8", "<f4", "<f8"}

Array = npt.NDArray[Any]


class Sink(Protocol):
    """What a container is written to: a file opened for binary writing."""

    def write(self, data: Any, /) -> Any:
        """Append bytes."""


def smallest(values: Array) -> Array:
    """The values in the narrowest unsigned dtype that holds them."""
    return values.astype(np.min_scalar_type(int(values.max())) if len(values) else np.uint8, copy=False)


class Spool:
    """An array while it grows: in memory at first, then in a temporary file."""

    def __init__(self, dtype: npt.DTypeLike, folder: str | None) -> None:
        self.dtype = np.dtype(dtype)
        self.items = 0
        self._folder = folder
        self._pieces: list[bytes] = []
        self._waiting = 0
        self._file: IO[bytes] | None = None

    def write(self, values: Array) -> int:
        """Append values; the index of the first of them."""
        start = self.items
        piece = np.ascontiguousarray(values, dtype=self.dtype).tobytes()
        self._pieces.append(piece)
        self.items += len(values)
        self._waiting += len(piece)
        if self._waiting > SPOOL_BYTES:
            self._spill()
        return start

    def drain(self, put: Callable[[bytes], None]) -> None:
        """Hand everything to `put`, piece by piece, and let go of it."""
        if self._file:
            self._file.seek(0)
            while piece := self._file.read(COPY_BYTES):
                put(piece)
        for piece in self._pieces:
            put(piece)
        self.close()

    def close(self) -> None:
        """Let go of what was written."""
        self._pieces.clear()
        if self._file:
            self._file.close()
            self._file = None

    def _spill(self) -> None:
        import tempfile  # only where much is written: it imports half of the standard library

        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by close
        self._file.write(b"".join(self._pieces))
        self._pieces.clear()
        self._waiting = 0


class ContainerWriter:
    """Gathers named arrays and writes them as one file; `folder` is where large ones wait in temporary files."""

    def __init__(self, folder: str | None = None) -> None:
        self._folder = folder
        self._arrays: dict[str, Spool | Array] = {}
        self.meta: dict[str, Any] = {}

    def spool(self, name: str, dtype: npt.DTypeLike) -> Spool:
        """A new array that will be appended to."""
        made = Spool(dtype, self._folder)
        self._arrays[name] = made
        return made

    def put(self, name: str, values: Array) -> None:
        """A whole array; empty ones are left out."""
        if len(values):
            self._arrays[name] = np.ascontiguousarray(values)

    def discard(self) -> None:
        """Forget what was gathered."""
        for values in self._arrays.values():
            if isinstance(values, Spool):
                values.close()
        self._arrays.clear()

    def finish(self, sink: Sink) -> Digest:
        """Write the file."""
        digest, blocks = Digest(), BlockChecks()

        def put(data: Any) -> None:
            sink.write(data)
            digest.update(data)
            blocks.update(data)

        put(_HEAD.pack(MAGIC, FORMAT_VERSION, 0))
        arrays: dict[str, tuple[str, int, int]] = {}
        for name, values in self._arrays.items():
            items = values.items if isinstance(values, Spool) else len(values)
            arrays[name] = (values.dtype.newbyteorder("<").str, digest.size, items)
            if isinstance(values, Spool):
                values.drain(put)
            else:
                put(values.data)
            put(bytes(-digest.size % ALIGNMENT))
        self._arrays.clear()
        start, checks = digest.size, blocks.finish()
        directory = json.dumps({"meta": self.meta, "arrays": arrays}, ensure_ascii=False).encode()
        places = _PLACES.pack(start, start + len(checks))
        for piece in (checks, directory, _TAIL.pack(*_PLACES.unpack(places), crc_of(checks, directory, places), MAGIC)):
            sink.write(piece)
            digest.update(piece)
        return digest


class Container:
    """A file of arrays, opened: nothing but its directory is read before an array is asked for.

    Raises:
        ArchiveDamaged: it is not a whole file of this format, or what is asked for is not what was written.
    """

    def __init__(self, data: Any, name: str) -> None:
        self.name = name
        self._data = memoryview(data)
        directory = self._directory()
        self.meta: Mapping[str, Any] = directory["meta"]
        self._arrays: Mapping[str, tuple[str, int, int]] = directory["arrays"]
        self._views: dict[str, tuple[Array, int]] = {}
        self._opened: dict[str, Array] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def release(self) -> None:
        """Let the system take back the pages that were read: a merge reads everything once."""
        if isinstance(self._data.obj, mmap.mmap):
            self._data.obj.madvise(mmap.MADV_DONTNEED)

    def names(self) -> list[str]:
        """The names of the arrays."""
        return list(self._arrays)

    def get(self, name: str, dtype: npt.DTypeLike = np.uint8) -> Array:
        """The array of that name, a view of the file; an empty one of `dtype` where there is none."""
        found = self._opened.get(name)
        if found is None:
            found = self.part(name, 0, self.items(name)) if name in self._arrays else np.empty(0, dtype)
            self._opened[name] = found
        return found

    def items(self, name: str) -> int:
        """How long the array of that name is; 0 where there is none."""
        return len(self._view(name)[0]) if name in self._arrays else 0

    def part(self, name: str, start: int, end: int) -> Array:
        """`get(name)[start:end]`, for an array that is there: no more of it is read."""
        view, offset = self._view(name)
        found = view[start:end]
        if found.size:
            first = offset + start * view.itemsize
            self._checks.hold(first, first + found.nbytes)
        return found

    def verify(self) -> None:
        """Read everything that was not read yet."""
        self._checks.hold(0, self._checks.size)

    def _view(self, name: str) -> tuple[Array, int]:
        """An array that was not checked, and where it begins."""
        found = self._views.get(name)
        if found is None:
            dtype, offset, items = self._arrays[name]
            if dtype not in _DTYPES:
                raise self._damaged(f"array {name} of an unknown kind {dtype!r}")
            if not 0 <= offset <= offset + items * np.dtype(dtype).itemsize <= self._checks.size:
                raise self._damaged(f"array {name} runs over the end")
            found = self._views[name] = np.frombuffer(self._data, dtype, items, offset), offset
        return found

    def _directory(self) -> dict[str, Any]:
        end = len(self._data) - _TAIL.size
        if end < _HEAD.size:
            raise self._damaged("cut short")
        magic, version, _ = _HEAD.unpack_from(self._data, 0)
        if magic != MAGIC:
            raise self._damaged("not a whole file of arrays")
        if version != FORMAT_VERSION:
            raise self._damaged(f"of format {version}, this version reads {FORMAT_VERSION}")
        checks, start, crc, tail = _TAIL.unpack_from(self._data, end)
        if tail != MAGIC or not _HEAD.size <= checks <= start <= end:
            raise self._damaged("not a whole file of arrays")
        if crc != crc_of(self._data[checks:end], _PLACES.pack(checks, start)):
            raise self._damaged("its directory is not what was written")
        self._checks = Checks(self._data[:checks], self._data[checks:start], self.name)
        try:
            found = json.loads(bytes(self._data[start:end]))
            if isinstance(found["meta"], dict) and isinstance(found["arrays"], dict):
                return dict(found)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise self._damaged("its directory cannot be read") from error
        raise self._damaged("its directory is none")

    def _damaged(self, what: str) -> ArchiveDamaged:
        return ArchiveDamaged.at(self.name, what)
