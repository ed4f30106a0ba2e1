"""Web archives: which captures are articles, what is known of them, and what becomes of broken ones."""

import base64
import gzip
import hashlib
import io
import json
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import Article, RawArticle, Skipped
from searcher.normalize import normalize
from searcher.readers import read_paths
from searcher.readers.captures import captures_again

PAGE = b"<!doctype html><html><head><title>Ferry returns</title></head><body><p>It sailed again.</p></body></html>"
URL = "https://harbour.example/ferry"


def record(
    block: bytes, kind: str = "response", url: str = URL, typed: str = "application/http; msgtype=response"
) -> bytes:
    """One record of a WARC, by ISO 28500."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2017-10-31T08:15:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\nContent-Type: {typed}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes = PAGE, status: str = "200 OK", typed: str = "text/html", more: str = "") -> bytes:
    """What a server sent."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {typed}\r\n{more}Content-Length: {len(body)}\r\n\r\n".encode() + body


def read(path: Path, settings: Settings | None = None) -> tuple[list[RawArticle], list[Skipped]]:
    """The articles and the skipped things of one path."""
    found = list(read_paths([path], settings or Settings()))
    articles = [item for item in found if isinstance(item, RawArticle)]
    return articles, [item for item in found if isinstance(item, Skipped)]


def chunked(body: bytes) -> bytes:
    """A body as HTTP sends it in pieces."""
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (body[:20], body[20:])) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("content", "page"),
    [
        pytest.param(record(answer()), PAGE, id="a page"),
        pytest.param(record(answer(typed="application/xhtml+xml; charset=utf-8")), PAGE, id="XHTML"),
        pytest.param(record(answer(gzip.compress(PAGE), more="Content-Encoding: gzip\r\n")), PAGE, id="gzip"),
        pytest.param(record(answer(chunked(PAGE), more="Transfer-Encoding: chunked\r\n")), PAGE, id="in pieces"),
        pytest.param(record(PAGE, "resource", typed="text/html"), PAGE, id="a snapshot"),
        pytest.param(record(b"Dam opened\n\nOn Friday.", "conversion", typed="text/plain"), b"Dam opened", id="a text"),
        pytest.param(record(answer(status="404 Not Found")), None, id="no such page"),
        pytest.param(record(answer(status="301 Moved")), None, id="moved"),
        pytest.param(record(answer(typed="image/png")), None, id="an image"),
        pytest.param(record(answer(), "revisit"), None, id="the same as before"),
        pytest.param(record(answer(), "request"), None, id="what was asked"),
        pytest.param(record(b"log", "resource", "metadata://wget/log", "text/plain"), None, id="the crawler's log"),
        pytest.param(record(answer(b"\x89PNG\r\n\x1a\n" + bytes(99))), None, id="an image called a page"),
        pytest.param(record(answer(b"")), None, id="an empty page"),
    ],
)
def test_pages_that_were_found_are_articles(tmp_path: Path, content: bytes, page: bytes | None) -> None:
    """What is not a page is passed over; an archive without one says so, once."""
    (tmp_path / "a.warc").write_bytes(record(b"software: x", "warcinfo", typed="application/warc-fields") + content)
    articles, skipped = read(tmp_path)
    if page is None:
        assert (articles, len(skipped)) == ([], 1)
        return
    assert skipped == []
    assert [(found.url, found.crawled, found.record, found.reader) for found in articles] == [
        (URL, "2017-10-31", "record 2", "warc")
    ]
    assert articles[0].raw.startswith(page)
    assert articles[0].html or articles[0].title == "Dam opened"


def test_the_server_says_which_characters_it_sent(tmp_path: Path) -> None:
    """Its word goes before that of the page."""
    page = '<html><head><meta charset="iso-8859-1"></head><body>Паром вернулся в порт</body></html>'.encode("cp1251")
    (tmp_path / "a.warc").write_bytes(record(answer(page, typed="text/html; charset=windows-1251")))
    assert "Паром вернулся" in read(tmp_path)[0][0].html


