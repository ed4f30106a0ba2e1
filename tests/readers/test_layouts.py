"""The parts of plain-text articles, told apart by their place and shape."""

import codecs
import gzip
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle
from searcher.readers import read_paths
from searcher.readers.layout import Layout, lay_out

TITLE = "Bridge over the Tana reopens"
LEAD = "Lorries may cross again from Monday, the roads authority says."
ONE = "The bridge over the Tana reopened on Monday after the flood of April had carried away its northern ramp."
TWO = "Drivers had queued since dawn, and the first to cross was a milk tanker from Garissa."
WRAPPED = (
    "The bridge over the Tana reopened on Monday after the flood of\nApril had carried away its northern ramp.\n\n"
    "Drivers had queued since dawn, and the first to cross was a\nmilk tanker from Garissa."
)
INDENTED = (
    "    The bridge over the Tana reopened on Monday after the flood\nof April had carried away its northern ramp.\n"
    "    Drivers had queued since dawn, and the first to cross was a\nmilk tanker from Garissa."
)
BODY = f"{ONE}\n\n{TWO}"
CAPTION = "Lorries wait at the northern ramp [Courtesy]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # everything there is, the caption standing directly on the body
        (
            f"{TITLE}\n\n{LEAD}\n3 min read\n31 October, 2017\n{CAPTION}\n{BODY}\n",
            Layout(TITLE, LEAD, ("31 October, 2017",), (CAPTION,), body=BODY),
        ),
        # no lead
        (f"{TITLE}\n\n31 October, 2017\n\n{BODY}", Layout(TITLE, dates=("31 October, 2017",), body=BODY)),
        # no date
        (f"{TITLE}\n\n{LEAD}\n\n2 min read\n\n{BODY}", Layout(TITLE, LEAD, body=BODY)),
        # the body follows the title at once: its first paragraph is no lead
        (f"{TITLE}\n{BODY}", Layout(TITLE, body=BODY)),
        # a title alone
        (TITLE, Layout(TITLE)),
        # a caption but no date
        (f"{TITLE}\n\n{LEAD}\n\n{CAPTION}\n\n{BODY}", Layout(TITLE, LEAD, captions=(CAPTION,), body=BODY)),
        # a useless date is still a claim, not body
        (f"{TITLE}\n\n2 hours ago\n\n{BODY}", Layout(TITLE, dates=("2 hours ago",), body=BODY)),
        # month only
        (f"{TITLE}\n\nMay 2016\n\n{BODY}", Layout(TITLE, dates=("May 2016",), body=BODY)),
        # a byline and an address
        (
            f"{TITLE}\nBy Amina Odhiambo\nhttps://tana.example/bridge\n{BODY}",
            Layout(TITLE, authors=("Amina Odhiambo",), url="https://tana.example/bridge", body=BODY),
        ),
        # two words and a year are no date unless one is a month: the line stays in the text
        (f"{TITLE}\n\nElections 2017\n\n{BODY}", Layout(TITLE, body=f"Elections 2017\n\n{BODY}")),
        # a sentence with a date in it is text
        (
            f"{TITLE}\n\nIt fell on 31 October, 2017.\n\n{BODY}",
            Layout(TITLE, body=f"It fell on 31 October, 2017.\n\n{BODY}"),
        ),
        # a date on its own line far down is a heading of the text
        (
            f"{TITLE}\n\n{BODY}\n\n{BODY}\n\n{BODY}\n\n31 October, 2017\n\n{ONE}",
            Layout(TITLE, body=f"{BODY}\n\n{BODY}\n\n{BODY}\n\n31 October, 2017\n\n{ONE}"),
        ),
        # a last line in brackets is not taken for a caption where nothing else would be left
        (f"{TITLE}\n\nThe mayor signed it [the order]", Layout(TITLE, body="The mayor signed it [the order]")),
        # an agency's caption between paragraphs of the body
        (
            f"{TITLE}\n\n{BODY}\n\n{ONE}\n\nA tanker on the ramp [AFP]\n\n{TWO}",
            Layout(TITLE, captions=("A tanker on the ramp [AFP]",), body=f"{BODY}\n\n{BODY}"),
        ),
        # lines wrapped to a column are joined
        (f"{TITLE}\n\n{WRAPPED}", Layout(TITLE, body=BODY)),
        # one paragraph a line, no blank lines
        (f"{TITLE}\n{ONE}\n{TWO}\n{ONE}", Layout(TITLE, body=f"{ONE}\n\n{TWO}\n\n{ONE}")),
        # wrapped lines, paragraphs shown by indent alone
        (
            f"{TITLE}\n\n{INDENTED}",
            Layout(TITLE, body=BODY),
        ),
        # line ends of other systems
        (
            f"{TITLE}\r\n\r\n31 October, 2017\r\n\r\n{ONE}\r\n\r\n{TWO}\r\n",
            Layout(TITLE, dates=("31 October, 2017",), body=BODY),
        ),
        (f"{TITLE}\r\r{ONE}\r\r{TWO}", Layout(TITLE, body=BODY)),
        # blank lines before the title
        (f"\n\n{TITLE}\n\n{BODY}", Layout(TITLE, body=BODY)),
        ("", Layout("")),
    ],
)
def test_the_parts_are_told_apart(text: str, expected: Layout) -> None:
    """Each part stands in its place and no text is lost."""
    assert expected == lay_out(text)


