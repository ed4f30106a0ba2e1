"""Days, months and years as they are typed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.query.periods import period, span


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("2017", (date(2017, 1, 1), date(2017, 12, 31)), "a year"),
        ("2017-10", (date(2017, 10, 1), date(2017, 10, 31)), "a month"),
        ("2017-12", (date(2017, 12, 1), date(2017, 12, 31)), "the last of a year"),
        ("2017-02", (date(2017, 2, 1), date(2017, 2, 28)), "a short one"),
        ("2016-02", (date(2016, 2, 1), date(2016, 2, 29)), "in a leap year"),
        ("1900-02", (date(1900, 2, 1), date(1900, 2, 28)), "which 1900 was not"),
        ("2017-10-31", (date(2017, 10, 31), date(2017, 10, 31)), "a day"),
        ("2017-1-5", (date(2017, 1, 5), date(2017, 1, 5)), "without the zeros"),
        (" 2017 ", (date(2017, 1, 1), date(2017, 12, 31)), "with spaces"),
        ("9999-12", (date(9999, 12, 1), date(9999, 12, 31)), "the last month there is"),
        ("2017-02-29", None, "a day that never was"),
        ("2017-13", None, "nor was this month"),
        ("2017-00", None, "nor this"),
        ("2017-10-00", None, "a day 0 is not the month"),
        ("0000", None, "nor is there a year 0"),
        ("17-10-31", None, "which century?"),
        ("31.10.2017", None, "another notation"),
        ("2017-10-31T10:00", None, "a time is more than a day"),
        ("October", None, "a word"),
        ("", None, "nothing"),
    ],
)
def test_period(text: str, expected: tuple[date, date] | None, reason: str) -> None:
    """First and last day, both included."""
    assert period(text) == expected, reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("2017-10", (date(2017, 10, 1), date(2017, 10, 31)), "a period is a span"),
        ("2017-10..2017-12", (date(2017, 10, 1), date(2017, 12, 31)), "both ends belong to it"),
        ("2017..2018-02-03", (date(2017, 1, 1), date(2018, 2, 3)), "ends of different length"),
        ("2017..", (date(2017, 1, 1), None), "open at the end"),
        ("..2017", (None, date(2017, 12, 31)), "open at the beginning"),
        (">2017", (date(2018, 1, 1), None), "after a year is from the next"),
        (">=2017", (date(2017, 1, 1), None), "from a year is within it"),
        ("<2017-03", (None, date(2017, 2, 28)), "before a month ends with the last"),
        ("<=2017-03", (None, date(2017, 3, 31)), "up to a month is to its end"),
        (">2017-10-15", (date(2017, 10, 16), None), "after a day"),
        ("2018..2017", (date(2018, 1, 1), date(2017, 12, 31)), "whether it can be meant is asked elsewhere"),
        (">9999", None, "there is no day after the last"),
        ("<0001", None, "nor one before the first"),
        ("..", None, "two dots alone"),
        ("2017..x", None, "one end is none"),
        ("x..2017", None, "or the other"),
        ("2017...2018", None, "three dots"),
        ("=2017", None, "an unknown sign"),
        (">", None, "a sign alone"),
        ("", None, "nothing"),
    ],
)
def test_span(text: str, expected: tuple[date | None, date | None] | None, reason: str) -> None:
    """First and last day, None where open; None altogether for what is no span."""
    assert span(text) == expected, reason


@given(st.dates(), st.sampled_from(("%Y", "%Y-%m", "%Y-%m-%d")))
def test_before_within_and_after_share_no_day(day: date, form: str) -> None:
    """The three spans around a period touch and leave no day out."""
    text = f"{day.year:04}{day.strftime(form[2:])}"
    bounds = period(text)
    assert bounds is not None
    assert bounds[0] <= day <= bounds[1]
    if bounds[0] > date.min:
        assert span(f"<{text}") == (None, bounds[0] - timedelta(days=1))
    if bounds[1] < date.max:
        assert span(f">{text}") == (bounds[1] + timedelta(days=1), None)
    assert span(f"{text}..{text}") == bounds
