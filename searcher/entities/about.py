"""Is an article about a country that it mentions? A logistic model over where and how often it does.

People who index articles skip passing mentions. The evidence is where a country is named (title, dateline, early), how
often, as what (by its name, a place in it, its people, one of its organisations), and next to how many others; the
weights are in data/about.tsv, found by scripts/fit_about.py on the country codes that Reuters' indexers gave.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp

from searcher.entities.datelines import says_where
from searcher.entities.tables import rows
from searcher.models import Mention

__all__ = ["Named", "about", "evidence", "gather"]

EARLY = 400  # characters of the body
SHORT, MEDIUM = 400, 1200  # characters; a body of fewer is a brief, a body of fewer a short story
_TIMES = (2, 3, 5, 9)
_SHARES = (0.1, 0.2, 0.35, 0.5, 0.75)
# Named so many times less than another country, and late: in passing, whatever the rest says. Reuters' stories are too
# short to show it.
_FAINT = 20
_OTHERS = (1, 2, 4, 8)


@dataclass(slots=True)
class Named:
    """How an article names one country."""

    title: int = 0
    dateline: int = 0
    early: int = 0
    body: int = 0
    first: int = 1 << 30
    ways: set[str] = field(default_factory=set)

    @property
    def times(self) -> int:
        """How often, wherever; the dateline is not the text."""
        return self.title + self.body


def gather(mentions: Iterable[Mention], countries: Collection[str]) -> dict[str, Named]:
    """Per ISO code how its country is named; forces of a country are left to the name inside them, if there is one."""
    found: dict[str, Named] = {}
    every = tuple(mentions)
    places = {(mention.field, mention.start) for mention in every if mention.kind in ("LOC", "DEM")}
    for mention in every:
        twice = mention.kind == "ACTOR" and (mention.rule != "listed" or (mention.field, mention.start) in places)
        if mention.country not in countries or twice or mention.subkind in ("media", "firm"):
            continue
        named = found.setdefault(mention.country, Named())
        if says_where(mention):
            named.dateline += 1
            continue
        named.ways.add(_way(mention))
        if mention.field == "title":
            named.title += 1
        else:
            named.body += 1
            named.early += mention.start < EARLY
            named.first = min(named.first, mention.start)
    return found


def _way(mention: Mention) -> str:
    """What of a country is named."""
    if mention.kind in ("DEM", "ACTOR"):  # the Syrian of the Syrian army
        return "demonym"
    if mention.kind == "LOC":
        return "name" if mention.subkind == "country" else "place"
    return "its people" if mention.kind == "PER" else "its organisation"


def evidence(code: str, found: Mapping[str, Named], length: int) -> list[str]:
    """What speaks for and against the article being about one of the countries; `length` is that of the body."""
    named = found[code]
    total = sum(other.times for other in found.values())
    strong = named.ways - {"its organisation", "its people"}
    rivals = [other for one, other in found.items() if one != code and other.times]
    pieces = ["always", *sorted(named.ways)]
    if not strong:
        pieces.append("only by people and organisations" if named.times else "not in the text")
    if strong == {"demonym"}:
        pieces.append("only by demonym")
    if strong == {"place"}:
        pieces.append("only by place")
    pieces += [f"{least} times" for least in _TIMES if named.times >= least]
    pieces += [f"share {share}" for share in _SHARES if total and named.times >= share * total]
    pieces += [f"{least} others" for least in _OTHERS if len(rivals) >= least]
    if named.title:
        pieces.append("in the title")
    elif any(other.title for other in rivals):
        pieces.append("another in the title")
    if named.dateline:
        pieces += ["in the dateline", "dateline and text" if named.times else "dateline alone"]
        if not named.times and rivals:
            pieces.append("dateline against others")
    elif any(other.dateline for other in found.values()):
        pieces.append("another in the dateline")
    if named.early:
        pieces.append("early")
        if named.first == min(other.first for other in found.values()):
            pieces.append("first of all")
    size = "a brief" if length < SHORT else "a short story" if length < MEDIUM else "a long story"
    pieces += [size, *([f"early in {size}"] if named.early else [f"late in {size}"] if named.body else [])]
    if named.times == 1:
        pieces.append(f"once in {size}")
    return pieces


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["evidence"]: float(row["weight"]) for row in rows("about.tsv")}


def about(found: Mapping[str, Named], length: int) -> dict[str, float]:
    """Per ISO code the probability that the article is about the country."""
    weights = _weights()
    most = max((named.times for named in found.values()), default=0)
    return {
        code: 1 / (1 + exp(-sum(weights.get(piece, 0.0) for piece in evidence(code, found, length))))
        for code, named in found.items()
        if named.title or named.early or named.dateline or _FAINT * named.times > most
    }
