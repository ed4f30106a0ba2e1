"""Dates of events: what is read besides sentences, and what holds for any text."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.events import event_dates
from searcher.models import EventDate, PublicationDate

TUESDAY = PublicationDate("2017-10-31", "field")
LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "ru", "uk", "ar", "tr", "nl", "pl", "sv", "da", "ja", "ko", "", "xx")
PIECES = (
    "Tuesday", "on Monday", "next Friday", "31 May", "May 31", "May", "in October", "2014", "since", "03/04/2017",
    "2017-10-31", "yesterday", "last week", "from", "3 to 5 May", "will", "said", "three days ago", ",", ".", "(", "\n",
    "mardi", "3 octobre", "вчера", "31 мая 2016", "10月31日", "Feb 29", "31 June", "99 May 9999", "9999-12-31",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.text(max_size=60)
PUBLISHED = st.one_of(
    st.none(),
    st.dates().map(lambda day: PublicationDate(day.isoformat(), "field")),
    st.sampled_from(("0001", "9999-12", "9999-12-31", "0001-01-01")).map(lambda day: PublicationDate(day, "field")),
)


def days(text: str, published: PublicationDate | None = TUESDAY, language: str = "en") -> list[str]:
    """The days that a body names."""
    return [event.day for event in event_dates("", text, "", published, language)]


@given(title=TEXTS, body=TEXTS, dateline=TEXTS, published=PUBLISHED, language=st.sampled_from(LANGUAGES))
def test_any_text_has_dates_at_their_places(
    title: str, body: str, dateline: str, published: PublicationDate | None, language: str
) -> None:
    """Offsets tell the words, days are of the calendar, and dates stand in order."""
    texts = {"title": title, "dateline": dateline, "body": body}
    found = event_dates(title, body, dateline, published, language)
    for event in found:
        assert texts[event.field][event.start : event.end] == event.text != ""
        assert 0 <= event.confidence <= 1
        assert not event.day or date.fromisoformat((event.day + "-01-01")[:10])
        assert bool(event.day) == (event.confidence > 0)
    for name in texts:
        starts = [event.start for event in found if event.field == name]
        assert starts == sorted(starts)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.integers(0, 6))
def test_a_weekday_of_the_past_is_one_of_the_last_seven_days(published: date, weekday: int) -> None:
    """Counted to the day of publication itself."""
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]
    (day,) = days(f"It rained on {name}.", PublicationDate(published.isoformat(), "field"))
    found = date.fromisoformat(day)
    assert found.weekday() == weekday
    assert timedelta(0) <= published - found < timedelta(7)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.dates())
def test_a_day_without_year_is_never_after_publication_unless_it_is_to_come(published: date, day: date) -> None:
    """Half a year back at most: beyond that it is unknown."""
    (found,) = days(f"It rained on {day:%B} {day.day}.", PublicationDate(published.isoformat(), "field"))
    if found:
        assert found[5:] == day.isoformat()[5:]
        assert timedelta(0) <= published - date.fromisoformat(found) <= timedelta(183)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        pytest.param(None, ["", "", "2016-05-31"], id="no publication: what needs it is unknown"),
        pytest.param(PublicationDate("2017", "url"), ["", "", "2016-05-31"], id="its year is not enough"),
        pytest.param(PublicationDate("2017-10", "url"), ["", "", "2016-05-31"], id="nor is its month"),
        pytest.param(
            PublicationDate("2017-10-31T23:50+03:00", "jsonld"), ["2017-10-30", "2017-10-03", "2016-05-31"],
            id="the day in the publisher's zone",
        ),
    ],
)  # fmt: skip
def test_days_are_reckoned_from_the_publication(published: PublicationDate | None, expected: list[str]) -> None:
    """Never from today."""
    assert days("It rained yesterday, on 3 October and on 31 May 2016.", published) == expected


@pytest.mark.parametrize(
    ("day_first", "expected"),
    [(True, ("2017-04-03", 0.7)), (False, ("2017-03-04", 0.7)), (None, ("2017", 0.6))],
)
def test_the_setting_of_the_archive_decides_a_date_in_digits(
    day_first: bool | None, expected: tuple[str, float]
) -> None:
    """Without it the year alone is sure."""
    (found,) = event_dates("", "The permit of 03/04/2017 expired.", "", TUESDAY, "en", day_first=day_first)
    assert (found.day, found.confidence) == expected


@pytest.mark.parametrize(
    ("dateline", "expected"),
    [
        ("PARIS, Oct 30", "2017-10-30"),
        pytest.param("TOKYO, Nov 1", "2017-11-01", id="the day begins earlier there"),
        pytest.param("PARIS, Nov 2", "", id="two days ahead is no matter of zones"),
        pytest.param("MOSCOW, Monday", "2017-10-30", id="a weekday"),
    ],
)
def test_the_day_of_a_dateline_is_read(dateline: str, expected: str) -> None:
    """It has a field of its own."""
    (found,) = event_dates("", "", dateline, TUESDAY, "en")
    assert (found.field, found.day) == ("dateline", expected)


def test_title_dateline_and_body_in_this_order() -> None:
    """Each with offsets of its own."""
    found = event_dates("Storm on Monday", "It rained on Sunday.", "PARIS, Oct 31", TUESDAY, "en")
    assert found == (
        EventDate(text="Monday", start=9, end=15, field="title", day="2017-10-30", confidence=0.7, rule="weekday"),
        EventDate(
            text="Oct 31", start=7, end=13, field="dateline", day="2017-10-31", confidence=0.9, rule="day and month"
        ),
        EventDate(text="Sunday", start=13, end=19, field="body", day="2017-10-29", confidence=0.9, rule="weekday"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("I remember that Tuesday.", [""], id="another Tuesday"),
        pytest.param("On the last night of the fair it rained.", [], id="the last of several nights"),
        pytest.param("It will pay off in the next year.", [""], id="twelve months from now, no year of the calendar"),
        pytest.param("It ends on Friday, it was said.", ["2017-11-03"], id="a present that is scheduled"),
        pytest.param("They would have met on Friday.", ["2017-10-27"], id="what would have been is past"),
        pytest.param("Thursday, 18. 7. it rained.", [""], id="a date beside it that is not read"),
        pytest.param("It rained on Tuesday, 1 November 2016.", ["2016-11-01"], id="a year that is given stands"),
        pytest.param("It is due on Feb 29.", [""], id="a leap day of another year"),
        pytest.param("He won in March of 2016.", ["2016-03"], id="a year behind a month"),
        pytest.param("It runs until Wednesday next week.", ["2017-11-08", ""], id="a weekday of the next week"),
        pytest.param("He left on Thursday of last week.", ["2017-10-26", ""], id="a weekday of the last week"),
        pytest.param("It opened last Monday.", ["2017-10-23"], id="yesterday is not called so"),
        pytest.param("He told USA TODAY so.", [], id="a newspaper"),
        pytest.param("MINISTER WILL SPEAK MONDAY", ["2017-11-06"], id="a headline in capitals"),
        pytest.param("It will show in September.", [""], id="the last or the next one"),
        pytest.param("It burned on 1 April.", [""], id="beyond half a year any year may be meant"),
        pytest.param("It rained on Wednesday, 2 November.", ["2016-11-02"], id="the weekday tells the year"),
        pytest.param("$2014, 555-2014, 2014-15, 2,014 and in 2014/15", [], id="numbers that are no years"),
        pytest.param("12.05.2017.3", [], id="longer numbers"),
        pytest.param("in 2014 people", [], id="so many people"),
    ],
)
def test_what_is_near_a_date_decides(text: str, expected: list[str]) -> None:
    """Words and signs beside it."""
    assert days(text) == expected


@pytest.mark.parametrize("piece", ["May ", "1 May ", "Monday ", "in 2014 ", "3 to ", "two ", "1-2-", "12 ", "last "])
def test_long_runs_end(piece: str) -> None:
    """Ten thousand of anything take a moment: each is looked at with a few characters around it."""
    assert len(event_dates("", piece * 10_000, "", TUESDAY, "en")) <= 20_000
