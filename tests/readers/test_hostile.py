"""Files that are made, or have broken, to be slow or to be lost: each is read in linear time, or named."""

import io
import json
import subprocess
import sys
import tarfile
import zipfile
from datetime import date
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import Article, RawArticle, Skipped
from searcher.normalize import normalize
from searcher.readers import read_file

TODAY = date(2026, 11, 20)
GAP = " " * 300_000
ITEM = '<REUTERS NEWID="1"><TEXT><TITLE>Ferry sails</TITLE><BODY>{}</BODY></TEXT></REUTERS>\n'
READ = """
import sys, datetime, pathlib
from searcher.config import Settings
from searcher.models import RawArticle
from searcher.normalize import normalize
from searcher.readers import read_file
for found in read_file(pathlib.Path(sys.argv[1]), Settings()):
    if isinstance(found, RawArticle):
        normalize(found, Settings(), datetime.date(2026, 11, 20))
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.sgm", ITEM.format(f"The ferry{GAP}sailed."), id="a gap that might end in the agency's name"),
        pytest.param("b.sgm", "<REUTERS >\n" + "x\n" * 150_000, id="an item of many lines without an end"),
        pytest.param("c.csv", f"title,text\nFerry,The ferry{GAP}sailed.\n", id="a gap that might end in [+9 chars]"),
        pytest.param("g.xml", "<!-- a -->" * 800 + "<b/>", id="comments that may be one or many"),
        pytest.param(
            "h.mbox", "From jane@post.example Tue Oct 31 08:15" + "-" * 60_000, id="a line that may open a mailbox"
        ),
        pytest.param("i.mbox", "From jane@post.example" + " 08:15" * 10_000, id="a line of many times of day"),
        pytest.param("e.html", f"<p>{GAP}</p>", id="an element of white space"),
        pytest.param("f.txt", f"{GAP}Ferry", id="white space before the first sign, where a byte order mark may be"),
        pytest.param("d.csv", f"title,text,tags\nFerry,It sailed.,a{GAP}b\n", id="a gap that might end in a semicolon"),
    ],
)
def test_a_long_run_costs_linear_time(tmp_path: Path, name: str, content: str) -> None:
    """Quadratic time would be minutes of it, and the process is ended long before."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    subprocess.run([sys.executable, "-c", READ, str(path)], check=True, timeout=50)


@pytest.mark.parametrize(
    ("below", "body"),
    [
        pytest.param("\n Reuter", "It sailed.", id="on a line of its own"),
        pytest.param("   REUTERS", "It sailed.", id="behind a gap"),
        pytest.param(" said Reuter", "It sailed. said Reuter", id="the end of a sentence stays"),
    ],
)
def test_the_signature_of_the_agency_is_left_out(tmp_path: Path, below: str, body: str) -> None:
    """Where it stands apart from the story."""
    path = tmp_path / "reut.sgm"
    path.write_text(ITEM.format("It sailed." + below), encoding="latin-1")
    assert [item.body for item in read_file(path, Settings()) if isinstance(item, RawArticle)] == [body]


def packed(kind: str) -> bytes:
    """An archive that holds a note on itself and nothing else."""
    box = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(box, "w") as archive:
            archive.writestr("README.md", "Our pages.")
    else:
        with tarfile.open(fileobj=box, mode="w") as tape:
            entry = tarfile.TarInfo("README.md")
            entry.size = 10
            tape.addfile(entry, io.BytesIO(b"Our pages."))
    return box.getvalue()


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_archive_without_articles_is_named(tmp_path: Path, kind: str) -> None:
    """It is not lost without a word."""
    path = tmp_path / f"pages.{kind}"
    path.write_bytes(packed(kind))
    reason = "an archive without articles: nothing in it but folders, hidden files or notes on it"
    assert list(read_file(path, Settings())) == [Skipped(str(path), reason)]


@pytest.mark.parametrize("sign", ["\x05", "&#5;", "&#x1F;", "&#65535;", "&#3d", "\x0c"])
def test_a_page_with_control_characters_is_read(tmp_path: Path, sign: str) -> None:
    """Also where they stand behind an element that is taken out."""
    path = tmp_path / "page.html"
    text = "The harbour ferry sailed again on Monday after nine weeks in the yard of the town. " * 4
    page = f"<html><body><p>{text}<script>x</script>{sign} It is full.</p><nav>Home</nav>{sign} more</body></html>"
    path.write_text(page, encoding="utf-8")
    (raw,) = read_file(path, Settings())
    assert isinstance(raw, RawArticle)
    made = normalize(raw, Settings(), TODAY)
    assert isinstance(made, Article)
    assert "sailed again" in made.body
    assert sign not in made.body


@pytest.mark.parametrize(
    ("method", "resource"),
    [
        pytest.param(99, {}, id="a part packed in a way that nobody knows"),
        pytest.param(0, {"hash": "shake_128:00"}, id="a hash without a length of its own"),
    ],
)
def test_a_broken_wacz_is_named(tmp_path: Path, method: int, resource: dict[str, str]) -> None:
    """It gives reasons, and nothing is raised."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("datapackage.json", json.dumps({"resources": [{"path": "archive/a.warc", **resource}]}))
        archive.writestr("archive/a.warc", "WARC/1.0\r\n\r\n")
    content = bytearray(box.getvalue())
    at = content.index(b"PK\x01\x02")
    content[8], content[at + 10] = method, method
    path = tmp_path / "crawl.wacz"
    path.write_bytes(content)
    found = list(read_file(path, Settings()))
    assert found
    assert all(isinstance(item, Skipped) and item.reason for item in found)