def test_a_cut_archive_gives_what_came_before(tmp_path: Path) -> None:
    """Compressed or not, the page that was cut is named and no half of it taken."""
    whole = b"".join(record(answer(PAGE.replace(b"again", b"%d times" % number))) for number in range(5))
    (tmp_path / "a.warc").write_bytes(whole[:-100])
    pieces = [gzip.compress(record(answer(PAGE.replace(b"again", b"%d days" % number)))) for number in range(5)]
    (tmp_path / "b.warc.gz").write_bytes(b"".join(pieces)[:-100])
    articles, skipped = read(tmp_path)
    assert [article.record for article in articles] == [f"record {number}" for number in (1, 2, 3, 4)] * 2
    assert ["cut short" in item.reason for item in skipped] == [True, True]


def test_what_one_library_cannot_read_the_other_is_asked_for(tmp_path: Path) -> None:
    """Where neither can, the record is named and what came before it stands."""
    (tmp_path / "a.warc").write_bytes(record(answer()) + b"garbage of another kind\r\n" * 40)
    articles, skipped = read(tmp_path)
    assert [article.record for article in articles] == ["record 1"]
    assert [(item.record, "damaged after record 1" in item.reason) for item in skipped] in ([("record 2", True)], [])
    again = list(captures_again(io.BytesIO(record(answer()) * 3), 1))
    assert [(found.number, found.kind, found.url, found.status) for found in again] == [
        (2, "response", URL, 200),
        (3, "response", URL, 200),
    ]


def test_a_header_without_end_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    """A library reads a line whatever its length, so it is given only so much of it."""
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0\r\nX: " + b"x" * 30_000_000)
    tracemalloc.start()
    _, skipped = read(tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert ["no end of a header" in item.reason for item in skipped] == [True]
    assert peak < 12_000_000


def test_an_archive_of_any_size_is_read_in_constant_memory(tmp_path: Path) -> None:
    """50 MB of pages take the memory of a few."""
    page = record(answer(PAGE + b" " * 50_000))
    with (tmp_path / "a.warc").open("wb") as file:
        for _ in range(1000):
            file.write(page)
    tracemalloc.start()
    count = sum(1 for item in read_paths([tmp_path], Settings()) if isinstance(item, RawArticle))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 1000
    assert peak < 5_000_000


def wacz(warc: bytes, stated: bytes, *, first: bool = False, digest: str = "") -> bytes:
    """A WACZ of one web archive whose list has the hash of `stated`; `first` in the form of version 1.0."""
    found = hashlib.sha256(stated).hexdigest()
    name = "archive/data.warc.gz"
    old = {"path": name, "stats": {"hash": found, "bytes": len(stated)}, "hashing": "sha256"}
    entry = old if first else {"name": "data.warc.gz", "path": name, "hash": f"sha256:{found}", "bytes": len(stated)}
    package = json.dumps({"profile": "data-package", "resources": [entry]}).encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, warc)
        archive.writestr("datapackage.json", package)
        if digest:
            own = digest.replace("right", f"sha256:{hashlib.sha256(package).hexdigest()}")
            archive.writestr("datapackage-digest.json", json.dumps({"path": "datapackage.json", "hash": own}))
    return held.getvalue()


WARC = gzip.compress(record(answer()), mtime=0)


@pytest.mark.parametrize(
    ("content", "pages", "reasons"),
    [
        pytest.param(wacz(WARC, WARC), 1, [], id="sound"),
        pytest.param(wacz(WARC, WARC, first=True), 1, [], id="of the first version"),
        pytest.param(wacz(WARC, WARC, digest="right"), 1, [], id="signed"),
        pytest.param(
            wacz(WARC, WARC, digest="sha256:00"), 1, ["not the one in datapackage-digest.json"], id="list changed"
        ),
        pytest.param(wacz(WARC, b"other"), 0, ["not the one in datapackage.json"], id="archive changed"),
        pytest.param(wacz(WARC, WARC)[:-40], 0, ["damaged or cut short"], id="cut"),
    ],
)
def test_a_wacz_is_compared_with_its_list(tmp_path: Path, content: bytes, pages: int, reasons: list[str]) -> None:
    """A part with another hash is named and not read."""
    (tmp_path / "a.wacz").write_bytes(content)
    articles, skipped = read(tmp_path)
    assert [found.path for found in articles] == [f"{tmp_path}/a.wacz!/archive/data.warc.gz"] * pages
    assert [reason in item.reason for reason, item in zip(reasons, skipped, strict=True)] == [True] * len(reasons)


