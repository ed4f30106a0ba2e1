"""What can be wrong with the files of the gate.

    QualityError
    ├── MarkupBroken       a labelled text is not written as its README says
    ├── FileUnreadable     a file of a set cannot be read
    └── FloorsUnreadable   the file of floors is no file of floors

Anything else that is raised is a fault of the gate.
"""

__all__ = ["FileUnreadable", "FloorsUnreadable", "MarkupBroken", "QualityError"]


class QualityError(Exception):
    """The gate cannot say how good the entities are; the message names the file and what to do."""


class MarkupBroken(QualityError):
    """A labelled text is not written as tests/entities/labelled/README.md says."""


class FileUnreadable(QualityError):
    """A file of a set is damaged or cannot be opened."""


class FloorsUnreadable(QualityError):
    """The file of floors does not hold a digest and numbers for each set."""
