"""Of the articles counted, how many repeat a story that another of them tells: asked for only where there are copies.

A repeated story has an article that is a copy of an earlier one. So the stories of such copies are all that have to be
looked at: of the articles that tell one of them the distinct stories are counted, by the cluster's estimate of distinct
values (Heule et al. 2013, HyperLogLog in Practice), which below 40,000 keeps each value by a hash of 25 bits and more:
of 1,000 stories it misses one in about sixty searches.
"""

from collections.abc import Mapping
from typing import Any

from searcher.choices import DATE_FIELD, EVENT_FIELD
from searcher.engines.buckets import UNDATED
from searcher.engines.opensearch.facets import EVENTS, Counted, by_interval, named, under
from searcher.engines.opensearch.narrowing import Narrowing
from searcher.engines.opensearch.nodes import Clause

__all__ = ["ALL", "COPIED", "copied", "repeated", "repeats_in"]

# Stories that are named to the cluster; where more are told several times, all articles are looked at.
MOST_NAMED = 1_000
ALL = "all"
_DISTINCT: Clause = {"stories": {"cardinality": {"field": "told", "precision_threshold": 40_000}}}

COPIED: Clause = {"terms": {"field": "copy_of", "size": MOST_NAMED + 1, "shard_size": MOST_NAMED + 1}}
"""What finds the stories of copies among the articles that match."""


def copied(answer: Mapping[str, Any]) -> list[str]:
    """Those stories."""
    return [bucket["key"] for bucket in answer["buckets"]]


def repeated(counted: Counted, narrowing: Narrowing, stories: list[str]) -> Clause:
    """What counts, for each value shown, the articles of such stories and the distinct stories."""
    made = {ALL: under(narrowing.under(), _DISTINCT)}
    for name, counts in counted.counts.items():
        made[name] = under(narrowing.under(name), _by_value(counted, name, counts))
    some: Clause = {"terms": {"told": stories}} if len(stories) <= MOST_NAMED else {"exists": {"field": "told"}}
    return under(some, made)


def repeats_in(counted: Counted, answer: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """For each field and value how many articles repeat a story; under ALL those of the whole answer, as one value."""
    found = {ALL: {ALL: _repeats(answer[ALL])}}
    for name in counted.counts:
        held = answer[name]
        found[name] = {_name(counted, name, bucket): _repeats(bucket) for bucket in held["values"]["buckets"]}
        if UNDATED in held:
            found[name][UNDATED] = _repeats(held[UNDATED])
    return found


def _by_value(counted: Counted, name: str, counts: Mapping[str, int]) -> dict[str, Clause]:
    if name == DATE_FIELD:
        values, field = by_interval(counted.date_length), "day"
    elif name == EVENT_FIELD:
        field = EVENTS[counted.event_length][0]
        values = _terms(field, counts)
    else:
        return {"values": {**_terms(name, counts), "aggs": _DISTINCT}}
    return {
        "values": {**values, "aggs": _DISTINCT},
        UNDATED: {"missing": {"field": field}, "aggs": _DISTINCT},
    }


def _terms(field: str, counts: Mapping[str, int]) -> Clause:
    shown = [value for value in counts if value != UNDATED]
    return {"terms": {"field": field, "size": max(1, len(shown)), "include": shown or [UNDATED]}}


def _name(counted: Counted, name: str, bucket: Mapping[str, Any]) -> str:
    return named(bucket, counted.date_length) if name == DATE_FIELD else str(bucket["key"])


def _repeats(bucket: Mapping[str, Any]) -> int:
    return max(0, int(bucket["doc_count"]) - int(bucket["stories"]["value"]))
