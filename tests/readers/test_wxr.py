"""Exports of WordPress."""

import hashlib
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

EXPORT = """<?xml version="1.0"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Harbour Post</title><language>en-GB</language>
<wp:author><wp:author_login>jd</wp:author_login><wp:author_display_name>Jane Doe</wp:author_display_name></wp:author>
<item><title>Mill opens</title><link>https://post.example/mill</link><pubDate>Mon, 29 Jul 2013 16:03:54 +0000</pubDate>
<dc:creator>jd</dc:creator><content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded><![CDATA[A mill.]]></excerpt:encoded><wp:post_date>2013-07-29 18:03:54</wp:post_date>
<wp:post_date_gmt>2013-07-29 16:03:54</wp:post_date_gmt><wp:status>{status}</wp:status>
<wp:post_type>{kind}</wp:post_type><category domain="category">Trade</category>
<category domain="post_tag">grain</category></item></channel></rss>"""


def read(path: Path, content: str = "Text.", status: str = "publish", kind: str = "post") -> RawArticle | Skipped:
    """What a post with this content becomes."""
    (path / "w.xml").write_text(EXPORT.format(content=content, status=status, kind=kind), encoding="utf-8")
    (found,) = read_paths([path / "w.xml"], Settings())
    return found


def test_a_post_is_taken_apart(tmp_path: Path) -> None:
    """The site's own zone is worked out, the author's account made a name, blank lines made paragraphs."""
    article = read(tmp_path, 'The <b>mill</b> opened.\n\n[caption id="1"]<img src="x"/> The mill.[/caption]\n\nCorn.')
    assert isinstance(article, RawArticle)
    assert (article.reader, article.record, article.title) == ("wxr", "item 1", "Mill opens")
    assert article.body == "The mill opened.\n\nCorn."
    assert article.dates[0] == DateClaim("2013-07-29T18:03:54+02:00", "field")
    assert (article.authors, article.source, article.language) == (("Jane Doe",), "Harbour Post", "en-GB")
    assert (article.captions, article.section, article.tags) == (("The mill.",), "Trade", ("Trade", "grain"))
    assert (article.lead, article.url) == ("A mill.", "https://post.example/mill")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"status": "draft"}, "'draft'", id="a draft"),
        pytest.param({"kind": "attachment"}, "'attachment'", id="an attachment"),
        pytest.param({"content": ""}, "without text", id="no text"),
    ],
)
def test_what_is_no_article_is_skipped(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    """The reason is named."""
    skipped = read(tmp_path, **change)
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason


def test_a_real_export_is_taken_apart(test_data: Path) -> None:
    """A site's posts, with what is none among them."""
    found = list(read_paths([test_data / "formats" / "wire" / "wordpress_wxr.xml"], Settings()))
    first = found[0]
    assert isinstance(first, RawArticle)
    assert hashlib.sha256(first.title.encode()).hexdigest()[:8] == "1f29314f"
    assert first.dates[0].text == "2013-07-29T18:03:54+02:00"
    assert any(isinstance(one, Skipped) for one in found)
