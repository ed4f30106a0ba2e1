"""Names marked word by word, as in CoNLL++ (news) and wikigold (an encyclopedia): exact span and type.

A text is its words with a blank between, a sentence a line. Sports pages are left out where news is asked for: their
teams bear the names of cities and are marked as organisations, which no reader of an archive looks for.
"""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from quality.scores import Scores, Tally, chosen
from searcher.entities import extract

__all__ = ["Labelled", "documents", "is_sport", "score", "score_news"]

KINDS = ("LOC", "PER", "ORG")
Span = tuple[int, int, str]
"""Where a name starts and ends, in characters, and what it is."""

_SPORTS = (
    "soccer tennis cricket rugby basketball baseball golf cycling athletics boxing motor hockey nhl nba nfl skiing "
    "swimming badminton squash volleyball football racing softball snooker rallying speedway nordic alpine biathlon "
    "bobsleigh luge skating gymnastics weightlifting wrestling judo yachting sailing rowing equestrian showjumping "
    "triathlon marathon sport sports games olympics olympic grand davis ski freestyle figure canoeing fencing handball "
    "beach results standings"
)
SPORTS = frozenset(_SPORTS.split())
HEADLINE_LINES = 3


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text and the names that people marked in it."""

    text: str
    names: frozenset[Span]


def score(paths: Iterable[Path], *, held: bool = False) -> Scores:
    """F1 over all texts, as a whole and per kind of name; of `held` ones over those that fit_names.py did not see."""
    return _score(text for path in paths for text in chosen(documents(path), held=held))


def score_news(paths: Iterable[Path]) -> Scores:
    """The same without sports pages."""
    return _score(text for path in paths for text in documents(path) if not is_sport(text.text))


def _score(texts: Iterable[Labelled]) -> Scores:
    tallies = {kind: Tally() for kind in ("", *KINDS)}
    for labelled in texts:
        found = {
            (mention.start, mention.end, mention.kind)
            for mention in extract(labelled.text).mentions
            if mention.kind in KINDS
        }
        for kind, tally in tallies.items():
            expected = {name for name in labelled.names if kind in ("", name[2])}
            tally.compare(expected, {name for name in found if kind in ("", name[2])})
    return {f"{kind} F1".strip(): tally.f1 for kind, tally in tallies.items()}


def is_sport(text: str) -> bool:
    """Whether one of the first lines begins with the name of a sport, or the text is a table of results."""
    heads = [line.split()[0].lower() for line in text.split("\n")[:HEADLINE_LINES] if line]
    return any(head in SPORTS for head in heads)


def documents(path: Path) -> Iterator[Labelled]:
    """The texts of a file with one word a line, its label in the last column."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        sentences: list[list[tuple[str, str]]] = [[]]
        for line in lines:
            cells = line.split()
            if cells and cells[0] == "-DOCSTART-":
                yield from _document(sentences)
                sentences = [[]]
            elif cells:
                sentences[-1].append((cells[0], cells[-1]))
            else:
                sentences.append([])
        yield from _document(sentences)


def _document(sentences: list[list[tuple[str, str]]]) -> Iterator[Labelled]:
    text, names = "", set()
    for sentence in filter(None, sentences):
        open_name: list[int] = []
        kind = ""
        for word, label in sentence:
            start = len(text)
            text += word
            if label == "O" or label.startswith("B-") or label[2:] != kind:
                if open_name:
                    names.add((open_name[0], open_name[1], kind))
                open_name, kind = [], ""
            if label != "O":
                open_name, kind = [open_name[0] if open_name else start, len(text)], label[2:]
            text += " "
        if open_name:
            names.add((open_name[0], open_name[1], kind))
        text = text[:-1] + "\n"
    if text:
        yield Labelled(text, frozenset(name for name in names if name[2] in KINDS))
