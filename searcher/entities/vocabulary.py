"""Is a word ordinary English, a given name, a surname? Answered from data/words.bin, memory-mapped.

A word is known by the CRC-32 of its folded form alone: one unknown word in 40,000 shares the sum of a known one, which
is less than the lists themselves are wrong.
"""

from bisect import bisect_left
from functools import lru_cache

from searcher.entities.columns import sum_of
from searcher.entities.sections import load
from searcher.entities.tables import DATA

__all__ = ["COMMON", "FREQUENT", "GIVEN", "ORDINARY", "SURNAME", "flags_of"]

# In any dictionary, in a small one, among the words everybody uses; a name of a person, first or last.
ORDINARY, COMMON, FREQUENT, GIVEN, SURNAME = 1, 2, 4, 8, 16


@lru_cache(maxsize=1)
def _columns() -> tuple[memoryview, memoryview]:
    arrays = load(DATA / "words.bin")
    return memoryview(arrays["word_crc"]), memoryview(arrays["word_flags"])  # type: ignore[arg-type]


@lru_cache(maxsize=1 << 16)
def flags_of(folded: str) -> int:
    """What is known of a folded word, as bits; 0 for nothing."""
    sums, flags = _columns()
    total = sum_of(folded)
    row = bisect_left(sums, total)
    return int(flags[row]) if row < len(sums) and sums[row] == total else 0
