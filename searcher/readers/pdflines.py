"""Lines of printed pages to running text: what repeats on every page goes, what was broken at a line end is joined."""

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["without_running_lines", "wrapped_text"]

EDGE = 2  # lines at the top and bottom of a page that may be its header and footer
FEWEST_PAGES = 3  # on two pages a line may stand twice for its own sake
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(r"^\W*+(?:(?:page|seite|p\.)\W*+)?\d{1,4}(?:\s*(?:/|of|von|de)\s*\d{1,4})?\W*$", re.IGNORECASE)
BROKEN = re.compile(r"(?<![^\W\d_])(?P<word>[^\W\d_]{2,}+)(?P<mark>[-\u2010\u00ad])$")
GOES_ON = re.compile(r"^(?P<rest>[^\W\d_]+)")
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE_ENDS = (".", "!", "?", ".”", '."', "?”", '?"', "!”", ".)", "»", "。")
LONGEST_WORD = 80  # characters of a line that are looked at for its last word
SHORT = 0.8  # of the usual width: a line that ends a sentence and stops before this ends a paragraph


def without_running_lines(pages: Sequence[Sequence[str]]) -> list[str]:
    """The lines of all pages without headers and footers: lines at the edge that most pages have, and page numbers."""
    kept = [[line.strip() for line in page if line.strip()] for page in pages]
    counts = Counter(key for page in kept for key in {_key(line) for line in (*page[:EDGE], *page[-EDGE:])})
    least = max(FEWEST_PAGES, len(kept) // 2 + 1)
    running = {key for key, count in counts.items() if count >= least}
    return [line for page in kept for line in _inner(page, running, numbered=len(kept) >= FEWEST_PAGES)]


def _inner(page: list[str], running: set[str], *, numbered: bool) -> list[str]:
    """The lines of one page between its header and its footer."""
    begin, end = 0, len(page)
    while begin < min(EDGE, end) and _is_running(page[begin], running, numbered=numbered):
        begin += 1
    while end > max(begin, len(page) - EDGE) and _is_running(page[end - 1], running, numbered=numbered):
        end -= 1
    return page[begin:end]


def _is_running(line: str, running: set[str], *, numbered: bool) -> bool:
    """Whether a line at the edge of a page is part of its frame."""
    return _key(line) in running or (numbered and PAGE_NUMBER.match(line) is not None)


def _key(line: str) -> str:
    """A line as it is on every page, whatever its number."""
    return DIGITS.sub("#", line.casefold())


def wrapped_text(lines: Sequence[str]) -> str:
    """The text with words put together that were broken, and a blank line where a paragraph seems to end."""
    joined = _unbroken(lines)
    widths = sorted(len(line) for line in joined)
    usual = widths[len(widths) * 3 // 4] if widths else 0
    return "".join(
        f"{line}\n\n" if len(line) < SHORT * usual and line.endswith(SENTENCE_ENDS) else f"{line}\n" for line in joined
    )


def _unbroken(lines: Sequence[str]) -> list[str]:
    """The lines with the ends of broken words brought up.

    A hyphen that only the line end called for goes where the whole word stands elsewhere in the text, or its first half
    stands nowhere alone; a mark made for the purpose always goes. Before a capital nothing is sure: it stays as it is.
    """
    words = {word.casefold() for line in lines for word in WORD.findall(BROKEN.sub("", line))}
    found: list[str] = []
    for line in lines:
        broken = BROKEN.search(found[-1][-LONGEST_WORD:]) if found else None
        rest = GOES_ON.match(line)
        if not broken or not rest or not rest["rest"][0].islower():
            found.append(line)
            continue
        whole = (broken["word"] + rest["rest"]).casefold()
        sure = broken["mark"] == "\u00ad" or whole in words or broken["word"].casefold() not in words
        found[-1] = (found[-1][:-1] if sure else found[-1]) + rest["rest"]
        if below := line[rest.end() :].lstrip():
            mark = below[0] in ",.;:!?)”\"'"
            found[-1], below = (found[-1] + below[0], below[1:].lstrip()) if mark else (found[-1], below)
            found += [below] if below else []
    return found
