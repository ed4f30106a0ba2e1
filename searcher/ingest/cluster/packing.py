"""Files into parcels: one big file alone, small ones together. A file is never parted."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from searcher.ingest.cluster.parcels import Parcel
from searcher.ingest.files import name_of
from searcher.ingest.manifest import Manifest

__all__ = ["packed"]

# 3,000 news items of 1.3 kB: ten seconds of work, which is what a worker that dies loses of each of its threads.
PARCEL_BYTES = 4_000_000
PARCEL_FILES = 500


def packed(paths: Iterable[Path], manifest: Manifest) -> Iterator[Parcel]:
    """The files in parcels, in their order; read as far ahead as the parcel that is asked for."""
    number, names, size = 0, list[bytes](), 0
    for path in paths:
        added = _size(path)
        if names and (size + added > PARCEL_BYTES or len(names) == PARCEL_FILES):
            yield _parcel(number, names, manifest)
            number, names, size = number + 1, [], 0
        names.append(name_of(path))
        size += added
    if names:
        yield _parcel(number, names, manifest)


def _parcel(number: int, names: Iterable[bytes], manifest: Manifest) -> Parcel:
    paths = {os.fsdecode(name): manifest.find(name) for name in names}
    return Parcel(number, tuple(paths), frozenset(path for path, known in paths.items() if known is None))


def _size(path: Path) -> int:
    """Bytes of a file; 0 where it is gone, which whoever reads it says."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
