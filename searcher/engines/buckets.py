"""Facet counts brought into the order they are shown in: the same for every engine."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from searcher.models import FacetCount
from searcher.query import fold_value

__all__ = ["UNDATED", "date_buckets", "event_buckets", "event_granularity", "granularity", "value_counts"]

UNDATED = "undated"
# Bars that still can be told apart on a page: a quarter by days, six years by months.
MOST_DAYS = 92
MOST_MONTHS = 72
# Those of events have gaps and are read one by one: a month by days, three years by months.
MOST_EVENT_DAYS = 31
MOST_EVENT_MONTHS = 36


def value_counts(
    counts: Mapping[str, int], picked: Collection[str], size: int, repeats: Mapping[str, int] | None = None
) -> tuple[FacetCount, ...]:
    """The `size` largest counts, ties by value; picked values are among them whatever their count.

    Of the articles with a value so many as `repeats` says tell a story that another of them tells.
    """
    again = repeats or {}
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    selected = {fold_value(value) for value in picked}
    if not selected:
        return tuple(
            FacetCount(value, count, stories=count - again.get(value, 0)) for value, count in ordered[:size] if count
        )
    marked = [
        FacetCount(value, count, fold_value(value) in selected, stories=count - again.get(value, 0))
        for value, count in ordered
    ]
    shown = [entry for entry in marked if entry.count][:size]
    return (*shown, *(entry for entry in marked if entry.selected and entry not in shown))


def granularity(first: date, last: date) -> int:
    """How much of an ISO date names a bucket between two days: 10 for days, 7 for months, 4 for years."""
    if (last - first).days < MOST_DAYS:
        return 10
    if (last.year - first.year) * 12 + last.month - first.month < MOST_MONTHS:
        return 7
    return 4


def date_buckets(
    days: Iterable[tuple[date, int]], undated: int, repeats: Mapping[str, int] | None = None
) -> tuple[FacetCount, ...]:
    """Counts per day put into years, months or days as fits, in order of time; articles without a date come last.

    `repeats` says by bucket how many articles tell a story that another one in the bucket tells.
    """
    again = repeats or {}
    counted = sorted(days)
    buckets: dict[str, int] = {}
    if counted:
        length = granularity(counted[0][0], counted[-1][0])
        for day, count in counted:
            name = day.isoformat()[:length]
            buckets[name] = buckets.get(name, 0) + count
    if undated:
        buckets[UNDATED] = undated
    return tuple(FacetCount(name, count, stories=count - again.get(name, 0)) for name, count in buckets.items())


def event_granularity(days: Collection[str]) -> int:
    """How much of an ISO date names a bucket of events, which lie years apart: the finest of which few are in use.

    `days` are the distinct days, months and years of the matches. Where they are known no finer, by years.
    """
    for length, most in ((10, MOST_EVENT_DAYS), (7, MOST_EVENT_MONTHS)):
        if 0 < len({day[:length] for day in days if len(day) >= length}) <= most:
            return length
    return 4


def event_buckets(
    counts: Mapping[str, int], without: int, repeats: Mapping[str, int] | None = None
) -> tuple[FacetCount, ...]:
    """Articles that tell of each year, month or day, in order of time; last those that tell of none so exactly.

    `repeats` says by bucket how many articles tell a story that another one in the bucket tells.
    """
    again = repeats or {}
    named = [(name, count) for name, count in sorted(counts.items()) if count]
    named += [(UNDATED, without)] if without else []
    return tuple(FacetCount(name, count, stories=count - again.get(name, 0)) for name, count in named)
