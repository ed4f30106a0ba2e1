"""Where was an article filed, and by which agency? Read from the dateline field and from the first lines of a body.

BEIRUT (Reuters) - Clashes ...          Beirut, Reuters
HARTFORD, Conn., March 3 -- The ...     Hartford
LONDON 1996-08-30                       London
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from searcher.entities.text import Passage
from searcher.models import Mention

__all__ = ["RULE", "Dateline", "datelines", "says_where"]

RULE = "dateline"  # that of the mentions in a dateline, whatever field it is in

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:,? +{_MONTH} +\d{{1,2}}(?:, +\d{{4}})?|,? +\d{{1,2}} +{_MONTH}(?: +\d{{4}})?)"
# A place in capitals, perhaps its state or country, then a day, an agency or a dash; or a place and an ISO date alone.
_LINE = re.compile(
    rf"[ \t]*(?P<place>[^\W\d_a-z][^\n\da-z(),:;]*[^\W\d_a-z.](?:, ?[^\W\d_][^\n\d(),:;]{{1,24}})?)"
    rf"(?:{_DAY})?,? *(?:\((?P<agency>[^()\n]{{2,40}})\))? *(?P<end>--|[-–—]|\d{{4}}-\d\d-\d\d)(?=\s|$)"
)
_LINES = 4  # of the body: a headline, a lead and a byline may stand before it
_LONGEST = 90  # characters


@dataclass(frozen=True, slots=True)
class Dateline:
    """Characters `start` to `end` of a field that say where, up to `after` by whom; `agency` as written, or empty."""

    start: int
    end: int
    after: int
    agency: str = ""


def datelines(passage: Passage) -> Iterator[Dateline]:
    """The datelines of a field: the whole dateline field, and in a body what stands before the first sentence."""
    if passage.field == "dateline":
        found = re.search(r"\(([^()]{2,40})\)", passage.text)
        end = found.start() if found else len(passage.text)
        yield Dateline(0, end, len(passage.text), found[1].strip() if found else "")
    elif passage.field == "body":
        yield from _in_body(passage.text)


def _in_body(text: str) -> Iterator[Dateline]:
    start = 0
    for _ in range(_LINES):
        while text[start : start + 1] in ("\n", "\r", " "):
            start += 1
        found = _LINE.match(text, start, start + _LONGEST)
        if found and found["place"].split(",")[0].isupper():
            yield Dateline(*found.span("place"), found.end(), (found["agency"] or "").strip())
            return
        end = text.find("\n", start)
        if end < 0:
            return
        start = end + 1


def says_where(mention: Mention) -> bool:
    """Whether a mention says where the article was filed, or by whom, not what it is about."""
    return mention.field == "dateline" or mention.rule == RULE
