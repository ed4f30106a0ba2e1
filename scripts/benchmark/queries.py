"""The queries of each class, and the file in which every engine is told them."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

__all__ = ["CLASSES", "PER_CLASS", "Query", "read_queries", "write_queries"]

PER_CLASS = 5
CLASSES = (
    "rare word",
    "common word",
    "two words, all",
    "two words, any",
    "four words, all",
    "four words, any",
    "phrase of two",
    "common phrase",
    "phrase of three",
    "prefix",
    "fuzzy",
    "word and dates",
    "everything",
)


class Query(NamedTuple):
    """`form` says what the words are: all, any, phrase, prefix, fuzzy, dated (with `first` and `last` day), everything.

    `stems` are those of `words`; a prefix or a misspelt word is its own. Days are those of `datetime.date.toordinal`.
    """

    number: int
    kind: str
    form: str
    words: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    first: int = 0
    last: int = 0

    def __str__(self) -> str:
        days = f" {date.fromordinal(self.first)}..{date.fromordinal(self.last)}" if self.last else ""
        return f"{self.form}({' '.join(self.words)}{days})"


def write_queries(queries: list[Query], path: Path) -> None:
    """One line a query, parts parted by tabs, words by blanks."""
    lines = (
        "\t".join([str(q.number), q.kind, q.form, " ".join(q.words), " ".join(q.stems), str(q.first), str(q.last)])
        for q in queries
    )
    path.write_text("".join(line + "\n" for line in lines), encoding="ascii")


def read_queries(path: Path) -> list[Query]:
    """What `write_queries` wrote."""
    parted = (line.split("\t") for line in path.read_text(encoding="ascii").splitlines())
    return [
        Query(int(number), kind, form, tuple(words.split()), tuple(stems.split()), int(first), int(last))
        for number, kind, form, words, stems, first, last in parted
    ]
