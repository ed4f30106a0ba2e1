"""What near copies are known by: a MinHash sketch of the runs of three words in a text.

Of two texts the share of equal bytes in their sketches tells how much of their runs of words is common (Broder 1997, On
the resemblance and containment of documents; of each minimum one byte is kept: Li and König 2010, b-bit minwise
hashing). On 14,999 Reuters items, against the exact Jaccard of all pairs, sketches of 128 bytes know the 849 pairs of
.6 or more with precision .982 and recall .966, as sketches of 128 whole numbers do (.986, .966); 256 bytes gain .012 of
recall for twice the space.
"""

import re

import numpy as np

__all__ = ["SKETCH_BYTES", "shingles", "sketch_of"]

SKETCH_BYTES = 128
SEED = 42
RUN = 3
# A body of fewer words is told apart by its title too: "Blah blah blah." stands under 40 headlines of Reuters.
FEW_WORDS = 40

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# A letter of a script that is written without spaces is a word of its own.
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_PLAIN = re.compile(r"\w+")
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")


def sketch_of(title: str, body: str) -> bytes:
    """The sketch of an article, SKETCH_BYTES long; empty for a text without words."""
    from rensa import RMinHash  # where articles are made, not where they are searched

    found = shingles(title, body)
    if not found:
        return b""
    minima = RMinHash(num_perm=SKETCH_BYTES, seed=SEED)
    minima.update(found)
    return np.array(minima.digest(), dtype="<u4").astype(np.uint8).tobytes()


def shingles(title: str, body: str) -> list[str]:
    """The runs of RUN words that a sketch is made of, in order; of a shorter text all its words as one run."""
    words = _words(body)
    if len(words) < FEW_WORDS:
        words = _words(title) + words
    if len(words) < RUN:
        return [" ".join(words)] if words else []
    return [f"{one} {two} {three}" for one, two, three in zip(words, words[1:], words[2:], strict=False)]


def _words(text: str) -> list[str]:
    lowered = text.lower()
    pattern = _PLAIN if lowered.isascii() or not _HAS_UNSPACED.search(lowered) else _WORD
    return pattern.findall(lowered)
