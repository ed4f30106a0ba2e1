"""Which words of a field's term dictionary a Prefix, a Wildcard or a Fuzzy stands for, worked out on arrays.

The meaning is that of `searcher.query.patterns.matches_word`, word by word. The dictionary is `text`, the UTF-8 bytes
of all words in bytewise order without anything between them, and `bounds`, one more than there are words: word i is
`text[bounds[i]:bounds[i + 1]]`. Both may be memory-mapped: what a pattern begins with narrows them to a slice, and
only there words are read, each step trying one letter on all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.terms import TermTable
from searcher.engines.whoosh.oneletter import one_letter_away
from searcher.query.nodes import Fuzzy, Prefix, Wildcard
from searcher.query.patterns import fixed_start, letters_apart

__all__ = ["matching_words"]

Numbers = npt.NDArray[np.int64]
# Places in the letters, in whatever integers the bounds come in.
Places = npt.NDArray[np.integer[Any]]
# UTF-8 bytes, or code points.
Letters = npt.NDArray[np.unsignedinteger[Any]]
# A piece of a wildcard, in what the letters are.
Piece = Sequence[int]

# So many words are tried at once, for the processor's caches: over 500,000 words of random letters, *e* takes 21 ms and
# *e*a*t*o* 41 ms in blocks, 34 and 63 ms in one piece. Blocks of a quarter are no faster and divide more fuzzy words.
BLOCK = 1 << 16
# Up to so many words of about the right length are compared with a fuzzy word one by one, at 2 to 9 us for each. On
# arrays the fewest take 0.14 ms (distance 1) or 0.2 ms (2), all 38,000 words with its first letter 0.6 ms or 1.5 ms.
FEW = 16
# The table of distances holds single bytes: 2 * distance + 3 is the largest sum in it.
WIDEST = 62
# The sign of a wildcard for one letter, whatever it is.
ANY = ord("?")


def matching_words(terms: TermTable, leaf: Prefix | Wildcard | Fuzzy) -> Numbers:
    """Ordinals of the words that the pattern stands for, ascending; TypeError for another leaf."""
    low, high = terms.beginning(fixed_start(leaf).encode("utf-8", "surrogatepass"))
    if isinstance(leaf, Prefix) or low == high:
        return np.arange(low, high, dtype=np.int64)
    near = one_letter_away(terms, leaf) if isinstance(leaf, Fuzzy) and leaf.distance == 1 else None
    if near is not None:
        return near
    text, bounds = np.asarray(terms.text), np.asarray(terms.bounds)
    found = []
    for first in range(low, high, BLOCK):
        block = _block(text, bounds[first : min(first + BLOCK, high) + 1], leaf)
        found.append(first + (_fuzzy(block, leaf) if isinstance(leaf, Fuzzy) else _wildcard(block, leaf)))
    return np.concatenate(found)


@dataclass(frozen=True, slots=True)
class _Words:
    """Words still in question, by their ordinals in a block; of each, `letters[start:end]` is left to be matched."""

    letters: Letters
    numbers: Numbers
    starts: Places
    ends: Places

    def only(self, chosen: Numbers) -> "_Words":
        """The words at these places."""
        return _Words(self.letters, self.numbers.take(chosen), self.starts.take(chosen), self.ends.take(chosen))

    def between(self, starts: Places, ends: Places) -> "_Words":
        """The same words with something else left of them."""
        return _Words(self.letters, self.numbers, starts, ends)


class _Block(NamedTuple):
    """Some words side by side: word i is `letters[bounds[i]:bounds[i + 1]]`."""

    letters: Letters
    bounds: Places

    def of_length(self, shortest: int, longest: int) -> _Words:
        """The words of so many letters; of so many bytes, where these are the letters."""
        lengths = self.bounds[1:] - self.bounds[:-1]
        numbers = np.flatnonzero((lengths >= shortest) & (lengths <= longest))
        return _Words(self.letters, numbers, self.bounds[:-1].take(numbers), self.bounds[1:].take(numbers))


def _block(text: npt.NDArray[np.uint8], bounds: Places, leaf: Wildcard | Fuzzy) -> _Block:
    """The words within the bounds: as bytes where each is a letter, or where the pattern does not count letters."""
    bounds = bounds.view(np.int64) if bounds.itemsize == 8 else bounds  # numpy takes from no unsigned 64-bit place
    raw = text[bounds[0] : bounds[-1]]
    if (isinstance(leaf, Wildcard) and "?" not in leaf.text) or raw.max(initial=0) < 0x80:
        return _Block(text, bounds)
    at = bounds.astype(np.int64) - bounds[0]
    within = np.flatnonzero((raw & 0xC0) == 0x80)  # bytes that go on with a letter
    return _Block(_code_points(raw.tobytes().decode("utf-8", "surrogatepass")), at - np.searchsorted(within, at))


def _code_points(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _wildcard(block: _Block, leaf: Wildcard) -> Numbers:
    """The words of a wildcard: both ends are tried first, then each piece between stars where it first fits.

    No place is ever tried again: the first one leaves most to the pieces that follow.
    """
    first, *pieces = (_codes(piece, block.letters) for piece in leaf.text.split("*"))
    least = len(first) + sum(map(len, pieces))
    words = _without_start(block.of_length(least, block.letters.size if pieces else least), first)
    if pieces:
        words = _without_end(words, pieces.pop())
    for piece in filter(None, pieces):
        words = _after(words, piece)
    return words.numbers


def _codes(piece: str, letters: Letters) -> Piece:
    return piece.encode("utf-8", "surrogatepass") if letters.itemsize == 1 else tuple(map(ord, piece))


def _known(piece: Piece) -> Iterator[tuple[int, int]]:
    """The letters that a piece names, each with its place in the piece."""
    return ((offset, code) for offset, code in enumerate(piece) if code != ANY)


def _without_start(words: _Words, piece: Piece) -> _Words:
    """The words that begin with the piece, and what follows it."""
    for offset, code in _known(piece):
        words = words.only(np.flatnonzero(words.letters.take(words.starts + offset) == code))
    return words.between(words.starts + len(piece), words.ends)


def _without_end(words: _Words, piece: Piece) -> _Words:
    """The words that end with the piece, and what comes before it."""
    words = words.between(words.starts, words.ends - len(piece))
    for offset, code in _known(piece):
        words = words.only(np.flatnonzero(words.letters.take(words.ends + offset) == code))
    return words


def _after(words: _Words, piece: Piece) -> _Words:
    """The words that hold the piece, and what follows the first place where they do."""
    after = (_next_places(words, piece) if words.numbers.size else words.starts) + len(piece)
    return words.between(after, words.ends).only(np.flatnonzero(after <= words.ends))


def _next_places(words: _Words, piece: Piece) -> Places:
    """For each word the first place from its start on where the piece stands, be it in a later word or behind all."""
    first = int(words.starts[0])
    letters = words.letters[first : words.ends[-1]]
    fits = np.ones(max(letters.size - len(piece) + 1, 0), dtype=np.bool_)
    for offset, code in _known(piece):
        fits &= letters[offset : offset + fits.size] == code
    places = np.append(np.flatnonzero(fits), letters.size) + first
    return places.take(np.searchsorted(places, words.starts))


def _fuzzy(block: _Block, leaf: Fuzzy) -> Numbers:
    """The words at most so many letters away; all begin with the first letter of the fuzzy word.

    Without a first letter that is the same, two words are as far apart as with it.
    """
    size, distance = len(leaf.text), leaf.distance
    if not size:
        return block.of_length(0, min(distance, 0)).numbers
    words = block.of_length(size - distance, size + distance)
    words = words.between(words.starts + 1, words.ends)
    if words.numbers.size > FEW and distance <= WIDEST:
        return _by_table(words, leaf.text[1:], distance)
    near = [letters_apart(word, leaf.text[1:], distance) <= distance for word in _spelt(words)]
    return words.numbers.take(np.flatnonzero(near))


def _spelt(words: _Words) -> Iterator[str]:
    coding = "ascii" if words.letters.itemsize == 1 else "utf-32-le"
    for start, end in zip(words.starts.tolist(), words.ends.tolist(), strict=True):
        yield words.letters[start:end].tobytes().decode(coding, "surrogatepass")


class _Table(NamedTuple):
    """How far what was read of words is from beginnings of a text, by optimal string alignment; a column for each
    way that words begin.

    Row k of `now` is the distance from the beginning that is k - distance letters longer than what was read, or
    distance + 1 for more; whatever lies off this band is further away. `before` is the same one letter earlier;
    `differed` says whether the letter read last is not the last one of that beginning.
    """

    now: npt.NDArray[np.int8]
    before: npt.NDArray[np.int8]
    differed: npt.NDArray[np.bool_]

    def read(self, columns: Places, differs: npt.NDArray[np.bool_]) -> "_Table":
        """One letter later: what was in `columns`, followed by a letter that `differs` from those of the text."""
        now, before = self.now.take(columns, axis=1), self.before.take(columns, axis=1)
        beyond = np.int8(len(now) // 2 + 1)
        then = now + differs  # a letter kept or changed
        np.minimum(then[:-1], now[1:] + 1, out=then[:-1])  # a letter added
        unlike = (differs[:-2] | self.differed[2:].take(columns, axis=1)) * beyond
        np.minimum(then[1:-1], before[1:-1] + unlike + 1, out=then[1:-1])  # two letters swapped
        for row in range(1, len(then)):
            np.minimum(then[row], then[row - 1] + 1, out=then[row])  # a letter dropped
        return _Table(np.minimum(then, beyond, out=then), now, differs)


def _unread(distance: int) -> _Table:
    """The one column before the first letter: a beginning of k letters is k letters away."""
    rows = np.arange(-distance, distance + 1)
    now = np.where(rows < 0, distance + 1, rows).astype(np.int8)[:, None]
    return _Table(now, np.full_like(now, distance + 1), np.ones(now.shape, dtype=np.bool_))


def _by_table(words: _Words, text: str, distance: int) -> Numbers:
    """The words within the distance, one letter of every word read at a time; those out of reach are let go."""
    wanted = _framed(text, distance, words.letters)
    table, columns = _unread(distance), np.zeros(words.numbers.size, dtype=np.int32)
    found = [words.numbers[:0]]
    for read in range(len(text) + distance + 1):
        left = (table.now.min(axis=0) <= distance).take(columns)
        if read >= len(text) - distance:
            ended = words.starts == words.ends
            near = (table.now[len(text) + distance - read] <= distance).take(columns)
            found.append(words.numbers.take(np.flatnonzero(ended & near)))
            left &= ~ended
        if not left.all():
            kept = np.flatnonzero(left)
            words, columns = words.only(kept), columns.take(kept)
        if not columns.size:
            break
        letters = words.letters.take(words.starts)
        heads, parted = _parted(columns, letters)
        differs = wanted[read : read + 2 * distance + 1, None] != letters.take(heads)
        table, columns = table.read(columns.take(heads), differs), parted
        words = words.between(words.starts + 1, words.ends)
    return np.sort(np.concatenate(found))


def _framed(text: str, distance: int, letters: Letters) -> Letters:
    """The text in what the letters are, with room on both sides for the band: what stands there is in no word."""
    nothing = np.iinfo(letters.dtype).max
    framed = np.full(len(text) + 3 * distance + 1, nothing, dtype=letters.dtype)
    framed[distance : distance + len(text)] = np.minimum(_code_points(text), nothing)
    return framed


def _parted(columns: Places, letters: Letters) -> tuple[Numbers, npt.NDArray[np.int32]]:
    """The first of the words that share a column and the next letter, and each word's column after that letter."""
    fresh = np.ones(letters.size, dtype=np.bool_)
    fresh[1:] = (letters[1:] != letters[:-1]) | (columns[1:] != columns[:-1])
    # numpy adds up booleans several times faster in 32 bits than in 64.
    return np.flatnonzero(fresh), np.cumsum(fresh, dtype=np.int32) - 1
