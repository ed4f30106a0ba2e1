"""Claims about a date to the day the publisher named, with no more precision than they give.

Claims are taken in order; the first that holds is the date. What is refused is said in a warning and the next claim
is tried, so that an article is undated rather than dated wrongly. A date stays on the publisher's clock: 23:30 at
-05:00 is that evening, not the next morning in Greenwich.
"""

import re
import warnings as python_warnings
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from dateutil import parser, tz

from searcher.models import DateClaim, PublicationDate
from searcher.normalize.datewords import ZONES, NotADate, english_words, tidied
from searcher.normalize.draft import Draft
from searcher.normalize.foreign import OWN, foreign_date
from searcher.normalize.months import MONTHS, WEEKDAYS, folded

__all__ = ["is_dated", "latest_day", "read_date", "settle_date"]

EARLIEST_YEAR = 1600  # the first printed weekly, the Relation of Strasbourg, began in 1605
TOMORROW = timedelta(days=1)  # it is tomorrow already somewhere: a page of Auckland saved in California
EPOCH = re.compile(r"(\d{9,10}|\d{12,13})(?:\.\d+)?")
MILLISECONDS = 10**11  # epochs from here on count milliseconds; in seconds this would be the year 5138
CLOCK = r"(?:[T ,]+(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?(?P<zone>.*))?"
ISO = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?:(?P=mark)(?P<day>\d{1,2}))?" + CLOCK)
COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?(?P<time>\d{4}(?:\d{2})?)(?P<zone>\D.*)?)?")
IDEOGRAPHIC = re.compile(
    r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월](?:\s*(?P<day>\d{1,2})\s*[日일]?)?" + CLOCK
)
SLASHED = re.compile(r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d+)" + CLOCK)
YEAR = re.compile(r"\d{4}")
# "26-FEB-1987 15:01:01", "Tue, 31 Oct 2017 10:15:00 +0300", "October 31, 2017": dateutil takes 140 us for one of these.
_MONTH = r"(?P<month>[^\W\d_]{3,})"
PLAIN = re.compile(
    rf"(?:(?P<weekday>[^\W\d_]+),?\s+)?(?:(?P<day>\d{{1,2}})[ -]{_MONTH}\.?[ -]|{_MONTH.replace('month', 'first')}\.? "
    r"(?P<second>\d{1,2}),? )(?P<year>\d{4})"
    r"(?:,? (?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?P<zone> ?(?:[A-Z]{1,5}|[+-]\d{2}:?\d{2}))?)?"
)
ZONE = re.compile(
    r"\s*(?:(?P<letters>[^\W\d_]{1,5})|(?:GMT|UTC)?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?)\s*(?:\(.*\))?"
)
WEEKDAY_FIRST = re.compile(r"^[^\W\d_]+,?\s+(?=\d)")
FARTHEST_ZONE = 14  # hours
# Two days that have no part in common: what differs between two readings was not in the text.
DEFAULTS = (datetime(2000, 1, 1), datetime(2001, 2, 2))


def settle_date(draft: Draft) -> Draft:
    """The draft dated by the first claim that holds, with a warning for each claim refused before it."""
    refused = []
    for claim in draft.claims:
        try:
            found = _settled(claim, draft)
        except NotADate as reason:
            refused.append(f"the date {_short(claim.text)} ({claim.source}) was refused: {reason}")
        else:
            return replace(draft, date=found).warn(*dict.fromkeys(refused))
    return draft.warn(*dict.fromkeys(refused))


def is_dated(draft: Draft) -> bool:
    """Whether any claim holds."""
    return settle_date(draft).date is not None


def latest_day(draft: Draft) -> date:
    """The day that no claim may lie beyond, but for the next: that of the copy where the file says so, else today."""
    try:
        return min(draft.today, date.fromisoformat(draft.raw.crawled[: len("2017-10-31")]))
    except ValueError:
        return draft.today


def _settled(claim: DateClaim, draft: Draft) -> PublicationDate:
    """The date of a claim, no later than the copy. Raises NotADate."""
    found = read_date(claim, draft.settings.day_first, draft.today, draft.language)
    latest = latest_day(draft)
    if found.first_day > latest + TOMORROW:
        raise NotADate(f"it lies after the day on which the copy was taken, {latest}")
    return found


def read_date(claim: DateClaim, day_first: bool, today: date, language: str = "") -> PublicationDate:
    """The date a claim states. `day_first` decides 03/04/2017, `language` (a code) whose months are meant.

    Raises NotADate with the reason where it states none.
    """
    text = claim.text.strip()
    if claim.source == "field" and EPOCH.fullmatch(text):
        return _plausible(_epoch(text), today, claim.source)
    text = tidied(text)
    for shape in (ISO, COMPACT, IDEOGRAPHIC):
        if found := shape.fullmatch(text):
            return _plausible(_numbered(found, found["month"], found["day"]), today, claim.source)
    if found := SLASHED.fullmatch(WEEKDAY_FIRST.sub("", text)):
        return _slashed(found, day_first, today, claim.source)
    if YEAR.fullmatch(text):
        return _plausible(text, today, claim.source)
    if (found := PLAIN.fullmatch(text)) and (plain := _plain(found)):
        return _plausible(plain, today, claim.source)
    if not any(mark.isalpha() for mark in text):
        raise NotADate("its numbers are not those of a date")
    try:
        written = _worded(english_words(text))
    except NotADate:
        if language[:2].casefold() in OWN:
            raise
        written = foreign_date(text, language[:2].casefold())
    return _plausible(written, today, claim.source)


