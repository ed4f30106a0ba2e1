"""The steps of normalization but for pages and dates, and what comes out of all of them."""

import hashlib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.config import Settings
from searcher.models import Article, RawArticle, Skipped
from searcher.normalize import normalize

TODAY = date(2026, 11, 22)
TEXT = "The dam was opened on Friday, and the valley below it was warned by sirens."


def make(body: str = TEXT, *, raw: bytes = b"raw", title: str = "Dam opened", **fields: Any) -> Article:
    """The article of a raw one."""
    made = normalize(
        RawArticle(path="a.txt", reader="text", raw=raw, title=title, body=body, **fields), Settings(), TODAY
    )
    assert isinstance(made, Article)
    return made


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("a  b\t c", "a b c"),  # runs of white space
        ("a\u00a0b", "a b"),  # no-break spaces, or phrases would not match
        ("co\u00adop", "coop"),  # soft hyphens
        ("\ufeffa\u200bb", "ab"),  # byte order mark and zero-width space
        ("e\u0301", "é"),  # NFC
        ("a\x00b\x07", "a b"),  # control characters
        ("\u202bالعربية\u202c", "العربية"),  # direction marks
        ("می\u200cروم", "می\u200cروم"),  # the joiner that Persian spells with stays
        ("bad \ud800 half", "bad \ufffd half"),  # half a character could not be stored
        ("one\n\n\n\ntwo", "one\n\ntwo"),
        ("one\r\ntwo", "one\n\ntwo"),  # every line of a body is a paragraph
        ("2 min read\n\none", "one"),
        ("5 minutes de lecture\n\none", "one"),
        ("one\n\n(AFP)", "one"),  # a bare credit
        ("It took 2 minutes to read.", "It took 2 minutes to read."),  # a sentence
    ],
)
def test_characters_and_lines_are_cleaned(given_text: str, expected: str) -> None:
    """Only what no reader was meant to see goes."""
    assert expected == make(given_text).body


@pytest.mark.parametrize(
    ("paragraph", "dateline", "body"),
    [
        ("BEIRUT, May 12 (Meridian Wire) - Voters came.", "BEIRUT, May 12 (Meridian Wire)", "Voters came."),
        ("MOSCOW, Feb 26 - Ministers met.", "MOSCOW, Feb 26", "Ministers met."),
        ("KYIV, Ukraine (AP) — Rain fell.", "KYIV, Ukraine (AP)", "Rain fell."),
        ("Beirut (AFP) – Voters came.", "Beirut (AFP)", "Voters came."),  # the agency vouches for small letters
        ("WEST HARTFORD, Conn., March 4 - Coleco said.", "WEST HARTFORD, Conn., March 4", "Coleco said."),
        ("LONDON — Rain fell on Monday.", "LONDON", "Rain fell on Monday."),
        (
            "МОСКВА, 31 октября /ТАСС/. Министры встретились.",
            "",
            "МОСКВА, 31 октября /ТАСС/. Министры встретились.",
        ),  # no dash
        ("МОСКВА, 31 окт — Министры встретились.", "МОСКВА, 31 окт", "Министры встретились."),
        ("Paris, 12 mai (AFP) - La pluie tombe.", "Paris, 12 mai (AFP)", "La pluie tombe."),
        ("بيروت (أ ف ب) – قال الوزير.", "بيروت (أ ف ب)", "قال الوزير."),
        ("NATO - the alliance - met on Monday.", "", "NATO - the alliance - met on Monday."),  # an aside
        ("Islamic State – also known as Daesh – left.", "", "Islamic State – also known as Daesh – left."),
        ("He said: Go - now.", "", "He said: Go - now."),
        ("A well-known man came.", "", "A well-known man came."),
    ],
)
def test_a_dateline_is_split_off(paragraph: str, dateline: str, body: str) -> None:
    """The body keeps what follows the dash; asides between dashes are left alone."""
    article = make(paragraph)
    assert (dateline, body) == (article.dateline, article.body)


def test_the_day_of_a_dateline_dates_an_article_without_other_claims() -> None:
    """Only where it has a year."""
    assert str(make("BEIRUT, May 12, 2016 (Meridian Wire) - Voters came.").date) == "2016-05-12"
    assert None is make("BEIRUT, May 12 (Meridian Wire) - Voters came.").date


