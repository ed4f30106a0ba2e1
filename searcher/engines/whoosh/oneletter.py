"""Words one letter away from another: one half of such a word is left as it was.

Either the first half stands at the beginning, then the word is in a narrow range of the dictionary; or the second half
stands at the end, which is tried on all words with the same first letter a byte at a time. Only a swap of the two
letters where the halves meet changes both, and the word that it makes is looked up. What is left is compared letter by
letter. Among 187,000 words that takes .39 ms where the table of distances takes .95.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from searcher.query.nodes import Fuzzy
from searcher.query.patterns import letters_apart

__all__ = ["one_letter_away"]

Numbers = npt.NDArray[np.int64]
Places = npt.NDArray[np.integer[Any]]
# Shorter words have halves that say little.
SHORTEST = 5
# More words than this are not compared one by one.
MOST = 200
# A letter takes 1 to 4 bytes: so much can one letter change in the bytes of a word.
WIDEST_LETTER = 4


def one_letter_away(
    text: npt.NDArray[np.uint8],
    bounds: Places,
    leaf: Fuzzy,
    beginning: Callable[[bytes], tuple[int, int]],
) -> Numbers | None:
    """Ordinals of the words that differ from that of `leaf` in one letter at most, ascending.

    Args:
        text: the words one after the other in UTF-8.
        bounds: word i is text[bounds[i]:bounds[i + 1]].
        leaf: the word; its distance is 1.
        beginning: the range of the words that begin with some bytes.

    Returns:
        None where there are too many to compare: another way is quicker then.
    """
    word = leaf.text
    half, size = len(word) // 2, len(_bytes(word))
    if len(word) < SHORTEST:
        return None
    first, end = beginning(_bytes(word[:half]))
    low, high = beginning(_bytes(word[0]))
    swapped = word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :]
    there, beyond = beginning(_bytes(swapped))
    found = np.concatenate(
        [
            _of_length(bounds, np.arange(first, end), size),
            _ending(
                text,
                bounds,
                _of_length(bounds, np.arange(low, high), size),
                _bytes(word[half:]),
            ),
            np.arange(there, min(there + 1, beyond)),
        ]
    )
    if len(found) > MOST:
        return None
    close = (n for n in np.unique(found).tolist() if letters_apart(_word(text, bounds, n), word, 1) <= 1)
    return np.fromiter(close, dtype=np.int64)


def _of_length(bounds: Places, words: Numbers, size: int) -> Numbers:
    """Those of consecutive words that take about as many bytes."""
    if not len(words):
        return words
    sizes = np.diff(bounds[words[0] : words[-1] + 2].astype(np.int64))
    return words[np.abs(sizes - size) <= WIDEST_LETTER]


def _ending(text: npt.NDArray[np.uint8], bounds: Places, words: Numbers, end: bytes) -> Numbers:
    """Those of the words that end so."""
    ends = bounds[1:].take(words).astype(np.int64)
    for back, byte in enumerate(reversed(end), 1):
        kept = np.flatnonzero(text.take(np.maximum(ends - back, 0)) == byte)
        words, ends = words.take(kept), ends.take(kept)
    return words


def _word(text: npt.NDArray[np.uint8], bounds: Places, number: int) -> str:
    return text[int(bounds[number]) : int(bounds[number + 1])].tobytes().decode("utf-8", "surrogatepass")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
