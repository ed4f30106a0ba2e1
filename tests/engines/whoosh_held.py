"""What an index holds as Whoosh's readers tell it, in plain sets and dictionaries."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, cached_property
from typing import Any

from searcher.query import fold_value

__all__ = ["NO_DATE", "UNDATED", "Held"]

UNDATED = "undated"
NO_DATE = -1
MINUTES_OF_A_DAY = 24 * 60


class Held:
    """Everything is read once. Documents are numbered through the whole index, deleted ones are left out."""

    def __init__(self, searcher: Any) -> None:
        self.searcher = searcher
        self.reader = searcher.reader()
        self.offsets = {id(leaf.reader()): offset for leaf, offset in searcher.leaf_searchers()}
        self.values = cache(self._read_values)
        self.lexicon = cache(self._read_lexicon)

    @cached_property
    def ids(self) -> dict[int, str]:
        """The id of each document."""
        return {doc: self.reader.stored_fields(doc)["id"] for doc in self.reader.all_doc_ids()}

    @cached_property
    def moments(self) -> dict[int, int]:
        """Minutes since year 1 of each document, NO_DATE without a date."""
        if not self.ids:
            return {}
        column = self.reader.column_reader("moment")
        return {doc: column[doc] for doc in self.ids}

    def postings(self, name: str, term: str, wanted: str) -> Iterator[tuple[int, Any]]:
        """The documents with a term, each with its `weight` or its `positions`."""
        if (name, term.encode()) in self.reader:
            matcher = self.reader.postings(name, term.encode())
            while matcher.is_active():
                yield matcher.id(), matcher.weight() if wanted == "weight" else matcher.value_as(wanted)
                matcher.next()

    def carrying(self, name: str, values: Iterable[str]) -> set[int]:
        """The documents with one of the facet values, case and diacritics aside."""
        wanted = set(map(fold_value, values))
        return set().union(*(docs for value, docs in self.values(name).items() if fold_value(value) in wanted))

    def dated(self, first: date | None, last: date | None) -> set[int]:
        """The documents of the days between two, both included; None is open."""
        low = first.toordinal() if first else 0
        high = last.toordinal() if last else date.max.toordinal()
        return {doc for doc, at in self.moments.items() if at != NO_DATE and low <= at // MINUTES_OF_A_DAY <= high}

    def telling(self, first: date | None, last: date | None) -> set[int]:
        """The documents that tell of a day, month or year which lies between two days, both included; None is open."""
        low, high = str(first or date.min), str(last or date.max)
        inside = [
            docs
            for day, docs in self.values("event").items()
            if low <= (day + "-01-01")[:10] and self._end(day) <= high
        ]
        return set().union(*inside)

    def events(self, docs: set[int]) -> dict[str, int]:
        """How many of the documents tell of each day, month or year, as fits, and how many of none so exactly."""
        held = {day: having for day, told in self.values("event").items() if (having := told & docs)}
        for length, most in ((10, 31), (7, 36), (4, 10_000)):
            buckets: dict[str, set[int]] = {}
            for day, having in held.items():
                if len(day) >= length:
                    buckets.setdefault(day[:length], set()).update(having)
            if 0 < len(buckets) <= most:
                break
        rest = len(docs - set().union(*buckets.values()))
        return {**{name: len(having) for name, having in buckets.items()}, **({UNDATED: rest} if rest else {})}

    @staticmethod
    def _end(day: str) -> str:
        last = monthrange(int(day[:4]), int(day[5:7] or 12))[1]
        return (day + "-12-31")[:10] if len(day) != len("2017-10") else f"{day}-{last}"

    def day(self, doc: int) -> str:
        """The day of a document, or UNDATED."""
        moment = self.moments[doc]
        return UNDATED if moment == NO_DATE else date.fromordinal(moment // MINUTES_OF_A_DAY).isoformat()

    def _read_values(self, name: str) -> dict[str, set[int]]:
        """Facet value -> the documents that carry it; values of deleted documents alone are left out."""
        held = {value: set(self.reader.postings(name, value).all_ids()) for value in self.lexicon(name)}
        return {value: docs for value, docs in held.items() if docs}

    def _read_lexicon(self, name: str) -> list[str]:
        return [term.decode() for term in self.reader.lexicon(name)]
