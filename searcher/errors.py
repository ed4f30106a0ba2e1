"""Every error this package raises on purpose.

    SearcherError
    ├── UsageError          a call with arguments that cannot be meant
    ├── MissingExtra        an optional library is needed and not installed
    ├── ModelError          a language model is not installed or cannot be used
    ├── ReadError           a file or a record in it cannot be read
    ├── ArchiveError        something about one archive
    │   ├── ArchiveMissing  no index at that place
    │   ├── ArchiveLocked   another process is writing to it
    │   ├── ArchiveDamaged  its files are not what was written
    │   ├── DiskError       its disk is full, may not be written to, or fails
    │   ├── ClusterError    its cluster cannot be reached, or cannot do what was asked now
    │   └── ArticleMissing  no article with that id
    ├── WorkersMissing      the workers of other machines cannot be reached, or cannot work
    └── EngineError         an engine failed in a way none of the above describes

A message says what happened, where, and what to do next, in one line: the command line prints it as it is.
Errors of the libraries below are mapped to these at the seam and kept as `__cause__`.
"""

from typing import Self

__all__ = [
    "ArchiveDamaged",
    "ArchiveError",
    "ArchiveLocked",
    "ArchiveMissing",
    "ArticleMissing",
    "ClusterError",
    "DiskError",
    "EngineError",
    "MissingExtra",
    "ModelError",
    "ReadError",
    "SearcherError",
    "UsageError",
    "WorkersMissing",
]


class SearcherError(Exception):
    """The root of the tree: catch this to catch all that the package raises on purpose."""


class UsageError(SearcherError, ValueError):
    """A call with arguments that cannot be meant, such as `sort="best"`."""


class MissingExtra(SearcherError):
    """An optional library is needed and not installed; the message is the command for it, `extra` its name."""

    def __init__(self, library: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{library} is not installed: pip install 'searcher[{extra}]'")


class ModelError(SearcherError):
    """A language model is not installed, or what is installed cannot be used."""


class ReadError(SearcherError):
    """A file, or one record of it, cannot be read. `path`, `record` and `reason` are its parts."""

    def __init__(self, path: str, reason: str, record: str = "") -> None:
        where = f"{path}, {record}" if record else path
        super().__init__(f"{where}: {reason}")
        self.path = path
        self.record = record
        self.reason = reason


class ArchiveError(SearcherError):
    """Something about one archive; the subclasses say what."""


class ArchiveMissing(ArchiveError):
    """There is no index at that place."""


class ArchiveLocked(ArchiveError):
    """Another process is writing to the archive."""


class ArchiveDamaged(ArchiveError):
    """Files of the index are not what was written."""

    @classmethod
    def at(
        cls, place: object, what: str, remedy: str = "restore it from a copy, or let `archive rebuild` make it anew"
    ) -> Self:
        """What is wrong at a place of the index, and what to do about it."""
        return cls(f"{place}: {what}; {remedy}")


class DiskError(ArchiveError):
    """The disk of an archive is full, may not be written to, or fails; what was committed before is there."""


class ClusterError(ArchiveError):
    """The cluster of an archive cannot be reached, refuses, or cannot do what was asked of it now."""


class ArticleMissing(ArchiveError):
    """No article has that id."""


class EngineError(SearcherError):
    """An engine failed in a way that no other error describes; the cause is chained."""


class WorkersMissing(SearcherError):
    """Workers that were to do something cannot be reached, or cannot work; what they had done before is in."""
