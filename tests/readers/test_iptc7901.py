"""Messages of IPTC 7901."""

import hashlib
from pathlib import Path

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

MESSAGE = (
    "\x01eca0124 3 i 93  mw 1888\r\n\r\nMills/trade/\r\n"
    "\x021ST LEAD\nMill opens after\nyears of work\nBy Jane Doe =\r\n\r\n"
    "Omaha (mw) - The mill opened on Monday, one of the largest of them\r\nin the country.\r\n\r\nIt holds corn.\r\n"
    "\r\n# Notebook\r\n\r\n## Note to editors\r\n- Adds quote\r\n\r\n\x03212101 GMT Nov 18\r\n\x7f\r\n\x7f\x04"
)


def read(path: Path, content: str) -> list[RawArticle | Skipped]:
    """What a file with these messages holds."""
    (path / "w.txt").write_bytes(content.encode("latin-1"))
    return list(read_paths([path / "w.txt"], Settings()))


def test_messages_are_taken_apart(tmp_path: Path) -> None:
    """Notes above the headline and below the text are left out; the moment of sending is the date."""
    first, second = read(tmp_path, MESSAGE + "\r\n" + MESSAGE.replace("opens", "closes"))
    assert isinstance(first, RawArticle)
    assert isinstance(second, RawArticle)
    assert (first.reader, first.record, first.title) == ("iptc7901", "message 1", "Mill opens after years of work")
    assert first.body == (
        "Omaha (mw) - The mill opened on Monday, one of the largest of them in the country.\n\nIt holds corn."
    )
    assert first.dates == (DateClaim("2018-11-21T21:01+00:00", "field"),)
    assert (first.authors, first.source, first.tags) == (("Jane Doe",), "mw", ("Mills", "trade"))
    assert second.record == "message 2"


def test_a_message_that_breaks_off_is_skipped(tmp_path: Path) -> None:
    """Its heading alone is no article."""
    (skipped,) = read(tmp_path, MESSAGE[: MESSAGE.index("\x02")])
    assert isinstance(skipped, Skipped)


def test_real_messages_are_taken_apart(test_data: Path) -> None:
    """Each of the samples gives one article with a date."""
    folder = test_data / "formats" / "wire"
    found = list(read_paths([folder / "IPTC7901.txt", *sorted(folder.glob("dpa_*.txt"))], Settings()))
    assert [isinstance(one, RawArticle) and len(one.dates) for one in found] == [
        1,
        1,
        1,
        0,
        1,
    ]  # one was cut before its end
    first = found[0]
    assert isinstance(first, RawArticle)
    assert hashlib.sha256(first.title.encode()).hexdigest()[:8] == "b72bdc03"
    assert (first.body.split()[0], len(first.body.split())) == ("Berlin", 164)
