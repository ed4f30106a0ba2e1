"""Articles and words looked up in the segments of a snapshot, without a search."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from searcher.choices import TEXT_FIELDS
from searcher.engines.base import Copy
from searcher.engines.whoosh.codec.postings import FieldPostings
from searcher.engines.whoosh.codec.segment import SegmentReader
from searcher.engines.whoosh.codec.sketches import Pieces, pieces_of
from searcher.engines.whoosh.patterns import matching_words
from searcher.engines.whoosh.schema import TOLD, WORD_SUFFIX, number_of
from searcher.query.nodes import Fuzzy

__all__ = ["alike", "carrying", "telling", "word_count", "words_from", "words_like"]

Place = tuple[SegmentReader, int]


def carrying(segments: Sequence[SegmentReader], field: str, term: str) -> Iterator[Place]:
    """The live documents whose key is that term."""
    for segment in segments:
        postings = segment.field(field)
        ordinal = postings.find(term.encode()) if postings else -1
        if postings and ordinal >= 0:
            docs = postings.docs(ordinal)
            if segment.live is not None:
                docs = docs[segment.live[docs]]
            yield from ((segment, doc) for doc in docs.tolist())


def telling(segments: Sequence[SegmentReader], story: str) -> Iterator[Place]:
    """The live documents that tell a story."""
    number = number_of(story)
    for segment in segments:
        told = segment.columns.numbers(TOLD)
        docs = np.flatnonzero(told == number) if told is not None else np.empty(0, dtype=np.int64)
        if segment.live is not None:
            docs = docs[segment.live[docs]]
        yield from ((segment, doc) for doc in docs.tolist())


def alike(segments: Sequence[SegmentReader], sketches: Sequence[bytes], least: int) -> list[tuple[int, Copy]]:
    """Live documents whose sketch has at least so many bytes in common with one of these, each with its number."""
    wanted = pieces_of(sketches)
    return [found for segment in segments for found in _alike(segment, wanted, least)]


def word_count(segments: Sequence[SegmentReader], word: str) -> int:
    """In how many articles a word stands: in the body or, if more, in the title."""
    return _counted(segments, lambda postings: _of(postings, [postings.find(word.encode())]))[word]


def words_from(segments: Sequence[SegmentReader], start: str) -> Counter[str]:
    """The words that begin with `start`, each with its count."""

    def beginning(postings: FieldPostings) -> Iterator[tuple[bytes, int]]:
        first, end = postings.terms.beginning(start.encode())
        return zip(postings.terms.slice(first, end), postings.counts[first:end].tolist(), strict=True)

    return _counted(segments, beginning)


def words_like(segments: Sequence[SegmentReader], word: str, distance: int) -> Counter[str]:
    """The words with the same first letter that are at most so many letters away, each with its count."""
    leaf = Fuzzy(word, distance=distance)
    return _counted(segments, lambda postings: _of(postings, matching_words(postings.terms, leaf).tolist()))


def _alike(segment: SegmentReader, wanted: Pieces, least: int) -> Iterator[tuple[int, Copy]]:
    rows, docs = segment.columns.sketches.alike(wanted, least)
    if segment.live is not None:
        rows, docs = rows[segment.live[docs]], docs[segment.live[docs]]
    sketches = segment.columns.sketches.of(docs) if len(docs) else []
    for row, doc, sketch in zip(rows.tolist(), docs.tolist(), sketches, strict=True):
        kept = segment.fields(doc)["article"]
        yield row, Copy(kept["id"], kept.get("story") or kept["id"], sketch)


def _of(postings: FieldPostings, ordinals: Iterable[int]) -> Iterator[tuple[bytes, int]]:
    """Words by their ordinals, -1 for none, each with its count."""
    return ((postings.terms[ordinal], int(postings.counts[ordinal])) for ordinal in ordinals if ordinal >= 0)


def _counted(
    segments: Sequence[SegmentReader], chosen: Callable[[FieldPostings], Iterator[tuple[bytes, int]]]
) -> Counter[str]:
    """Words that are `chosen` from each field, with the larger of their counts in titles and bodies."""
    counts: Counter[str] = Counter()
    for segment in segments:
        found: dict[str, int] = {}
        for name in TEXT_FIELDS:
            postings = segment.field(name + WORD_SUFFIX)
            for word, count in chosen(postings) if postings else ():
                found[word.decode()] = max(found.get(word.decode(), 0), count)
        counts.update(found)
    return counts
