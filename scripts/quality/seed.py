"""The article the project began with: which places and actors have to be found, and nothing else."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from quality.scores import Scores, Tally
from searcher.entities import extract
from searcher.models import Entities

__all__ = ["score"]

PLACES = frozenset({"Syria", "Russia", "Moscow", "Deir az-Zour", "Abu Kamal", "Tartus", "Mediterranean Sea"})
LEADER, SURNAME = "Bashar al-Assad", "Assad"
SHIP = "Veliky Novgorod"
ACTORS = frozenset(
    {"Islamic State", "Ministry of Defence (Russia)", "Syrian army", LEADER, "Baath Party", SHIP},
)


def score(paths: Iterable[Path]) -> Scores:
    """The share of what has to hold, and whether all of it does (1 or 0)."""
    tally = Tally()
    for path in paths:
        title, _, body = path.read_text(encoding="utf-8").partition("\n")
        for held in _checks(body, extract(body, title)):
            tally.count(held)
    return {"exact": float(tally.right > 0 and tally.missed == 0), "share": tally.recall}


def _checks(body: str, found: Entities) -> Iterator[bool]:
    places = {mention.name for mention in found.mentions if mention.kind == "LOC"}
    people = {mention.name for mention in found.mentions if mention.kind == "PER"}
    yield from (name in places for name in sorted(PLACES))
    yield places <= PLACES
    yield set(found.locations) == PLACES
    yield people == {LEADER}
    yield from _surnames(body, found)
    yield from (name in found.actors for name in sorted(ACTORS))
    yield set(found.actors) <= ACTORS
    yield {mention.kind for mention in found.mentions if SHIP in (mention.name, mention.text)} == {"VESSEL"}


def _surnames(body: str, found: Entities) -> Iterator[bool]:
    """Wherever the surname stands, alone or not, the leader is meant."""
    leader = [mention for mention in found.mentions if mention.name == LEADER and mention.field == "body"]
    at = body.find(SURNAME)
    while at >= 0:
        yield any(mention.start <= at < mention.end for mention in leader)
        at = body.find(SURNAME, at + 1)
