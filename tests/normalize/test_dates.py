"""Dates as files write them: read with the precision they have, or refused with a reason, never guessed."""

import warnings
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searcher.config import Settings
from searcher.models import DateClaim, PublicationDate, RawArticle
from searcher.normalize.dates import read_date, settle_date
from searcher.normalize.datewords import NotADate
from searcher.normalize.draft import begin

TODAY = date(2026, 11, 22)


def read(text: str, source: str = "text", *, day_first: bool = True, language: str = "") -> str:
    """The ISO text of a date."""
    return str(read_date(DateClaim(text, source), day_first, TODAY, language))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # ISO 8601 and its kin: the order is fixed
        ("2017-03-04", "2017-03-04"),  # day_first has no say here
        ("2017-03", "2017-03"),
        ("2017", "2017"),
        ("20171031", "2017-10-31"),
        ("2017/10/31", "2017-10-31"),
        ("2017-10-31T10:15:00Z", "2017-10-31T10:15+00:00"),
        ("2017-10-31T10:15:00.000+03:00", "2017-10-31T10:15+03:00"),  # milliseconds
        ("2017-10-31T10:15:00+0300", "2017-10-31T10:15+03:00"),  # no colon
        ("2017-10-31 10:15", "2017-10-31T10:15"),  # no zone: none is made up
        ("2017-10-31T23:30:00-05:00", "2017-10-31T23:30-05:00"),  # the publisher's day, not the next one in UTC
        ("2017-10-31T00:00:00Z", "2017-10-31"),  # the midnight that programs fill in is no time
        ("2017-10-31 10:15 PM", "2017-10-31T22:15"),
        ("20171031T101500Z", "2017-10-31T10:15+00:00"),
        ("2017年10月31日", "2017-10-31"),
        ("2017년 10월 31일", "2017-10-31"),
        # English in its orders
        ("31 October, 2017", "2017-10-31"),  # a comma after the month
        ("October 31, 2017", "2017-10-31"),
        ("Tuesday 3 May 2022", "2022-05-03"),
        ("May 3rd, 2022", "2022-05-03"),
        ("Oct. 31, 2017", "2017-10-31"),
        ("Sept. 1, 2019", "2019-09-01"),
        ("May 2016", "2016-05"),  # no day is made up
        ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01"),
        ("9-MAR-1987 15:01:01.79", "1987-03-09T15:01"),
        ("Tue, 31 Oct 2017 10:15:00 GMT", "2017-10-31T10:15+00:00"),  # e-mail and feeds
        ("Tue Oct 31 2017 10:15:00 GMT+0300 (MSK)", "2017-10-31T10:15+03:00"),  # JavaScript
        ("10:15, 31 October 2017", "2017-10-31T10:15"),
        ("May 4, 2022 at 3:05 p.m.", "2022-05-04T15:05"),
        # prefixes and second dates
        ("Published: 4 May 2022, 10:15 GMT", "2022-05-04T10:15+00:00"),
        ("Published 4 May 2022 | Updated 5 May 2022", "2022-05-04"),
        ("4 May 2022 Updated 6 May 2022", "2022-05-04"),
        ("Publié le 3 mars 2020", "2020-03-03"),
        ("Updated at 17:20 · Sunday, June 13, 2021 · 4 min read", "2021-06-13"),
        # zones: kept where they have one meaning, dropped where not
        ("4 May 2022 10:15 EST", "2022-05-04T10:15-05:00"),
        ("4 May 2022 10:15 EDT", "2022-05-04T10:15-04:00"),
        ("4 May 2022 10:15 PST", "2022-05-04T10:15-08:00"),
        ("4 May 2022 10:15 BST", "2022-05-04T10:15+01:00"),
        ("4 May 2022 10:15 CET", "2022-05-04T10:15+01:00"),
        ("4 May 2022 10:15 MSK", "2022-05-04T10:15+03:00"),
        ("4 May 2022 10:15 IST", "2022-05-04T10:15"),  # India, Israel or Ireland
        ("2022-05-04 10:15 EST", "2022-05-04T10:15-05:00"),
        # other languages
        ("31 octobre 2017", "2017-10-31"),
        ("1er août 2019 à 10h15", "2019-08-01T10:15"),
        ("le 3 mars 2020", "2020-03-03"),
        ("31 de octubre de 2017", "2017-10-31"),
        ("5 ene. 2018", "2018-01-05"),
        ("31. Oktober 2017", "2017-10-31"),
        ("Dienstag, 3. März 2020", "2020-03-03"),
        ("14 maggio 2018", "2018-05-14"),
        ("lunedì 1 gennaio 2018", "2018-01-01"),
        ("5 de março de 2019", "2019-03-05"),
        ("segunda-feira, 1 de outubro de 2018", "2018-10-01"),
        ("31 октября 2017 г., 10:15", "2017-10-31T10:15"),
        ("9 мая 2015", "2015-05-09"),
        ("٣١ أكتوبر ٢٠١٧", "2017-10-31"),  # Arabic digits
        ("31 تشرين الأول 2017", "2017-10-31"),  # Levantine months
        ("31 كانون الثاني 2017", "2017-01-31"),  # two words that begin like December's
        ("31 تشرين الأول/أكتوبر 2017", "2017-10-31"),  # both series, as agencies write
        # three numbers
        ("13/04/2017", "2017-04-13"),  # only a day can be 13
        ("04/13/2017", "2017-04-13"),  # the same the other way round, whatever the setting
        ("31.10.2017", "2017-10-31"),
        ("03.04.2017", "2017-04-03"),  # dots always put the day first
        ("04/04/2017", "2017-04-04"),  # both orders agree
        ("03/04/2017 10:15", "2017-04-03T10:15"),
    ],
)
def test_a_date_is_read_with_the_precision_it_has(text: str, expected: str) -> None:
    """Each row is a form met in archives; what is missing stays missing."""
    assert expected == read(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        # what dateutil makes dates of
        ("2 min read", "relative"),  # it would be the second of this month
        ("2 hours ago", "relative"),
        ("yesterday", "relative"),
        ("hace 2 días", "relative"),
        ("منذ ساعتين", "relative"),
        ("Posted by Mark on 3 vehicles", "no part of a date"),
        ("October", "no year"),
        ("31 October", "no year"),  # a dateline's day
        ("10", "not those of a date"),
        ("12:30", "not those of a date"),
        ("1/2/3", "four digits"),
        ("31/10/17", "four digits"),  # which century, and which number is the year
        ("26-FEB-87", "no year"),
        ("Mar 3 12", "no year"),
        # what is no date
        ("", "empty"),
        ("1509444900", "not those of a date"),  # an epoch is believed from a record's field alone
        ("May 5 June 2017", "several"),
        ("In 2017 May won", "no part of a date"),  # a prime minister
        ("Updated: 5 May 2022", "updated"),  # not when it was published
        ("9" * 200, "too long"),
        ("ninth of nothing 2017", "no part of a date"),
        # what cannot be
        ("2017-02-30", "no such day"),
        ("31 February 2017", "no such day"),
        ("45/45/2017", "no such day"),
        ("2017-10-31 25:00", "no such time"),
        ("14 March 1012", "before 1600"),
        ("1599", "before 1600"),
        ("2087-01-01", "future"),
        ("2026-11-24", "future"),  # the day after tomorrow
    ],
)
def test_what_states_no_date_is_refused_with_its_reason(text: str, reason: str) -> None:
    """The table of traps: an undated article is better than one dated wrongly."""
    with pytest.raises(NotADate, match=reason):
        read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1509444900", "2017-10-31T10:15+00:00"),  # seconds
        ("1509444900123", "2017-10-31T10:15+00:00"),  # milliseconds
        ("1509444900.5", "2017-10-31T10:15+00:00"),  # a float
        ("20171031", "2017-10-31"),  # eight digits are a day
    ],
)
def test_epochs_are_read_from_a_field_of_a_record(text: str, expected: str) -> None:
    """Programs count seconds; people do not."""
    assert expected == read(text, "field")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("31 Ekim 2017", "tr", "2017-10-31"),
        ("31 Ekim 2017", "tr-TR", "2017-10-31"),  # as pages state it
        ("31 Ekim 2017 Salı 10:15", "tr", "2017-10-31T10:15"),
        ("Ekim 2017", "tr", "2017-10"),  # no day is made up
        ("31 października 2017", "pl", "2017-10-31"),
        ("31 жовтня 2017", "uk", "2017-10-31"),
        ("31. oktober 2017", "no", "2017-10-31"),  # a code that dateparser has by another name
        ("31 octobre 2017", "tr", "2017-10-31"),  # the tables here go first, whatever the language
    ],
)
def test_months_of_other_languages_are_read_where_the_language_is_known(
    text: str, language: str, expected: str
) -> None:
    """By the language given, never by a guess at it."""
    assert expected == read(text, language=language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("31 Ekim 2017", "", id="no language"),
        pytest.param("31 Ekim 2017", "pl", id="another language"),
        pytest.param("31 Ekim 2017", "xx", id="no such language"),
        pytest.param("31 Ekim", "tr", id="no year"),
        pytest.param("3 saat önce", "tr", id="relative"),
        pytest.param("31 Ekim 2017 1 Kasım 2018", "tr", id="two dates"),
        pytest.param("Ekim ayında 31 kişi 2017 yılında öldü", "tr", id="a sentence"),
    ],
)
def test_a_date_is_not_made_of_what_another_language_does_not_say(text: str, language: str) -> None:
    """Refused as in English."""
    with pytest.raises(NotADate):
        read(text, language=language)


