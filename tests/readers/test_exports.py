"""Exports of Factiva, Nexis and Lexis: real ones by short facts, and the forms without a real sample as specified."""

import hashlib
import re
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths


def read(path: Path, content: str | bytes = b"") -> list[RawArticle | Skipped]:
    """What a file holds, written first where content is given."""
    if content:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_paths([path], Settings()))


def articles(path: Path, content: str | bytes = b"") -> list[RawArticle]:
    """The same where all of it must be articles."""
    found = read(path, content)
    assert [item for item in found if isinstance(item, Skipped)] == []
    return [item for item in found if isinstance(item, RawArticle)]


@pytest.mark.parametrize(
    ("name", "reader", "count", "undated"),
    [
        ("factiva/chosun_ilbo_1_2018-05-28.html", "factiva", 59, 0),  # Korean, English interface
        ("factiva/irish-independence_1_2017-11-14.html", "factiva", 44, 0),
        ("factiva/nyt_1_1993-01-03.html", "factiva", 27, 0),  # German interface; says UTF-8 and is windows-1252
        ("factiva/suddeutsche_1_2017-11-19.html", "factiva", 51, 0),
        ("nexis/afp_2013-03-12_0501.html", "nexis", 74, 0),
        ("nexis/guardian_1986-01-01_0001.html", "nexis", 262, 0),
        ("nexis/irish-times_1995-06-12_0001.html", "nexis", 166, 0),
        ("nexis/spiegel_2012-02-01_0001.html", "nexis", 49, 0),  # German interface
        ("nexis/nyt.docx", "docx", 50, 1),  # the undated ones say "Correction Appended" where the day stands
        ("nexis/usa-today.docx", "docx", 7, 0),
        ("nexis/washington-post.docx", "docx", 50, 0),
        ("lexis/guardian1.docx", "docx", 2, 0),
        ("lexis/guardian2.docx", "docx", 1, 0),
        ("lexis/guardian3.docx", "docx", 62, 3),
        ("lexis/misc.docx", "docx", 100, 0),
        ("lexis/nyt1.docx", "docx", 50, 1),
        ("lexis/usa-today.docx", "docx", 7, 0),
        ("lexis/washington-post.docx", "docx", 50, 0),
        ("wikinews/wikinews_2019.csv", "csv", 171, 0),
        ("wikinews/wikinews_2020.csv", "csv", 124, 0),
    ],
)
def test_every_real_export_is_read(test_data: Path, name: str, reader: str, count: int, undated: int) -> None:
    """As many articles as the export counts, each with a title and a text, and its own record and bytes."""
    found = articles(test_data / "formats" / name)
    assert (len(found), {item.reader for item in found}) == (count, {reader})
    assert all(item.title and item.body for item in found)
    assert len({item.record for item in found}) == len({item.raw for item in found}) == count
    assert sum(not item.dates for item in found) == undated


def facts(item: RawArticle) -> tuple[str, str, str, str, int, int]:
    """What tells an article from another without repeating its text."""
    title = hashlib.sha256(item.title.encode()).hexdigest()[:8]
    return title, item.dates[0].text, item.source, item.record, item.body.count("\n\n") + 1, len(item.body)


