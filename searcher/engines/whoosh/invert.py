"""From documents and their words to words and their documents: one sort for each field."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.container import Array
from searcher.engines.whoosh.codec.packing import pack_steps
from searcher.engines.whoosh.codec.runs import Run
from searcher.engines.whoosh.vocabulary import Pieces, Tokens

__all__ = ["invert", "invert_terms", "invert_words"]


def invert_terms(known: Pieces, tokens: Tokens) -> Run:
    """The postings of the stems, with positions."""
    used = np.flatnonzero(np.bincount(tokens.words, minlength=len(known.term_of)))
    numbers = np.unique(known.term_of[used])
    terms, places = _ranked(known.terms, numbers, int(known.term_of.max()) + 1)
    run, order, weights = _grouped(terms, places[known.term_of].take(tokens.words), tokens.docs)
    payload, sizes = pack_steps(tokens.positions.take(order), weights)
    return replace(run, payload=payload, sizes=sizes)


def invert_words(known: Pieces, tokens: Tokens) -> Run:
    """The postings of the words as they are written, without positions."""
    if len(known.name_of) == len(known.names):  # in one language: every word is one entry, in the same order
        return invert(known.names, tokens.words, tokens.docs)
    return invert(known.names, known.name_of.take(tokens.words), tokens.docs)


def invert(names: Sequence[str], numbers: Array, docs: Array) -> Run:
    """How often each name stands in each document.

    Args:
        names: number -> name.
        numbers: for each occurrence the number of the name; shape (occurrences,).
        docs: for each occurrence its document, ascending; shape (occurrences,).
    """
    known = int(numbers.max()) + 1 if len(numbers) else 0
    terms, places = _ranked(names, np.flatnonzero(np.bincount(numbers, minlength=known)), known)
    return _grouped(terms, places.take(numbers), docs)[0]


def _grouped(
    terms: list[bytes], owners: npt.NDArray[np.uint32], docs: Array
) -> tuple[Run, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Occurrences brought together by term, in the order of their documents.

    Returns:
        The postings, the order of the occurrences in them, and how many each posting has.
    """
    order = _by_number(owners, len(terms))
    owners, found = owners.take(order), docs.take(order)
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = owners[1:] != owners[:-1]
    begins[1:] |= found[1:] != found[:-1]
    new = np.flatnonzero(begins)
    often = np.diff(new, append=len(order))
    counts = np.bincount(owners.take(new), minlength=len(terms))
    return Run(terms, counts, found.take(new).astype(np.int64), often.astype(np.uint32)), order, often


def _by_number(numbers: npt.NDArray[np.uint32], most: int) -> npt.NDArray[np.int64]:
    """A stable order by number. numpy sorts 16 bits by radix: 24 ns each, 118 for a sort of 64 bits."""
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    for shift in range(16, most.bit_length(), 8):
        order = order[np.argsort((numbers >> shift).astype(np.uint8).take(order), kind="stable")]
    return order


def _ranked(names: Sequence[str], numbers: Array, known: int) -> tuple[list[bytes], npt.NDArray[np.uint32]]:
    """The names with these of the `known` numbers, as UTF-8 in order, and number -> place in that order."""
    encoded = [names[number].encode() for number in numbers.tolist()]
    order = sorted(range(len(encoded)), key=encoded.__getitem__)
    places = np.zeros(known, dtype=np.uint32)
    places[numbers[order]] = np.arange(len(order), dtype=np.uint32)
    return [encoded[place] for place in order], places