@pytest.mark.parametrize(
    ("crawled", "expected"),
    [
        ("", "2017-10-31"),
        ("2017-10-31", "2017-10-31"),
        ("2017-10-30", "2017-10-31"),  # it was the next day already where it was published
        ("2017-10-29", ""),
        ("2017-10-29T23:59:00Z", ""),
        ("some day", "2017-10-31"),  # no day to hold it against
    ],
)
def test_no_article_is_younger_than_its_copy(crawled: str, expected: str) -> None:
    """What lies later is refused, with the day of the copy."""
    raw = RawArticle(path="a", reader="b", raw=b"c", dates=(DateClaim("2017-10-31", "meta"),), crawled=crawled)
    draft = settle_date(begin(raw, Settings(), TODAY))
    assert str(draft.date or "") == expected
    assert ("after the day on which the copy was taken, 2017-10-29" in " ".join(draft.warnings)) == (not expected)


def test_tomorrow_is_not_the_future_yet() -> None:
    """Auckland's morning paper is read in California the evening before."""
    assert read("2026-11-23") == "2026-11-23"


@pytest.mark.parametrize(("day_first", "expected"), [(True, "2017-04-03"), (False, "2017-03-04")])
@pytest.mark.parametrize("text", ["03/04/2017", "3-4-2017"])
def test_the_setting_decides_what_two_readings_fit(text: str, day_first: bool, expected: str) -> None:
    """Such a date is marked, so that a reader of the archive can be told."""
    found = read_date(DateClaim(text, "field"), day_first, TODAY)
    assert PublicationDate(expected, "field", ambiguous=True) == found