@pytest.mark.parametrize(
    ("name", "at", "expected"),
    [
        pytest.param(
            "factiva/nyt_1_1993-01-03.html", 0,
            ("f1c93593", "9 Januar 1993", "The New York Times", "document NYTF000020050408dp1900j9s", 20, 5263),
            id="factiva",
        ),
        pytest.param(
            "nexis/afp_2013-03-12_0501.html", 0,
            ("dcc72a87", "March 14, 2013 11:21 AM GMT", "Agence France Presse -- English", "document 1", 8, 1451),
            id="nexis html",
        ),
        pytest.param(
            "nexis/spiegel_2012-02-01_0001.html", 0,
            ("86fbe367", "27. Februar 2012 9:50 PM GMT+1", "Spiegel Online", "document 1", 23, 7757), id="nexis german",
        ),
        pytest.param(
            "lexis/guardian3.docx", 0,
            ("cea4d3c5", "April 16, 2005", "The Guardian (London)", "document 1", 28, 5339), id="lexis docx",
        ),
        pytest.param(
            "nexis/nyt.docx", 1,
            ("8c733c92", "January 11, 2018", "The New York Times", "document 2", 24, 6859), id="nexis docx",
        ),
        pytest.param(
            "wikinews/wikinews_2019.csv", 0,
            ("731c5404", "2019-01-04", "", "row 1", 13, 4025), id="wikinews",
        ),
    ],
)  # fmt: skip
def test_facts_of_real_articles(
    test_data: Path, name: str, at: int, expected: tuple[str, str, str, str, int, int]
) -> None:
    """Title, day, outlet and text of one article of each form."""
    assert facts(articles(test_data / "formats" / name)[at]) == expected


def test_particulars_do_not_leak_into_the_text(test_data: Path) -> None:
    """No label, copyright, end mark or number of the service stands in a body."""
    leak = re.compile(
        r"^(?:LOAD-DATE|Load-Date|Length|LENGTH|Copyright \d{4}|End of Document|Body"
        r"|Document [A-Z]{4,8}\d{10,}\w+|\d+ words)",
        re.MULTILINE,
    )
    for folder in ("factiva", "nexis", "lexis"):
        for item in read_paths([test_data / "formats" / folder], Settings()):
            assert isinstance(item, RawArticle)
            assert leak.search(item.body) is None, (item.path, item.record)


NEXIS_TEXT = """


                               1 of 2 DOCUMENTS


                            The Harbour Post (Testport)

                            October 31, 2017 Tuesday
                                 Final Edition

Ferry returns after nine weeks 1999-2017

BYLINE: By Ana Writer, Harbour Post Staff Writer

SECTION: NEWS; Pg. 3

LENGTH: 24 words

DATELINE: TESTPORT

   The harbour ferry sailed again on Monday after nine weeks in the yard of
the island, its owners said.

   "We are glad," said the captain of the ferry, who has sailed for thirty
years between both shores.

LOAD-DATE: November 1, 2017

LANGUAGE: ENGLISH

GRAPHIC: The ferry at its berth

                    Copyright 2017 Harbour Post Ltd.
                              All Rights Reserved


                               2 of 2 DOCUMENTS


                            The Harbour Post (Testport)

                            November 2, 2017 Thursday

Dam opened

LENGTH: 6 words

The dam was opened on Friday.

LOAD-DATE: November 3, 2017
"""


def test_nexis_plain_text(tmp_path: Path) -> None:
    """Built to the form of the service's text export: centred lines, labels, wrapped paragraphs."""
    first, second = articles(tmp_path / "export.TXT", NEXIS_TEXT)
    assert (first.reader, first.record, first.title) == (
        "nexis-text",
        "document 1",
        "Ferry returns after nine weeks 1999-2017",
    )
    assert first.body.split("\n\n") == [
        "The harbour ferry sailed again on Monday after nine weeks in the yard of the island, its owners said.",
        '"We are glad," said the captain of the ferry, who has sailed for thirty years between both shores.',
    ]
    assert (first.dates, first.source) == ((DateClaim("October 31, 2017", "field"),), "The Harbour Post (Testport)")
    assert (first.authors, first.section, first.dateline) == (("Ana Writer",), "NEWS; Pg. 3", "TESTPORT")
    assert (first.language, first.captions) == ("ENGLISH", ("The ferry at its berth",))
    assert (second.title, second.body) == ("Dam opened", "The dam was opened on Friday.")


def rtf(*lines: str) -> str:
    """An RTF document of these lines."""
    escaped = "\\par\n".join("".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in line) for line in lines)
    return "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}}\\f0 " + escaped + "\\par}"


