"""NITF, alone in a file."""

from hashlib import sha256
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

STORY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd" [<!ENTITY agency "Meridian Wire">]>
<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" baselang="en-GB">
 <head>
  <title>Ferry title of the file</title>
  <tobject><tobject.subject tobject.subject.refnum="10000000" tobject.subject.type="Transport"
    tobject.subject.matter="Ferries"/></tobject>
  <docdata management-status="{status}">
   <date.issue norm="20180302T081500+0200"/>
   <key-list><keyword key="harbour"/><keyword>Ferries</keyword></key-list>
   <doc.copyright holder="Nobody" year="2018"/>
  </docdata>
  <pubdata date.publication="20180303T000000+0200" ex-ref="https://wire.example/ferry"/>
 </head>
 <body>
  <body.head>
   <hedline><hl1>Ferry  returns
     to port</hl1><hl2>Crew of nine is safe</hl2></hedline>
   <byline>By <person>Ana Diaz</person><byttl>Meridian Wire</byttl></byline>
   <distributor>Meridian Wire</distributor>
   <dateline><location><city>Porto Novo</city><country>Benin</country></location>
     <story.date norm="20180302">March 2</story.date></dateline>
  </body.head>
  <body.content>
   <media media-type="image"><media-reference source="a.jpg"/><media-caption>The ferry in dock.</media-caption>
     <media-producer>Photographer</media-producer></media>
   <block><p>The ferry came <em>home</em>
      on Friday,&#160;the port said.</p>
   <hl2>At sea</hl2>
   <p>Nine were aboard &mdash; all safe.<br/>Another line.</p></block>
   <table><tr><th>Day</th><th>Boats</th></tr><tr><td>Friday</td><td><p>4</p></td></tr></table>
   <ul><li>One</li><li>Two</li></ul>
  </body.content>
 </body>
</nitf>
"""


def read(path: Path, content: str | bytes) -> list[RawArticle | Skipped]:
    """What a file with this content holds."""
    (path / "story.xml").write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_paths([path], Settings()))


def test_a_story_is_taken_apart(tmp_path: Path) -> None:
    """Each part is where it belongs; captions and the names of photographers are no text."""
    (article,) = read(tmp_path, STORY.replace("{status}", "usable"))
    assert isinstance(article, RawArticle)
    assert (article.reader, article.title, article.lead) == ("nitf", "Ferry returns to port", "Crew of nine is safe")
    assert (article.authors, article.source, article.language) == (("Ana Diaz",), "Meridian Wire", "en-GB")
    assert article.dateline == "Porto Novo, Benin"
    assert article.dates[0] == DateClaim("20180302T081500+0200", "field")
    assert article.tags == ("harbour", "Ferries", "Transport")
    assert article.captions == ("The ferry in dock.",)
    assert (article.url, article.record, article.warnings) == ("https://wire.example/ferry", "", ())
    assert article.body.split("\n\n") == [
        "The ferry came home on Friday, the port said.",
        "At sea",
        "Nine were aboard — all safe.",
        "Another line.",
        "Day | Boats\nFriday | 4",
        "One",
        "Two",
    ]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        pytest.param("canceled", "taken back (canceled)", id="a story that the agency killed"),
        pytest.param("withheld", "taken back (withheld)", id="a story not to be published"),
    ],
)
def test_a_story_taken_back_is_no_article(tmp_path: Path, status: str, reason: str) -> None:
    """The reason names what the agency said."""
    (skipped,) = read(tmp_path, STORY.replace("{status}", status))
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason


def test_an_embargo_is_a_warning(tmp_path: Path) -> None:
    """An archive is read long after: the story is kept and the embargo told."""
    (article,) = read(tmp_path, STORY.replace("{status}", "embargoed"))
    assert isinstance(article, RawArticle)
    assert article.warnings == ("the story was sent under embargo",)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings_are_seen_through(tmp_path: Path, encoding: str) -> None:
    """An order mark outranks what the declaration says."""
    text = STORY.replace("{status}", "usable").replace('encoding="UTF-8"', "").encode(encoding)
    (article,) = read(tmp_path, text)
    assert isinstance(article, RawArticle)
    assert article.title == "Ferry returns to port"


def test_utf8_that_calls_itself_latin_is_read_as_it_is(tmp_path: Path) -> None:
    """Converters leave the old declaration standing."""
    (article,) = read(tmp_path, STORY.replace("UTF-8", "iso-8859-1").replace("At sea", "På sjøen"))
    assert isinstance(article, RawArticle)
    assert "På sjøen" in article.body


def test_a_flash_is_its_headline(tmp_path: Path) -> None:
    """A story without paragraphs is news all the same; one without a headline is nothing."""
    flash = "<nitf><body><body.head><hedline><hl1>Ferry found</hl1></hedline></body.head></body></nitf>"
    (article,) = read(tmp_path, flash)
    assert isinstance(article, RawArticle)
    assert (article.title, article.body) == ("Ferry found", "Ferry found")
    (skipped,) = read(tmp_path, flash.replace("Ferry found", ""))
    assert isinstance(skipped, Skipped)
    assert "without text" in skipped.reason


def test_characters_of_html_need_no_document_type(tmp_path: Path) -> None:
    """Many files name them and declare nothing."""
    (article,) = read(
        tmp_path, "<nitf><body><body.content><p>A&nbsp;ferry &mdash; home.</p></body.content></body></nitf>"
    )
    assert isinstance(article, RawArticle)
    assert article.body == "A ferry — home."


def test_the_house_is_no_author(tmp_path: Path) -> None:
    """A byline names it after the person; the source has it already."""
    byline = "<byline>By Ana Diaz, Meridian Wire Harbour Editor</byline>"
    begin, end = STORY.index("<byline>"), STORY.index("</byline>") + len("</byline>")
    (article,) = read(tmp_path, STORY[:begin] + byline + STORY[end:])
    assert isinstance(article, RawArticle)
    assert article.authors == ("Ana Diaz",)


def test_real_stories(test_data: Path) -> None:
    """Stories of two agencies: the title's first word and length, the date, the text to the letter."""
    for name, first, words, day, digest in (
        ("ap-nitf.xml", "Can", 9, "20151210T191044Z", "8a8db8e52d14"),
        ("pa5.xml", "HARD", 12, "20161011T001327+0100", "2a1a876f091a"),
        ("nitf-ntb.xml", "Faktisk.no:", 12, "2020-09-07T14:45:26", "76d63fd6cabc"),
    ):
        (article,) = read_paths([test_data / "formats" / "wire" / name], Settings())
        assert isinstance(article, RawArticle)
        assert (article.title.split()[0], len(article.title.split())) == (first, words)
        assert article.dates[0] == DateClaim(day, "field")
        assert sha256(article.body.encode()).hexdigest()[:12] == digest, name
