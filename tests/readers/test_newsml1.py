"""NewsML 1 items."""

import hashlib
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

STORY = """<NewsML Version="1.2"><NewsItem xml:lang="en"><Identification><NewsIdentifier>
<ProviderId>wire.example</ProviderId><DateId>20171031</DateId></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20171031T081500+0300</FirstCreated><Status FormalName="{status}"/></NewsManagement>
<NewsComponent><NewsLines><HeadLine>Mill opens</HeadLine><ByLine>By Jane Doe</ByLine>
<DateLine>OMAHA, Oct 31 -</DateLine></NewsLines><AdministrativeMetadata><Provider><Party FormalName="MW"/></Provider>
</AdministrativeMetadata><DescriptiveMetadata><Property FormalName="Keyword" Value="grain"/></DescriptiveMetadata>
<ContentItem><MediaType FormalName="{kind}"/><DataContent>{content}</DataContent></ContentItem></NewsComponent>
</NewsItem></NewsML>"""
TEXT = "<p>The mill opened.</p><p>It holds corn.</p>"


def read(path: Path, content: str = TEXT, kind: str = "Text", status: str = "Usable") -> RawArticle | Skipped:
    """What an item with this content holds."""
    (path / "n.xml").write_text(STORY.format(content=content, kind=kind, status=status), encoding="utf-8")
    (found,) = read_paths([path / "n.xml"], Settings())
    return found


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT, id="paragraphs alone"),
        pytest.param(f"<nitf><body><body.content>{TEXT}</body.content></body></nitf>", id="NITF"),
        pytest.param(f"<html><head><title>x</title></head><body>{TEXT}</body></html>", id="HTML"),
        pytest.param("The mill opened.\n\nIt holds corn.", id="plain"),
    ],
)
def test_an_item_is_taken_apart(tmp_path: Path, content: str) -> None:
    """Whatever its text is written in."""
    article = read(tmp_path, content)
    assert isinstance(article, RawArticle)
    assert (article.reader, article.record, article.title) == ("newsml-1", "item 1", "Mill opens")
    assert article.body == "The mill opened.\n\nIt holds corn."
    assert article.dates == (DateClaim("20171031T081500+0300", "field"), DateClaim("20171031", "field"))
    assert (article.authors, article.source, article.language) == (("Jane Doe",), "MW", "en")
    assert (article.dateline, article.tags) == ("OMAHA, Oct 31 -", ("grain",))


def test_what_is_no_text_is_skipped(tmp_path: Path) -> None:
    """A picture, and what the agency took back."""
    picture, canceled = read(tmp_path, "", "Photo"), read(tmp_path, status="Canceled")
    assert isinstance(picture, Skipped)
    assert "photo item" in picture.reason
    assert isinstance(canceled, Skipped)
    assert "canceled" in canceled.reason


def test_a_real_item_is_taken_apart(test_data: Path) -> None:
    """An agency's file."""
    (article,) = read_paths([test_data / "formats" / "wire" / "afp.xml"], Settings())
    assert isinstance(article, RawArticle)
    assert hashlib.sha256(article.title.encode()).hexdigest()[:8] == "0dbfa91d"
    assert article.dates[0].text == "20140829T134951+0000"
    assert (article.body.split()[0], len(article.body.split())) == ("A", 224)
