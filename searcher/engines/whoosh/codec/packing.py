"""Numbers in few bytes, packed and unpacked whole arrays at a time."""

import numpy as np
import numpy.typing as npt

from searcher.engines.whoosh.codec.container import Array

__all__ = ["ESCAPE", "pack_nibbles", "pack_steps", "ranges", "starts_of", "unpack_nibbles", "unpack_steps"]

# A byte that says: 255 further, and read on. Of the positions in 14,999 Reuters items 8 % need one.
ESCAPE = 255
# Lists are long where there are so many bytes for each: in lists of twelve a number then takes 1.5 ns instead of 4.
LONG = 3


def starts_of(lengths: Array) -> npt.NDArray[np.int64]:
    """Where each of consecutive pieces begins."""
    ends = np.cumsum(lengths, dtype=np.int64)
    return ends - lengths


def ranges(starts: Array, lengths: Array) -> npt.NDArray[np.int64]:
    """start, start + 1, ... of each piece, one piece after the other; shape (lengths.sum(),)."""
    shift = np.repeat(starts - starts_of(lengths), lengths)
    return shift + np.arange(len(shift), dtype=np.int64)


def pack_nibbles(values: Array) -> npt.NDArray[np.uint8]:
    """Values 0 to 15, two in a byte; their number is even."""
    small = values.astype(np.uint8)
    packed: npt.NDArray[np.uint8] = small[0::2] | small[1::2] << np.uint8(4)
    return packed


def unpack_nibbles(packed: Array, count: int) -> npt.NDArray[np.uint8]:
    """The first `count` values."""
    values = np.empty(2 * len(packed), dtype=np.uint8)
    np.bitwise_and(packed, 15, out=values[0::2])
    np.right_shift(packed, 4, out=values[1::2])
    return values[:count]


def pack_steps(values: Array, counts: Array) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Ascending numbers of several lists as steps of a byte, each list by itself.

    Args:
        values: the lists one after the other; shape (counts.sum(),).
        counts: how many numbers each list has, at least one; shape (lists,).

    Returns:
        The bytes, and how many of them each list takes; a step of 255 or more is escaped.
    """
    begins = starts_of(counts)
    steps = np.empty(len(values), dtype=np.uint32)
    np.subtract(values[1:], values[:-1], out=steps[1:], casting="unsafe")
    steps[begins] = values[begins]
    large = np.flatnonzero(steps >= ESCAPE)
    sizes = counts.astype(np.int64)
    if not len(large):
        return steps.astype(np.uint8), sizes
    escapes, rest = np.divmod(steps[large], ESCAPE)
    steps[large] = rest
    owners = np.searchsorted(begins, large, side="right") - 1
    sizes += np.bincount(owners, weights=escapes, minlength=len(counts)).astype(np.int64)
    packed = np.full(len(steps) + int(escapes.sum()), ESCAPE, dtype=np.uint8)
    kept = np.ones(len(packed), dtype=bool)  # an escape comes before the step that it belongs to
    kept[ranges(large + starts_of(escapes), escapes)] = False
    packed[kept] = steps
    return packed, sizes


def unpack_steps(packed: Array, counts: Array, heads: Array | None = None) -> npt.NDArray[np.int32]:
    """The numbers of the lists that `pack_steps` packed, below 2 ** 31; `counts` as it was given.

    `heads` are added to all numbers of a list, for each list one: in the same pass it costs nothing. What is reached in
    between may run over 32 bits: what was reached before is taken away again, so nothing is wrong in the end.
    """
    ends = np.cumsum(counts, dtype=np.int64)
    if not len(ends):
        return np.empty(0, dtype=np.int32)
    reached = np.cumsum(packed, dtype=np.int32)
    whole = len(packed) == int(ends[-1])
    steps = None if whole else np.flatnonzero(packed != ESCAPE)  # the bytes that end a step
    ends -= 1
    lasts = ends if steps is None else steps.take(ends)  # the byte that ends each list
    shift = np.empty(len(ends), dtype=np.int32)  # what was reached before each list, taken away
    shift[0] = 0
    np.negative(reached.take(lasts[:-1]), out=shift[1:])
    if heads is not None:
        shift += heads
    if LONG * len(ends) > len(packed):
        numbers = reached if steps is None else reached.take(steps)
        numbers += np.repeat(shift, counts)
        return numbers
    jumps = packed.astype(np.int32)  # in long lists a jump at the beginning costs less than a shift of every number
    jumps[0] += shift[0]
    jumps[lasts[:-1] + 1] += np.diff(shift)
    np.cumsum(jumps, out=jumps)
    return jumps if steps is None else jumps.take(steps)
