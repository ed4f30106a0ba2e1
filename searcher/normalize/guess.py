"""The day of a page that states none to machines or beside its headline, by htmldate, where the page bears it out.

htmldate always answers with a whole day and fills in the first of a month; its answer counts only where that very day
is written on the page. It is shown a page without what tells other days: captions, sentences, boxes beside the article,
programs, and what says when the page was changed.
"""

import logging
import re
from copy import deepcopy
from datetime import date, timedelta

from lxml.html import HtmlElement, tostring

from searcher.models import DateClaim
from searcher.normalize.furniture import figures_apart
from searcher.normalize.pagedates import OTHER
from searcher.normalize.tree import elements, take_out

__all__ = ["guessed_date"]

ELSEWHERE = frozenset(("aside", "nav", "footer", "script", "style"))
SENTENCE = 100  # characters; a date line has fewer
TOMORROW = timedelta(days=1)


def guessed_date(tree: HtmlElement, latest: date) -> tuple[DateClaim, ...]:
    """The day htmldate finds, no later than the day after `latest`; none where the page does not say it."""
    from htmldate import find_date

    logging.getLogger("htmldate").addHandler(logging.NullHandler())
    page = deepcopy(tree)
    figures_apart(page)
    for element in elements(page):
        if _tells_other_days(element):
            take_out(element)
    written = tostring(page, encoding="unicode")
    found = find_date(page, original_date=True, extensive_search=False, max_date=(latest + TOMORROW).isoformat())
    return (DateClaim(found, "htmldate"),) if found and _is_written(found, written) else ()


def _tells_other_days(element: HtmlElement) -> bool:
    """Whether an element may hold a day that is not that of publication."""
    if element.tag in ("html", "head", "body"):
        return False
    named = " ".join(element.get(name) or "" for name in ("class", "id", "property", "name", "itemprop"))
    sentences = element.tag in ("p", "li", "blockquote") and len(element.text_content()) >= SENTENCE
    return sentences or element.tag in ELSEWHERE or OTHER.search(named) is not None


def _is_written(day: str, page: str) -> bool:
    """Whether this day, year, month and day, stands on the page: in digits, or the day with its year and a word."""
    year, month, number = day.split("-")
    months, days = f"0?{int(month)}", f"0?{int(number)}"
    shapes = (
        rf"{year}[-/.]?{month}[-/.]?{number}",
        rf"{year}[-/.年]\s?{months}[-/.月]\s?{days}",
        rf"{days}[-/.]\s?{months}[-/.]\s?(?:{year}|{year[2:]})",
        rf"{months}/{days}/(?:{year}|{year[2:]})",
        rf"{days}\D{{0,3}}[\s.-][^\W\d_]{{3,12}}\W{{0,6}}(?:de\s|del\s|г)?{year}",
        rf"[^\W\d_]{{3,12}}\W{{1,3}}{days}(?:st|nd|rd|th)?\W{{1,4}}{year}",
    )
    return re.search(rf"(?<!\d)(?:{'|'.join(shapes)})(?!\d)", page) is not None
