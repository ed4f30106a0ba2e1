"""What the articles hold: in how many each word stands, and what stands side by side.

Words are counted over all articles, runs of two and three over the first few thousand: enough to pick queries that
find something.
"""

from collections import Counter
from collections.abc import Iterator

from benchmark.record import Record
from benchmark.words import agreed_stem

__all__ = ["Census"]

# Articles whose runs are counted: some 500,000 of each length.
SAMPLE = 3_000
RUNS = (2, 3)


class Census:
    """Counts of articles by word and by run of words, lower-case, in title or body; runs by their length."""

    def __init__(self) -> None:
        self.articles = 0
        self.sampled = 0
        self.words: Counter[str] = Counter()
        self.runs: dict[int, Counter[tuple[str, ...]]] = {length: Counter() for length in RUNS}

    def count(self, record: Record) -> None:
        """Count one article in."""
        parts = [text.replace(".", "").lower().split() for text in (record.title, record.body)]
        self.words.update({word for part in parts for word in part})
        self.articles += 1
        if self.sampled < SAMPLE:
            self.sampled += 1
            for length, found in self.runs.items():
                found.update({run for part in parts for run in _runs(part, length)})

    def spellings(self) -> dict[str, list[str]]:
        """The words of each stem, that of most articles first.

        Raises ValueError for a word on whose stem engines differ: no article should hold one.
        """
        found: dict[str, list[str]] = {}
        for word, _ in self.words.most_common():
            stem = agreed_stem(word)
            if stem is None:
                raise ValueError(f"{word!r} is stemmed differently by different engines: leave it out of the articles")
            found.setdefault(stem, []).append(word)
        return found


def _runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(length)), strict=False)
