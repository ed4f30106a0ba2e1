"""All samples of news agencies, and files made to do harm."""

import resource
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import RawArticle, Skipped
from searcher.readers import read_paths

G2 = 'newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"'
WXR = 'rss xmlns:wp="http://wordpress.org/export/1.2/"'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
ROOTS = [
    pytest.param("nitf", "<body><body.content><p>{}</p></body.content></body></nitf>", id="NITF"),
    pytest.param(
        G2, "<newsItem><contentSet><inlineData>{}</inlineData></contentSet></newsItem></newsMessage>", id="G2"
    ),
    pytest.param(
        "NewsML", "<NewsItem><NewsLines><HeadLine>{}</HeadLine></NewsLines></NewsItem></NewsML>", id="NewsML 1"
    ),
    pytest.param(WXR, "<channel><item><title>{}</title></item></channel></rss>", id="WXR"),
]


@pytest.mark.parametrize("folder", ["feeds", "wire", "newsmlg2"])
def test_every_sample_gives_articles_or_a_named_reason(test_data: Path, folder: str) -> None:
    """No file is passed over in silence, and none stops the rest."""
    files = [path for path in (test_data / "formats" / folder).rglob("*") if path.is_file()]
    found = list(read_paths(files, Settings()))
    assert {one.path for one in found} == {str(path) for path in files}
    assert all(one.reason if isinstance(one, Skipped) else one.title or one.body or one.html for one in found)


def test_each_wire_format_is_told_apart(test_data: Path) -> None:
    """Every reader of a wire format takes its own samples."""
    found = list(read_paths([test_data / "formats" / "wire"], Settings()))
    readers = {one.reader for one in found if isinstance(one, RawArticle)}
    assert readers >= {"nitf", "newsmlg2", "newsml", "ninjs", "wxr", "anpa", "iptc7901", "feed"}


@pytest.mark.parametrize(("root", "rest"), ROOTS)
@pytest.mark.parametrize(
    ("doctype", "text"),
    [
        pytest.param(f'[<!ENTITY l0 "ha">{LAUGHS}]', "&l11;", id="billion laughs"),
        pytest.param('[<!ENTITY x SYSTEM "file:///etc/passwd">]', "&x;", id="an external entity"),
        pytest.param("", "<a>" * 1_000_000, id="a million levels"),
        pytest.param("", '<a b="' + "x" * 12_000_000 + '"/>', id="a very long attribute"),
    ],
)
def test_hostile_documents_are_skipped(tmp_path: Path, root: str, rest: str, doctype: str, text: str) -> None:
    """Nothing is expanded, fetched or followed down."""
    start = f"<!DOCTYPE {root.split()[0]} {doctype}>" if doctype else ""
    (tmp_path / "x.xml").write_text(f"{start}<{root}>{rest.format(text)}", encoding="utf-8")
    found = list(read_paths([tmp_path / "x.xml"], Settings()))
    assert len(found) == 1
    assert isinstance(found[0], Skipped)


def test_an_item_is_the_same_whatever_stands_beside_it(tmp_path: Path) -> None:
    """The bytes of an item alone decide its identity."""
    item = "<newsItem><contentSet><inlineData>{}</inlineData></contentSet></newsItem>"
    one, two = item.format("One text."), item.format("Another text.")
    (tmp_path / "a.xml").write_text(f"<{G2}><itemSet>{one}{two}</itemSet></newsMessage>", encoding="utf-8")
    (tmp_path / "b.xml").write_text(f"<{G2}><itemSet>\n{two}\n</itemSet></newsMessage>", encoding="utf-8")
    first, second, third = read_paths([tmp_path / "a.xml", tmp_path / "b.xml"], Settings())
    assert isinstance(first, RawArticle)
    assert isinstance(second, RawArticle)
    assert isinstance(third, RawArticle)
    assert first.raw != second.raw == third.raw


def test_half_a_record_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    """A file that breaks off gives what came long before the break, and says that it broke."""
    item = (
        f"<newsItem><contentSet><inlineData>{'A sentence of some length. ' * 400}</inlineData></contentSet></newsItem>"
    )
    whole = f"<{G2}><itemSet>{item}{item}</itemSet></newsMessage>"
    (tmp_path / "a.xml").write_text(whole[: whole.rindex("A sentence")], encoding="utf-8")
    first, broken = read_paths([tmp_path / "a.xml"], Settings())
    assert isinstance(first, RawArticle)
    assert isinstance(broken, Skipped)
    assert "breaks off" in broken.reason


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Ten times the items take no more memory."""
    item = f"<newsItem><contentSet><inlineData>{'A sentence. ' * 1000}</inlineData></contentSet></newsItem>"
    peaks = []
    for count in (100, 1000):
        path = tmp_path / f"{count}.xml"
        path.write_text(f"<{G2}><itemSet>{item * count}</itemSet></newsMessage>", encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert sum(isinstance(one, RawArticle) for one in read_paths([path], Settings())) == count
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    assert peaks[1] < 8 * 1024  # kilobytes; the second file has 12 MB
