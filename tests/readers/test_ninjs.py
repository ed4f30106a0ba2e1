"""ninjs items and the envelopes they come in."""

import hashlib
import json
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

ITEM = {
    "uri": "https://wire.example/1",
    "type": "text",
    "pubstatus": "usable",
    "firstcreated": "2017-10-31T08:15:00+03:00",
    "versioncreated": "2017-11-01T00:00:00Z",
    "headline": "Mill opens",
    "byline": "By Jane Doe",
    "language": "en",
    "source": "Meridian Wire",
    "located": "Omaha",
    "description_text": "A mill.",
    "body_html": "<p>The mill opened.</p>",
    "subject": [{"name": "trade"}],
    "keywords": ["grain"],
    "associations": {"featuremedia": {"type": "picture", "description_text": "The mill."}},
}
NINJS2 = {
    "type": "text",
    "versionCreated": "2022-03-01T00:00:00Z",
    "headlines": [{"role": "main", "value": "Mill opens"}],
    "bodies": [{"contentType": "text/plain", "value": "The mill opened.\n\nIt holds corn."}],
}


def read(path: Path, content: object) -> list[RawArticle | Skipped]:
    """What a file with this value holds."""
    (path / "n.json").write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return list(read_paths([path / "n.json"], Settings()))


def test_an_item_is_taken_apart(tmp_path: Path) -> None:
    """Captions come from the pictures that go with it."""
    (article,) = read(tmp_path, ITEM)
    assert isinstance(article, RawArticle)
    assert (article.reader, article.record, article.title) == ("ninjs", "", "Mill opens")
    assert (article.html, article.body, article.lead) == ("", "The mill opened.", "A mill.")
    assert article.dates[0] == DateClaim("2017-10-31T08:15:00+03:00", "field")
    assert (article.authors, article.source, article.dateline) == (("Jane Doe",), "Meridian Wire", "Omaha")
    assert (article.tags, article.captions, article.url) == (("grain", "trade"), ("The mill.",), ITEM["uri"])


def test_lists_of_ninjs_2_are_read(tmp_path: Path) -> None:
    """Headlines and bodies are lists there."""
    (article,) = read(tmp_path, NINJS2)
    assert isinstance(article, RawArticle)
    assert (article.title, article.body) == ("Mill opens", "The mill opened.\n\nIt holds corn.")


@pytest.mark.parametrize(
    "wrap",
    [
        pytest.param(lambda items: {"total": 2, "item": items}, id="BBC"),
        pytest.param(lambda items: {"data": {"items": [{"meta": {}, "item": one} for one in items]}}, id="AP"),
    ],
)
def test_envelopes_are_opened(tmp_path: Path, wrap: object) -> None:
    """Each item has its place."""
    assert callable(wrap)
    first, second = read(tmp_path, wrap([ITEM, {**ITEM, "pubstatus": "embargoed"}]))
    assert isinstance(first, RawArticle)
    assert isinstance(second, RawArticle)
    assert (first.record, second.record) == ("item 1", "item 2")
    assert not first.warnings
    assert second.warnings


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"pubstatus": "canceled"}, "canceled", id="taken back"),
        pytest.param({"type": "picture"}, "picture item", id="a picture"),
        pytest.param({"body_html": ""}, "no text", id="no text"),
    ],
)
def test_what_is_no_article_is_skipped(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    """The reason is named."""
    (skipped,) = read(tmp_path, {**ITEM, **change})
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason


def test_deep_nesting_is_skipped(tmp_path: Path) -> None:
    """A million lists in lists."""
    (skipped,) = read(tmp_path, '{"versioncreated": "x", "headline": ' + "[" * 1_000_000)
    assert isinstance(skipped, Skipped)


def test_a_real_item_is_taken_apart(test_data: Path) -> None:
    """The example of the IPTC."""
    (article,) = read_paths([test_data / "formats" / "wire" / "ninjsExSimpleText1.json"], Settings())
    assert isinstance(article, RawArticle)
    assert hashlib.sha256(article.title.encode()).hexdigest()[:8] == "de56c1c1"
    assert article.dates[0].text == "2013-07-09T10:37:00Z"
    assert article.body.startswith("GROSSETO, ")