@pytest.mark.parametrize("text", ["13/04/2017", "04/13/2017", "04/04/2017", "2017-03-04", "03.04.2017"])
def test_what_has_one_reading_is_not_marked(text: str) -> None:
    """Neither setting changes it."""
    both = {read_date(DateClaim(text, "field"), first, TODAY) for first in (True, False)}
    assert [found.ambiguous for found in both] == [False]


def test_the_first_claim_that_holds_is_the_date() -> None:
    """Refused claims are named, with where they stood; later claims are not looked at."""
    claims = (
        DateClaim("2 hours ago", "text"),
        DateClaim("2087-01-01", "meta"),
        DateClaim("May 2016", "url"),
        DateClaim("x", "text"),
    )
    draft = settle_date(begin(RawArticle(path="a", reader="b", raw=b"c", dates=claims), Settings(), TODAY))
    assert PublicationDate("2016-05", "url") == draft.date
    assert draft.warnings == (
        "the date '2 hours ago' (text) was refused: it is relative to an unknown day",
        "the date '2087-01-01' (meta) was refused: it lies in the future",
    )


PIECES = """
31 2017 10 October may Mai октября أكتوبر : / - . T Z +03:00 EST pm ago Published Updated |
年 月 日 ( ) 12:30 1509444900 ٣ ½ ²
"""
PARTS = st.sampled_from(PIECES.split())


@given(
    text=st.one_of(
        st.text(max_size=130), st.lists(PARTS, max_size=8).map(" ".join), st.lists(PARTS, max_size=8).map("".join)
    )
)
@example(text="1 January 2017 24:00")
@example(text="²/²/2017")
@example(text="2017-01-01T10:15+99:99")
@example(text="12 May 2017 10:15 +25:00")
def test_no_text_makes_the_parser_fail(text: str) -> None:
    """Any text is a date within bounds or is refused; no warning of a library escapes."""
    for source, language in (("text", ""), ("field", ""), ("text", "tr"), ("text", "xx")):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                found = read_date(DateClaim(text, source), True, TODAY, language)
            except NotADate:
                continue
            else:
                assert date(1600, 1, 1) <= found.first_day <= date(2026, 11, 23)
                assert found.moment.date() == found.first_day
