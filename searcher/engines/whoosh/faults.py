"""Whoosh's errors mapped to ours at the seam."""

import pickle  # only its error: Whoosh's own codec reads pickles
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whoosh.index import EmptyIndexError, IndexVersionError, LockError

from searcher.errors import ArchiveDamaged, ArchiveLocked, ArchiveMissing, EngineError

__all__ = ["mapped", "mapped_storage"]

# What Whoosh lets through when bytes are not what it wrote, as met in 700 flipped, cut and zeroed files.
_DAMAGE = (
    pickle.UnpicklingError,
    struct.error,
    zlib.error,
    EOFError,
    IndexVersionError,
    ImportError,
    LookupError,
    MemoryError,
    OverflowError,
    TypeError,
    ValueError,
)


@contextmanager
def mapped(directory: Path) -> Iterator[None]:
    """Run what reads the files of an index; what it raises becomes an error of `searcher.errors`."""
    try:
        with mapped_storage(directory):
            yield
    except EmptyIndexError as error:
        raise ArchiveMissing(f"{directory}: no index here; make one with `archive add PATH -i {directory}`") from error
    except _DAMAGE as error:
        raise ArchiveDamaged(
            f"{directory}: the index cannot be read ({type(error).__name__}: {error}); "
            "restore it from a copy, or delete it and add the articles again"
        ) from error


@contextmanager
def mapped_storage(directory: Path) -> Iterator[None]:
    """Run what writes the files of an index: locks and disks fail, anything else is a fault of the program."""
    try:
        yield
    except LockError as error:
        raise ArchiveLocked(
            f"{directory}: another process is writing to this index; try again when it is done"
        ) from error
    except OSError as error:
        raise EngineError(f"{directory}: {error.strerror or error}; check the disk and permissions") from error
