"""Is a date of the past, or to come? What the verb nearest to it says."""

from typing import Literal

from searcher.events.calendar import Tense
from searcher.events.patterns import Patterns

__all__ = ["MentionField", "tense_of"]

MentionField = Literal["title", "dateline", "body"]

# The clause before a date, and the shorter one behind it where that has no verb.
BEFORE = 90
AFTER = 50
_ENDS = (". ", "! ", "? ", "\n", "; ", "。", "؟ ")


def tense_of(patterns: Patterns, text: str, start: int, end: int) -> Tense:
    """What the nearest verb before the date tells, or where there is none in its sentence the first one behind it."""
    before, after = text[max(0, start - BEFORE) : start], text[end : end + AFTER]
    if (before + after).isupper():  # a headline
        before, after = before.lower(), after.lower()
    cut = max(before.rfind(mark) for mark in _ENDS)
    verbs = list(patterns.tense.finditer(before, max(0, cut + 1)))
    found = verbs[-1] if verbs else None
    if found is None:
        found = patterns.tense.search(_clause(after))
        if found is None or found.lastgroup == "scheduled":  # "Monday storm closes two ports"
            return ""
    return "past" if found.lastgroup == "past" else "future"


def _clause(after: str) -> str:
    """What follows up to the end of the clause; a comma right behind the date opens the clause that tells."""
    cuts = [at for mark in (*_ENDS, ", ") if (at := after.find(mark, 1)) > 0]
    return after[: min(cuts)] if cuts else after
