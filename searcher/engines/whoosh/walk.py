"""Does everything in a segment fit together? Every list is walked, and counted against the stored articles."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NoReturn

import numpy as np
import numpy.typing as npt

from searcher.analysis import tokens
from searcher.articlejson import load
from searcher.choices import TEXT_FIELDS, VALUE_FIELDS
from searcher.engines.whoosh.codec.columns import length_codes
from searcher.engines.whoosh.codec.packing import starts_of, unpack_steps
from searcher.engines.whoosh.codec.postings import FieldPostings
from searcher.engines.whoosh.codec.runs import Run
from searcher.engines.whoosh.codec.segment import SegmentReader
from searcher.engines.whoosh.schema import (
    BY_DOCUMENT,
    MOMENT,
    TERM_FIELDS,
    TOLD,
    UNDATED,
    WORD_SUFFIX,
    minutes,
    number_of,
    values_of,
)
from searcher.errors import ArchiveDamaged
from searcher.models import Article

__all__ = ["walk"]

# Postings decoded at a time: 100 MB.
POSTINGS = 2_000_000
# Articles of a segment whose words are looked up one by one; of all others they are counted.
SAMPLE = 5

Docs = npt.NDArray[np.int64]


def walk(segment: SegmentReader, ids: set[str]) -> None:
    """Read everything in a segment; `ids` are those of the segments before it, and take up its own.

    Raises:
        ArchiveDamaged: two things say different.
    """
    _Walk(segment).run(ids)


class _Walk:
    """A segment being read; `lengths` are the words of each field by document, as its postings say."""

    def __init__(self, segment: SegmentReader) -> None:
        self._segment = segment
        self._live = np.ones(segment.documents, dtype=bool) if segment.live is None else segment.live
        self._lengths: dict[str, Docs] = {}
        self._carried: dict[str, list[tuple[bytes, Docs]]] = {}

    def run(self, ids: set[str]) -> None:
        segment = self._segment
        if segment.entry.deleted != int((~self._live).sum()):
            self._differ("the number of deleted articles", f"{segment.entry.deleted:,}")
        if len(segment.stored) != segment.documents:
            self._differ("the number of stored articles", f"{len(segment.stored):,}")
        for name in segment.field_names:
            self._field(name)
        self._columns()
        self._articles(ids)

    def _field(self, name: str) -> None:
        postings = self._segment.field(name)
        if postings is None:
            return
        if any(first >= second for first, second in pairwise(postings.terms)):
            self._differ(f"the terms of {name}", "not in order")
        lengths = np.zeros(self._segment.documents)
        carried = []
        for run in _runs(postings):
            self._run(name, run)
            lengths += np.bincount(run.docs, weights=run.weights, minlength=self._segment.documents)
            if name in TERM_FIELDS:
                carried += list(zip(run.terms, np.split(run.docs, starts_of(run.counts)[1:]), strict=True))
        self._lengths[name] = lengths.astype(np.int64)
        self._carried[name] = carried

    def _run(self, name: str, run: Run) -> None:
        """Documents ascend in each list, positions in each document."""
        documents = self._segment.documents
        steps = np.diff(run.docs, prepend=-1)
        steps[starts_of(run.counts)] = 1
        if not len(run.docs) == int(run.counts.sum()) == len(run.weights) or (run.counts < 1).any():
            self._differ(f"the counts of {name}", "not those of its lists")
        if (steps < 1).any() or run.docs.min(initial=0) < 0 or run.docs.max(initial=0) >= documents:
            self._differ(f"the documents of {name}", "not in order")
        if run.payload is not None:
            places = unpack_steps(run.payload, run.weights)
            ahead = np.diff(places, prepend=-1)
            ahead[starts_of(run.weights.astype(np.int64))] = 1
            if len(places) != int(run.weights.sum(dtype=np.int64)) or (ahead < 1).any():
                self._differ(f"the positions of {name}", "not in order")

    def _columns(self) -> None:
        columns = self._segment.columns
        for name, lengths in self._lengths.items():
            if name.removesuffix(WORD_SUFFIX) in TEXT_FIELDS and not name.endswith(WORD_SUFFIX):
                codes = columns.lengths(name)
                if codes is None or not np.array_equal(length_codes(lengths)[self._live], codes[self._live]):
                    self._differ(f"the lengths of {name}", "not those of its postings")
                if columns.totals.get(name) != lengths.sum():
                    self._differ(f"the number of words of {name}", f"{columns.totals.get(name)}")
        for name in (*VALUE_FIELDS, *BY_DOCUMENT):
            self._values(name)
        for name in columns.number_names:
            found = columns.numbers(name)
            if found is None or len(found) != self._segment.documents:
                self._differ(f"the column {name}", "not of the length of the segment")

    def _values(self, name: str) -> None:
        """The values by document are the postings the other way round."""
        column, carried = self._segment.columns.values(name), self._carried.get(name, [])
        if column is None:
            if carried:
                self._differ(f"the values of {name}", "missing")
            return
        docs = np.concatenate([np.empty(0, dtype=np.int64), *(docs for _, docs in carried)])
        ordinals = np.repeat(np.arange(len(carried)), [len(docs) for _, docs in carried])
        there = np.array_equal(column.counts, np.bincount(docs, minlength=self._segment.documents))
        if not there or not np.array_equal(column.ordinals, ordinals[np.argsort(docs, kind="stable")]):
            self._differ(f"the values of {name}", "not those of its postings")

    def _articles(self, ids: set[str]) -> None:
        """What the stored articles say is what the index holds of them."""
        said: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in TERM_FIELDS}
        docs = np.flatnonzero(self._live)
        sample = set(docs[:: max(1, len(docs) // SAMPLE)][:SAMPLE].tolist())
        for doc in docs.tolist():
            article = load(self._segment.fields(doc)["article"])
            if article.id in ids:
                self._differ(f"article {article.id}", "there twice")
            ids.add(article.id)
            self._numbers(doc, article)
            for name, values in zip(TERM_FIELDS, values_of(article), strict=True):
                for value in values:
                    said[name][value].append(doc)
            if doc in sample:
                self._words(doc, article)
        for name, values in said.items():
            held = {term.decode(): docs[self._live[docs]].tolist() for term, docs in self._carried.get(name, [])}
            if {value: docs for value, docs in held.items() if docs} != values:
                self._differ(f"the values of {name}", "not those of the stored articles")

    def _numbers(self, doc: int, article: Article) -> None:
        expected = {MOMENT: minutes(article.date.moment) if article.date else UNDATED, TOLD: number_of(article.tells)}
        for name, number in expected.items():
            column = self._segment.columns.numbers(name)
            if column is None or int(column[doc]) != number:
                self._differ(f"{name} of article {article.id}", "not that of the stored article")

    def _words(self, doc: int, article: Article) -> None:
        for name in TEXT_FIELDS:
            places: dict[str, list[int]] = defaultdict(list)
            words: dict[str, int] = defaultdict(int)
            for token in tokens(getattr(article, name), article.language):
                places[token.term].append(token.position)
                words[token.word] += 1
            self._found(doc, name, {term: len(found) for term, found in places.items()})
            self._found(doc, name + WORD_SUFFIX, words)
            for term, found in places.items():
                self._stands(doc, name, term, found)

    def _found(self, doc: int, name: str, counts: Mapping[str, int]) -> None:
        """How often each word stands in a document, and none besides."""
        postings = self._segment.field(name)
        for term, often in counts.items():
            ordinal = postings.find(term.encode()) if postings else -1
            docs = postings.docs(ordinal) if postings and ordinal >= 0 else np.empty(0, dtype=np.int64)
            at = np.flatnonzero(docs == doc)
            if postings is None or not len(at) or int(postings.weights(ordinal)[at[0]]) != often:
                self._differ(f"{term!r} of {name} in document {doc}", "not as often as in the stored article")
        if name in self._lengths and self._lengths[name][doc] != sum(counts.values()):
            self._differ(f"the words of {name} in document {doc}", "not those of the stored article")

    def _stands(self, doc: int, name: str, term: str, places: list[int]) -> None:
        postings = self._segment.field(name)
        assert postings is not None  # noqa: S101 - the word was found in it
        ordinal = postings.find(term.encode())
        counts, found = postings.positions(ordinal)
        at = int(np.flatnonzero(postings.docs(ordinal) == doc)[0])
        start = int(counts[:at].sum(dtype=np.int64))
        if found[start : start + int(counts[at])].tolist() != places:
            self._differ(f"the places of {term!r} of {name} in document {doc}", "not those of the stored article")

    def _differ(self, what: str, how: str) -> NoReturn:
        raise ArchiveDamaged.at(self._segment.place, f"{what}: {how}")


def _runs(postings: FieldPostings) -> Iterator[Run]:
    """All terms of a field, so many at a time that they fit into memory."""
    reached = np.cumsum(postings.counts, dtype=np.int64)
    first = 0
    while first < len(reached):
        before = int(reached[first - 1]) if first else 0
        end = max(first + 1, int(np.searchsorted(reached, before + POSTINGS, side="right")))
        yield postings.run(first, end)
        first = end
