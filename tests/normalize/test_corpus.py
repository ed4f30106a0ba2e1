"""Every article of the sample corpus comes out as its manifest says."""

import csv
from datetime import date
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import Article, RawArticle, Skipped
from searcher.normalize import normalize
from searcher.readers import read_paths

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
with (CORPUS / "MANIFEST.tsv").open(encoding="utf-8", newline="") as manifest:
    ROWS = list(csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def articles() -> dict[tuple[str, str], Article]:
    """The articles by path and record; nothing of the corpus may be skipped."""
    found = [
        raw if isinstance(raw, Skipped) else normalize(raw, Settings(), date(2026, 11, 22))
        for raw in read_paths([CORPUS], Settings())
    ]
    assert [item for item in found if isinstance(item, Skipped)] == []
    return {
        (Path(item.path).relative_to(CORPUS).as_posix(), item.record): item
        for item in found
        if isinstance(item, Article)
    }


def test_the_corpus_and_its_manifest_list_the_same_articles(articles: dict[tuple[str, str], Article]) -> None:
    """No article is missing on either side."""
    assert sorted((row["path"], row["record"]) for row in ROWS) == sorted(articles)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['path']} {row['record']}".strip())
def test_an_article_comes_out_as_listed(row: dict[str, str], articles: dict[tuple[str, str], Article]) -> None:
    """Title, date and language are exact, the phrase is in the body, page furniture is not."""
    article = articles[row["path"], row["record"]]
    told = (article.title, str(article.date or ""), article.language)
    assert (row["title"], row["date"], row["language"]) == told
    assert row["phrase"] in article.body
    assert not row["not_in_body"] or row["not_in_body"] not in article.body


def test_the_article_the_project_started_from(test_data: Path) -> None:
    """True title and date; neither the reading time nor the caption is in the body."""
    (raw,) = read_paths([test_data / "seed"], Settings())
    assert isinstance(raw, RawArticle)
    article = normalize(raw, Settings(), date(2026, 11, 22))
    assert isinstance(article, Article)
    assert (raw.title, "2017-10-31", "en") == (article.title, str(article.date), article.language)
    assert len(article.captions) == 1
    assert article.captions[0] not in article.body
    assert "min read" not in article.body
    assert article.body.startswith(raw.lead)
