"""The characters of saved pages, whatever they declare."""

from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import RawArticle
from searcher.readers import read_paths
from searcher.readers.charset import decode_page

RUSSIAN = "Турция сбила самолёт"
FRENCH = "Élection à Abidjan"


def page(charset: str, text: str) -> str:
    """A page that declares a character set."""
    return f'<html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize(
    ("raw", "text", "warned"),
    [
        (page("utf-8", RUSSIAN).encode(), RUSSIAN, False),
        (page("windows-1251", RUSSIAN).encode("cp1251"), RUSSIAN, False),
        (page("koi8-r", RUSSIAN).encode("koi8-r"), RUSSIAN, False),
        (page("iso-8859-1", FRENCH).encode("latin-1"), FRENCH, False),
        (page("iso-8859-1", "a – b").encode("cp1252"), "a – b", False),  # browsers read latin-1 as windows-1252
        (page("shift_jis", "津波").encode("cp932"), "津波", False),
        (page("iso-2022-jp", "津波").encode("iso-2022-jp"), "津波", False),  # seven bits: valid UTF-8 too
        (page("gb2312", "特朗普").encode("gb18030"), "特朗普", False),
        (page("iso-8859-1", RUSSIAN).encode(), RUSSIAN, True),  # a false declaration over UTF-8
        (page("utf-8", FRENCH).encode("latin-1"), FRENCH, True),  # and one of UTF-8 over latin-1
        (page("klingon", RUSSIAN).encode(), RUSSIAN, True),  # a set nobody knows
        (page("punycode", FRENCH).encode(), FRENCH, True),  # a codec that is no character set
        (page("", FRENCH).encode("cp1252"), FRENCH, True),  # none declared: the western fallback
        (b"\xff\xfe" + page("utf-8", FRENCH).encode("utf-16-le"), FRENCH, False),  # a byte order mark
        (page("utf-8", "word " * 500).encode() + b"\xff", "word", True),  # one broken byte in a long page
        (page("utf-8", "a\x00b\x07c").encode(), "a b c", False),  # control characters become spaces
    ],
)
def test_a_page_is_decoded(raw: bytes, text: str, warned: bool) -> None:
    """The words are right, and a false declaration is said."""
    html, warnings = decode_page(raw, "utf-8")
    assert (True, warned) == (text in html, bool(warnings))


def test_a_page_is_left_to_be_read_later(tmp_path: Path) -> None:
    """The reader gives the page and its bytes and interprets nothing."""
    raw = page("utf-8", FRENCH).encode()
    (tmp_path / "a.html").write_bytes(raw)
    (article,) = read_paths([tmp_path], Settings())
    assert isinstance(article, RawArticle)
    assert (raw, raw.decode(), "", "", ()) == (article.raw, article.html, article.title, article.body, article.dates)
