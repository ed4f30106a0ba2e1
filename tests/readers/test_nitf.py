"""NITF documents."""

import hashlib
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

STORY = """<?xml version="1.0"?><nitf xml:lang="en"><head><title>Slug</title><docdata management-status="usable">
<date.issue norm="20171031T081500+0300"/><key-list><keyword key="grain"/></key-list></docdata></head>
<body><body.head><hedline><hl1>Mill opens</hl1></hedline><byline>By JANE DOE<byttl>Staff Writer</byttl></byline>
<distributor>Meridian Wire</distributor><dateline><location>OMAHA</location><story.date>Oct. 31</story.date></dateline>
</body.head><body.content><block><p>The mill <em>opened</em> on
Monday.</p><media media-type="image"><media-caption>The mill.</media-caption></media><p>It holds corn.</p></block>
</body.content></body></nitf>"""


def read(path: Path, content: str) -> RawArticle | Skipped:
    """What a document holds."""
    (path / "n.xml").write_text(content, encoding="utf-8")
    (found,) = read_paths([path / "n.xml"], Settings())
    return found


@pytest.mark.parametrize("space", ["", ' xmlns="http://iptc.org/std/NITF/2006-10-18/"'])
def test_a_document_is_taken_apart(tmp_path: Path, space: str) -> None:
    """Captions are kept from the text; dates are taken as they stand."""
    article = read(tmp_path, STORY.replace("<nitf", f"<nitf{space}"))
    assert isinstance(article, RawArticle)
    assert (article.reader, article.title) == ("nitf", "Mill opens")
    assert article.body == "The mill opened on Monday.\n\nIt holds corn."
    assert article.dates == (DateClaim("20171031T081500+0300", "field"), DateClaim("Oct. 31", "field"))
    assert (article.authors, article.source, article.dateline) == (("JANE DOE",), "Meridian Wire", "OMAHA")
    assert (article.captions, article.tags, article.language) == (("The mill.",), ("grain",), "en")


def test_status_is_heeded(tmp_path: Path) -> None:
    """What was withdrawn is left out; what is under embargo is kept and said to be."""
    canceled = read(tmp_path, STORY.replace("usable", "canceled"))
    assert isinstance(canceled, Skipped)
    assert "canceled" in canceled.reason
    embargoed = read(tmp_path, STORY.replace("usable", "embargoed"))
    assert isinstance(embargoed, RawArticle)
    assert "embargo" in embargoed.warnings[0]


def test_a_broken_document_is_skipped(tmp_path: Path) -> None:
    """Deep nesting ends at the parser's limit."""
    assert isinstance(read(tmp_path, "<nitf>" + "<block>" * 1_000_000), Skipped)


def test_a_real_document_is_taken_apart(test_data: Path) -> None:
    """An agency's file."""
    (article,) = read_paths([test_data / "formats" / "wire" / "ap-nitf.xml"], Settings())
    assert isinstance(article, RawArticle)
    assert hashlib.sha256(article.title.encode()).hexdigest()[:8] == "2ae4a3c2"
    assert article.dates[0].text == "20151210T191044Z"
    assert (article.body.split()[0], len(article.body.split())) == ("NEW", 1047)
