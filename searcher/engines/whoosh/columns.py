"""What is decided by columns: facet values and dates. None of it has a score."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from searcher.choices import EVENT_FIELD
from searcher.engines.eventdays import lies_within
from searcher.engines.whoosh.queries import Unscored
from searcher.engines.whoosh.schema import MINUTES_OF_A_DAY, UNDATED, minutes
from searcher.engines.whoosh.sets import NONE, union
from searcher.engines.whoosh.snapshot import Docs, Part
from searcher.engines.whoosh.valuewords import value_words
from searcher.query import fold_value
from searcher.query.nodes import Leaf

__all__ = ["Carrying", "CarryingWords", "Dated", "Telling"]


class Carrying(Unscored):
    """Articles that carry one of some facet values, case and diacritics aside."""

    quick = True

    def __init__(self, field: str, values: Sequence[str]) -> None:
        self._field = field
        self._folded = [fold_value(value) for value in values]

    def _find(self, part: Part) -> Docs:
        columns = part.reader.columns
        spelled = [ordinal for folded in self._folded for ordinal in columns.spelled(self._field, folded)]
        return _carrying(part, self._field, spelled)


class CarryingWords(Unscored):
    """Articles with a value in which a word, phrase or pattern typed for the field is found."""

    def __init__(self, leaf: Leaf) -> None:
        self._leaf = leaf

    def _find(self, part: Part) -> Docs:
        field = str(self._leaf.field)
        postings = part.reader.field(field)
        known = value_words(postings, part.deadline) if postings else None
        return _carrying(part, field, known.matching(self._leaf).tolist()) if known else NONE


class Dated(Unscored):
    """Articles whose date's first possible day lies between two days, both included; None is open."""

    quick = True

    def __init__(self, first: date | None, last: date | None) -> None:
        self._first = minutes(first) if first else UNDATED + 1
        self._end = minutes(last) + MINUTES_OF_A_DAY if last else None

    def _find(self, part: Part) -> Docs:
        return np.flatnonzero(self._inside(part.moments))

    def within(self, part: Part, docs: Docs) -> npt.NDArray[np.bool_]:
        """By the dates of those documents alone."""
        return self._inside(part.moments.take(docs))

    def _inside(self, moments: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        inside: npt.NDArray[np.bool_] = moments >= self._first
        if self._end is not None:
            inside &= moments < self._end
        return inside


class Telling(Unscored):
    """Articles that tell of a day, month or year that lies between two days, both included; None is open."""

    def __init__(self, first: date | None, last: date | None) -> None:
        self._first = first
        self._last = last

    def _find(self, part: Part) -> Docs:
        postings = part.reader.field(EVENT_FIELD)
        if postings is None:
            return NONE
        terms = postings.terms  # as text they stand in the order of time, a year before its months and days
        start = terms.place(f"{self._first.year:04}".encode()) if self._first else 0
        end = terms.place(f"{self._last}~".encode()) if self._last else len(terms)
        inside = [at for at in range(start, end) if lies_within(terms[at].decode(), self._first, self._last)]
        return _carrying(part, EVENT_FIELD, inside)


def _carrying(part: Part, field: str, ordinals: Sequence[int]) -> Docs:
    postings = part.reader.field(field)
    return union([postings.docs(ordinal) for ordinal in ordinals], part.size) if postings else NONE
