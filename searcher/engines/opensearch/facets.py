"""What the cluster is asked to count, and its answers as the counts of facets.

One request counts everything but what depends on its answer: days, where months are too coarse, and stories, where some
are told several times. Those come with a second one.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from searcher.choices import DATE_FIELD, EVENT_FIELD, VALUE_FIELDS
from searcher.engines.buckets import (
    MOST_EVENT_DAYS,
    MOST_EVENT_MONTHS,
    UNDATED,
    event_buckets,
    granularity,
    value_counts,
)
from searcher.engines.opensearch.mapping import SPELLED
from searcher.engines.opensearch.narrowing import Narrowing
from searcher.engines.opensearch.nodes import Clause
from searcher.models import FacetCount
from searcher.query import SearchRequest, fold_value

__all__ = ["EVENTS", "Counted", "by_interval", "counting", "is_exact", "literal", "named", "under"]

# Values that each shard tells of, so that what is largest in all is among them; where it is not sure, as many as the
# cluster ever gives.
SHARD_VALUES, ALL_VALUES = 1_000, 60_000
YEARS = 10_000
# By how much of an ISO date names it: the interval of dates, and the field of events with how many are looked at.
INTERVALS = {4: "year", 7: "month", 10: "day"}
EVENTS = {10: ("event_day", MOST_EVENT_DAYS + 1), 7: ("event_month", MOST_EVENT_MONTHS + 1), 4: ("event_year", YEARS)}


def counting(request: SearchRequest, narrowing: Narrowing, *, thorough: bool = False) -> dict[str, Clause]:
    """What counts the facets of a request."""
    made = {}
    for name in request.facets:
        if name == DATE_FIELD:
            inner = _dates()
        elif name == EVENT_FIELD:
            inner = _events()
        else:
            inner = _values(request, name, ALL_VALUES if thorough else SHARD_VALUES)
        made[name] = under(narrowing.under(name), inner)
    return made


def under(clause: Clause, inner: dict[str, Clause]) -> Clause:
    """Counts of what matches a clause."""
    return {"filter": clause, "aggs": inner}


def is_exact(answer: Mapping[str, Any]) -> bool:
    """Whether no shard can have left out a value that is among the largest, nor any of its articles."""
    return all(_is_sure(facet["values"]) for facet in answer.values() if "values" in facet)


def _is_sure(values: Mapping[str, Any]) -> bool:
    """What no shard tells of has, in all of them together, at most `doc_count_error_upper_bound` articles."""
    unsure, found = values["doc_count_error_upper_bound"], values["buckets"]
    if not unsure:
        return True
    return found[-1]["doc_count"] > unsure and not any(bucket["doc_count_error_upper_bound"] for bucket in found)


def literal(text: str) -> str:
    """A text as a regular expression of Lucene."""
    return "".join(char if char.isalnum() or char.isspace() or ord(char) > 127 else f"\\{char}" for char in text)


def _values(request: SearchRequest, name: str, shard_size: int) -> dict[str, Clause]:
    order = [{"_count": "desc"}, {"_key": "asc"}]
    size = request.facet_size
    values = {"field": name, "size": size, "shard_size": max(size, shard_size), "order": order}
    values["show_term_doc_count_error"] = True
    inner: dict[str, Clause] = {"values": {"terms": values}}
    if picked := request.include.get(name, ()):
        spelled = "|".join(literal(fold_value(value)) for value in picked)
        terms = {"field": f"{name}_key", "include": f"({spelled}){SPELLED}.*", "min_doc_count": 0, "size": SHARD_VALUES}
        inner["picked"] = {"terms": terms}
    return inner


def _dates() -> dict[str, Clause]:
    coarse: dict[str, Clause] = {INTERVALS[length]: by_interval(length) for length in (4, 7)}
    ends: dict[str, Clause] = {"first": {"min": {"field": "day"}}, "last": {"max": {"field": "day"}}}
    return {**coarse, **ends, "undated": {"missing": {"field": "day"}}}


def by_interval(length: int) -> Clause:
    """Dates by year, month or day."""
    return {"date_histogram": {"field": "day", "calendar_interval": INTERVALS[length], "min_doc_count": 1}}


def _events() -> dict[str, Clause]:
    made: dict[str, Clause] = {}
    for field, size in EVENTS.values():
        made[field] = {"terms": {"field": field, "size": size, "shard_size": size, "order": {"_key": "asc"}}}
        made[f"no_{field}"] = {"missing": {"field": field}}
    return made


class Counted:
    """The facets of a search as far as they are counted: `more` is what a second request has to count."""

    def __init__(self, request: SearchRequest, answer: Mapping[str, Any]) -> None:
        self._request = request
        self._answer = answer
        self._undated = 0
        self.counts: dict[str, dict[str, int]] = {}
        self.date_length = self.event_length = 0
        for name in request.facets:
            if name == DATE_FIELD:
                self._read_dates(answer[name])
            elif name == EVENT_FIELD:
                self._read_events(answer[name])
            else:
                self.counts[name] = _read_values(answer[name])

    @property
    def wants_days(self) -> bool:
        """Whether the dates found lie so close that they are counted by day."""
        return self.date_length == max(INTERVALS)

    def facets(self, repeats: Mapping[str, Mapping[str, int]]) -> dict[str, tuple[FacetCount, ...]]:
        """The counts of each field as they are shown; `repeats` is how many articles tell what another one does."""
        made = {}
        for name, counts in self.counts.items():
            again = repeats.get(name, {})
            if name in VALUE_FIELDS:
                size, picked = self._request.facet_size, self._request.include.get(name, ())
                made[name] = value_counts(counts, picked, size, again)
            else:
                dated = {value: count for value, count in counts.items() if value != UNDATED}
                made[name] = event_buckets(dated, counts.get(UNDATED, 0), again)
        return made

    def take_days(self, answer: Mapping[str, Any]) -> None:
        """The days that a second request counted."""
        self.counts[DATE_FIELD] = {**_by_time(answer, 10), **_undated(self._undated)}

    def _read_dates(self, answer: Mapping[str, Any]) -> None:
        self._undated = answer["undated"]["doc_count"]
        first, last = answer["first"]["value"], answer["last"]["value"]
        self.date_length = granularity(_day(first), _day(last)) if first is not None else 4
        counts = {} if self.wants_days else _by_time(answer[INTERVALS[self.date_length]], self.date_length)
        self.counts[DATE_FIELD] = {**counts, **_undated(self._undated)}

    def _read_events(self, answer: Mapping[str, Any]) -> None:
        for length, (field, size) in EVENTS.items():
            found = answer[field]["buckets"]
            self.event_length = length
            if 0 < len(found) < size:
                break
        rest = answer[f"no_{field}"]["doc_count"]
        self.counts[EVENT_FIELD] = {**{bucket["key"]: bucket["doc_count"] for bucket in found}, **_undated(rest)}


def _read_values(answer: Mapping[str, Any]) -> dict[str, int]:
    counts = {bucket["key"]: bucket["doc_count"] for bucket in answer["values"]["buckets"]}
    for bucket in answer.get("picked", {}).get("buckets", ()):
        counts[bucket["key"].rpartition(SPELLED)[2]] = bucket["doc_count"]
    return counts


def _by_time(answer: Mapping[str, Any], length: int) -> dict[str, int]:
    return {named(bucket, length): bucket["doc_count"] for bucket in answer["buckets"]}


def named(bucket: Mapping[str, Any], length: int) -> str:
    """The year, month or day of a bucket of dates."""
    return str(bucket["key_as_string"])[:length]


def _undated(count: int) -> dict[str, int]:
    return {UNDATED: count} if count else {}


def _day(milliseconds: float) -> date:
    """A day as the cluster counts time, which may lie before 1970."""
    return date.fromordinal(date(1970, 1, 1).toordinal() + int(milliseconds // 86_400_000))
