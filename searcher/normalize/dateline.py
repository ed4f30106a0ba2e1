"""The dateline: the place of filing, and often the day and the agency, before the first sentence.

BEIRUT, May 12 (Meridian Wire) - Expatriates voted ...
dateline "BEIRUT, May 12 (Meridian Wire)", body "Expatriates voted ..."
"""

import re
from dataclasses import replace

from searcher.models import DateClaim
from searcher.normalize.draft import Draft
from searcher.normalize.months import MONTHS, folded

__all__ = ["split_dateline"]

LONGEST = 90  # characters; longest in 15,000 Reuters items: 60
DASH = re.compile(
    r"\s+(?:--|[-–—])\s*(?=\S)|(?<=[)/])\s*(?:--|[-–—:])\s*(?=\S)|(?<=[^\W\d_a-zа-я])\s*(?:--|—)\s*(?=\S)"
)
AGENCY = re.compile(r"\s*(?:\((?P<round>[^()]{2,40})\)|/(?P<slash>[^/]{2,40})/)[\s.]*$")
DAY = re.compile(
    r"[,.]?\s*(?:\d{1,2}\.?\s+(?P<after>[^\W\d_]+)\.?|(?P<before>[^\W\d_]+)\.?\s+\d{1,2})(?:,?\s+(?P<year>\d{4}))?[.,]?\s*$"
)
PLACE_WORDS = 6
SHORT = 3  # letters of "de" and "du" in a name, words before the stop of a short form
ACRONYM = 5  # letters; "NATO - the alliance - said" is no dateline, "PARIS, May 3 - The" is


def split_dateline(draft: Draft) -> Draft:
    """The draft with the dateline of its first paragraph apart, and its date as the last claim where it has a year."""
    if draft.dateline or not draft.paragraphs:
        return _with_claim(draft)
    dateline, text = _split(draft.paragraphs[0])
    if not dateline:
        return draft
    return _with_claim(replace(draft, dateline=dateline, paragraphs=(text, *draft.paragraphs[1:])))


def _split(paragraph: str) -> tuple[str, str]:
    """The dateline and the text behind it; no dateline where the words before the first dash are not one."""
    found = DASH.search(paragraph[: LONGEST + len(" -- ") + 1])
    if found is None:
        return "", paragraph
    before, text = paragraph[: found.start()].strip(), paragraph[found.end() :].strip()
    return (before, text) if text and _is_dateline(before, text) else ("", paragraph)


def _is_dateline(before: str, text: str) -> bool:
    """Whether these words name a place of filing: in capitals, or vouched for by a day or an agency."""
    agency = AGENCY.search(before)
    rest = before[: agency.start()] if agency else before
    day = DAY.search(rest)
    dated = bool(day and folded(day["after"] or day["before"]) in MONTHS)
    place = (rest[: day.start()] if day and dated else rest).strip(" ,.")
    if not place:
        return bool(agency)
    words = place.split()
    if len(words) > PLACE_WORDS or not _is_name(place):
        return False
    capitals = place.split(",")[0].isupper()
    caseless = not any(mark.isupper() or mark.islower() for mark in place)
    if agency or dated:
        return capitals or caseless or all(word[0].isupper() or len(word) <= SHORT for word in words)
    alone = len(words) == 1 and len(place) <= ACRONYM
    return capitals and not alone and not text[0].islower()


def _is_name(place: str) -> bool:
    """Whether a place has no marks of a sentence; stops are those of short forms, as in "HARTFORD, Conn."."""
    return not any(mark in place for mark in '!?:;"“”') and all(len(part.split()) <= SHORT for part in place.split("."))


def _with_claim(draft: Draft) -> Draft:
    """The draft with the day of its dateline as a last claim, where that day has a year."""
    agency = AGENCY.search(draft.dateline)
    day = DAY.search(draft.dateline[: agency.start()] if agency else draft.dateline)
    if day is None or not day["year"] or folded(day["after"] or day["before"]) not in MONTHS:
        return draft
    claim = DateClaim(day[0].strip(" ,."), "dateline")
    return replace(draft, claims=(*draft.claims, claim))
