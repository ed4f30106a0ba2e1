"""Days, months and years as people type them in a query: 2017, 2017-10, 2017-10-31."""

import re
from datetime import date, timedelta

__all__ = ["period", "span"]

_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")
_DAY = timedelta(days=1)


def period(text: str) -> tuple[date, date] | None:
    """First and last day of a year, month or day; None where the text is none."""
    found = _PERIOD.match(text.strip())
    if not found:
        return None
    try:
        first = date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:  # the 31st of February
        return None
    if found[3]:
        return first, first
    return first, _month_end(first.year, first.month) if found[2] else date(first.year, 12, 31)


def span(text: str) -> tuple[date | None, date | None] | None:
    """First and last day of `2017-10`, `2017-10..2017-12`, `2017..`, `..2017`, `>2017-10-15`, `<=2017`."""
    if ".." in text:
        return _between(*text.split("..", 1))
    sign = re.match(r"[<>]=?", text)
    if not sign:
        return period(text)
    bounds = period(text[sign.end() :])
    if not bounds:
        return None
    first, last = bounds
    try:
        match sign[0]:
            case ">":
                return last + _DAY, None
            case ">=":
                return first, None
            case "<":
                return None, first - _DAY
            case _:
                return None, last
    except OverflowError:  # the day before year 1, the day after year 9999
        return None


def _between(start: str, end: str) -> tuple[date | None, date | None] | None:
    first, last = period(start), period(end)
    if (start.strip() and not first) or (end.strip() and not last) or not (first or last):
        return None
    return (first[0] if first else None), (last[1] if last else None)


def _month_end(year: int, month: int) -> date:
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - _DAY
