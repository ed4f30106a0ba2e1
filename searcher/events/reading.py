"""The dates of an article: those of its texts, a day's name and the date behind it as one."""

import re
from collections.abc import Iterator
from datetime import MAXYEAR, date, timedelta

from searcher.events import calendar
from searcher.events.calendar import UNKNOWN
from searcher.events.forms import Found, Reader
from searcher.events.patterns import patterns_of
from searcher.events.tense import MentionField
from searcher.models import EventDate, PublicationDate

__all__ = ["event_dates"]

_BETWEEN = re.compile(r",? ?(?:the |de[nmr] |le |el |de )?(\()?$")


def event_dates(
    title: str,
    body: str,
    dateline: str,
    published: PublicationDate | None,
    language: str,
    *,
    day_first: bool | None = None,
) -> tuple[EventDate, ...]:
    """The dates that an article names, those of its title first, then of its dateline and its body.

    Args:
        title: the headline.
        body: the text, which may be long: time grows with its length alone.
        dateline: the place and day of filing, empty where there is none.
        published: what is known of the publication; words such as "yesterday" need its day.
        language: ISO 639-1; empty is read as English, of languages that are not known only dates in digits are read.
        day_first: what 03/04/2017 means; None leaves its day and month open.
    """
    known = published.first_day if published and len(published.text) >= len("2017-10-31") else None
    patterns = patterns_of(language)
    made: list[EventDate] = []
    fields: tuple[tuple[MentionField, str], ...] = (("title", title), ("dateline", dateline), ("body", body))
    for name, text in fields:
        if text:
            # Where a report is filed the day may have begun that has not where it is published: 27 February in Tokyo.
            # Of 2,740 datelines of Reuters in New York 70 are a day ahead, none is two.
            reader = Reader(patterns, name, text, _next(known) if name == "dateline" else known, day_first)
            made += [_event(one, name, text) for one in _merged(reader)]
    return tuple(made)


def _next(published: date | None) -> date | None:
    return published + timedelta(1) if published and published < date.max else published


def _event(found: Found, field: MentionField, text: str) -> EventDate:
    start, end, when = found.start, found.end, found.when
    if not when.day or not 1 <= int(when.day.split("-")[0]) <= MAXYEAR:  # reckoned beyond the calendar
        when = UNKNOWN
    return EventDate(
        text=text[start:end], start=start, end=end, field=field, day=when.day, confidence=when.confidence,
        rule=found.rule,
    )  # fmt: skip


def _merged(reader: Reader) -> Iterator[Found]:
    """The dates of a text; a day's name and the date right behind it are one."""
    before: Found | None = None
    for found in reader.found():
        if before is not None:
            joined = _joined(reader, before, found)
            if joined is None:
                yield before
            else:
                found = joined
        before = found
    if before is not None:
        yield before


def _joined(reader: Reader, before: Found, found: Found) -> Found | None:
    """One date of "Tuesday, 31 October"; None where the two are apart."""
    text = reader.text
    if before.weekday is None or before.rule != "weekday" or not 0 < found.start - before.end <= len(", (the "):
        return None
    between = _BETWEEN.match(text[before.end : found.start])
    if not between or found.rule not in ("day and month", "day, month and year", "numeric", "iso"):
        return None
    end = found.end + (bool(between[1]) and text.startswith(")", found.end))
    when = found.when
    if found.number and reader.published:
        when = calendar.day_of_month(reader.published, found.month, found.number, "", before.weekday)
    return Found(before.start, end, when, "weekday and date")
