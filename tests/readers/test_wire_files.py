"""XML of news agencies: all samples, and files that are made to do harm."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import RawArticle, Skipped
from searcher.readers import read_paths

G2 = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
STORIES = {
    "nitf": ("nitf", "<nitf{a}><body><body.content><p>{t}</p></body.content></body></nitf>"),
    "newsmlg2": (
        "newsItem",
        f"<newsItem {G2}{{a}}><contentSet><inlineXML><p>{{t}}</p></inlineXML></contentSet></newsItem>",
    ),
    "newsml": (
        "NewsML",
        "<NewsML{a}><NewsItem><ContentItem><DataContent><p>{t}</p></DataContent></ContentItem></NewsItem></NewsML>",
    ),
}
MOST_MEMORY = 250  # MB; a tree of four million bytes that are nothing but elements takes 156 with the program
PEAK = """
import re, sys
from pathlib import Path
from searcher.config import Settings
from searcher.readers import read_paths
for one in read_paths([Path(sys.argv[1])], Settings()):
    pass
print(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])
"""
WIRE_READERS = {"nitf", "newsmlg2", "newsml"}


def made(reader: str, text: str, subset: str = "", attribute: str = "") -> str:
    """A story in this format, its document type with this internal subset."""
    root, story = STORIES[reader]
    begin = f"<!DOCTYPE {root} [{subset}]>\n" if subset else ""
    return begin + story.replace("{t}", text).replace("{a}", attribute)


def read(path: Path, content: str) -> list[RawArticle | Skipped]:
    """What a file with this content holds."""
    (path / "story.xml").write_text(content, encoding="utf-8")
    return list(read_paths([path / "story.xml"], Settings()))


def peak(path: Path) -> int:
    """The most memory in MB that a process of its own takes to read a file."""
    if not Path("/proc/self/status").exists():
        pytest.skip("this system has no /proc to see memory in")
    done = subprocess.run([sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True)
    return int(done.stdout) // 1024


def test_every_sample_is_an_article_or_a_reason(test_data: Path) -> None:
    """What the readers take gives text or says why not; what they leave is left to others."""
    folder = test_data / "formats"
    found = {
        path.name: list(read_paths([path], Settings()))
        for path in sorted([*folder.glob("wire/*.xml"), *folder.glob("wire/tag_*"), *folder.glob("newsmlg2/*.xml")])
    }
    articles = [one for made in found.values() for one in made if isinstance(one, RawArticle)]
    ours = [one for one in articles if one.reader in WIRE_READERS]
    assert [name for name, made in found.items() if not made] == []
    assert [one.path for one in ours if not (one.body.strip() and one.dates and one.raw)] == []
    assert Counter(one.reader for one in ours) == {"nitf": 17, "newsmlg2": 34, "newsml": 3}
    assert [one.reason for made in found.values() for one in made if isinstance(one, Skipped) and not one.reason] == []


@pytest.mark.parametrize("reader", STORIES)
def test_entities_that_multiply_are_not_expanded(tmp_path: Path, reader: str) -> None:
    """The parser stops at a billion laughs; a harmless entity is left out."""
    subset = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    for text, attribute in (("Before &a11; after.", ""), ("Text.", ' id="&a11;"')):
        (one,) = read(tmp_path, made(reader, text, subset, attribute))
        assert isinstance(one, Skipped)
    (one,) = read(tmp_path, made(reader, "Before &a2; after.", subset))
    assert isinstance(one, RawArticle)
    assert one.body == "Before after."


@pytest.mark.parametrize("reader", STORIES)
def test_no_other_file_is_read(tmp_path: Path, reader: str) -> None:
    """An external entity or document type, a file or an address, stays outside."""
    (tmp_path / "secret.txt").write_text("hidden words")
    secret = (tmp_path / "secret.txt").as_uri()
    subset = f'<!ENTITY x SYSTEM "{secret}"><!ENTITY % y SYSTEM "{secret}"> %y;'
    found = read(tmp_path, made(reader, "Before &x; after.", subset))
    assert len(found) == 1
    assert "hidden" not in repr(found) + "".join(one.raw.decode() for one in found if isinstance(one, RawArticle))


@pytest.mark.parametrize("reader", STORIES)
@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        pytest.param("<b>" * 1_000_000 + "</b>" * 1_000_000, "", id="a million levels"),
        pytest.param("x", f' id="{"a" * 12_000_000}"', id="an attribute of 12 MB"),
        pytest.param("<b/>" * 1_500_000, "", id="more elements than an article has"),
    ],
)
def test_what_is_beyond_bounds_is_one_reason(tmp_path: Path, reader: str, text: str, attribute: str) -> None:
    """The file costs itself alone."""
    found = read(tmp_path, made(reader, text, attribute=attribute))
    assert [type(one).__name__ for one in found] == ["Skipped"]
    assert peak(tmp_path / "story.xml") < MOST_MEMORY


def test_many_items_take_the_memory_of_one(tmp_path: Path) -> None:
    """A message of any length is read item by item."""
    item = STORIES["newsmlg2"][1].replace("{a}", "").replace("{t}", "Words of a story. " * 600)
    sizes = []
    for count in (20, 4_000):
        with (tmp_path / "message.xml").open("w", encoding="utf-8") as file:
            file.write(f"<newsMessage {G2}><header/><itemSet>")
            file.writelines(item + "\n" for _ in range(count))
            file.write("</itemSet></newsMessage>")
        sizes.append(peak(tmp_path / "message.xml"))
    assert sizes[1] < sizes[0] + 20  # MB; the file has 45
