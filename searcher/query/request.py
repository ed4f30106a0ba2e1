"""What an engine is asked: a query, what narrows it, how it is ordered, what is counted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from searcher.analysis import fold
from searcher.choices import COPIES, EVERY_COPY, FACETS, MAX_LIMIT, SORTS, VALUE_FIELDS
from searcher.errors import UsageError
from searcher.query.deadline import NEVER, Deadline
from searcher.query.nodes import Node
from searcher.query.periods import period

__all__ = [
    "Order",
    "SearchRequest",
    "chosen",
    "comparable",
    "day_after",
    "day_before",
    "fold_value",
]

# What can be a value, and how many of a field can be picked: more is a mistake, and would take long to compare.
MAX_VALUE_CHARACTERS = 1_000
MAX_VALUES = 1_000
# Of what was asked for, as much is shown where it is refused.
SHOWN = 80

_HALF = re.compile("[\ud800-\udfff]")  # surrogates: no text that is stored has one by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How results are ordered and cut: ties by newest date, then id, so that the order never wavers."""

    sort: str = "relevance"
    limit: int = 10
    offset: int = 0

    def __post_init__(self) -> None:
        chosen("sort", self.sort, SORTS)
        if not 0 <= self.limit <= MAX_LIMIT:
            raise UsageError(f"limit is {self.limit}: give 0 to {MAX_LIMIT} (`archive export` writes all)")
        if self.offset < 0:
            raise UsageError(f"offset is {self.offset}: give 0 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One search.

    `include` and `exclude` map a field of VALUE_FIELDS to values, compared without case and diacritics: of the
    included values of a field an article has at least one, of the excluded ones none. `after` and `before` are days,
    both included. `facets` are fields of FACETS; the counts of a field leave its own `include` aside, so that a
    person sees what else could be picked; dates are counted within `after` and `before`. Of the articles found that
    tell one story, `copies` leaves all, the "first" (the earliest; of those the one with the smallest id), or the first
    of each source ("per-source"); what is left out is not counted either. After the `deadline` nothing more is looked
    for: the answer is part of the whole one, its counts are those of what was found.
    """

    node: Node
    query: str = ""
    include: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    after: date | None = None
    before: date | None = None
    order: Order = field(default_factory=Order)
    facets: tuple[str, ...] = ()
    facet_size: int = 10
    copies: str = EVERY_COPY
    deadline: Deadline = field(default=NEVER, compare=False, repr=False)

    def __post_init__(self) -> None:
        for name in (*self.include, *self.exclude):
            chosen("field", name, VALUE_FIELDS)
        for name in self.facets:
            chosen("facet", name, FACETS)
        chosen("copies", self.copies, COPIES)
        if self.facet_size < 1:
            raise UsageError(f"facet size is {self.facet_size}: give 1 or more")


def chosen(what: str, value: str, allowed: Sequence[str]) -> str:
    """`value`, if it is one of those allowed.

    Raises:
        UsageError: it is not; the message lists them.
    """
    if value not in allowed:
        raise UsageError(f"{what} {value[:SHOWN]!r} is not known: use one of {', '.join(allowed)}")
    return value


def comparable(field: str, values: Sequence[str]) -> None:
    """Look whether values of a field are of a size that can be compared.

    Raises:
        UsageError: there are too many of them, or one is too long.
    """
    if len(values) > MAX_VALUES:
        raise UsageError(f"{field} has {len(values)} values: give at most {MAX_VALUES}")
    for value in values:
        if len(value) > MAX_VALUE_CHARACTERS:
            raise UsageError(
                f"{field} {value[:SHOWN]!r}… has {len(value)} characters: no value has more than {MAX_VALUE_CHARACTERS}"
            )


def day_after(text: str | date | None) -> date | None:
    """The first day of a year, month or day given as `after`."""
    return _bound("after", text, 0)


def day_before(text: str | date | None) -> date | None:
    """The last day of a year, month or day given as `before`."""
    return _bound("before", text, 1)


def _bound(what: str, text: str | date | None, end: int) -> date | None:
    if text is None or text == "":
        return None
    day = text.isoformat()[:10] if isinstance(text, date) else text  # a datetime is a date too
    days = period(day)
    if days is None:
        raise UsageError(
            f"{what} {str(text)[:SHOWN]!r} is no date: write a year, month or day such as 2017, 2017-10, 2017-10-31"
        )
    return days[end]


def fold_value(value: str) -> str:
    """A facet value without case, diacritics and surplus white space; what is half a character is none."""
    return " ".join(fold(part) for part in _HALF.sub("\ufffd", value).split())