@pytest.mark.parametrize(
    ("stated", "body", "expected"),
    [
        ("en-GB", TEXT, "en"),  # a tag
        ("fr_FR", "…", "fr"),
        ("eng", "…", "en"),  # ISO 639-2
        ("Spanish", "…", "es"),  # a name
        ("xx-klingon-of-some-kind", "1234", "xx"),
        ("tlh", "1234", ""),  # three letters that are not known
        ("", "Министры встретились в Москве.", "ru"),  # by script
        ("", "Міністри зустрілися у Києві, її їжа.", "uk"),  # by letters Russian has not
        ("", "اجتمع الوزراء في بيروت.", "ar"),
        ("", "وزیران گفتند که چه می‌گویند.", "fa"),
        ("", "大臣は東京で会った。", "ja"),
        ("", "部长们在北京会面。", "zh"),
        ("", "The minister said that the dam has been opened for the summer and was safe.", "en"),  # by common words
        ("", "Le ministre est arrivé dans la ville avec les élus pour une visite.", "fr"),
        ("", "El ministro llegó con los alcaldes a la ciudad para una visita según el diario.", "es"),
        ("", "Der Minister ist mit dem Bürgermeister in die Stadt gefahren und nicht geblieben.", "de"),
        ("", "12 34 56", ""),  # nothing to tell by
        ("en", "Министры встретились в Москве.", "ru"),  # a template's claim against the script
    ],
)
def test_the_language_is_what_the_file_says_or_the_text_shows(stated: str, body: str, expected: str) -> None:
    """Unknown is better than wrong."""
    assert expected == make(body, title="", language=stated).language


@pytest.mark.parametrize(
    ("source", "url", "expected"),
    [
        ("Harbour Post", "https://x.example/1", "Harbour Post"),
        ("", "https://www.harbour-post.example/news/1", "harbour-post.example"),
        ("https://www.plateau.example/", "", "plateau.example"),
        ("", "not an address", ""),
        ("", "http://[broken", ""),
    ],
)
def test_the_outlet_is_named(source: str, url: str, expected: str) -> None:
    """By the file, else by the host of its address."""
    assert expected == make(source=source, url=url).source


@pytest.mark.parametrize(
    ("given_names", "expected"),
    [
        (("By Ana Paz",), ("Ana Paz",)),
        (("Ana Paz and Luis Rey",), ("Ana Paz", "Luis Rey")),
        (("Ana Paz, Luis Rey",), ("Ana Paz", "Luis Rey")),
        (("Paz, Ana",), ("Paz, Ana",)),  # family name first
        (("Ana Paz", "Ana Paz"), ("Ana Paz",)),
        (("https://x.example/ana", "ana@x.example"), ()),  # addresses are no names
    ],
)
def test_authors_are_names(given_names: tuple[str, ...], expected: tuple[str, ...]) -> None:
    """One by one, each once."""
    assert expected == make(authors=given_names).authors


def test_the_lead_opens_the_body_once() -> None:
    """A lead that the body repeats is not doubled."""
    assert make("Long text.", lead="Short.").body == "Short.\n\nLong text."
    assert make("Short. Long text.", lead="Short.").body == "Short. Long text."


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("The dam was opened. More followed.", "The dam was opened."),
        ("word " * 50, "word " * 18 + "word…"),  # no sentence ends within 100 characters
    ],
)
def test_an_untitled_article_is_named_by_its_first_sentence(body: str, title: str) -> None:
    """Cut at a word, with a warning."""
    article = make(body, title="")
    assert (title, True) == (article.title, len(article.title) <= 100)
    assert article.warnings == ("no title found; the first sentence is used",)


def test_an_article_without_text_is_skipped() -> None:
    """A title alone is no article."""
    raw = RawArticle(path="a.html", reader="html", raw=b"x", record="line 3", title="Dam opened", html="<p></p>")
    found = normalize(raw, Settings(), TODAY)
    assert isinstance(found, Skipped)
    assert (found.path, found.record, "no text found" in found.reason) == ("a.html", "line 3", True)


def test_identity_is_that_of_the_bytes_and_fingerprint_that_of_the_words() -> None:
    """The id is the same under every path; copies with other markup have one fingerprint."""
    one, same = make(raw=b"one"), make(TEXT.upper() + " !", raw=b"two", title="DAM: OPENED")
    digest = hashlib.sha256(b"one").hexdigest()
    assert (digest, digest[:16]) == (one.sha256, one.id)
    assert one.fingerprint == same.fingerprint
    assert one.id != same.id
    assert one.fingerprint != make(TEXT + " Again.").fingerprint


@given(text=st.text(max_size=400), html=st.text(max_size=400), field=st.text(max_size=80))
def test_no_text_makes_normalization_fail(text: str, html: str, field: str) -> None:
    """Whatever a record holds, an article that can be stored as UTF-8 comes out, or a Skipped."""
    raw = RawArticle(
        path="a", reader="b", raw=b"c", title=field, body=text, lead=field, html=html, dateline=field, authors=(field,),
        source=field, url=field, language=field, section=field, tags=(field,), captions=(text,),
    )  # fmt: skip
    found = normalize(raw, Settings(), TODAY)
    if isinstance(found, Article):
        assert found.body
        assert str(found).encode()
        assert "\n" not in found.title
