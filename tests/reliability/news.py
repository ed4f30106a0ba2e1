"""Files of articles made from nothing but their titles, so that a journal of titles says what an archive must hold."""

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from searcher.models import Article
from searcher.normalize.fingerprint import identity

__all__ = ["Held", "Line", "body_of", "held_by", "line_of", "lines_in", "state_of", "write_lines"]

Held = Mapping[str, Sequence[str]]
"""Of each id the name of its file and its title."""
Line = str

WORDS = (
    "harbour", "grain", "convoy", "ferry", "minister", "price", "storm", "market", "bridge", "court", "strike",
    "wheat", "signal", "border", "budget", "repair", "tanker", "pilot", "union", "coast", "engine", "report", "river",
)  # fmt: skip
SHORT, LONG = 12, 300
LONG_MARK = "at length"  # ends the titles of articles of which thirty are more than one segment of 1 MB takes


def body_of(title: str) -> str:
    """The text that goes with a title; always the same."""
    chance = random.Random(title)  # not hash(): it is the same in every process
    words = (chance.choice(WORDS) + (str(chance.randrange(900)) if chance.random() < 0.3 else "") for _ in range(LONG))
    told = " and the ".join(list(words)[: LONG if title.endswith(LONG_MARK) else SHORT])
    return f"This is what was said of it by the people who were there: {told}, and that it was so again."


def line_of(title: str) -> Line:
    """A record of a file of JSON lines; in what language is plain, so no model for that is unpacked on any disk."""
    return json.dumps({"title": title, "text": body_of(title), "language": "en"})


def write_lines(path: Path, lines: Iterable[Line]) -> None:
    """Write a file whole or not at all, whenever the process is killed."""
    made = path.parent.parent / "being-written"
    made.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    made.replace(path)


def lines_in(path: Path) -> list[Line]:
    """The records of a file."""
    return path.read_text(encoding="utf-8").splitlines()


def state_of(paths: Iterable[Path]) -> dict[str, list[str]]:
    """What an archive holds that has these files added."""
    return {
        identity(line.encode()): [path.name, json.loads(line)["title"]] for path in paths for line in lines_in(path)
    }


def held_by(articles: Iterable[Article]) -> dict[str, list[str]]:
    """The same of articles; each id once, each text that of its title."""
    found: dict[str, list[str]] = {}
    for article in articles:
        assert article.id not in found, f"{article.id} is there twice"
        assert article.body == body_of(article.title)
        found[article.id] = [Path(article.path).name, article.title]
    return found
