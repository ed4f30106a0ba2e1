"""What broken files raise, mapped to our errors at the seam."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from searcher.disk import mapped
from searcher.errors import ArchiveDamaged

__all__ = ["reading", "sound"]

# What arrays made from bytes that are not what was written can raise; checked files raise ArchiveDamaged themselves.
_DAMAGE = (AttributeError, IndexError, KeyError, MemoryError, OverflowError, TypeError, ValueError)


@contextmanager
def sound(directory: Path) -> Iterator[None]:
    """Run what works on the content of files: what does not fit together is damage."""
    try:
        yield
    except _DAMAGE as error:
        raise ArchiveDamaged.at(directory, f"the index cannot be read ({type(error).__name__}: {error})") from error


@contextmanager
def reading(directory: Path) -> Iterator[None]:
    """Run what reads the files of an index."""
    with mapped(directory), sound(directory):
        yield
