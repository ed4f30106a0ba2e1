"""Collections in SGML, references in RIS, and tables whose columns go by names of their own."""

from pathlib import Path

import pytest

from searcher.archive import Archive
from searcher.config import FIELDS, Settings
from searcher.errors import UsageError
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths
from searcher.readers.record import NAMES


def read(path: Path, content: str | bytes, settings: Settings | None = None) -> list[RawArticle | Skipped]:
    """What a file holds."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_paths([path], settings or Settings()))


def article(path: Path, content: str | bytes, settings: Settings | None = None) -> RawArticle:
    """The one article of a file."""
    (found,) = read(path, content, settings)
    assert isinstance(found, RawArticle), found
    return found


AP = """<DOC>
<DOCNO> AP880212-0001 </DOCNO>
<FILEID>AP-NR-02-12-88 2344EST</FILEID>
<HEAD>Ferry Sails &amp; Returns</HEAD>
<BYLINE>By ANA WRITER</BYLINE>
<DATELINE>TESTPORT (AP) </DATELINE>
<TEXT>
   The harbour ferry sailed again on Monday after nine weeks in the yard of
the island, its owners said on the quay.
   ``We are glad,'' said the captain of the ferry, who has sailed for thirty
years between the shores.
</TEXT>
</DOC>
"""
IEER = """<DOC>
<DOCNO> APW19980314.0391 </DOCNO>
<DOCTYPE> NEWS </DOCTYPE>
<DATE_TIME> 03/04/1998 10:36:00 </DATE_TIME>
<BODY>
<HEADLINE>
<b_enamex type="LOCATION">Testport<e_enamex> opens dam
</HEADLINE>
<TEXT>
<b_enamex type="LOCATION">TESTPORT<e_enamex> (AP) _ The dam above the harbour was opened on
<b_timex type="DATE">Friday<e_timex>.
</TEXT>
</BODY>
</DOC>
"""


def test_documents_of_trec(tmp_path: Path) -> None:
    """Built to the published form of AP: the day stands in the number alone, quotation marks are typed."""
    found = article(tmp_path / "ap880212", AP)
    assert (found.reader, found.record, found.title) == ("trec", "AP880212-0001", "Ferry Sails & Returns")
    assert (found.dates, found.source) == ((DateClaim("1988-02-12", "field"),), "Associated Press")
    assert (found.dateline, found.authors) == ("TESTPORT (AP)", ("By ANA WRITER",))
    first, second = found.body.split("\n\n")
    assert first.endswith("in the yard of the island, its owners said on the quay.")
    assert second.startswith("“We are glad,” said")


def test_documents_of_ieer(tmp_path: Path) -> None:
    """Built to the form of NLTK's corpus: tags that are never closed leave no trace, the month stands first."""
    found = article(tmp_path / "APW_19980314", IEER)
    assert found.title == "Testport opens dam"
    assert found.body == "TESTPORT (AP) _ The dam above the harbour was opened on Friday."
    assert found.dates[0] == DateClaim("1998-03-04 10:36:00", "field")


def test_a_document_cut_short_costs_itself_and_old_bytes_are_read(tmp_path: Path) -> None:
    """The first has no end, the second is in latin-1, the third has no text."""
    content = AP.replace("</DOC>\n", "").encode() + IEER.replace("dam", "d\xe9m").encode("latin-1") + b"<DOC>\n</DOC>\n"
    found = read(tmp_path / "mixed.sgml", content)
    assert [(type(item), item.record) for item in found] == [
        (Skipped, "AP880212-0001"),
        (RawArticle, "APW19980314.0391"),
        (Skipped, "document 3"),
    ]
    assert isinstance(found[1], RawArticle)
    assert "d\xe9m" in found[1].body


RIS = """TY  - NEWS
TI  - Ferry returns
AU  - Writer, Ana
T2  - Harbour Post
DA  - 2017/10/31/
PY  - 2017
AB  - The harbour ferry sailed again on Monday
after nine weeks.
KW  - ferries
KW  - harbours
UR  - https://harbour.example/ferry
LA  - en
ER  -

TY  - NEWS
TI  - Without a text
ER  -
TY  - NEWS
TI  - Cut short
"""


def test_references_of_ris(tmp_path: Path) -> None:
    """Built to the specification; an abstract is the text, and a reference without one is named."""
    first, second, third = read(tmp_path / "export.ris", RIS)
    assert isinstance(first, RawArticle)
    assert (first.title, first.source, first.authors) == ("Ferry returns", "Harbour Post", ("Writer, Ana",))
    assert " ".join(first.body.split()) == "The harbour ferry sailed again on Monday after nine weeks."
    assert first.dates == (DateClaim("2017-10-31", "field"), DateClaim("2017", "field"))
    assert (first.tags, first.url, first.language) == (("ferries", "harbours"), "https://harbour.example/ferry", "en")
    assert isinstance(second, Skipped)
    assert isinstance(third, Skipped)
    assert ("abstract" in second.reason, "ER" in third.reason) == (True, True)


