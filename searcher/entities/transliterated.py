"""A place by a spelling that no list has: Dayr az-Zur, in an article that speaks of Syria.

The spelling has to share its skeleton with one place alone of an Arab country that the article speaks of: never a
merge by resemblance, and none without evidence of the country.
"""

from functools import lru_cache

from searcher.entities.document import Document
from searcher.entities.gazetteer import Place, gazetteer
from searcher.entities.keys import key
from searcher.entities.skeleton import ARAB_WORLD, skeleton

__all__ = ["by_skeleton"]

SHORTEST = 4  # letters; of shorter skeletons many names share one
CLEARLY_LARGER = 20  # times the inhabitants that make one of two places the one meant


def by_skeleton(document: Document, name: str) -> Place | None:
    """The place of the article's Arab countries that a name is a spelling of; None where there is none or several."""
    bones = skeleton(name)
    if len(bones) < SHORTEST:
        return None
    countries = [code for code in ARAB_WORLD.intersection(document.evidence) if document.evidence[code] > 0]
    rows = {row for code in countries for row in _skeletons(code).get(bones, ())}
    found = sorted((gazetteer().place(row) for row in rows), key=lambda place: -place.population)
    if len(found) > 1 and found[0].population < CLEARLY_LARGER * found[1].population:
        return None
    return found[0] if found else None


@lru_cache(maxsize=len(ARAB_WORLD))
def _skeletons(country: str) -> dict[str, frozenset[int]]:
    """The rows of a country's places by the skeletons of their spellings: some thousand, made in 20 ms at first use."""
    found: dict[str, set[int]] = {}
    known = gazetteer()
    for row in known.of_country(country):
        if known.place(row).subkind not in ("city", "capital"):  # provinces bear the names of their towns
            continue
        for text, _ in known.spellings(row):
            if key(text).isascii():
                found.setdefault(skeleton(text), set()).add(row)
    return {bones: frozenset(rows) for bones, rows in found.items()}
