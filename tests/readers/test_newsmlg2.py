"""NewsML-G2: items alone and in messages."""

from hashlib import sha256
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="2" standard="NewsML-G2"
  xml:lang="de">
 <itemMeta>
  <itemClass qcode="ninat:{kind}"/><provider qcode="nprov:MW"><name>Meridian Wire</name></provider>
  <versionCreated>2018-03-02T10:00:00+02:00</versionCreated><firstCreated>2018-03-02T08:15:00+02:00</firstCreated>
  {extra}<pubStatus qcode="stat:{status}"/>
 </itemMeta>
 <contentMeta>
  <contentCreated>2018-03-02T08:00:00+02:00</contentCreated>
  <creator qcode="staff:7"><name>Bo Berg</name></creator>
  <language tag="en-GB"/>
  <keyword>harbour</keyword>
  <subject qcode="medtop:20000001"><name xml:lang="en">Ferries</name><name xml:lang="de">Fähren</name></subject>
  <subject qcode="medtop:20000002"/>
  <slugline>FERRY-RETURNS</slugline>
  {headline}
  <dateline>PORTO NOVO, Benin -</dateline><by>By Ana Diaz</by><creditline>Meridian</creditline>
 </contentMeta>
 <contentSet>{content}</contentSet>
</newsItem>"""
HEADLINE = '<headline>Ferry returns</headline><headline role="hld:subHeadline">Crew is safe</headline>'
PAGE = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>
</head><body><p>By Ana Diaz</p><p>The ferry came <b>home</b>.</p><figure><img alt="y"/><figcaption>In dock.</figcaption>
</figure><p>Nine were aboard.</p></body></html></inlineXML>"""
NITF = """<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head>
<hedline><hl1>Other title</hl1></hedline></body.head><body.content><p>The ferry came home.</p><p>Nine were aboard.</p>
</body.content></body></nitf></inlineXML>"""
STRING = (
    """<inlineData contenttype="text/html"><![CDATA[<P>The ferry came home.</P><P>Nine were aboard.]]></inlineData>"""
)
MESSAGE = """<?xml version="1.0"?><!-- sent --><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header>
<sent>2018-03-02T08:15:00Z</sent></header><itemSet>{items}</itemSet></newsMessage>"""
BODY = "The ferry came home.\n\nNine were aboard."


def item(**parts: str) -> str:
    """An item with these parts, the others being usual ones."""
    made = ITEM
    usual = {"guid": "urn:x", "kind": "text", "status": "usable", "extra": "", "headline": HEADLINE, "content": PAGE}
    for name, text in (usual | parts).items():
        made = made.replace("{" + name + "}", text)
    return made


def read(path: Path, content: str) -> list[RawArticle | Skipped]:
    """What a file with this content holds."""
    (path / "item.xml").write_text(content, encoding="utf-8")
    return list(read_paths([path], Settings()))


def one(path: Path, content: str) -> RawArticle:
    """The one article of a file."""
    (article,) = read(path, content)
    assert isinstance(article, RawArticle)
    return article


def test_an_item_is_taken_apart(tmp_path: Path) -> None:
    """Names and not codes; the first publication first; the byline above the text is no text."""
    article = one(tmp_path, item(guid="https://wire.example/ferry"))
    assert (article.reader, article.record, article.url) == ("newsmlg2", "", "https://wire.example/ferry")
    assert (article.title, article.lead, article.body) == ("Ferry returns", "Crew is safe", BODY)
    assert (article.authors, article.source, article.language) == (("Ana Diaz",), "Meridian", "en-GB")
    assert (article.dateline, article.captions) == ("PORTO NOVO, Benin", ("In dock.",))
    assert article.tags == ("harbour", "Ferries")
    assert article.dates == tuple(
        DateClaim(f"2018-03-02T{time}:00+02:00", "field") for time in ("08:15", "10:00", "08:00")
    )


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PAGE, id="a page"),
        pytest.param(NITF, id="NITF in its own namespace"),
        pytest.param(STRING, id="HTML as a string"),
        pytest.param(f"<inlineData>{BODY}</inlineData>", id="plain lines"),
    ],
)
def test_the_text_is_the_same_however_it_is_written(tmp_path: Path, content: str) -> None:
    """The headline of the item outranks that of its text."""
    article = one(tmp_path, item(content=content))
    assert (article.title, article.body) == ("Ferry returns", BODY)


