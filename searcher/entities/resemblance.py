"""How alike are two names? For proposals to a person: nothing is merged by it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from searcher.entities.keys import WORD, fold
from searcher.entities.skeleton import ARTICLES, consonants, skeleton
from searcher.models import Likeness

__all__ = ["likeness", "near_words"]

CLOSE = 90  # of 100: one letter of ten, two of twenty; skeletons have few letters already
# Shorter skeletons differ in too little to be told from others.
SHORTEST_SKELETON = 5
SHORTEST_SHARED = 4
FEWEST_CONSONANTS = 3
# Words that are looked into for names: a wider net, since the whole name is compared afterwards.
NEAR = 75
MOST_NEAR = 40
# What does not tell one name from another: articles, and parts such as Abu and bin.
SHORT = 3
_WRITTEN_ON = re.compile(r"^[ae]l(?=\w{4})")  # the article in Albukamal


@lru_cache(maxsize=1 << 14)
def likeness(name: str, other: str) -> Likeness | None:
    """What two names have in common, the surest first; None where they are too different to be asked about."""
    one, two = skeleton(name), skeleton(other)
    if one == two:
        return "same skeleton" if len(one) >= SHORTEST_SHARED else None
    shared = consonants(name)
    if shared == consonants(other) and len(shared) >= FEWEST_CONSONANTS:
        return "same consonants"
    pairs = [(first, second) for first in _bare(one) for second in _bare(two)]
    near = max(fuzz.ratio(first, second) for first, second in pairs)
    return "close letters" if near >= CLOSE and min(len(one), len(two)) >= SHORTEST_SKELETON else None


def near_words(name: str, vocabulary: Sequence[str]) -> tuple[str, ...]:
    """The words of a vocabulary that may be part of another spelling of a name, or all of it in one word.

    Both are folded. The words asked about are those of the name that tell it from others, and the whole.
    """
    found: dict[str, None] = {}
    for part in _telling(name):
        ranked = process.extract(part, vocabulary, scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST_NEAR)
        found.update(dict.fromkeys(word for word, _, _ in ranked))
    return tuple(found)


def _telling(name: str) -> list[str]:
    parts = [fold(word) for word in WORD.findall(name)]
    long = [part for part in parts if len(part) > SHORT and part not in ARTICLES]
    return list(dict.fromkeys([*(long or parts), "".join(parts)]))


def _bare(text: str) -> tuple[str, ...]:
    """A skeleton, and without the article that it may begin with."""
    return tuple(dict.fromkeys([text, _WRITTEN_ON.sub("", text)]))
