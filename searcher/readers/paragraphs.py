"""Lines to paragraphs: whether a line end closes a paragraph or only filled up a narrow column."""

import re
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["is_wrapped", "paragraphs"]

# Columns of mail, wires and typewritten transcripts: 65 in the Reuters files, 72 and 79 in mail.
NARROWEST, WIDEST = 40, 100
SENTENCE_ENDS = (".", "!", "?", ":", ".”", '."', "?”", '?"', "!”", '!"', ".)", "»", "。")
INDENT = re.compile(r"^(?: {2,}|\t)\S")


def paragraphs(lines: Sequence[str]) -> list[str]:
    """The paragraphs of these lines, in order, without blank ones.

    A blank line always ends a paragraph. So does any line end, unless the lines are wrapped to a column: then they
    are joined up to the next blank or indented line.
    """
    joined = is_wrapped(lines)
    found: list[list[str]] = []
    fresh = True
    for line in lines:
        text = line.strip()
        if not text:
            fresh = True
            continue
        if fresh or not joined or INDENT.match(line):
            found.append([])
        found[-1].append(text)
        fresh = False
    return [" ".join(parts) for parts in found]


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether the lines were broken to fit a column: of like width, and mostly broken inside a sentence."""
    followed = [line.rstrip() for line, following in pairwise(lines) if _continues(line, following)]
    if not followed:
        return False
    widths = sorted(len(line) for line in followed)
    inside = sum(not line.endswith(SENTENCE_ENDS) for line in followed)
    middle = widths[len(widths) // 2]
    return middle >= NARROWEST and widths[-1] <= WIDEST and inside * 2 > len(followed)


def _continues(line: str, following: str) -> bool:
    """Whether a line is followed by one that may carry on its sentence."""
    return bool(line.strip()) and bool(following.strip()) and not INDENT.match(following)