SAVED = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://harbour.example/ferry\r\n"
    "Subject: =?utf-8?Q?Ferry?=\r\nDate: Tue, 31 Oct 2017 23:30:00 -0500\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="--x"\r\n\r\n\r\n----x\r\n'
    "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://harbour.example/a.png\r\n\r\n"
    f"{base64.b64encode(bytes(60)).decode()}\r\n----x\r\nContent-Type: text/html; charset=windows-1252\r\n"
    "Content-ID: <page>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://harbour.example/f\r\n\r\n"
    "<html><title>Caf=E9 by the ferry</title><body><p>It sailed=\r\n again.</p></body></html>\r\n----x--\r\n"
)


@pytest.mark.parametrize(
    ("content", "url"),
    [
        pytest.param(SAVED, URL, id="by Chrome"),
        pytest.param(SAVED.replace("Snapshot-Content-Location", "X-Other"), f"{URL[:-4]}", id="by others"),
        pytest.param(SAVED.replace("<Saved by Blink>", '"Saved by Internet Explorer 11"'), URL, id="by IE"),
        pytest.param(SAVED.replace("boundary=", 'start="<page>"; boundary='), URL, id="named start"),
    ],
)
def test_a_page_saved_in_parts_is_read(tmp_path: Path, content: str, url: str) -> None:
    """Built to RFC 2557 as browsers write it. The day of saving is not a day of publication."""
    (tmp_path / "a.txt").write_text(content, encoding="ascii", newline="")
    articles, skipped = read(tmp_path)
    assert skipped == []
    assert [(found.reader, found.url, found.crawled, found.dates) for found in articles] == [
        ("mhtml", url, "2017-10-31", ())
    ]
    assert "<title>Café by the ferry</title><body><p>It sailed again.</p>" in articles[0].html


def test_parts_without_a_page_are_named(tmp_path: Path) -> None:
    """Nothing is made of the images of a page."""
    (tmp_path / "a.mht").write_text(SAVED.replace("text/html; charset", "text/x; charset"), encoding="ascii")
    assert ["without the page itself" in item.reason for item in read(tmp_path)[1]] == [True]


def test_every_sample_is_read_or_named(test_data: Path) -> None:
    """Each real file gives articles or one reason, and of each format one is known well."""
    found = {}
    for path in sorted((test_data / "formats").glob("wa[cr][cz]/*")):
        if path.name != "LICENSE":
            found[path.name] = read(path)
            assert any(found[path.name])
    for name, url, crawled, length in (
        ("example.warc.gz", "http://example.com/", "2017-03-06", 1270),
        ("example.arc", "http://example.com/", "2014-02-16", 1270),
        ("valid_example_1.wacz", "http://www.example.com/", "2020-10-07", 1256),
        ("valid_signed_example_1.wacz", "https://example.com/", "2022-01-18", 1256),
        ("example-iana.org-chunked.warc", "http://www.iana.org/", "2017-03-06", 7223),
    ):
        articles, skipped = found[name]
        assert [(page.url, page.crawled, len(page.raw)) for page in articles] == [(url, crawled, length)]
        assert skipped == []
    made = normalize(found["example.warc.gz"][0][0], Settings(), date(2026, 11, 26))
    assert isinstance(made, Article)
    assert (made.title, made.date, len(made.body.split()) > 15) == ("Example Domain", None, True)
