"""What an index holds as Whoosh's readers tell it, in plain sets and dictionaries."""

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
