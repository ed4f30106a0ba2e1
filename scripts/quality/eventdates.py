"""Sentences of our own with the dates they name: tests/events/labelled/*.txt.

A line is: published | language | sentence | text=day; text=day. The publication is "-" where it is not known, a day "?"
where it cannot be known which is meant, and the last column "-" where the sentence names no date.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from quality.scores import Scores
from searcher.events import event_dates
from searcher.models import PublicationDate

__all__ = ["Sentence", "found_in", "score", "sentences"]

UNKNOWN = "?"


class Sentence(NamedTuple):
    """A sentence and the dates it names, as (words, day)."""

    published: PublicationDate | None
    language: str
    text: str
    dates: tuple[tuple[str, str], ...]


def sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            published, language, text, named = (part.strip() for part in line.split(" | "))
            pairs = () if named == "-" else tuple(_pair(entry) for entry in named.split("; "))
            yield Sentence(None if published == "-" else PublicationDate(published, "field"), language, text, pairs)


def found_in(sentence: Sentence) -> tuple[tuple[str, str], ...]:
    """The dates that are read in a sentence, in the same form."""
    found = event_dates("", sentence.text, "", sentence.published, sentence.language)
    return tuple((event.text, event.day or UNKNOWN) for event in found)


def score(paths: Iterable[Path]) -> Scores:
    """Precision and recall of words with their day, the share of right days among words found, and of invented days.

    A day is invented where it is given for words that name none, or whose day cannot be known.
    """
    counts: Counter[str] = Counter()
    for path in paths:
        for sentence in sentences(path):
            counts.update(_counted(sentence))
    return {
        "precision": counts["right"] / counts["found"],
        "recall": counts["right"] / counts["expected"],
        "day right": counts["right"] / counts["words"],
        "invented": counts["invented"] / counts["found"],
    }


def _counted(sentence: Sentence) -> dict[str, int]:
    wanted, got = Counter(sentence.dates), Counter(found_in(sentence))
    named = Counter(text for text, _ in sentence.dates)
    days = {text for text, day in sentence.dates if day != UNKNOWN}
    return {
        "expected": wanted.total(),
        "found": got.total(),
        "right": (wanted & got).total(),
        "words": (named & Counter(text for text, _ in got.elements())).total(),
        "invented": sum(day != UNKNOWN and text not in days for text, day in got.elements()),
    }


def _pair(entry: str) -> tuple[str, str]:
    text, _, day = entry.rpartition("=")
    return text, day