def test_the_slug_stands_for_a_headline(tmp_path: Path) -> None:
    """Where neither the item nor its text has one."""
    assert one(tmp_path, item(headline="", content=STRING)).title == "FERRY-RETURNS"


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        pytest.param({"kind": "picture"}, "a picture item, no text", id="a picture with its caption"),
        pytest.param({"kind": "audio"}, "an audio item, no text", id="a recording"),
        pytest.param({"status": "canceled"}, "taken back (canceled)", id="killed"),
        pytest.param({"status": "withheld"}, "taken back (withheld)", id="not to be published"),
        pytest.param({"content": ""}, "no text in this file", id="metadata alone"),
        pytest.param(
            {"content": "<inlineXML><sports-content xmlns='x:y'>1</sports-content></inlineXML>"},
            "its content is sports-content",
            id="statistics",
        ),
    ],
)
def test_what_is_no_text_is_named(tmp_path: Path, parts: dict[str, str], reason: str) -> None:
    """One reason an item."""
    (skipped,) = read(tmp_path, item(**parts))
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason


def test_an_embargo_is_a_warning(tmp_path: Path) -> None:
    """The story is kept and the day told."""
    article = one(tmp_path, item(extra="<embargoed>2018-03-03T00:00:00Z</embargoed>"))
    assert article.warnings == ("the story was sent under embargo until 2018-03-03T00:00:00Z",)


def test_each_item_of_a_message_stands_alone(tmp_path: Path) -> None:
    """Records are counted, packages among them; the same item has the same bytes in any message."""
    package = '<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>'
    found = read(tmp_path, MESSAGE.replace("{items}", package + item() + item(headline="<headline>B</headline>")))
    assert [(type(made).__name__, made.record) for made in found] == [
        ("Skipped", "item 1"),
        ("RawArticle", "item 2"),
        ("RawArticle", "item 3"),
    ]
    alone = one(tmp_path, "<?xml version='1.0'?>\n" + item())
    assert isinstance(found[1], RawArticle)
    assert found[1].raw == alone.raw


def test_what_came_before_the_break_stands(tmp_path: Path) -> None:
    """A message cut short keeps its whole items and is reported."""
    whole = MESSAGE.replace("{items}", item() + item())
    found = read(tmp_path, whole[: whole.rindex("<contentSet>")])
    assert [type(made).__name__ for made in found] == ["RawArticle", "Skipped"]
    assert isinstance(found[1], Skipped)
    assert "the XML breaks off" in found[1].reason


def test_real_items(test_data: Path) -> None:
    """Items of three agencies: the title's first word and length, the date, the text to the letter."""
    for name, first, words, day, digest in (
        ("tag_reuters.com_2014_newsml_KBN0FL0NN_version_5", "Confident", 8, "2014-07-16T08:10:15.000Z", "81c0b499332f"),
        ("dpa.xml", "Eintracht", 9, "2022-10-11T11:14:42+02:00", "96fdcd59bdc7"),
        ("ap.xml", "Nutrisystem", 7, "2018-02-26T21:20:36Z", "c319c5024b8d"),
    ):
        article = next(iter(read_paths([test_data / "formats" / "wire" / name], Settings())))
        assert isinstance(article, RawArticle)
        assert (article.title.split()[0], len(article.title.split())) == (first, words)
        assert article.dates[0] == DateClaim(day, "field")
        assert sha256(article.body.encode()).hexdigest()[:12] == digest, name
