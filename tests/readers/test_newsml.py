"""NewsML 1: items with components."""

from hashlib import sha256
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

ITEM = """<NewsItem xml:lang="fr"><Identification><NewsIdentifier><ProviderId>wire.example</ProviderId>
<DateId>20180302</DateId></NewsIdentifier><NameLabel>ferry</NameLabel></Identification>
<NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20180302T081500+0200</FirstCreated>
<ThisRevisionCreated>20180302T100000+0200</ThisRevisionCreated><Status FormalName="{status}"/></NewsManagement>
<NewsComponent><TopicSet><Topic><FormalName>10000000</FormalName><Description xml:lang="de" Variant="Name">Fähren
</Description><Description xml:lang="en" Variant="Name">Ferries</Description></Topic></TopicSet>
<NewsLines><HeadLine>Ferry
 returns</HeadLine><SubHeadLine>Crew is safe</SubHeadLine><ByLine>By Ana Diaz</ByLine>
<DateLine>PORTO NOVO, March 2 (Meridian) -</DateLine><SlugLine>ferry-returns</SlugLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="Meridian"/></Provider></AdministrativeMetadata>
<DescriptiveMetadata><Language FormalName="en"/><Property FormalName="Keyword" Value="harbour"/>
<Property FormalName="City" Value="Porto Novo"/></DescriptiveMetadata>
{component}</NewsComponent></NewsItem>"""
TEXT = """<NewsComponent><Role FormalName="{role}"/><ContentItem><MediaType FormalName="{media}"/>
<DataContent>{data}</DataContent></ContentItem></NewsComponent>"""
MARKED = "<p>The ferry came <em>home</em>.</p><p>Nine were aboard.</p>"
NITF = f"<nitf><body><body.content>{MARKED}</body.content></body></nitf>"
STRING = "<![CDATA[<P>The ferry came home.</P>\n<P>Nine were aboard.</P>]]>"
BODY = "The ferry came home.\n\nNine were aboard."


def text(data: str = MARKED, media: str = "Text", role: str = "Main") -> str:
    """A component that holds content."""
    return TEXT.replace("{role}", role).replace("{media}", media).replace("{data}", data)


def document(*components: str, status: str = "Usable") -> str:
    """A document with an item of each of these components."""
    items = (ITEM.replace("{status}", status).replace("{component}", component) for component in components)
    return f"<NewsML><NewsEnvelope><DateAndTime>x</DateAndTime></NewsEnvelope>{''.join(items)}</NewsML>"


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
    """The news lines, the names and not the codes, the topic in the language of the text."""
    article = one(tmp_path, document(text()))
    assert (article.reader, article.record, article.url) == ("newsml", "", "")
    assert (article.title, article.lead, article.body) == ("Ferry returns", "Crew is safe", BODY)
    assert (article.authors, article.source, article.language) == (("Ana Diaz",), "Meridian", "en")
    assert article.dateline == "PORTO NOVO, March 2 (Meridian)"
    assert article.tags == ("harbour", "Ferries")
    assert article.dates == (
        DateClaim("20180302T081500+0200", "field"),
        DateClaim("20180302T100000+0200", "field"),
    )


@pytest.mark.parametrize(
    "component",
    [
        pytest.param(text(MARKED), id="paragraphs"),
        pytest.param(text(NITF), id="NITF"),
        pytest.param(text(STRING), id="HTML as a string"),
        pytest.param(text(BODY), id="plain lines"),
        pytest.param(
            f'<NewsComponent EquivalentsList="yes">{text()}{text("<p>Le même.</p>")}</NewsComponent>',
            id="the first of equivalents",
        ),
        pytest.param(text() + text("x.jpg", "Photo"), id="a text and a picture"),
    ],
)
def test_the_text_is_the_same_however_it_is_written(tmp_path: Path, component: str) -> None:
    """One body, whatever holds it."""
    assert one(tmp_path, document(component)).body == BODY


def test_a_caption_is_no_text(tmp_path: Path) -> None:
    """The component says which is which."""
    article = one(tmp_path, document(text() + text("<p>In dock.</p>", role="Caption")))
    assert (article.body, article.captions) == (BODY, ("In dock.",))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(document(text(media="Photo")), "an item of photo, no text", id="a picture"),
        pytest.param(document(""), "no text in this file", id="metadata alone"),
        pytest.param(document(text(), status="Canceled"), "taken back (canceled)", id="killed"),
        pytest.param(document(text(), status="Withheld"), "taken back (withheld)", id="not to be published"),
    ],
)
def test_what_is_no_text_is_named(tmp_path: Path, content: str, reason: str) -> None:
    """One reason an item."""
    (skipped,) = read(tmp_path, content)
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason


def test_an_embargo_is_a_warning(tmp_path: Path) -> None:
    """The story is kept."""
    assert one(tmp_path, document(text(), status="Embargoed")).warnings == ("the story was sent under embargo",)


def test_items_are_counted(tmp_path: Path) -> None:
    """Each is an article of its own."""
    found = read(tmp_path, document(text(), text(media="Video"), text()))
    assert [(type(made).__name__, made.record) for made in found] == [
        ("RawArticle", "item 1"),
        ("Skipped", "item 2"),
        ("RawArticle", "item 3"),
    ]


def test_an_item_inside_an_item_is_its_own(tmp_path: Path) -> None:
    """Both are read, each with its own text, the inner first as it ends first."""
    inner = ITEM.replace("{status}", "Usable").replace("{component}", text("<p>Inner.</p>"))
    found = read(tmp_path, document(inner + text("<p>Outer.</p>"), text()))
    assert [made.body for made in found if isinstance(made, RawArticle)] == ["Inner.", "Outer.", BODY]


def test_real_items(test_data: Path) -> None:
    """Items of two agencies: the title's first word and length, the date, the text to the letter."""
    for name, first, words, day, digest in (
        ("afp.xml", "Sweden", 7, "20140829T134951+0000", "fbefd1bec2cc"),
        ("afp20.xml", "Décès", 9, "20240710T125902Z", "1763a8ed229c"),
        ("ana1.xml", "Wage", 6, "20180404T175859+0300", "6b22417842a5"),
    ):
        (article,) = read_paths([test_data / "formats" / "wire" / name], Settings())
        assert isinstance(article, RawArticle)
        assert (article.title.split()[0], len(article.title.split())) == (first, words)
        assert article.dates[0] == DateClaim(day, "field")
        assert sha256(article.body.encode()).hexdigest()[:12] == digest, name
