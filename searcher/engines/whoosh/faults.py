"""What the operating system and broken files raise, mapped to our errors at the seam."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from searcher.errors import ArchiveDamaged, EngineError

__all__ = ["mapped", "reading"]

# What arrays read from bytes that are not what was written can raise; checked files raise ArchiveDamaged themselves.
_DAMAGE = (IndexError, KeyError, MemoryError, OverflowError, TypeError, ValueError)


@contextmanager
def mapped(directory: Path) -> Iterator[None]:
    """Run what reads or writes files: disks fail; anything else is a fault of the program."""
    try:
        yield
    except OSError as error:
        raise EngineError(f"{directory}: {error.strerror or error}; check the disk and permissions") from error


@contextmanager
def reading(directory: Path) -> Iterator[None]:
    """Run what reads the files of an index: what does not fit together is damage."""
    try:
        with mapped(directory):
            yield
    except _DAMAGE as error:
        raise ArchiveDamaged.at(directory, f"the index cannot be read ({type(error).__name__}: {error})") from error
