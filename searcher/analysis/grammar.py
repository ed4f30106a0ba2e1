"""The regular expressions by which a text is cut into spellings, and a spelling into words."""

import re
from functools import cache
from typing import NamedTuple

from searcher.analysis.fold import APOSTROPHES, UNSEEN
from searcher.analysis.marks import COMMON_MARKS, MARKS, has_rare_marks

__all__ = ["NUMBER_OF_PLURAL", "PART", "POSSESSIVE", "THOUSANDS", "Grammar", "grammar_for"]

_APOSTROPHE = f"[{APOSTROPHES}]"
_HYPHEN = "[-‐‑]"

PART = re.compile(r"[^-‐‑]+")
POSSESSIVE = re.compile(rf"{_APOSTROPHE}[sS]$")
NUMBER_OF_PLURAL = re.compile(rf"(\d{{1,3}}){_APOSTROPHE}?s$")
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?$")


class Grammar(NamedTuple):
    """What depends on the marks that a text has.

    `token` finds spellings, by the groups acronym (with the `rest` of its compound), number and word. `elision` is the
    l' of `l'armée`; `designator` has the groups of `S300PMU`, `variant` those of the `95MS` after a hyphen.
    """

    token: re.Pattern[str]
    elision: re.Pattern[str]
    designator: re.Pattern[str]
    variant: re.Pattern[str]


def grammar_for(text: str) -> Grammar:
    """The expressions for a text; those with every mark take 11 ms to compile and are for the texts that need them."""
    return _grammar(MARKS if has_rare_marks(text) else COMMON_MARKS)


@cache
def _grammar(marks: str) -> Grammar:
    inner = marks + UNSEEN  # what may stand between two letters of a word
    letter = rf"(?:[^\W\d_][{inner}]*+)"
    chars = rf"[^\W_]+(?:[{inner}]+[^\W_]+)*[{marks}]*"
    word = rf"{chars}(?:{_APOSTROPHE}{chars})*"
    return Grammar(
        token=re.compile(
            rf"(?P<acronym>(?<![\w.]){letter}(?:\.{letter})+(?!\w)\.?)"
            rf"(?:{_APOSTROPHE}[sS](?![\w{marks}])|(?P<rest>(?:{_HYPHEN}{word})+))?"
            rf"|(?P<number>\d+(?:[.,]\d+)+)(?!\w)"
            rf"|(?P<word>{word}(?:{_HYPHEN}{word})*)"
        ),
        elision=re.compile(rf"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu){_APOSTROPHE}(?=\w[{inner}]*\w)", re.IGNORECASE),
        designator=re.compile(rf"({letter}{{1,6}})(\d{{1,4}})({letter}{{0,3}})$"),
        variant=re.compile(rf"(\d{{1,4}})(?!s$)({letter}{{1,3}})$"),
    )
