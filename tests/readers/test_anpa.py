"""Messages of ANPA 1312."""

import hashlib
from pathlib import Path

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

MESSAGE = (
    "\x16\x16\x01W2870\x1fworld\nf l\x13\x11 BC-US--Mill     11-13 0049\r\n\x02^BC-US--Mill,49<\r\n^Mill opens<\r\n"
    "^AP Photo XX101<\r\n^Eds: With photo.<\r\n^By JANE DOE=\r\n^Associated Press=\r\n"
    "\t   OMAHA, Neb. (AP) _ The ``big'' mill opened.\r\n \r\n\t   It holds corn.\r\n \r\n\t   ___\r\n"
    "\t   \x03AP-WF-11-13-13 1509GMT<\r\n\r\n\x0c\r\n\x04\r\n"
)


def read(path: Path, content: str) -> list[RawArticle | Skipped]:
    """What a file with these messages holds."""
    (path / "w.tst").write_bytes(content.encode("latin-1"))
    return list(read_paths([path / "w.tst"], Settings()))


def test_messages_are_taken_apart(tmp_path: Path) -> None:
    """Notes to editors are no text; the moment of sending is the date."""
    first, second = read(tmp_path, MESSAGE + MESSAGE.replace("^Mill opens<", "^Mill closes<"))
    assert isinstance(first, RawArticle)
    assert isinstance(second, RawArticle)
    assert (first.reader, first.record, first.title) == ("anpa", "message 1", "Mill opens")
    assert first.body == "OMAHA, Neb. (AP) _ The “big” mill opened.\n\nIt holds corn."
    assert first.dates == (DateClaim("2013-11-13T15:09+00:00", "field"),)
    assert (first.authors, first.source, first.tags) == (("JANE DOE",), "Associated Press", ("BC-US--Mill",))
    assert (second.record, second.title) == ("message 2", "Mill closes")


def test_a_message_without_text_is_skipped(tmp_path: Path) -> None:
    """So is one that breaks off in its heading."""
    found = read(tmp_path, MESSAGE.replace("\x02", "") + MESSAGE[: MESSAGE.index("\t")])
    assert [isinstance(one, Skipped) for one in found] == [True, True]


def test_a_real_message_is_taken_apart(test_data: Path) -> None:
    """Each of the samples gives one article with a title and a date."""
    found = list(read_paths(sorted((test_data / "formats" / "wire").glob("*anpa-*.tst")), Settings()))
    assert [isinstance(one, RawArticle) for one in found] == [True] * 11
    first = next(one for one in found if one.path.endswith("/anpa-1.tst"))
    assert isinstance(first, RawArticle)
    assert hashlib.sha256(first.title.encode()).hexdigest()[:8] == "944a255c"
    assert first.dates[0].text == "2013-11-13T15:09+00:00"
    assert (first.body.split()[0], len(first.body.split())) == ("BUENOS", 470)
