"""Files of an index changed by somebody who means harm: every checksum fits."""

import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from searcher.engines.whoosh.codec.checks import BlockChecks, crc_of
from searcher.engines.whoosh.codec.container import _PLACES, _TAIL, MAGIC

__all__ = ["directory_of", "forged", "retold", "with_arrays", "with_directory"]


def retold(place: Path, change: Callable[[Any], object]) -> None:
    """The last table of contents of an index changed, with a checksum that fits."""
    path = max(place.glob("_MAIN_*.toc"), key=lambda found: int(found.stem.rpartition("_")[2]))
    toc = json.loads(path.read_text())["toc"]
    change(toc)
    crc = zlib.crc32(json.dumps(toc, sort_keys=True, separators=(",", ":")).encode())
    path.write_text(json.dumps({"crc": f"{crc:08x}", "toc": toc}, indent=1))


def forged(arrays: bytes, directory: bytes) -> bytes:
    """A file of that content."""
    blocks = BlockChecks()
    blocks.update(arrays)
    checks = blocks.finish()
    places = (len(arrays), len(arrays) + len(checks))
    tail = _TAIL.pack(*places, crc_of(checks, directory, _PLACES.pack(*places)), MAGIC)
    return arrays + checks + directory + tail


def directory_of(whole: bytes) -> bytes:
    """The directory of a file."""
    _, start, _, _ = _TAIL.unpack_from(whole, len(whole) - _TAIL.size)
    return whole[start : -_TAIL.size]


def with_arrays(whole: bytes, change: Callable[[bytearray], object]) -> bytes:
    """A file with its arrays changed in place."""
    end, _, _, _ = _TAIL.unpack_from(whole, len(whole) - _TAIL.size)
    arrays = bytearray(whole[:end])
    change(arrays)
    return forged(bytes(arrays), directory_of(whole))


def with_directory(whole: bytes, directory: bytes | Any) -> bytes:
    """A file with another directory: its bytes, or what is put into JSON."""
    end, _, _, _ = _TAIL.unpack_from(whole, len(whole) - _TAIL.size)
    return forged(whole[:end], directory if isinstance(directory, bytes) else json.dumps(directory).encode())
