"""The parts of one article as Factiva lays it out, whichever file it exports to: told apart by shape, not by words.

    [section], title, [author], [credit] -> "877 words", day, [time], outlet, code, [edition], [page], language -> text

The labels and the names of languages follow the language of the interface, so only what is alike in all is used: a
number with a word, a day, and a code of capitals.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Particulars", "is_document_line", "particulars"]

COUNT = re.compile(r"^\d[\d.,\s]*\s(?:[^\W\d_]{1,12}|字|語|个字|個字)\.?$")
DAY = re.compile(r"^(?=.*\d{4})(?=.*\d)[\w\s.,年月日/-]{6,40}$")
TIME = re.compile(r"^\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?$", re.IGNORECASE)
CODE = re.compile(r"^[A-Z][A-Z0-9]{1,7}$")
PAGE = re.compile(r"^(?:[A-Z]{0,4}[- ]?\d{1,4}(?:[,;-]\s?[A-Z]{0,4}\d{1,4})*|[A-Z]\d{0,3})$")
COPYRIGHT = re.compile(r"^\s*(?:copyright\b|\(c\)|©|版权|版權)", re.IGNORECASE)
DOCUMENT = re.compile(r"^(?:[^\W\d_]+\s+){1,2}[A-Z0-9]{8}\d{8}\w{9,12}$")


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the lines about an article say; `above` are those above the number of words."""

    above: tuple[str, ...] = ()
    day: str = ""
    source: str = ""
    language: str = ""


def particulars(lines: Sequence[str]) -> Particulars | None:
    """The parts of the lines above a text; None where they are not laid out as Factiva does."""
    count = next((at for at in range(len(lines) - 1) if COUNT.match(lines[at]) and DAY.match(lines[at + 1])), None)
    if count is None:
        return None
    day, rest = lines[count + 1], list(lines[count + 2 :])
    if rest and TIME.match(rest[0]):
        day = f"{day} {rest.pop(0)}"
    rights = next((at for at, line in enumerate(rest) if COPYRIGHT.match(line)), len(rest))
    language = rest[rights - 1] if rights > 1 and not PAGE.match(rest[rights - 1]) else ""
    coded = len(rest) > 1 and CODE.match(rest[1]) is not None
    return Particulars(tuple(lines[:count]), day, rest[0] if coded else "", language if coded else "")


def is_document_line(line: str) -> bool:
    """Whether a line is the one that closes an article: a word, and the number under which Factiva keeps it."""
    return DOCUMENT.match(line.strip()) is not None
