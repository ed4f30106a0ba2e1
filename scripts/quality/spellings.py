"""Is a place of the Arab world found by a spelling that no list has? Each of GeoNames' is left out in turn.

A spelling is a variant of the place's main name (Jaro-Winkler .8 or more: others, such as Kairouan's Cairoan and its
Roman name, are different names). It is found again when the place has the same skeleton under another of its
spellings, which is what the extractor asks. Against that stands how many places would be merged: those that share
the skeleton of their main name with another place of their country, whose name is another one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

from quality.scores import Scores
from searcher.entities.gazetteer import CURATED, NAME, Gazetteer, gazetteer
from searcher.entities.keys import key
from searcher.entities.skeleton import ARAB_WORLD, skeleton

__all__ = ["score"]

ARAB = sorted(ARAB_WORLD - {"IL", "SS", "TD"})
SMALLEST = 15_000  # inhabitants; smaller places have their main name only
ALIKE = 0.8


def score(_paths: Iterable[Path]) -> Scores:
    """Shares of variants found again, and of places merged."""
    found = total = merged = places = 0
    known = gazetteer()
    for country in ARAB:
        names: dict[str, set[str]] = defaultdict(set)
        for row in known.of_country(country):
            place = known.place(row)
            if place.subkind not in ("city", "capital") or place.population < SMALLEST:
                continue
            spellings = _spellings(known, row)
            main = _main(known, row)
            counts = Counter(skeleton(spelling) for spelling in spellings.values())
            for spelling in spellings.values():
                if spelling != main and JaroWinkler.similarity(key(spelling), key(main)) >= ALIKE:
                    total += 1
                    found += counts[skeleton(spelling)] > 1
            names[skeleton(main)].add(key(main))
            places += 1
        merged += sum(len(keys) for keys in names.values() if len(keys) > 1)
    return {"found again": found / total, "merged": merged / places}


def _spellings(known: Gazetteer, row: int) -> dict[str, str]:
    """The spellings of a place in Latin letters, one for each key."""
    return {key(text): text for text, _ in known.spellings(row) if key(text).isascii()}


def _main(known: Gazetteer, row: int) -> str:
    """GeoNames' main name of a place."""
    ranked = sorted(known.spellings(row), key=lambda one: {NAME: 0, CURATED: 1}.get(one[1], 2))
    return next(text for text, _ in ranked if key(text).isascii())
