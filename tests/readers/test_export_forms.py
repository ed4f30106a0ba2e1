"""Exports of Nexis and Factiva without tags, built to the form that the services publish."""

from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

FERRY = "The harbour ferry sailed again on Monday."
NEXIS = """



                               1 of 3 DOCUMENTS


                               Harbour Post (Seaton)

                            October 31, 2017 Tuesday
                                  Late Edition

Ferry sails again; Nine weeks in the yard

BYLINE: By Jane Doe, Harbour Post Staff Writer

SECTION: NEWS; Pg. 3

LENGTH: 24 words

HIGHLIGHT: The short of it.

DATELINE: SEATON

The harbour ferry sailed again on Monday after nine weeks in the yard of the
town, which took all of the money that the council had put by for winter.

It is full: more people than ever before want to be on the other side of the
water.

SUBJECT: FERRIES (91%); HARBOURS (80%)

GRAPHIC: Photo, The ferry at its pier

LOAD-DATE: November 1, 2017

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                       Copyright 2017 Harbour Post Ltd.
                              All Rights Reserved


                               2 of 3 DOCUMENTS


                               Harbour Post (Seaton)

                           November 2, 2017 Thursday

Mill closes

LENGTH: 6 words

He said: it is 3 of 4. The mill closed on Wednesday.

LOAD-DATE: November 3, 2017


                               3 of 3 DOCUMENTS


                               Harbour Post (Seaton)

                            November 3, 2017 Friday

LENGTH: 0 words

LOAD-DATE: November 3, 2017
"""
NUMBER = "HRBPST0020171031edav{:05}"
FACTIVA = (
    r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}}
News\par
{\b Caf\'e9 ferry sails again \u8212? at last}\par
By Jane Doe\par
12 words\par
31 October 2017\par
08:15\par
Harbour Post\par
HRBPST\par
3\par
English\par
Copyright 2017, Harbour Post. All rights reserved.\par
\par
The harbour ferry sailed again on Monday.\par
\par
It is full.\par
\par
Harbour Post Limited\par
\par
Document @1\par
\par
Mill closes\par
6 words\par
1 November 2017\par
Harbour Post\par
HRBPST\par
English\par
Copyright 2017, Harbour Post. All rights reserved.\par
The mill closed.\par
Document @2\par
\par
Nothing above the text\par
Document @3\par
}""".replace("@1", NUMBER.format(1))
    .replace("@2", NUMBER.format(2))
    .replace("@3", NUMBER.format(3))
)
CODED = rf"""{{\rtf1\ansi
SE\tab News\par
HD\tab Ferry sails again\par
BY\tab By Jane Doe\par
WC\tab 12 words\par
PD\tab 31 October 2017\par
ET\tab 08:15\par
SN\tab Harbour Post\par
SC\tab HRBPST\par
LA\tab English\par
CY\tab Copyright 2017, Harbour Post.\par
LP\par
The harbour ferry sailed again on Monday.\par
TD\par
It is full.\par
IN\tab i79 : Transport\par
AN\tab Document {NUMBER.format(1)}\par
}}"""


def read(path: Path, content: str, name: str) -> list[RawArticle | Skipped]:
    """What a file with this content holds."""
    (path / name).write_bytes(content.encode())
    return list(read_paths([path / name], Settings()))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(NEXIS, id="as it is"),
        pytest.param(NEXIS.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param("\ufeff" + NEXIS, id="a byte order mark"),
    ],
)
def test_a_text_export_of_nexis_is_taken_apart(tmp_path: Path, content: str) -> None:
    """Labels stand above and below the text; a count inside a sentence begins no document."""
    first, second, third = read(tmp_path, content, "export.TXT")
    assert isinstance(first, RawArticle)
    assert (first.reader, first.record) == ("nexis-text", "document 1")
    assert first.title == "Ferry sails again; Nine weeks in the yard"
    assert (first.source, first.section, first.lead) == ("Harbour Post (Seaton)", "NEWS; Pg. 3", "The short of it.")
    assert (first.authors, first.dateline, first.language) == (("Jane Doe",), "SEATON", "ENGLISH")
    assert first.dates == (DateClaim("October 31, 2017", "field"),)
    assert first.captions == ("Photo, The ferry at its pier",)
    assert first.tags == ("topic:FERRIES", "topic:HARBOURS")
    one, two = first.body.split("\n\n")
    assert one.startswith("The harbour ferry")
    assert one.endswith("put by for winter.")
    assert two == "It is full: more people than ever before want to be on the other side of the water."
    assert isinstance(second, RawArticle)
    assert (second.title, second.body) == ("Mill closes", "He said: it is 3 of 4. The mill closed on Wednesday.")
    assert third.record == "document 3"
    assert isinstance(third, Skipped)


def test_an_rtf_export_of_factiva_is_taken_apart(tmp_path: Path) -> None:
    """Each article ends with its number; one without particulars costs only itself."""
    first, second, third = read(tmp_path, FACTIVA, "export.rtf")
    assert isinstance(first, RawArticle)
    assert (first.reader, first.record) == ("rtf", f"document {NUMBER.format(1)}")
    assert (first.title, first.section) == ("Café ferry sails again — at last", "News")
    assert (first.authors, first.source, first.language) == (("Jane Doe",), "Harbour Post", "English")
    assert first.dates == (DateClaim("31 October 2017 08:15", "field"),)
    assert first.body == f"{FERRY}\n\nIt is full."
    assert isinstance(second, RawArticle)
    assert (second.title, second.authors, second.body) == ("Mill closes", (), "The mill closed.")
    assert second.dates == (DateClaim("1 November 2017", "field"),)
    assert isinstance(third, Skipped)
    assert third.record == f"document {NUMBER.format(3)}"


def test_the_display_of_factiva_with_codes_is_taken_apart(tmp_path: Path) -> None:
    """What the indexing says stays out of the text."""
    (article,) = read(tmp_path, CODED, "export.rtf")
    assert isinstance(article, RawArticle)
    assert (article.title, article.section, article.source) == ("Ferry sails again", "News", "Harbour Post")
    assert (article.authors, article.language) == (("Jane Doe",), "English")
    assert article.dates == (DateClaim("31 October 2017 08:15", "field"),)
    assert article.body == f"{FERRY}\n\nIt is full."
