"""The articles of a run: one file for all engines, never held in memory, and a census of what is in it."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmark.census import Census
from benchmark.generated import generated_texts
from benchmark.record import Record, write_records
from benchmark.reuters import reuters_folder, reuters_texts
from benchmark.values import drawn_values

__all__ = ["KINDS", "MORE", "Corpus", "records_of", "write_corpus"]

KINDS = ("reuters", "generated")
# Articles that are added afterwards, to see what an addition to a large index costs.
MORE = 100


class Corpus(NamedTuple):
    """The file of the articles, that of the MORE that are added later, and what the articles hold."""

    kind: str
    articles: Path
    more: Path
    census: Census


def write_corpus(kind: str, count: int, seed: int, folder: Path) -> Corpus:
    """Write `count` articles and MORE others below `folder`; the same files for the same arguments.

    Raises FileNotFoundError where Reuters-21578 is asked for and not there.
    """
    records = records_of(kind, seed)
    corpus = Corpus(kind, folder / "articles.tsv", folder / "more.tsv", Census())
    for record in write_records(islice(records, count), corpus.articles):
        corpus.census.count(record)
    for _ in write_records(islice(records, MORE), corpus.more):
        pass
    return corpus


def records_of(kind: str, seed: int) -> Iterator[Record]:
    """Articles without end, the same for the same seed."""
    for number, ((title, body), values) in enumerate(zip(_texts(kind, seed), drawn_values(seed), strict=False)):
        yield Record(number, title, body, *values)


def _texts(kind: str, seed: int) -> Iterator[tuple[str, str]]:
    if kind == "generated":
        return generated_texts(seed)
    folder = reuters_folder()
    if folder is None:
        raise FileNotFoundError("Reuters-21578 is not here: set SEARCHER_TEST_DATA, or use --corpus generated")
    return reuters_texts(folder, seed)