FACTIVA = (
    "News", "Ferry returns after nine weeks in the yard", "By Ana Writer", "24 words", "31 October 2017", "07:15",
    "Harbour Post", "HARBPO", "1; National", "3", "English", "(c) 2017 Harbour Post Ltd", "",
    "The harbour ferry sailed again on Monday.", "“We are glad,” said the captain.", "Harbour Post Ltd", "",
    "Document HARBPO0020171031edav00001",
)  # fmt: skip


def test_factiva_rtf(tmp_path: Path) -> None:
    """Built to what Factiva writes: the lines of its page, told apart by shape, one document after the other."""
    first, second = articles(
        tmp_path / "Factiva.rtf", rtf(*FACTIVA, *FACTIVA[1:-1], "Dokument HARBPO0020171031edav00002")
    )
    assert (first.record, second.record) == (
        "document HARBPO0020171031edav00001",
        "document HARBPO0020171031edav00002",
    )
    assert (first.title, first.section, first.authors) == (FACTIVA[1], "News", ("Ana Writer",))
    assert (first.dates, first.source) == ((DateClaim("31 October 2017 07:15", "field"),), "Harbour Post")
    assert (first.language, first.body) == ("English", f"{FACTIVA[13]}\n\n{FACTIVA[14]}")
    assert (second.title, second.section, second.body) == (first.title, "", first.body)


def test_factiva_rtf_with_indexing(tmp_path: Path) -> None:
    """Built to the display with codes: HD, BY, PD, SN, LP, TD and the number of the document under AN."""
    rows = ("SE|News", "HD|Dam opened", "BY|By Ana Writer", "PD|31 October 2017", "SN|Harbour Post", "LA|English",
            "LP|The dam was opened on Friday.", "TD|Water flows again.", "CO|dam : Dam",
            "AN|Document HARBPO0020171031edav00003")  # fmt: skip
    (item,) = articles(tmp_path / "coded.rtf", rtf(*rows))
    assert (item.title, item.body) == ("Dam opened", "The dam was opened on Friday.\n\nWater flows again.")
    assert (item.source, item.authors, item.section) == ("Harbour Post", ("Ana Writer",), "News")


def test_class_names_that_begin_alike_are_told_apart(tmp_path: Path) -> None:
    """Only a div with its own id is an article; paragraphs and parts share the beginning of its class."""
    part = (
        '<div id="article-HARBPO0020171031edav0000{n}" class="article"><div class="article enArticle"><p></p>'
        '<div id="hd"><span class="enHeadline">Headline {n}</span></div><div>5 words</div><div>31 October 2017</div>'
        "<div>Harbour Post</div><div>HARBPO</div><div>English</div><div>(c) 2017</div><p></p>"
        '<p class="articleParagraph enarticleParagraph">Text {n}.</p><p>Harbour Post Ltd</p>'
        "<p>Document HARBPO0020171031edav0000{n}</p></div></div>"
    )
    page = "<html><head><title>Factiva</title></head><body>" + part.format(n=1) + part.format(n=2) + "</body></html>"
    found = articles(tmp_path / "page.html", page)
    assert [(item.title, item.body, item.captions) for item in found] == [
        ("Headline 1", "Text 1.", ()),
        ("Headline 2", "Text 2.", ()),
    ]


def test_a_bad_document_of_an_export_costs_itself(tmp_path: Path) -> None:
    """One without an end, and one without anything in it."""
    parts = ("{n} of 3 DOCUMENTS", "Harbour Post", "May 2, 2017", "Dam", "LENGTH: 2 words", "It opened.")
    good = "<DOCFULL>\n" + "".join(f"<DIV><P>{part}</P></DIV>" for part in parts) + "\n"
    page = (
        '<HTML><META TOPIC="null" DOCUMENTS="3" />\n'
        + good.format(n=1)
        + good.format(n=2)
        + "</DOCFULL>\n<DOCFULL>\n</DOCFULL>\n"
    )
    found = read(tmp_path / "n.html", page)
    assert [(type(item), item.record) for item in found] == [
        (Skipped, "document 1"),
        (RawArticle, "document 2"),
        (Skipped, "document 3"),
    ]
