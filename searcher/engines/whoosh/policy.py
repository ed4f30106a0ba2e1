"""Which segments are merged at a commit: few enough to search, seldom enough to add.

Segments are sorted into tiers, each holding FANOUT times the articles of the one below; FANOUT of one tier become one
of the next. So an article is rewritten once for each tier it climbs, and adding a hundred articles to a hundred
thousand touches only the small tiers (O'Neil et al. 1996, The log-structured merge-tree; Lucene's LogMergePolicy).
"""

from collections.abc import Sequence
from math import log

from searcher.engines.whoosh.codec.segment import SegmentEntry

__all__ = ["to_merge"]

FANOUT = 5
# Segments up to this many articles are one tier: a search asks each of them the same whatever it holds.
SMALL = 1_000
# A segment is rewritten when so much of it is deleted.
MOST_DELETED = 0.4


def to_merge(segments: Sequence[SegmentEntry]) -> list[list[SegmentEntry]]:
    """Groups of segments that become one each, in the order of the index; a group of one is rewritten."""
    groups = [[segment] for segment in segments]
    while full := _full_tier(groups):
        # Smaller ones come along: beside the others they cost little.
        most = max(map(_size, full))
        joined = [segment for group in groups if _size(group) <= most for segment in group]
        groups = [*(group for group in groups if _size(group) > most), joined]
    stale = [group for group in groups if len(group) == 1 and group[0].deleted > MOST_DELETED * group[0].documents]
    return [group for group in groups if len(group) > 1] + stale


def _full_tier(groups: Sequence[list[SegmentEntry]]) -> list[list[SegmentEntry]]:
    """The groups of the lowest tier that has FANOUT of them; none where no tier has."""
    tiers: dict[int, list[list[SegmentEntry]]] = {}
    for group in groups:
        tiers.setdefault(_tier(_size(group)), []).append(group)
    return next((members for _, members in sorted(tiers.items()) if len(members) >= FANOUT), [])


def _size(group: list[SegmentEntry]) -> int:
    return sum(segment.live for segment in group)


def _tier(articles: int) -> int:
    return 0 if articles <= SMALL else 1 + int(log(articles / SMALL, FANOUT))
