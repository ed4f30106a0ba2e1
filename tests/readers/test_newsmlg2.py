"""NewsML-G2 items and messages."""

import hashlib
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

SPACE = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
NITF = """<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.content><p>The mill opened.</p>
<p>It holds corn.</p></body.content></body></nitf>"""
XHTML = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><p>The mill opened.</p><p>It holds corn.</p></body></html>"""
ITEM = """<newsItem {space} xml:lang="en-GB"><itemMeta><itemClass qcode="ninat:{kind}"/>
<provider literal="Meridian Wire"/><versionCreated>2017-11-01T00:00:00Z</versionCreated>
<pubStatus qcode="stat:{status}"/></itemMeta><contentMeta><contentCreated>2017-10-31T08:15:00+03:00</contentCreated>
<by>By Jane Doe</by><dateline>OMAHA, Oct 31 -</dateline><language tag="en"/><keyword>grain</keyword>
<subject qcode="m:1"><name>trade</name></subject><headline>Mill opens</headline></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""


def item(content: str, kind: str = "text", status: str = "usable", space: str = SPACE) -> str:
    """A news item with this content."""
    return ITEM.format(content=content, kind=kind, status=status, space=space)


def read(path: Path, content: str) -> list[RawArticle | Skipped]:
    """What a file with this content holds."""
    (path / "g2.xml").write_text(content, encoding="utf-8")
    return list(read_paths([path / "g2.xml"], Settings()))


@pytest.mark.parametrize("content", [pytest.param(NITF, id="NITF"), pytest.param(XHTML, id="XHTML")])
def test_an_item_is_taken_apart(tmp_path: Path, content: str) -> None:
    """The body may be of either kind."""
    (article,) = read(tmp_path, item(f"<inlineXML>{content}</inlineXML>"))
    assert isinstance(article, RawArticle)
    assert (article.reader, article.record, article.title) == ("newsml-g2", "item 1", "Mill opens")
    assert article.body == "The mill opened.\n\nIt holds corn."
    assert article.dates == (
        DateClaim("2017-10-31T08:15:00+03:00", "field"),
        DateClaim("2017-11-01T00:00:00Z", "field"),
    )
    assert (article.authors, article.source, article.language) == (("Jane Doe",), "Meridian Wire", "en")
    assert (article.dateline, article.tags) == ("OMAHA, Oct 31 -", ("grain", "trade"))


def test_a_message_holds_many_items(tmp_path: Path) -> None:
    """Each has its place; what is no text says what it is, what was withdrawn is left out."""
    text = f"<inlineXML>{NITF}</inlineXML>"
    inner = [
        item(text, space=""),
        item('<remoteContent href="x.jpg"/>', "picture", space=""),
        item(text, status="canceled", space=""),
        item(text, status="embargoed", space=""),
        "<planningItem/>",
    ]
    found = read(tmp_path, f"<newsMessage {SPACE}><itemSet>{''.join(inner)}</itemSet></newsMessage>")
    assert [one.record for one in found] == [f"item {number}" for number in range(1, 6)]
    first, picture, canceled, embargoed, plan = found
    assert isinstance(first, RawArticle)
    assert isinstance(embargoed, RawArticle)
    assert embargoed.warnings
    assert not first.warnings
    reasons = [one.reason for one in (picture, canceled, plan) if isinstance(one, Skipped)]
    assert ["picture item" in reasons[0], "canceled" in reasons[1], "planning item" in reasons[2]] == [True] * 3


def test_a_broken_message_is_skipped(tmp_path: Path) -> None:
    """Deep nesting ends at the parser's limit."""
    (skipped,) = read(tmp_path, f"<newsMessage {SPACE}>" + "<a>" * 1_000_000)
    assert isinstance(skipped, Skipped)


def test_every_sample_of_the_specification_gives_an_article_or_a_reason(test_data: Path) -> None:
    """The examples of the IPTC."""
    found = list(read_paths([test_data / "formats" / "newsmlg2"], Settings()))
    assert sum(isinstance(one, RawArticle) for one in found) >= 3
    assert all(one.reason for one in found if isinstance(one, Skipped))


def test_a_real_item_is_taken_apart(test_data: Path) -> None:
    """An item with NITF inside."""
    path = test_data / "formats" / "newsmlg2" / "LISTING_2_NewsML-G2_Text_Document.xml"
    (article,) = read_paths([path], Settings())
    assert isinstance(article, RawArticle)
    assert hashlib.sha256(article.title.encode()).hexdigest()[:8] == "c639d802"
    assert article.dates[0].text == "2016-11-21T15:21:06-05:00"
    assert len(article.body.split()) == 133
