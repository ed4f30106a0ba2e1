"""Documents of news collections in SGML, and the references of reference managers."""

from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

TREC = """<DOC>
<DOCNO> AP880212-0001 </DOCNO>
<FILEID>AP-NR-02-12-88 2344EST</FILEID>
<FIRST>r i AM-Ferry     02-12 0123</FIRST>
<HEAD>Ferry Sails &amp; Mill Closes</HEAD>
<BYLINE>By JANE DOE</BYLINE>
<DATELINE>SEATON (AP) </DATELINE>
<TEXT>
   The harbour ferry sailed again on Monday after nine weeks in the
yard of the town. ``It is full,'' she said.
   AT&T paid.
</TEXT>
</DOC><DOC>
<DOCNO>FT922-3</DOCNO>
<DATE>920409
</DATE>
<HEADLINE>FT  09 APR 92 / Mill closes</HEADLINE>
<TEXT>The mill closed.</TEXT>
<PUB>The Financial Times</PUB>
</DOC>
<DOC>
<DOCNO> AP880212-0003 </DOCNO>
<TEXT>
</TEXT>
</DOC>
"""
IEER = """<DOC>
<DOCNO> NYT19980315.0063 </DOCNO>
<DOCTYPE> NEWS STORY </DOCTYPE>
<DATE_TIME> 03/15/1998 11:05:00 </DATE_TIME>
<BODY>
<HEADLINE>
Ferry sails again
</HEADLINE>
(EDITORS: SHORT)
<TEXT>
<p>
The harbour ferry of <b_enamex type="LOCATION">Seaton<e_enamex> sailed again.
<p>
It is full.
</TEXT>
</BODY>
<TRAILER>
NYT-03-15-98 1105EST
</TRAILER>
</DOC>
"""
GIGAWORD = """<DOC id="XIN_ENG_20020101.0002" type="story" >
<HEADLINE>
Ferry sails again
</HEADLINE>
<DATELINE>
SEATON, Jan. 1 (Xinhua)
</DATELINE>
<TEXT>
<P>
The harbour ferry
sailed again.
</P>
<P>
It is full.
</P>
</TEXT>
</DOC>
"""
RIS = """TY  - NEWS
TI  - Ferry sails again
AU  - Doe, Jane
AU  - Roe, John
T2  - Harbour Post
AB  - The harbour ferry sailed again.
It is full.
DA  - 2017/10/31/
PY  - 2017
LA  - en
SE  - News
UR  - https://post.example/ferry
KW  - ferries
KW  - harbours
ER  -

TY  - NEWS
TI  - A title alone
ER  -

TY  - MGZN
T1  - Mill closes
N2  - The mill closed.
Y1  - 2017/11//
JF  - Mill Weekly
ER  -
"""


def read(path: Path, content: str | bytes, name: str) -> list[RawArticle | Skipped]:
    """What a file with this content holds."""
    (path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_paths([path / name], Settings()))


def test_documents_of_trec_are_taken_apart(tmp_path: Path) -> None:
    """Also where two stand on one line; one without text costs only itself."""
    first, second, third = read(tmp_path, TREC, "ap880212")
    assert isinstance(first, RawArticle)
    assert (first.reader, first.record, first.title) == ("trec", "AP880212-0001", "Ferry Sails & Mill Closes")
    assert (first.authors, first.dateline, first.source) == (("By JANE DOE",), "SEATON (AP)", "Associated Press")
    assert first.dates == (DateClaim("1988-02-12", "field"),)
    assert first.body == (
        "The harbour ferry sailed again on Monday after nine weeks in the yard of the town. “It is full,” she said."
        "\n\nAT&T paid."
    )
    assert isinstance(second, RawArticle)
    assert (second.record, second.body, second.source) == ("FT922-3", "The mill closed.", "The Financial Times")
    assert second.dates[0] == DateClaim("1992-04-09", "field")
    assert isinstance(third, Skipped)
    assert third.record == "AP880212-0003"


def test_documents_of_ieer_are_read_without_their_marks(tmp_path: Path) -> None:
    """The months of its days come first; what stands outside the text is no part of it."""
    (article,) = read(tmp_path, IEER, "NYT_19980315")
    assert isinstance(article, RawArticle)
    assert (article.record, article.title) == ("NYT19980315.0063", "Ferry sails again")
    assert article.body == "The harbour ferry of Seaton sailed again.\n\nIt is full."
    assert article.dates[0] == DateClaim("1998-03-15 11:05:00", "field")
    assert article.source == "New York Times"


def test_documents_of_gigaword_are_taken_apart(tmp_path: Path) -> None:
    """Outlet and day stand in the number alone."""
    (article,) = read(tmp_path, GIGAWORD, "xin_eng_200201")
    assert isinstance(article, RawArticle)
    assert (article.record, article.source) == ("XIN_ENG_20020101.0002", "Xinhua")
    assert article.dates == (DateClaim("2002-01-01", "field"),)
    assert article.body == "The harbour ferry sailed again.\n\nIt is full."


@pytest.mark.parametrize(
    "content", [GIGAWORD.replace("\n", "\r\n"), GIGAWORD.replace("ferry", "fèrry").encode("cp1252")]
)
def test_line_ends_and_encodings_of_collections_are_met(tmp_path: Path, content: str | bytes) -> None:
    """Nothing is lost."""
    (article,) = read(tmp_path, content, "xin.sgm")
    assert isinstance(article, RawArticle)
    assert article.body.replace("è", "e") == "The harbour ferry sailed again.\n\nIt is full."


def test_a_document_without_an_end_costs_only_itself(tmp_path: Path) -> None:
    """The next one begins where it says."""
    found = read(
        tmp_path, TREC.replace("</DOC><DOC>", "<DOC>", 1).replace("</TEXT>\n<DOC>", "</TEXT>\n\n<DOC>", 1), "ap"
    )
    assert [(one.record, isinstance(one, Skipped)) for one in found] == [
        ("AP880212-0001", True),
        ("FT922-3", False),
        ("AP880212-0003", True),
    ]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(RIS, id="as it is"),
        pytest.param(RIS.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param("\ufeff" + RIS, id="a byte order mark, as Zotero writes"),
    ],
)
def test_references_are_articles_where_they_have_an_abstract(tmp_path: Path, content: str) -> None:
    """The tags of Zotero and the older ones mean the same."""
    first, second, third = read(tmp_path, content, "export.ris")
    assert isinstance(first, RawArticle)
    assert (first.reader, first.record, first.title) == ("ris", "reference 1", "Ferry sails again")
    assert first.body == "The harbour ferry sailed again.\n\nIt is full."
    assert (first.authors, first.source) == (("Doe, Jane", "Roe, John"), "Harbour Post")
    assert (first.url, first.language, first.section) == ("https://post.example/ferry", "en", "News")
    assert (first.tags, first.dates[0]) == (("ferries", "harbours"), DateClaim("2017-10-31", "field"))
    assert isinstance(second, Skipped)
    assert "abstract" in second.reason
    assert isinstance(third, RawArticle)
    assert (third.title, third.body, third.source) == ("Mill closes", "The mill closed.", "Mill Weekly")
    assert third.dates == (DateClaim("2017-11", "field"),)