@pytest.mark.parametrize(
    "line",
    [
        "31 October, 2017", "Tuesday 3 May 2022", "2019-06-04", "03/04/2017", "May 2016", "2017",
        "Published: 4 May 2022, 10:15 GMT",
        "October 31, 2017", "31. Oktober 2017", "le 3 mars 2020", "12 de mayo de 2016", "31 октября 2017 г.",
        "24 تشرين الثاني 2015", "2017年10月31日", "2 hours ago", "yesterday", "14 March 1012", "1 January 2087",
    ],
)  # fmt: skip
def test_date_lines_of_many_forms_are_claims(line: str) -> None:
    """What the line means is decided later; that it is one is seen here."""
    assert (line,) == lay_out(f"{TITLE}\n\n{line}\n\n{BODY}").dates


@pytest.mark.parametrize(
    "line",
    [
        "Ten killed in 2017 flood",
        "Summer of 1969",
        "By 2017 the river had moved",
        "Chapter 12",
        "5,000 march",
        "May day, May day",
    ],
)
def test_lines_that_only_resemble_dates_stay_in_the_text(line: str) -> None:
    """A claim that is none would cost a line of text."""
    parts = lay_out(f"{TITLE}\n\n{line}\n\n{BODY}")
    assert (parts.dates, line in parts.body) == ((), True)


@pytest.mark.parametrize(
    "raw",
    [
        codecs.BOM_UTF8 + f"{TITLE}\n\n{BODY}".encode(),  # Windows Notepad
        f"{TITLE}\n\n{BODY}".encode("utf-16"),  # "Unicode" of the same
        gzip.compress(f"{TITLE}\n\n{BODY}".encode()),  # seen through by content, not by name
    ],
)
def test_encodings_and_compression_are_seen_through(tmp_path: Path, raw: bytes) -> None:
    """The title has no mark before it; `raw` are the bytes that were decoded."""
    (tmp_path / "a.txt").write_bytes(raw)
    (article,) = read_paths([tmp_path], Settings())
    assert isinstance(article, RawArticle)
    assert (article.title, article.body) == (TITLE, BODY)
    assert (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw) == article.raw


def test_the_seed_article_is_told_apart(test_data: Path) -> None:
    """The article the project started from: its date line, its reading time and the caption that meets the body."""
    (article,) = read_paths([test_data / "seed"], Settings())
    assert isinstance(article, RawArticle)
    assert (DateClaim("31 October, 2017", "text"),) == article.dates
    assert len(article.captions) == 1
    assert article.captions[0].endswith("[Getty]")
    assert "Getty" not in article.body
    assert "min read" not in article.body + article.lead
    assert article.lead != ""
