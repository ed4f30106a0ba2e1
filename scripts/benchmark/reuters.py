"""Articles made of the sentences of Reuters-21578, as many as wanted and no two alike.

An article takes sentences of a few items picked at random, in mixed order, until it is as long as news is today (the
items themselves have 130 words). Words on which stemmers disagree, numbers and signs are left out.
"""

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmark.words import agreed_stem
from searcher.config import Settings
from searcher.models import RawArticle
from searcher.readers import read_paths

__all__ = ["reuters_folder", "reuters_texts"]

MEAN_WORDS, SPREAD, FEWEST = 300, 0.5, 40
# Of an item, this share of its sentences goes into an article: articles of the same items differ.
TAKEN = 0.6
SHORTEST_SENTENCE = 4  # words; less is a line of a table

_SENTENCE_END = re.compile(r"[.!?]\s+")
_WORD = re.compile(r"[A-Za-z]+")


class _Item(NamedTuple):
    title: str
    sentences: tuple[str, ...]


def reuters_folder() -> Path | None:
    """Where the collection is: below $SEARCHER_TEST_DATA, else beside the checkout; None where it is not."""
    top = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("SEARCHER_TEST_DATA") or top.parent / "shared" / "data") / "reuters21578"
    return folder if folder.is_dir() else None


def reuters_texts(folder: Path, seed: int) -> Iterator[tuple[str, str]]:
    """Titles and bodies without end, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    items = [item for item in map(_item, read_paths([folder], Settings())) if item]
    while True:
        wanted = max(FEWEST, int(chance.lognormvariate(0, SPREAD) * MEAN_WORDS * 0.88))  # the mean is above the median
        first = chance.choice(items)
        sentences: list[str] = []
        words = 0
        for item in _endless(first, items, chance):
            for sentence in chance.sample(item.sentences, max(1, round(len(item.sentences) * TAKEN))):
                if words < wanted:
                    sentences.append(sentence)
                    words += sentence.count(" ") + 1
            if words >= wanted:
                break
        chance.shuffle(sentences)
        yield first.title, " ".join(sentences)


def _endless(first: _Item, items: list[_Item], chance: random.Random) -> Iterator[_Item]:
    yield first
    while True:
        yield chance.choice(items)


def _item(raw: object) -> _Item | None:
    """The usable sentences of an item; None where it has none."""
    if not isinstance(raw, RawArticle):
        return None
    sentences = [_agreed(part) for part in _SENTENCE_END.split(raw.body.replace("\n", " "))]
    kept = tuple(sentence for sentence in sentences if sentence.count(" ") >= SHORTEST_SENTENCE - 1)
    title = _agreed(raw.title)
    return _Item(title, kept) if title and kept else None


def _agreed(text: str) -> str:
    words = [word for word in _WORD.findall(text) if agreed_stem(word.lower())]
    return " ".join(words) + "." if words else ""
