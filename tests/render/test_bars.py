"""Articles over time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.values import counts

from searcher.models import FacetCount
from searcher.render.bars import HEIGHT, MOST_BARS, WIDTH, bars_of

days = st.dates(date(1600, 1, 1), date(2400, 12, 31))


def named(**given: int) -> list[tuple[str, int]]:
    """The names and counts of the bars for these counts."""
    return [(bar.name, bar.count) for bar in bars_of(counts(**given))]


@pytest.mark.parametrize(
    ("first", "last", "between"),
    [
        ("2015", "2018", ["2016", "2017"]),
        ("2017-11", "2018-02", ["2017-12", "2018-01"]),  # over the end of a year
        ("2016-02-27", "2016-03-01", ["2016-02-28", "2016-02-29"]),  # a leap year
        ("2017-02-28", "2017-03-02", ["2017-03-01"]),
        ("0999", "1001", ["1000"]),  # years are compared as they are written
        ("9998", "9999", []),
    ],
)
def test_gaps_are_kept(first: str, last: str, between: list[str]) -> None:
    """Periods without articles have bars of no height, so that a gap is seen."""
    assert named(**{first: 2, last: 1}) == [(first, 2), *((name, 0) for name in between), (last, 1)]


@given(days, st.integers(0, MOST_BARS - 2), st.sampled_from([10, 7, 4]))
def test_the_next_period_is_the_next(first: date, distance: int, length: int) -> None:
    """Between two days every day, month or year stands once, in order."""
    last = first + timedelta(days=distance)
    expected = list(dict.fromkeys((first + timedelta(days=at)).isoformat()[:length] for at in range(distance + 1)))
    found = named(**dict.fromkeys([first.isoformat()[:length], last.isoformat()[:length]], 1))
    assert [name for name, _ in found] == expected


@given(
    st.dictionaries(
        st.dates(date(2000, 1, 1), date(2001, 12, 31)).map(date.isoformat), st.integers(1, 10**6), min_size=1
    )
)
def test_bars_fit_the_drawing(given: dict[str, int]) -> None:
    """In order from left to right, none outside, heights in proportion, no count lost."""
    bars = bars_of(tuple(FacetCount(name, given[name]) for name in sorted(given)))
    top = max(given.values())
    assert {bar.name: bar.count for bar in bars if bar.count} == given
    assert [bar.name for bar in bars] == sorted(bar.name for bar in bars)
    for bar in bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        assert bar.y + bar.height == pytest.approx(HEIGHT, abs=0.02)
        assert bar.height == pytest.approx(max(2, HEIGHT * bar.count / top) if bar.count else 0)


def test_too_many_gaps_are_left_out() -> None:
    """A hundred years by days could not be told apart: only days with articles have bars."""
    assert named(**{"1950-01-01": 1, "2020-01-01": 2}) == [("1950-01-01", 1), ("2020-01-01", 2)]


def test_what_has_no_date_has_no_bar() -> None:
    """Undated articles are counted elsewhere."""
    assert named(undated=4) == []
    assert named(**{"2017": 1}, undated=4) == [("2017", 1)]
