"""Files that are made, or have broken, to be slow or to be lost: each is read in linear time, or named."""

import io
import json
import re
import subprocess
import sys
import tarfile
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import Article, RawArticle, Skipped
from searcher.normalize import datewords, jsonld, normalize
from searcher.readers import iptc7901, lexisnexis, pdflines, read_file, read_paths

TODAY = date(2026, 11, 20)
GAP = " " * 300_000
ITEM = '<REUTERS NEWID="1"><TEXT><TITLE>Ferry sails</TITLE><BODY>{}</BODY></TEXT></REUTERS>\n'
READ = """
import sys, datetime, pathlib
from searcher.config import Settings
from searcher.models import RawArticle
from searcher.normalize import datewords, jsonld, normalize
from searcher.readers import iptc7901, lexisnexis, pdflines, read_file
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
        pytest.param(
            "j.tst", f"\x01W2870\x1fx\n\x02^BC-US--Mill,49<\n^Mill{GAP}opens<\n\tIt opened.", id="a gap in a headline"
        ),
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
    ("pattern", "text"),
    [
        pytest.param(
            iptc7901.HEADING, "\x01eca0124 3 i 93 " + "a 1 " * 6_000 + "x", id="words and numbers of a heading"
        ),
        pytest.param(lexisnexis.SURE, f"a{GAP}b", id="a gap that might end in how sure a label is"),
        pytest.param(lexisnexis.ADDRESS, ";http://a" * 10_000 + " b", id="addresses behind each other"),
        pytest.param(pdflines.PAGE_NUMBER, "-" * 60_000 + "x", id="a rule that might hold the number of a page"),
        pytest.param(datewords.BRACKETED, f"a{GAP}b", id="a gap that might end in brackets"),
        pytest.param(jsonld.COMMENT, f"a-->{GAP}b", id="the end of a comment that might be that of all"),
    ],
)
def test_a_pattern_takes_linear_time(pattern: re.Pattern[str], text: str) -> None:
    """With 60,000 signs each of these took 7 to 79 seconds."""
    begun = time.process_time()
    assert pattern.search(text) is None
    assert time.process_time() - begun < 3


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


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        pytest.param("<ns0:header>\n<ns0:sent>x</ns0:sent></ns0:header>", [Skipped], id="of the first element"),
        pytest.param(
            "<rss><channel><item><title>Ferry</title><media:thumb>x</media:thumb><description>It sailed.</description>"
            "</item></channel></rss>", [RawArticle], id="inside an item",
        ),
        pytest.param(
            "<nitf><head><a:b/></head><body><body.content><p>It <x:y>sailed</x:y>.</p></body.content></body></nitf>",
            [RawArticle, Skipped], id="inside a story, where the fault of the file is named as well",
        ),
    ],
)  # fmt: skip
def test_a_prefix_that_nobody_declared_is_part_of_the_name(tmp_path: Path, content: str, kinds: list[type]) -> None:
    """It is common in feeds made by hand, and ends no run."""
    (tmp_path / "a.xml").write_text(content, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Dam opened\n\nThe dam was opened.", encoding="utf-8")
    assert [*kinds, RawArticle] == [type(found) for found in read_paths([tmp_path], Settings())]


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
    "header",
    [
        pytest.param("From: " + "(" * 50_000, id="comments inside each other"),
        pytest.param("From: " + '"' * 50_000, id="quotation marks"),
        pytest.param("From: " + "a <b>, " * 5_000, id="many addresses"),
        pytest.param("Date: " + "(" * 50_000, id="a date of comments"),
        pytest.param("Content-Type: text/plain; " + "a=b; " * 5_000, id="many parameters"),
        pytest.param("Subject: " + "=?utf-8?q?a?= " * 10_000, id="many encoded words"),
    ],
)
def test_a_header_without_reason_costs_itself(tmp_path: Path, header: str) -> None:
    """The message is an article all the same, and so is the one behind it."""
    opening = "From jane@post.example Tue Oct 31 08:15:00 2017\n"
    message = "Subject: Ferry\nX-Mailer: none\n{}\n\nThe harbour ferry sailed again on Monday.\n\n"
    path = tmp_path / "a.mbox"
    path.write_text(f"{opening}{message.format(header)}{opening}{message.format('X-Note: none')}", encoding="utf-8")
    found = [normalize(raw, Settings(), TODAY) for raw in read_file(path, Settings()) if isinstance(raw, RawArticle)]
    assert [isinstance(made, Article) and "ferry sailed" in made.body for made in found] == [True, True]


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


@pytest.mark.parametrize("name", ["saved.mhtml", "saved", "mail.eml"])
def test_headers_that_name_many_parts_are_headers(tmp_path: Path, name: str) -> None:
    """To look at what a file begins with is no reason to fail; the file has its line in the report."""
    path = tmp_path / name
    path.write_text(
        "From: <Saved by Blink>\n" + 'Content-Type: multipart/related; type="text/html"\n' * 300 + "\nText.\n"
    )
    found = list(read_paths([path], Settings()))
    assert [bool(each.reason) for each in found if isinstance(each, Skipped)] == [True] * len(found)
    assert len(found) == 1
