"""Words near each other, in any order: which documents have them in a short enough stretch."""

from collections.abc import Iterable, Sequence

import numpy as np

from searcher.engines.whoosh.segment import Docs, Segment

__all__ = ["near_docs", "within_stretch"]


def near_docs(part: Segment, field: str, terms: Sequence[str], slop: int) -> Docs:
    """Documents with all the terms in a stretch that holds at most `slop` other positions."""
    places = [_positions(part, field, term) for term in terms]
    common = set.intersection(*(set(found) for found in places))
    matching = [doc for doc in common if within_stretch([found[doc] for found in places], len(terms) + slop)]
    return np.array(sorted(matching), dtype=np.int64)


def within_stretch(places: Sequence[Iterable[int]], width: int) -> bool:
    """Whether one position of each list can be taken so that all lie in a stretch of `width` positions."""
    latest = dict.fromkeys(range(len(places)), -width)
    for position, term in sorted((position, term) for term, found in enumerate(places) for position in found):
        latest[term] = position
        if position - min(latest.values()) < width:
            return True
    return False


def _positions(part: Segment, field: str, term: str) -> dict[int, list[int]]:
    encoded = part.reader.schema[field].to_bytes(term)
    if (field, encoded) not in part.reader:
        return {}
    found: dict[int, list[int]] = {}
    matcher = part.reader.postings(field, encoded)
    while matcher.is_active():
        found[matcher.id()] = matcher.value_as("positions")
        matcher.next()
    return found
