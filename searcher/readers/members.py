"""Archives seen through: each file in a ZIP or tar is a source of its own, and nothing is written under its name.

A name in an archive is a label and never a place on the disk: one that leads out of it is refused all the same, and
links are not followed. What all members unpack to is taken from the one budget of the file on the disk.
"""

from collections.abc import Iterator

from searcher.errors import ReadError
from searcher.models import Skipped
from searcher.readers.magic import zip_kind
from searcher.readers.source import Source
from searcher.readers.tararchive import is_tar, tar_members
from searcher.readers.ziparchive import zip_members

__all__ = ["DEEPEST", "is_container", "members"]

DEEPEST = 2  # archives inside each other: a collection of collections; deeper is a bomb or a mistake


def is_container(source: Source) -> bool:
    """Whether a source is an archive of files, and none of the formats that are a ZIP for other reasons."""
    return zip_kind(source.head) == "zip" or is_tar(source)


def members(source: Source) -> Iterator[Source | Skipped]:
    """The files in an archive, each to be read before the next is asked for, and what of it cannot be read.

    Raises ReadError where the archive breaks off, and where there is nothing in it to read.
    """
    empty = True
    for member in zip_members(source) if zip_kind(source.head) else tar_members(source):
        empty = False
        yield member
        if source.budget is not None and source.budget.left < 0:
            raise ReadError(source.path, "what comes after a file that grows out of all proportion was not read")
    if empty:
        raise ReadError(
            source.path, "an archive without articles: nothing in it but folders, hidden files or notes on it"
        )
