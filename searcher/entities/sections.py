"""A file of named arrays: little-endian, eight-byte aligned, opened by memory map, nothing executed on opening.

    magic (8 bytes) | version, number of sections (u4, u4) | per section: name (16), dtype (8), offset (u8), bytes (u8)

The arrays follow. The same arrays always give the same bytes.
"""

import struct
from mmap import ACCESS_READ, mmap
from pathlib import Path

import numpy as np
import numpy.typing as npt

from searcher.errors import SearcherError

__all__ = ["MAGIC", "VERSION", "Array", "load", "pack", "texts"]

MAGIC = b"SRCHGAZ\n"
VERSION = 1

_HEAD = struct.Struct("<8sII")
_SECTION = struct.Struct("<16s8sQQ")
_DTYPES = frozenset({"<u1", "|u1", "<u2", "<i2", "<u4", "<f4"})

Array = npt.NDArray[np.generic]


def _padding(size: int) -> int:
    return -size % 8


def pack(arrays: dict[str, Array]) -> bytes:
    """The bytes of a file that holds `arrays`, in their order; names of at most 16 ASCII letters."""
    head = bytearray(_HEAD.pack(MAGIC, VERSION, len(arrays)))
    body = bytearray()
    start = _HEAD.size + _SECTION.size * len(arrays)
    start += _padding(start)
    for name, array in arrays.items():
        dtype = array.dtype.newbyteorder("<")
        raw = array.astype(dtype).tobytes()
        head += _SECTION.pack(name.encode("ascii"), dtype.str.encode("ascii"), start + len(body), len(raw))
        body += raw + bytes(_padding(len(raw)))
    return bytes(head + bytes(_padding(len(head))) + body)


def texts(columns: dict[str, list[str]]) -> dict[str, Array]:
    """Columns of texts as arrays: all texts end to end in `names`, and per column where each begins and all end."""
    names, arrays = bytearray(), {}
    for column, values in columns.items():
        offsets = [len(names)]
        for value in values:
            names += value.encode("utf-8")
            offsets.append(len(names))
        arrays[column] = np.array(offsets, dtype="<u4")
    return arrays | {"names": np.frombuffer(bytes(names), dtype="|u1")}


def load(path: Path) -> dict[str, Array]:
    """The arrays of the file at `path`, memory-mapped and read-only; SearcherError where it is not such a file."""
    try:
        with path.open("rb") as file:
            mapped = np.frombuffer(mmap(file.fileno(), 0, access=ACCESS_READ), dtype=np.uint8)
    except (OSError, ValueError) as error:  # ValueError: the file is empty
        raise SearcherError(f"{path}: cannot be opened ({error}); reinstall the package") from error
    head = mapped[: _HEAD.size].tobytes()
    if len(head) < _HEAD.size or head[:8] != MAGIC:
        raise SearcherError(f"{path}: not a gazetteer; reinstall the package")
    _, version, count = _HEAD.unpack(head)
    if version != VERSION:
        raise SearcherError(f"{path}: format version {version}, {VERSION} expected; run scripts/build_gazetteer.py")
    return dict(_section(path, mapped, _HEAD.size + _SECTION.size * number) for number in range(count))


def _section(path: Path, mapped: npt.NDArray[np.uint8], at: int) -> tuple[str, Array]:
    """One named array; its place and type are checked against the file before it is looked at."""
    if at + _SECTION.size > len(mapped):
        raise SearcherError(f"{path}: cut short; reinstall the package")
    name, dtype, offset, size = _SECTION.unpack(mapped[at : at + _SECTION.size].tobytes())
    kind = dtype.rstrip(b"\0").decode("ascii", "replace")
    if kind not in _DTYPES or offset + size > len(mapped):
        raise SearcherError(f"{path}: section {name!r} is damaged; reinstall the package")
    array = mapped[offset : offset + size].view(np.dtype(kind))
    return name.rstrip(b"\0").decode("ascii", "replace"), array.astype(array.dtype.newbyteorder("="), copy=False)
