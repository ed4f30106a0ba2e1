"""Feeds: RSS, Atom, RDF and CDF, sound, malformed and hostile."""

import hashlib
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:x="http://example.org/other">
<channel><title>Harbour Post</title><link>https://post.example/</link><language>en-gb</language>
<item><title>Mill &amp;amp; silo open</title><x:title>Not this one</x:title>
<link>https://post.example/mill</link><dc:creator>Jane Doe</dc:creator>
<pubDate>Tue, 31 Oct 2017 08:15:00 +0300</pubDate><category>grain</category><category>trade</category>
<description>The short of it.</description>
<content:encoded><![CDATA[<p>The mill opened.</p><p>It holds corn.</p>]]></content:encoded></item>
<item><title>Only a summary</title><author>desk@post.example (John Roe)</author>
<guid>https://post.example/2</guid><description>Prices fell &amp; rose.</description></item>
<item><category>empty</category></item>
<item><title>A title alone</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://bote.example/">
<title>Hafenbote</title><author><name>Redaktion</name></author>
<entry><title type="html">&lt;b&gt;M&amp;uuml;hle&lt;/b&gt; er&#246;ffnet</title>
<link rel="self" href="x"/><link href="a/1"/>
<published>2017-10-31T08:15:00+01:00</published><updated>2017-11-02T00:00:00Z</updated>
<category term="t1" label="Korn"/><summary>Kurz.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Die M&#252;hle.</p></div></content></entry>
<entry><title>a &lt; b</title><summary>Kurz &lt;b&gt; und gut.</summary></entry>
</feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="u"><title>Post</title></channel>
<item rdf:about="v"><title>One</title><link>https://p.example/1</link><description>Text.</description>
<dc:date>2003-02-01</dc:date></item></rdf:RDF>"""
CDF = """<CHANNEL HREF="https://c.example/"><TITLE>Post</TITLE>
<ITEM HREF="https://c.example/1" LASTMOD="2004-04-06T23:05:43-05:00"><TITLE>One</TITLE><ABSTRACT>Text.</ABSTRACT></ITEM>
</CHANNEL>"""
ITEM = "<rss><channel><item>"
END = "</item></channel></rss>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
DTD = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>'
FILE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def read(path: Path, content: str | bytes, name: str = "f.xml") -> list[RawArticle | Skipped]:
    """What a file with this content holds."""
    (path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_paths([path / name], Settings()))


def articles(path: Path, content: str | bytes) -> list[RawArticle]:
    """The articles of a file that must hold nothing else."""
    found = read(path, content)
    assert all(isinstance(one, RawArticle) for one in found), found
    return [one for one in found if isinstance(one, RawArticle)]


def test_an_item_of_rss_is_taken_apart(tmp_path: Path) -> None:
    """The full content goes before the description, and elements of other vocabularies are left alone."""
    first, second, third, fourth = read(tmp_path, RSS)
    assert isinstance(first, RawArticle)
    assert (first.reader, first.record, first.title) == ("feed", "item 1", "Mill & silo open")
    assert (first.html, first.body) == ("", "The mill opened.\n\nIt holds corn.")
    assert first.dates == (DateClaim("Tue, 31 Oct 2017 08:15:00 +0300", "field"),)
    assert (first.authors, first.source, first.language) == (("Jane Doe",), "Harbour Post", "en-gb")
    assert (first.url, first.tags) == ("https://post.example/mill", ("grain", "trade"))
    assert isinstance(second, RawArticle)
    assert (second.body, second.html, second.authors) == ("Prices fell & rose.", "", ("John Roe",))
    assert second.url == "https://post.example/2"
    assert isinstance(third, Skipped)
    assert third.record == "item 3"
    assert isinstance(fourth, RawArticle)
    assert (fourth.title, fourth.body) == ("A title alone", "A title alone")


def test_a_long_content_is_left_for_the_page_step(tmp_path: Path) -> None:
    """Where a page may have furniture, it is read as pages are."""
    content = "<p>The mill opened.</p>" * 200
    first = read(tmp_path, RSS.replace("<p>The mill opened.</p><p>It holds corn.</p>", content))[0]
    assert isinstance(first, RawArticle)
    assert (first.html, first.body) == (content, "")


def test_an_entry_of_atom_is_taken_apart(tmp_path: Path) -> None:
    """Types of text are heeded, relative addresses made whole, the feed's author stands for all its entries."""
    first, second = articles(tmp_path, ATOM)
    assert (first.title, first.url) == ("Mühle eröffnet", "https://bote.example/a/1")
    assert first.body == "Die Mühle."
    assert [claim.text for claim in first.dates] == ["2017-10-31T08:15:00+01:00", "2017-11-02T00:00:00Z"]
    assert (first.authors, first.source, first.language, first.tags) == (("Redaktion",), "Hafenbote", "de", ("Korn",))
    assert (second.title, second.body, second.html) == ("a < b", "Kurz <b> und gut.", "")


