"""Articles gathered in memory until they are written as a segment."""

from array import array
from collections.abc import Callable, Collection, Sequence
from itertools import chain
from operator import attrgetter

import numpy as np

from searcher.articlejson import dump
from searcher.choices import TEXT_FIELDS, VALUE_FIELDS
from searcher.engines.whoosh.codec.columns import length_codes, put_lengths, put_numbers, put_values
from searcher.engines.whoosh.codec.container import Array
from searcher.engines.whoosh.codec.folder import Folder
from searcher.engines.whoosh.codec.runs import Run
from searcher.engines.whoosh.codec.segment import SegmentEntry, SegmentFiles
from searcher.engines.whoosh.codec.sketches import pieces_of, put_sketches
from searcher.engines.whoosh.invert import invert, invert_terms, invert_words
from searcher.engines.whoosh.schema import (
    BY_DOCUMENT,
    MOMENT,
    TERM_FIELDS,
    TOLD,
    UNDATED,
    UNTOLD,
    WORD_SUFFIX,
    minutes,
    number_of,
    values_of,
)
from searcher.engines.whoosh.vocabulary import Pieces, Vocabulary
from searcher.models import Article
from searcher.query import fold_value

__all__ = ["Batch"]

# A piece of text takes 4 bytes at first and, while it is brought into the order of terms, about this many: a process
# that adds 100,000 articles of 311 words and may take 256 MB for it has a peak of 380 MB, 50 of them before it begins.
BYTES_PER_PIECE = 60

_texts_of: Callable[[Article], tuple[str, ...]] = attrgetter(*TEXT_FIELDS)


class _Texts:
    """One text field as pieces of the vocabulary."""

    def __init__(self) -> None:
        self.pieces = array("I")
        self.counts = array("I")

    def add(self, pieces: list[int]) -> None:
        """The pieces of the next document."""
        self.pieces.extend(pieces)
        self.counts.append(len(pieces))


class Batch:
    """Articles on their way into one segment; `size` is about how many bytes they take until it is written."""

    def __init__(self, folder: Folder, name: str, vocabulary: Vocabulary) -> None:
        self._files = SegmentFiles(folder, name)
        self._vocabulary = vocabulary
        self._texts = tuple(_Texts() for _ in TEXT_FIELDS)
        self._values: list[tuple[Collection[str], ...]] = []
        self._moments = array("q")
        self._told = array("q")
        self._sketches: list[bytes] = []
        self.size = 0

    def __len__(self) -> int:
        return len(self._moments)

    def add(self, article: Article) -> None:
        """Take an article in."""
        line = dump(article)
        pieces = [self._vocabulary.pieces(text, article.language) for text in _texts_of(article)]
        values = values_of(article)
        moment = minutes(article.date.moment) if article.date else UNDATED
        # From here on only the disk can fail, and then the whole batch is discarded.
        for texts, found in zip(self._texts, pieces, strict=True):
            texts.add(found)
            self.size += len(found) * BYTES_PER_PIECE
        self._values.append(values)
        self._moments.append(moment)
        self._told.append(number_of(article.tells))
        self._sketches.append(article.sketch)
        self._files.stored.add(line)
        self.size += len(line)

    def discard(self) -> None:
        """Forget the articles."""
        self._files.discard()

    def write(self) -> SegmentEntry:
        """Write the segment."""
        known = self._vocabulary.frozen()
        self._files.documents = len(self)
        lengths, totals = {}, {}
        for name, texts in zip(TEXT_FIELDS, self._texts, strict=True):
            lengths[name], totals[name] = self._write_text(name, texts, known)
            lengths[name + WORD_SUFFIX], totals[name + WORD_SUFFIX] = lengths[name], totals[name]
        put_lengths(self._files.columns, lengths, totals)
        for name, values in zip(TERM_FIELDS, zip(*self._values, strict=True), strict=True):
            self._write_values(name, values)
        put_numbers(self._files.columns, MOMENT, np.array(self._moments, dtype=np.int64), UNDATED)
        put_numbers(self._files.columns, TOLD, np.array(self._told, dtype=np.int64), UNTOLD)
        if any(self._sketches):
            put_sketches(self._files.columns, iter(pieces_of(self._sketches).T))
        return self._files.finish()

    def _write_text(self, name: str, texts: _Texts, known: Pieces) -> tuple[Array, int]:
        counts = np.array(texts.counts, dtype=np.int64)
        found = known.tokens(np.frombuffer(texts.pieces, dtype=np.uint32), counts)
        if len(found.words):
            self._write(name, invert_terms(known, found))
            self._write(name + WORD_SUFFIX, invert_words(known, found))
        return length_codes(found.lengths), int(found.lengths.sum())

    def _write_values(self, name: str, values: Sequence[Collection[str]]) -> None:
        """One field of values or keys: those of each document."""
        flat = list(chain.from_iterable(values))
        if not flat:
            return
        numbers = {value: number for number, value in enumerate(dict.fromkeys(flat))}
        counts = np.fromiter(map(len, values), dtype=np.int64, count=len(values))
        given = np.fromiter(map(numbers.__getitem__, flat), dtype=np.uint32, count=len(flat))
        run = invert(list(numbers), given, np.repeat(np.arange(len(self)), counts))
        self._write(name, run)
        if name in (*VALUE_FIELDS, *BY_DOCUMENT):
            terms = enumerate(run.terms) if name in VALUE_FIELDS else ()  # keys are asked for as they are
            folded = sorted((fold_value(term.decode()).encode(), number) for number, term in terms)
            ordinals = np.repeat(np.arange(len(run.terms)), run.counts)
            put_values(self._files.columns, name, run.docs, ordinals, len(self), folded)

    def _write(self, name: str, run: Run) -> None:
        encoder = self._files.field(name)
        encoder.add(run)
        encoder.finish()
