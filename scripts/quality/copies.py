"""Near copies among Reuters items: the pairs that sketches know, against those that their words make copies.

Truth is the exact Jaccard of the runs of three words, over every pair of bodies; a pair of .6 or more is one of
near copies. No constant was fitted to more than the choice of .6 and of 128 bytes (normalize/sketch.py).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from quality.scores import Scores
from searcher.config import Settings
from searcher.ingest.alike import likeness
from searcher.ingest.stories import LIKENESS
from searcher.models import RawArticle
from searcher.normalize.sketch import SKETCH_BYTES, shingles, sketch_of
from searcher.readers import read_file

__all__ = ["score"]

PIECE = 4

Pair = tuple[int, int]


def score(paths: Iterable[Path]) -> Scores:
    """Precision and recall of the pairs found by sketches with a piece in common and a likeness of .6 or more."""
    bodies = [body for path in paths for body in _bodies(path)]
    truth = _alike([frozenset(shingles("", body)) for body in bodies])
    sketches = [sketch_of("", body) for body in bodies]
    found = {pair for pair in _candidates(sketches) if likeness(sketches[pair[0]], sketches[pair[1]]) >= LIKENESS}
    right = len(found & truth)
    return {"precision": right / max(1, len(found)), "recall": right / max(1, len(truth))}


def _bodies(path: Path) -> Iterator[str]:
    for record in read_file(path, Settings()):
        if isinstance(record, RawArticle) and record.body.strip():
            yield record.body


def _alike(texts: Sequence[frozenset[str]]) -> set[Pair]:
    """Pairs of sets with a Jaccard of LIKENESS or more, exactly.

    Two such sets have one of their rarest members in common (prefix filtering: Chaudhuri, Ganti and Kaushik 2006, A
    primitive operator for similarity joins), so the others need not be compared.
    """
    often = Counter(run for text in texts for run in text)
    having: dict[str, list[int]] = defaultdict(list)
    found = set()
    for number in sorted(range(len(texts)), key=lambda number: len(texts[number])):
        text = texts[number]
        rarest = sorted(text, key=lambda run: (often[run], run))[: len(text) - math.ceil(LIKENESS * len(text)) + 1]
        others = {other for run in rarest for other in having[run]}
        found |= {_pair(number, other) for other in others if _jaccard(text, texts[other]) >= LIKENESS}
        for run in rarest:
            having[run].append(number)
    return found


def _candidates(sketches: Sequence[bytes]) -> set[Pair]:
    """Pairs with four bytes in common at one place."""
    found = set()
    for at in range(0, SKETCH_BYTES, PIECE):
        having: dict[bytes, list[int]] = defaultdict(list)
        for number, sketch in enumerate(sketches):
            piece = sketch[at : at + PIECE]
            if piece:
                found |= {_pair(number, other) for other in having[piece]}
                having[piece].append(number)
    return found


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def _pair(one: int, other: int) -> Pair:
    return min(one, other), max(one, other)