def test_zotero_and_media_cloud(tmp_path: Path) -> None:
    """Zotero's abstract is the text; Media Cloud's table has none, so the headline stands for it and that is said."""
    zotero = (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","Url","Abstract Note","Date",'
        '"Access Date","Manual Tags"\n'
        '"A1","newspaperArticle","2017","Writer, Ana; Doe, Bo","Ferry returns","Harbour Post","https://h.example/1",'
        '"It sailed\nagain; twice.","2017-10-31","2017-11-05 10:00:00","ferries; harbours"\n'
    )
    found = article(tmp_path / "zotero.csv", zotero)
    assert (found.title, found.lead, found.source) == ("Ferry returns", "It sailed\nagain; twice.", "Harbour Post")
    assert (found.dates[0].text, found.crawled, found.tags) == ("2017-10-31", "2017-11-05", ("ferries", "harbours"))
    cloud = (
        "stories_id,title,url,language,publish_date,media_name\n"
        "7,Dam opened,https://h.example/2,en,2017-10-31,Harbour Post\n"
    )
    found = article(tmp_path / "cloud.csv", cloud)
    assert (found.title, found.body, found.source) == ("Dam opened", "Dam opened", "Harbour Post")
    assert ["no text" in warning for warning in found.warnings] == [True]


def test_what_newsapi_cuts_off_is_said(tmp_path: Path) -> None:
    """Its text ends in a count of the characters left out, which is no text."""
    found = article(
        tmp_path / "a.json",
        '{"articles": [{"source": {"id": null, "name": "Harbour Post"}, "title": "Dam",'
        ' "publishedAt": "2017-10-31T08:00:00Z", "content": "The dam was opened on Fri… [+2345 chars]"}]}',
    )
    assert (found.body, found.source) == ("The dam was opened on Fri", "Harbour Post")
    assert ["NewsAPI" in warning for warning in found.warnings] == [True]


def test_event_registry(tmp_path: Path) -> None:
    """Its own names: dateTimePub goes before the time it was found."""
    found = article(
        tmp_path / "a.json",
        '{"articles": {"results": [{"uri": "1", "lang": "eng", "date": "2017-11-01",'
        ' "dateTimePub": "2017-10-31T23:00:00Z",'
        ' "title": "Dam", "body": "It opened.", "source": {"uri": "h.example", "title": "Harbour Post"},'
        ' "authors": [{"uri": "x", "name": "Ana Writer"}]}]}}',
    )
    assert (found.dates[0].text, found.source, found.authors) == (
        "2017-10-31T23:00:00Z",
        "Harbour Post",
        ("Ana Writer",),
    )


TABLE = 'Nr;Kopf;Inhalt;Tag\n1;Damm;"Der Damm\nwurde ""geöffnet"".";31.10.2017\n'


def test_columns_are_named_by_option(tmp_path: Path) -> None:
    """Without it the report says how; with it the names are found, whatever their case, and so is the delimiter."""
    (skipped,) = read(tmp_path / "a.csv", TABLE)
    assert isinstance(skipped, Skipped)
    assert "--column body=NAME" in skipped.reason
    settings = Settings().changed(columns={"body": "inhalt", "title": "Kopf", "date": "Tag"})
    found = article(tmp_path / "a.csv", TABLE, settings)
    assert (found.title, found.body, found.dates) == (
        "Damm",
        'Der Damm\nwurde "geöffnet".',
        (DateClaim("31.10.2017", "field"),),
    )


def test_a_named_column_goes_before_a_known_name(tmp_path: Path) -> None:
    """And a table that does not have it is read by the known names."""
    settings = Settings().changed(columns={"body": "Long"})
    assert article(tmp_path / "a.csv", "title,text,long\nA,short,The long text\n", settings).body == "The long text"
    assert article(tmp_path / "b.csv", "title,text\nA,short\n", settings).body == "short"


def test_columns_are_kept_with_the_archive(tmp_path: Path) -> None:
    """A later add reads alike; an empty name takes a choice back; a field that no article has is an error."""
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")
    with Archive.open(tmp_path / "index") as archive:
        report = archive.add(tmp_path / "a.csv", columns={"body": "Inhalt", "title": "Kopf"}, processes=1)
        assert (report.added, report.skipped) == (1, ())
        assert archive.settings.columns == (("title", "Kopf"), ("body", "Inhalt"))
        assert archive.settings.changed(columns={"title": ""}).columns == (("body", "Inhalt"),)
        with pytest.raises(UsageError, match="'head' is no field"):
            archive.add(tmp_path / "a.csv", columns={"head": "Kopf"}, processes=1)


def test_every_field_of_a_record_can_be_named() -> None:
    """The settings and the reader of records know the same fields."""
    assert set(FIELDS) == set(NAMES)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("<DOC>" * 100_000, id="documents that never close"),
        pytest.param("<DOC><DOCNO>A</DOCNO><TEXT>" + "<" * 1_000_000 + "</DOC>", id="brackets"),
        pytest.param("<DOC><DOCNO>A</DOCNO>" + "<TEXT>" * 100_000 + "</DOC>", id="texts that never close"),
        pytest.param("TY  - NEWS\n" + "AB  - x\n" * 100_000, id="a reference that never closes"),
    ],
)
def test_hostile_collections_are_one_skipped(tmp_path: Path, line: str) -> None:
    """Whatever is repeated, one thing is reported."""
    found = read(tmp_path / "a.sgml", line)
    assert [type(item) for item in found] == [Skipped]