def _epoch(text: str) -> str:
    """Seconds or milliseconds since 1970, as records of programs state them."""
    count = int(float(text))
    moment = datetime.fromtimestamp(count / 1000 if count >= MILLISECONDS else count, UTC)
    return moment.isoformat(timespec="minutes")


def _slashed(found: re.Match[str], day_first: bool, today: date, source: str) -> PublicationDate:
    """A date of three numbers, the year last. Raises NotADate where the year is not written out."""
    if len(found["year"]) != len("2017"):
        raise NotADate("its year is not written with four digits")
    first, second = int(found["first"]), int(found["second"])
    # Dots are a habit of countries that put the day first; slashes and hyphens are used in both orders.
    undecided = first <= 12 and second <= 12 and first != second and found["mark"] != "."
    begins_with_day = first > 12 or (second <= 12 and (day_first or found["mark"] == "."))
    day, month = (found["first"], found["second"]) if begins_with_day else (found["second"], found["first"])
    return _plausible(_numbered(found, month, day), today, source, ambiguous=undecided)


def _plain(found: re.Match[str]) -> str:
    """ISO text of a date whose month is a word; empty where a word of it is not known here."""
    months = MONTHS.get(folded(found["month"] or found["first"]))
    weekday, zone = found["weekday"], (found["zone"] or "").strip()
    known = weekday is None or folded(weekday) in WEEKDAYS
    if months is None or not known or (zone.isalpha() and zone.casefold() not in ZONES):
        return ""
    return _numbered(found, str(months), found["day"] or found["second"])


def _numbered(found: re.Match[str], month: str, day: str | None) -> str:
    """ISO text of a date of numbers. Raises NotADate where there is no such day."""
    year = int(found["year"])
    try:
        written = date(year, int(month), int(day or 1)).isoformat()
    except ValueError as error:
        raise NotADate(f"there is no such day ({error})") from error
    if day is None:
        return written[: len("2017-10")]
    return written + _time(found["time"] or "", found["zone"] or "")


def _time(clock: str, zone: str) -> str:
    """The time of day as ISO text; empty where there is none or only the midnight that programs fill in."""
    digits = clock.replace(":", "").zfill(4 if len(clock) < len("12:30:00") else 6)
    if not clock or not digits.strip("0"):
        return ""
    half = re.match(r"\s*([ap])\.?m\b\.?", zone, re.IGNORECASE)
    hour, minute = int(digits[:2]), int(digits[2:4])
    if half:
        hour, zone = hour % 12 + (12 if half[1].lower() == "p" else 0), zone[half.end() :]
    if hour > 23 or minute > 59:
        raise NotADate(f"there is no such time as {clock}")
    return f"T{hour:02d}:{minute:02d}{_offset(zone)}"


def _offset(zone: str) -> str:
    """A zone as ISO text; empty where it names no fixed offset."""
    found = ZONE.fullmatch(zone)
    if found is None:
        return ""
    if letters := found["letters"]:
        seconds = ZONES.get(letters.casefold())
        return "" if seconds is None else _signed(seconds // 60)
    minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
    return _signed(-minutes if found["sign"] == "-" else minutes) if minutes <= FARTHEST_ZONE * 60 else ""


def _signed(minutes: int) -> str:
    """An offset in minutes as ISO text."""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _worded(words: str) -> str:
    """ISO text of a date in English words, cut at what both readings of it agree on."""
    try:
        with python_warnings.catch_warnings():
            python_warnings.simplefilter("ignore", parser.UnknownTimezoneWarning)
            one, two = (parser.parse(words, default=default, tzinfos=_zone) for default in DEFAULTS)
    except (ValueError, OverflowError) as error:
        raise NotADate(f"it cannot be read ({error})") from error
    if one.year != two.year or one.month != two.month:
        raise NotADate("its year or month is missing")
    if one.day != two.day:
        return one.isoformat()[: len("2017-10")]
    if ":" not in words and "m" not in words.split():
        return one.date().isoformat()
    midnight = (one.hour, one.minute, one.second) == (0, 0, 0)
    return one.date().isoformat() if midnight else one.isoformat(timespec="minutes")


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    """The zone of a name or of an offset in seconds; None where it is not a fixed one."""
    seconds = offset if offset is not None else ZONES.get((name or "").casefold())
    if seconds is None or abs(seconds) > FARTHEST_ZONE * 3600:
        return None
    return tz.tzoffset(None, seconds)


def _plausible(text: str, today: date, source: str, *, ambiguous: bool = False) -> PublicationDate:
    """The date, unless no newspaper can have carried it. Raises NotADate where it lies too early or in the future."""
    if int(text[:4]) < EARLIEST_YEAR:
        raise NotADate(f"it lies before {EARLIEST_YEAR}")
    found = PublicationDate(text, source, ambiguous)
    if found.first_day > today + TOMORROW:
        raise NotADate("it lies in the future")
    return found


def _short(text: str) -> str:
    """A claim as a warning quotes it."""
    return repr(text if len(text) <= 60 else text[:57] + "...")
