"""Exports of real databases: how many articles each gives, and what is read of the first and the last."""

import hashlib
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import RawArticle
from searcher.readers import read_paths

COUNTS = {
    "factiva/chosun_ilbo_1_2018-05-28.html": 59,
    "factiva/irish-independence_1_2017-11-14.html": 44,
    "factiva/nyt_1_1993-01-03.html": 27,
    "factiva/suddeutsche_1_2017-11-19.html": 51,
    "nexis/afp_2013-03-12_0501.html": 74,
    "nexis/guardian_1986-01-01_0001.html": 262,
    "nexis/irish-times_1995-06-12_0001.html": 166,
    "nexis/nyt.docx": 50,
    "nexis/spiegel_2012-02-01_0001.html": 49,
    "nexis/usa-today.docx": 7,
    "nexis/washington-post.docx": 50,
    "lexis/guardian1.docx": 2,
    "lexis/guardian2.docx": 1,
    "lexis/guardian3.docx": 62,
    "lexis/misc.docx": 100,
    "lexis/nyt1.docx": 50,
    "lexis/usa-today.docx": 7,
    "lexis/washington-post.docx": 50,
    "wikinews/wikinews_2019.csv": 171,
    "wikinews/wikinews_2020.csv": 124,
}
# File, place, words of the title and the first of them, day, outlet, authors, the hash of the body.
FACTS = [
    (
        "factiva/irish-independence_1_2017-11-14.html",
        0,
        5,
        "Is",
        "13 November 2017",
        "Irish Independent",
        (),
        "a35bcfce",
    ),
    (
        "factiva/irish-independence_1_2017-11-14.html",
        -1,
        12,
        "Varadkar",
        "16 October 2017",
        "Irish Independent",
        (),
        "c025e59e",
    ),
    (
        "factiva/suddeutsche_1_2017-11-19.html",
        0,
        21,
        "Aktuell",
        "25 November 2017",
        "Süddeutsche Zeitung",
        ("GCA",),
        "a0b55f96",
    ),
    (
        "factiva/suddeutsche_1_2017-11-19.html",
        -1,
        21,
        "Partei",
        "20 November 2017",
        "Süddeutsche Zeitung",
        ("BAC, SZ",),
        "a29504ad",
    ),
    (
        "nexis/guardian_1986-01-01_0001.html",
        0,
        16,
        "Eavesdroppers",
        "January 31, 1986",
        "The Guardian (London)",
        ("JEREMY LEGGET",),
        "af0f46f1",
    ),
    (
        "nexis/guardian_1986-01-01_0001.html",
        -1,
        15,
        "Westland",
        "January 2, 1986",
        "The Guardian (London)",
        ("JOHN CARVEL and DAVID SIMPSON",),
        "21efe931",
    ),
    (
        "nexis/spiegel_2012-02-01_0001.html",
        0,
        4,
        "Warnschuss",
        "27. Februar 2012 9:50 PM GMT+1",
        "Spiegel Online",
        ("Annett Meiritz",),
        "43a48624",
    ),
    (
        "nexis/spiegel_2012-02-01_0001.html",
        -1,
        7,
        "Warum",
        "1. Februar 2012 6:47 PM GMT+1",
        "Spiegel Online",
        ("Veit Medick ; Severin Weiland",),
        "a02688b9",
    ),
    (
        "nexis/afp_2013-03-12_0501.html",
        0,
        9,
        "Syria",
        "March 14, 2013 11:21 AM GMT",
        "Agence France Presse -- English",
        (),
        "a87101ac",
    ),
    (
        "nexis/afp_2013-03-12_0501.html",
        -1,
        9,
        "Syria",
        "March 12, 2013 12:18 AM GMT",
        "Agence France Presse -- English",
        (),
        "77aa5edb",
    ),
    (
        "lexis/nyt1.docx",
        0,
        11,
        "Canada",
        "January 10, 2018 10:36 EST",
        "The New York Times",
        ("ANA SWANSON and IAN AUSTEN",),
        "0e6c5fb9",
    ),
    ("lexis/nyt1.docx", -1, 11, "Talks", "June 20, 2003", "The New York Times", ("DAVID LEONHARDT",), "ca1164c7"),
    ("wikinews/wikinews_2019.csv", 0, 8, "Magnitogorsk", "2019-01-04", "", (), "8b6a9169"),
    ("wikinews/wikinews_2019.csv", -1, 7, "Radio", "2019-12-30", "", (), "cb0c5ff4"),
]


def read(path: Path) -> list[RawArticle]:
    """The articles of a file that must hold nothing else."""
    found = list(read_paths([path], Settings()))
    assert all(isinstance(one, RawArticle) for one in found), found
    return [one for one in found if isinstance(one, RawArticle)]


@pytest.mark.parametrize("name", COUNTS)
def test_every_article_of_an_export_is_read(test_data: Path, name: str) -> None:
    """None is skipped, split or run together: each has a title, a text and a record of its own."""
    articles = read(test_data / "formats" / name)
    assert len(articles) == COUNTS[name]
    assert all(article.title and article.body for article in articles)
    assert len({article.record for article in articles}) == len(articles)


@pytest.mark.parametrize("name", COUNTS)
def test_no_frame_of_the_database_is_left_in_a_text(test_data: Path, name: str) -> None:
    """Neither labels, nor who owns the text, nor marks of the database, nor the address that closes it."""
    for article in read(test_data / "formats" / name):
        assert not article.title.endswith("Correction Appended"), article.record
        last = article.body.split("\n\n")[-1]
        assert not last.startswith(("http", "LOAD-DATE:", "Load-Date:", "Copyright ", "Classification")), article.record
        assert "End of Document" not in article.body, article.record


@pytest.mark.parametrize(("name", "at", "words", "first", "day", "source", "authors", "body"), FACTS)
def test_the_first_and_the_last_article_are_taken_apart(
    test_data: Path, name: str, at: int, words: int, first: str, day: str, source: str, authors: tuple[str, ...],
    body: str,
) -> None:  # fmt: skip
    """As at the time of writing: a change of what is read from them does not pass unseen."""
    article = read(test_data / "formats" / name)[at]
    assert (len(article.title.split()), article.title.split()[0]) == (words, first)
    assert (article.dates[0].text, article.source, article.authors) == (day, source, authors)
    assert hashlib.sha256(article.body.encode()).hexdigest()[:8] == body
