"""What each form of a date says: a match of the one pattern becomes dates, or nothing where it is none."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from searcher.events import calendar
from searcher.events.calendar import UNKNOWN, Tense, When
from searcher.events.english import NUMBERS
from searcher.events.patterns import Patterns
from searcher.events.tense import MentionField, tense_of

__all__ = ["Found", "Reader"]

# As many characters before and behind a date decide whether it is one.
AROUND = 28
# Of a number before a date: part of a longer number, a price, a designator.
_JOINED = frozenset("0123456789.,/:-–$£€#'’_")


class Found(NamedTuple):
    """A date in the making; `month` and `number` are those of a day without a year, `weekday` that of a day's name."""

    start: int
    end: int
    when: When
    rule: str
    weekday: int | None = None
    month: int = 0
    number: int = 0


class Reader:
    """Reads one text. Each form of the pattern has a method of its name, which yields the dates of a match."""

    def __init__(
        self, patterns: Patterns, field: MentionField, text: str, published: date | None, day_first: bool | None
    ) -> None:
        self.patterns = patterns
        self.text = text
        self.published = published
        self._field = field
        self._day_first = day_first

    def found(self) -> Iterator[Found]:
        """Every date, in order."""
        text = self.text
        for match in self.patterns.dates.finditer(text):
            start = match.start()
            if start and (text[start].isdecimal() and text[start - 1] in _JOINED):
                continue
            yield from _FORMS[str(match.lastgroup)](self, match)

    def tense(self, match: re.Match[str]) -> Tense:
        """Whether the text around a match speaks of what was or what is to come."""
        if self._field == "dateline":  # a report is filed on the day it tells of
            return "past"
        return tense_of(self.patterns, self.text, match.start(), match.end())

    def iso(self, match: re.Match[str]) -> Iterator[Found]:
        """2017-10-31, 2017/10/31."""
        year, month, day = re.split("[-/]", match["iso"])
        yield from self._whole(match, int(year), int(month), int(day), "iso")

    def east(self, match: re.Match[str]) -> Iterator[Found]:
        """2017年10月31日."""
        month, day = int(match["east_month"]), int(match["east_day"])
        yield from self._days(match, match["east_year"], month, [day])

    def numeric(self, match: re.Match[str]) -> Iterator[Found]:
        """31/10/2017, 31.10.2017; of 03/04/2017 the year alone is sure where nothing says how to read it."""
        first, second, year = map(int, match["numeric"].split(match["mark"]))
        one, other = calendar.valid_day(year, second, first), calendar.valid_day(year, first, second)
        if match["mark"] == ".":
            other = None
        if one and other and one != other:
            chosen = {True: one, False: other}.get(self._day_first) if self._day_first is not None else None
            when = When(chosen.isoformat(), 0.7) if chosen else When(f"{year:04}", 0.6)
            yield Found(match.start(), match.end(), when, "numeric, ambiguous")
        elif one or other:
            yield Found(match.start(), match.end(), When(str(one or other), 0.95), "numeric")

    def day_month(self, match: re.Match[str]) -> Iterator[Found]:
        """31 May, 31st of May 2017, 3 to 5 May."""
        days = [match["day"], *([match["to"]] if match["to"] else [])]
        yield from self._days(match, match["year"], self.patterns.months[match["month"]], map(int, days))

    def month_day(self, match: re.Match[str]) -> Iterator[Found]:
        """May 31, May 31, 2017, May 3-5."""
        days = [match["second_day"], *([match["second_to"]] if match["second_to"] else [])]
        month = self.patterns.months[match["first_month"]]
        yield from self._days(match, match["second_year"], month, map(int, days))

    def month_year(self, match: re.Match[str]) -> Iterator[Found]:
        """May 2017."""
        month = self.patterns.months[match["of_year"]]
        yield Found(match.start(), match.end(), When(f"{match['its_year']}-{month:02}", 0.95), "month and year")

    def month(self, match: re.Match[str]) -> Iterator[Found]:
        """May, where the words around it say that the month is meant."""
        name, start, end = match["bare"], match.start(), match.end()
        before = self._before(start)
        cue = self.patterns.month_before.search(before)
        if not cue or self.patterns.month_not_after.match(self.text, end):
            return
        is_name = name in self.patterns.words.people
        if is_name and (cue.lastgroup == "weak" or _NAME_BEHIND.match(self.text, end)):
            return
        which = _WHICH.search(before) if self.patterns.words.cased else None
        when = UNKNOWN
        if self.published:
            said = which[1].lower() if which else ""
            when = calendar.month_alone(self.published, self.patterns.months[name], self.tense(match), said)
        yield Found(which.start(1) + start - len(before) if which else start, end, when, "month")

    def weekday(self, match: re.Match[str]) -> Iterator[Found]:
        """Tuesday, next Tuesday; not Tuesdays, Black Friday or the Sunday Times."""
        patterns, start, end = self.patterns, match.start(), match.end()
        if patterns.weekday_not_after.match(self.text, end) or self._is_person(match):
            return
        if patterns.weekday_not_before.search(self._before(match.start("weekday"))):
            followed = _DIGIT_BEHIND.match(self.text, end)  # "le mardi 3 octobre"
            if not followed:
                return
        number = patterns.weekdays[match["weekday"]]
        when = UNKNOWN
        if self.published and not self._another(start) and not _UNREAD_BEHIND.match(self.text, end):
            week = patterns.week_after.match(self.text, end)
            tense = self.tense(match)
            if week:
                _, step = patterns.words.periods[f"{week[1]} week"]
                when = When(calendar.day_before(self.published, 7 * step + number - self.published.weekday()), 0.8)
            elif tense or not patterns.words.needs_tense:
                which = (match["which"] or "").lower()
                when = calendar.of_weekday(self.published, number, tense, which)
        yield Found(start, end, when, "weekday", weekday=number)

    def relative(self, match: re.Match[str]) -> Iterator[Found]:
        """yesterday, tomorrow."""
        steps = self.patterns.days[match["relative"]]
        named = match["relative"].startswith(("last", "TODAY")) and self._another(match.start())
        if not named:  # "on the last night of the fair", USA TODAY
            yield self._reckoned(match, steps, "relative")

    def period(self, match: re.Match[str]) -> Iterator[Found]:
        """Last month, next year; of a week the days stay open."""
        unit, step = self.patterns.words.periods[match["period"].lower()]
        when = UNKNOWN
        if self._another(match.start()):  # "in the next year" is no year of the calendar
            pass
        elif self.published and unit == "year":
            when = When(f"{self.published.year + step:04}", 0.6)
        elif self.published and unit == "month":
            when = When(calendar.month_from(self.published, step), 0.7)
        yield Found(match.start(), match.end(), when, f"{unit} from here")

    def ago(self, match: re.Match[str]) -> Iterator[Found]:
        """Three days ago; how long ago weeks and years are is not said to the day."""
        count, unit, _ = match[0].lower().split()
        if unit.removesuffix("s") == "day":
            steps = int(count) if count.isdecimal() else NUMBERS.index(count) + 1
            yield self._reckoned(match, -steps, "days ago", 0.7)
        else:
            yield Found(match.start(), match.end(), UNKNOWN, "ago")

    def year(self, match: re.Match[str]) -> Iterator[Found]:
        """2014, where the words around it say that a year is meant."""
        start, end = match.start(), match.end()
        if not self.patterns.year_after.match(self.text, end):
            return
        cue = self.patterns.year_before.search(self._before(start))
        if cue and not (cue.lastgroup == "noun" and not _NOUN_BEHIND.match(self.text, end)):
            sure = 0.8 if cue.lastgroup == "sure" else 0.5
            yield Found(start, end, When(match["lone"], sure), "year")

    def _before(self, start: int) -> str:
        return self.text[max(0, start - AROUND) : start]

    def _is_person(self, match: re.Match[str]) -> bool:
        """Whether a day that is written small is a first name here: Domingo José."""
        name = match["weekday"]
        return name.istitle() and not self.patterns.words.cased and bool(_NAME_BEHIND.match(self.text, match.end()))

    def _another(self, start: int) -> bool:
        """Whether the words before say that another day is meant than that near the publication."""
        return self.patterns.anaphora.search(self._before(start)) is not None

    def _reckoned(self, match: re.Match[str], steps: int, rule: str, sure: float = 0.85) -> Found:
        when = When(calendar.day_before(self.published, steps), sure) if self.published else UNKNOWN
        return Found(match.start(), match.end(), when, rule)

    def _whole(self, match: re.Match[str], year: int, month: int, day: int, rule: str) -> Iterator[Found]:
        valid = calendar.valid_day(year, month, day)
        if valid:
            yield Found(match.start(), match.end(), When(valid.isoformat(), 1.0), rule)

    def _days(self, match: re.Match[str], year: str | None, month: int, days: Iterable[int]) -> Iterator[Found]:
        """The days of a month, with or without a year."""
        if self.patterns.date_not_after.match(self.text, match.end()):
            return
        for day in days:
            if year:
                yield from self._whole(match, int(year), month, day, "day, month and year")
            elif calendar.valid_day(LEAP_YEAR, month, day):
                yield self._without_year(match, month, day)

    def _without_year(self, match: re.Match[str], month: int, day: int) -> Found:
        when = UNKNOWN
        if self.published and not self.patterns.famed_after.match(self.text, match.end()):
            when = calendar.day_of_month(self.published, month, day, self.tense(match))
        return Found(match.start(), match.end(), when, "day and month", month=month, number=day)


LEAP_YEAR = 2000
_NAME_BEHIND = re.compile(r" [A-Z][a-z]")
_NOUN_BEHIND = re.compile(r" [a-z]{3}")
_UNREAD_BEHIND = re.compile(r",? \d{1,2}\. ?\d{1,2}\.")  # "Donnerstag, 18. 7.": it has a date, which is not read
_DIGIT_BEHIND = re.compile(r",? \d")
_WHICH = re.compile(r"\b([Ll]ast|[Nn]ext|[Tt]his) $")

_FORMS: dict[str, Callable[[Reader, re.Match[str]], Iterator[Found]]] = {
    "as_iso": Reader.iso,
    "as_east": Reader.east,
    "as_numeric": Reader.numeric,
    "as_day_month": Reader.day_month,
    "as_month_day": Reader.month_day,
    "as_month_year": Reader.month_year,
    "as_month": Reader.month,
    "as_weekday": Reader.weekday,
    "as_relative": Reader.relative,
    "as_period": Reader.period,
    "as_ago": Reader.ago,
    "as_ago_in_words": Reader.ago,
    "as_year": Reader.year,
}