@pytest.mark.parametrize(
    ("content", "date"),
    [
        pytest.param(RDF, "2003-02-01", id="RSS 1.0: items beside the channel"),
        pytest.param(CDF, "2004-04-06T23:05:43-05:00", id="CDF: upper case, date and address as attributes"),
        pytest.param(CDF.encode("utf-16"), "2004-04-06T23:05:43-05:00", id="UTF-16"),
        pytest.param(RDF.replace("Text.", "Text.&nbsp;"), "2003-02-01", id="an entity nobody declared"),
        pytest.param(RDF.replace("Text.", "Text & more."), "2003-02-01", id="a bare ampersand"),
    ],
)
def test_old_and_malformed_feeds_are_read(tmp_path: Path, content: str | bytes, date: str) -> None:
    """Each gives its one item."""
    (article,) = articles(tmp_path, content)
    assert (article.title, article.source) == ("One", "Post")
    assert [claim.text for claim in article.dates] == [date]


def test_the_bytes_of_an_item_do_not_depend_on_its_neighbours(tmp_path: Path) -> None:
    """An item that stays in a feed while others come and go keeps its identity."""
    before = [one for one in read(tmp_path, RSS) if isinstance(one, RawArticle)]
    start, end = RSS.index("<item>"), RSS.index("</item>") + len("</item>")
    after = [one for one in read(tmp_path, RSS[:start] + RSS[end:]) if isinstance(one, RawArticle)]
    assert [one.raw for one in after] == [one.raw for one in before[1:]]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f'{DTD}{ITEM}<category a="&l11;"/>{END}', id="billion laughs in an attribute"),
        pytest.param(f"{DTD}{ITEM}<title>&l11;</title>{END}", id="billion laughs"),
        pytest.param(f"{FILE}{ITEM}<title>&x;</title>{END}", id="a file named as an entity"),
        pytest.param("<rss><channel><item>" + "<a>" * 1_000_000, id="a million levels"),
        pytest.param("<rss><channel><item>" + "<a>" * 100_000, id="levels in a small file"),
        pytest.param('<rss><channel><item a="' + "x" * 12_000_000 + '"/></channel></rss>', id="a very long attribute"),
        pytest.param("<rss><channel><item><title>" + "x" * 3_000_000, id="cut short and too large to repair"),
    ],
)  # fmt: skip
def test_hostile_feeds_are_one_skipped(tmp_path: Path, content: str) -> None:
    """Nothing is expanded, fetched or followed down; the reason is named."""
    found = read(tmp_path, content)
    assert len(found) <= 2
    assert all(isinstance(one, Skipped) and one.reason for one in found)


def test_every_sample_gives_articles_or_a_reason(test_data: Path) -> None:
    """274 feeds, many malformed on purpose."""
    found = list(read_paths([test_data / "formats" / "feeds"], Settings()))
    assert len({one.path for one in found}) == len(list((test_data / "formats" / "feeds").rglob("*.xml")))
    assert (
        sum(isinstance(one, RawArticle) for one in found) >= 60
    )  # most others hold only an empty element or a picture
    assert not [one for one in found if isinstance(one, Skipped) and "not well-formed" in one.reason]


def test_a_real_feed_is_taken_apart(test_data: Path) -> None:
    """The names that clash with those of modules are told apart."""
    folder = test_data / "formats" / "feeds"
    (article,) = read_paths([folder / "namespace-rss2.0noNSwithModulesLocalNameClash.xml"], Settings())
    assert isinstance(article, RawArticle)
    assert hashlib.sha256(article.title.encode()).hexdigest()[:8] == "15480e32"
    assert (article.body.split()[0], len(article.body.split())) == ("correct", 2)
    assert article.dates[0] == DateClaim("2002-09-28T20:01:19Z", "field")
