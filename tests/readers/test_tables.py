"""Tables of reference managers and media databases, and columns that go by names of their own."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

ZOTERO = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","ISBN","Url","Abstract Note","Date",'
    '"Date Added","Access Date","Language","Manual Tags"\n'
    '"K1","newspaperArticle","2017","Doe, Jane; Roe, John","Ferry sails again","Harbour Post","",'
    '"https://post.example/ferry","The harbour ferry sailed again. It is full.","2017-10-31","2018-01-02 03:04:05",'
    '"2018-01-02 03:04:05","en","ferries; harbours"\n'
    '"K2","newspaperArticle","2017","","A title alone","Harbour Post","","","","2017-11-01","","","",""\n'
)
HEADLINES = (
    "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
    "1,2018-01-02 03:04:05,en,post.example,post.example,2017-10-31,Ferry sails again,https://post.example/ferry\n"
)
WITH_TEXT = HEADLINES.replace("title,url", "title,url,text").replace("/ferry\n", "/ferry,It is full.\n")
OWN = "Head;Text;Day\nFerry sails again;It is full.;2017-10-31\n"


def read(path: Path, content: str | bytes, columns: Mapping[str, str] | None = None) -> list[RawArticle | Skipped]:
    """What a table with this content holds."""
    (path / "a.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_paths([path / "a.csv"], Settings().changed(columns=columns)))


def test_the_table_of_zotero_is_taken_apart(tmp_path: Path) -> None:
    """The abstract is the text; the day of access is that of the crawl, the day of adding none."""
    first, second = read(tmp_path, "\ufeff" + ZOTERO)
    assert isinstance(first, RawArticle)
    assert (first.reader, first.record, first.title) == ("csv", "row 1", "Ferry sails again")
    assert "The harbour ferry sailed again. It is full." in (first.lead, first.body)
    assert (first.source, first.url, first.language) == ("Harbour Post", "https://post.example/ferry", "en")
    assert (first.tags, first.crawled) == (("ferries", "harbours"), "2018-01-02")
    assert first.dates[0] == DateClaim("2017-10-31", "field")
    assert "2018" not in " ".join(claim.text for claim in first.dates)
    assert isinstance(second, Skipped)
    assert second.record == "row 2"


def test_the_table_of_media_cloud_has_headlines_alone(tmp_path: Path) -> None:
    """They stand for the text, with a warning that says so."""
    (article,) = read(tmp_path, HEADLINES)
    assert isinstance(article, RawArticle)
    assert (article.title, article.body, article.source) == ("Ferry sails again", "Ferry sails again", "post.example")
    assert (article.url, article.crawled) == ("https://post.example/ferry", "2018-01-02")
    assert len(article.warnings) == 1


def test_the_table_of_media_cloud_with_a_text_needs_no_headlines(tmp_path: Path) -> None:
    """The text is the text."""
    (article,) = read(tmp_path, WITH_TEXT)
    assert isinstance(article, RawArticle)
    assert (article.title, article.body, article.warnings) == ("Ferry sails again", "It is full.", ())


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_quoted_texts_of_many_lines_keep_them(tmp_path: Path, mark: str) -> None:
    """Whatever parts the cells: a mark or a quotation inside a cell does neither."""
    content = f'title{mark}text\nFerry{mark}"One{mark} two.\n\n""Three,"" she said; | four."\nMill{mark}Closed.\n'
    first, second = read(tmp_path, content)
    assert isinstance(first, RawArticle)
    assert (first.title, first.body) == ("Ferry", f'One{mark} two.\n\n"Three," she said; | four.')
    assert isinstance(second, RawArticle)
    assert (second.title, second.body, second.record) == ("Mill", "Closed.", "row 2")


def test_columns_named_by_option_are_those_fields(tmp_path: Path) -> None:
    """Case and marks of a name do not matter; columns that go by known names are found as ever."""
    (article,) = read(tmp_path, OWN, {"title": "head", "date": "DAY"})
    assert isinstance(article, RawArticle)
    assert (article.title, article.body, article.dates) == (
        "Ferry sails again",
        "It is full.",
        (DateClaim("2017-10-31", "field"),),
    )


def test_a_column_named_by_option_goes_before_known_names(tmp_path: Path) -> None:
    """And where a table has no such column, the names that are known hold."""
    both = "title,text,ocr\nFerry,Short.,The whole of it.\n"
    (article,) = read(tmp_path, both, {"body": "ocr"})
    assert isinstance(article, RawArticle)
    assert article.body == "The whole of it."
    (article,) = read(tmp_path, both, {"body": "other"})
    assert isinstance(article, RawArticle)
    assert article.body == "Short."


def test_a_table_without_a_known_text_says_how_to_name_it(tmp_path: Path) -> None:
    """And which columns there are."""
    (skipped,) = read(tmp_path, "Head;Words\nFerry;It is full.\n")
    assert isinstance(skipped, Skipped)
    assert "Head, Words" in skipped.reason
    assert "--column body=NAME" in skipped.reason
