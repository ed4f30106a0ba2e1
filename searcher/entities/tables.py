"""Reading the hand-written lists: tab-separated values with a header, several values in one cell apart by `|`."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from searcher.errors import SearcherError

__all__ = ["DATA", "cells", "rows", "words"]

DATA = Path(__file__).with_name("data")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one list in data/, each as column -> text; a row of another width is an error that names its line."""
    path = DATA / name
    lines = path.read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    for number, line in enumerate(lines[1:], 2):
        values = line.split("\t")
        if len(values) != len(header):
            raise SearcherError(f"{path}, line {number}: {len(values)} columns, {len(header)} expected; mend the line")
        yield dict(zip(header, values, strict=True))


def cells(text: str) -> list[str]:
    """The values of one cell."""
    return text.split("|") if text else []


def words(name: str) -> frozenset[str]:
    """One of the lists of folded words in data/words.tsv; the code names a list after the module that reads it."""
    return _words()[name]


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {row["list"]: frozenset(row["words"].split(" ")) for row in rows("words.tsv")}
