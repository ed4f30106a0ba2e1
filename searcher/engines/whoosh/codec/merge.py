"""Segments become one: their arrays are joined, a range of terms at a time."""

from collections import deque
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.columns import put_lengths, put_numbers, put_values
from searcher.engines.whoosh.codec.folder import Folder
from searcher.engines.whoosh.codec.postings import FieldPostings
from searcher.engines.whoosh.codec.runs import Run, combine
from searcher.engines.whoosh.codec.segment import SegmentEntry, SegmentFiles, SegmentReader
from searcher.engines.whoosh.codec.sketches import BANDS, Pieces, put_sketches

__all__ = ["merge"]

# Memory that a posting takes while it is moved, with its positions, and as much again for what the writer holds.
BYTES_PER_POSTING = 400
# A term takes as much as so many postings: its text, and its place among the others.
POSTINGS_PER_TERM = 2
# Blocks of articles copied before the pages they were read from are given back: 40 MB.
BLOCKS_AT_ONCE = 1_000

Numbers = npt.NDArray[np.int64]


def merge(folder: Folder, name: str, segments: Sequence[SegmentReader], memory_mb: int) -> SegmentEntry:
    """Write the live documents of the segments, in their order, as one segment; `memory_mb` is for postings."""
    return _Merge(folder, name, segments).run(memory_mb * 1_000_000 // BYTES_PER_POSTING)


class _Merge:
    """Segments on their way into one."""

    def __init__(self, folder: Folder, name: str, segments: Sequence[SegmentReader]) -> None:
        self._segments = segments
        self._numbers = _renumbering(segments)
        self._kept = [np.flatnonzero(mapped >= 0) for mapped in self._numbers]
        self._files = SegmentFiles(folder, name, sum(map(len, self._kept)))
        self._words: dict[str, int] = {}

    def run(self, most: int) -> SegmentEntry:
        """Write everything; at most so many postings are in memory at a time."""
        valued = {field for segment in self._segments for field in segment.columns.value_fields}
        for field in dict.fromkeys(field for segment in self._segments for field in segment.field_names):
            if field in valued:
                self._values(field, self._field(field, most))
            else:
                deque(self._field(field, most), maxlen=0)
        self._lengths()
        self._dates()
        if any(segment.columns.sketches for segment in self._segments):
            put_sketches(self._files.columns, self._bands())
        for segment, mapped in zip(self._segments, self._numbers, strict=True):
            _copy_stored(self._files, segment, mapped)
        return self._files.finish()

    def _field(self, field: str, most: int) -> Iterator[Run]:
        """Write the postings of a field, range by range, and hand each range on."""
        pairs = zip(self._segments, self._numbers, strict=True)
        held = [(found, mapped) for segment, mapped in pairs if (found := segment.field(field))]
        encoder = self._files.field(field)
        self._words[field] = 0
        for bounds in _term_ranges([postings for postings, _ in held], most):
            runs = [
                postings.run(first, end).renumbered(mapped)
                for (postings, mapped), (first, end) in zip(held, bounds, strict=True)
            ]
            run = combine(runs).without_empty()
            self._words[field] += int(run.weights.sum(dtype=np.float64))
            encoder.add(run, opaque=any(postings.opaque for postings, _ in held))
            yield run
            for segment in self._segments:
                segment.release()
        encoder.finish()

    def _values(self, field: str, runs: Iterator[Run]) -> None:
        """Write the values of a field by document: its postings the other way round."""
        folds = _folds(self._segments, field)
        docs, ordinals = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        folded: list[tuple[bytes, int]] = []
        terms = 0
        for run in runs:
            docs.append(run.docs)
            ordinals.append(np.repeat(np.arange(terms, terms + len(run.terms)), run.counts))
            folded += [(folds[term], number) for number, term in enumerate(run.terms, terms) if term in folds]
            terms += len(run.terms)
        put_values(
            self._files.columns,
            field,
            np.concatenate(docs),
            np.concatenate(ordinals),
            self._files.documents,
            sorted(folded),
        )

    def _lengths(self) -> None:
        columns = [segment.columns for segment in self._segments]
        measured = list(dict.fromkeys(name for column in columns for name in column.totals))
        lengths = {}
        for field in measured:
            pieces = [
                np.zeros(len(docs), dtype=np.uint8) if (codes := column.lengths(field)) is None else codes[docs]
                for column, docs in zip(columns, self._kept, strict=True)
            ]
            lengths[field] = np.concatenate(pieces)
        totals = {field: sum(column.totals.get(field, 0) for column in columns) for field in measured}
        if any(segment.live is not None for segment in self._segments):  # the words of deleted documents are gone
            totals = {field: self._words.get(field, 0) for field in measured}
        put_lengths(self._files.columns, lengths, totals)

    def _dates(self) -> None:
        """And other columns of numbers."""
        columns = [segment.columns for segment in self._segments]
        for name, default in {n: d for column in columns for n, d in column.number_names.items()}.items():
            found = [column.numbers(name) for column in columns]
            pieces = [
                np.full(len(docs), default) if values is None else values[docs]
                for values, docs in zip(found, self._kept, strict=True)
            ]
            put_numbers(self._files.columns, name, np.concatenate(pieces), default)

    def _bands(self) -> Iterator[Pieces]:
        """The pieces of the sketches, band by band; zeros where a segment has none."""
        held = [segment.columns.sketches for segment in self._segments]
        for number in range(BANDS):
            pieces = [
                sketches.band(number)[docs] if sketches else np.zeros(len(docs), dtype=np.uint32)
                for sketches, docs in zip(held, self._kept, strict=True)
            ]
            yield np.concatenate(pieces)


def _renumbering(segments: Sequence[SegmentReader]) -> list[Numbers]:
    """For each segment the new number of each document, -1 for deleted ones."""
    found = []
    base = 0
    for segment in segments:
        live = np.ones(segment.documents, dtype=bool) if segment.live is None else segment.live
        found.append(np.where(live, base + np.cumsum(live) - 1, -1))
        base += int(live.sum())
    return found


def _term_ranges(fields: Sequence[FieldPostings], most: int) -> Iterator[list[tuple[int, int]]]:
    """Ranges of ordinals, one for each field, that hold the same terms and together about `most` postings."""
    largest = max(fields, key=lambda postings: len(postings.terms))
    reached = np.cumsum(largest.counts.astype(np.int64) + POSTINGS_PER_TERM)
    total = sum(
        int(postings.counts.sum(dtype=np.int64)) + POSTINGS_PER_TERM * len(postings.terms) for postings in fields
    )
    step = max(1, int(reached[-1]) * most // total)
    steps = np.arange(step, int(reached[-1]), step)
    firsts = [0] * len(fields)
    for cut in [largest.terms[place] for place in np.unique(np.searchsorted(reached, steps)).tolist()]:
        ends = [postings.terms.place(cut) for postings in fields]
        yield list(zip(firsts, ends, strict=True))
        firsts = ends
    yield [(first, len(postings.terms)) for first, postings in zip(firsts, fields, strict=True)]


def _folds(segments: Sequence[SegmentReader], field: str) -> dict[bytes, bytes]:
    """Value -> its folded form, as the segments know it."""
    folds: dict[bytes, bytes] = {}
    for segment in segments:
        postings = segment.field(field)
        table, values = segment.columns.folded(field)
        if postings:
            folds.update(zip(map(postings.terms.__getitem__, values.tolist()), table, strict=True))
    return folds


def _copy_stored(files: SegmentFiles, segment: SegmentReader, numbers: Numbers) -> None:
    """Blocks without a deleted document are copied as they are."""
    for number, (first, end, packed) in enumerate(segment.stored.blocks()):
        live = numbers[first:end] >= 0
        if live.all():
            files.stored.add_block(packed, end - first)
        else:
            for line, wanted in zip(segment.stored.lines_of(number), live.tolist(), strict=True):
                if wanted:
                    files.stored.add(line)
        if number % BLOCKS_AT_ONCE == 0:
            segment.release()
    segment.release()
