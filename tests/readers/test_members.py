"""Compressed files and archives are seen through: each file in them is one of its own, and none can do harm."""

import bz2
import gzip
import io
import lzma
import os
import stat
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from searcher.config import Settings
from searcher.models import RawArticle, Skipped
from searcher.readers import read_paths
from searcher.readers.listing import label, listed
from searcher.readers.magic import zip_kind
from searcher.readers.unpack import packing

FERRY = b"Ferry returns to service\n\nThe harbour ferry sailed again on Monday after nine weeks in the yard.\n"
DAM = b"Dam opened in the hills\n\nThe dam was opened on Friday.\n"
LINE = b'{"title": "Mill sold", "text": "The mill was sold on Tuesday."}\n'


def read(path: Path, settings: Settings | None = None) -> tuple[list[RawArticle], list[Skipped]]:
    """The articles and the skipped things of one path."""
    found = list(read_paths([path], settings or Settings()))
    articles = [item for item in found if isinstance(item, RawArticle)]
    return articles, [item for item in found if isinstance(item, Skipped)]


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def tarred(files: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar of these files."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=form) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return held.getvalue()


def zst(content: bytes) -> bytes:
    """The content as one frame of Zstandard."""
    return zstandard.ZstdCompressor().compress(content)


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zst,
}


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        pytest.param("ferry.txt", FERRY, "text", id="by the name below the ending"),
        pytest.param("mill.jsonl", LINE * 2, "jsonl", id="lines are read as they are unpacked"),
        pytest.param("page", b"<!doctype html><title>A</title><p>B</p>", "html", id="by the content"),
    ],
)
def test_compression_is_seen_through(tmp_path: Path, ending: str, name: str, content: bytes, reader: str) -> None:
    """A compressed file is read as what it is below, whatever it is called."""
    (tmp_path / (name + ending)).write_bytes(PACKERS[ending](content))
    (tmp_path / "z-renamed.txt").write_bytes(PACKERS[ending](FERRY))
    articles, skipped = read(tmp_path)
    assert ([], {reader, "text"}) == (skipped, {article.reader for article in articles})
    assert content.startswith(articles[0].raw) or articles[0].raw in content


@pytest.mark.parametrize("ending", PACKERS)
def test_streams_behind_each_other_are_one_file(tmp_path: Path, ending: str) -> None:
    """Logs and crawls are appended to as compressed pieces."""
    pack = PACKERS[ending]
    (tmp_path / ("a.jsonl" + ending)).write_bytes(pack(LINE) + pack(LINE.replace(b"Mill", b"Port")))
    articles, skipped = read(tmp_path)
    assert ([article.title for article in articles], skipped) == (["Mill sold", "Port sold"], [])


@pytest.mark.parametrize("ending", PACKERS)
def test_a_file_that_breaks_off_is_named(tmp_path: Path, ending: str) -> None:
    """A cut file is told as such, not read as if it were whole."""
    lines = b"".join(b'{"text": "%s"}\n' % os.urandom(40).hex().encode() for _ in range(200))
    (tmp_path / ("a.jsonl" + ending)).write_bytes(PACKERS[ending](lines)[:-60])
    _, skipped = read(tmp_path)
    assert ["cut short" in item.reason for item in skipped] == [True]


def test_zstd_asks_for_bounded_memory(tmp_path: Path) -> None:
    """A frame with a window of 512 MB is refused with a word on the file, and costs no such memory."""
    wide = zstandard.ZstdCompressionParameters(window_log=29, enable_ldm=True)
    held = io.BytesIO()
    with zstandard.ZstdCompressor(compression_params=wide).stream_writer(held, closefd=False) as writer:
        writer.write(LINE)
        writer.flush()
        writer.write(os.urandom(1000))
    (tmp_path / "a.jsonl.zst").write_bytes(held.getvalue())
    assert ["the zstd file is damaged" in item.reason for item in read(tmp_path)[1]] == [True]


def test_what_is_no_compression_is_none() -> None:
    """A headline may begin like bzip2."""
    assert (packing(b"BZh9 is the call sign"), packing(bz2.compress(b"x"))) == ("", "bzip2")


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.xz", "a.tar.zst", "a.tgz", "renamed.dat"])
def test_each_file_in_an_archive_is_one_of_its_own(tmp_path: Path, name: str) -> None:
    """Its path says where it lies, its name in the archive how it is read."""
    files = {"march/ferry.txt": FERRY, "march/mill.jsonl": LINE + LINE.replace(b"Mill", b"Port"), "dam.txt.gz": DAM}
    files["dam.txt.gz"] = gzip.compress(DAM)
    content = zipped(files) if name.endswith((".zip", ".dat")) else tarred(files)
    packer = PACKERS.get({".tgz": ".gz"}.get(name[-4:], Path(name).suffix), bytes)
    (tmp_path / name).write_bytes(packer(content))
    articles, skipped = read(tmp_path)
    places = sorted((article.path.removeprefix(f"{tmp_path}/"), article.record, article.title) for article in articles)
    assert [
        (f"{name}!/dam.txt.gz", "", "Dam opened in the hills"),
        (f"{name}!/march/ferry.txt", "", "Ferry returns to service"),
        (f"{name}!/march/mill.jsonl", "line 1", "Mill sold"),
        (f"{name}!/march/mill.jsonl", "line 2", "Port sold"),
    ] == places
    assert skipped == []


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_what_is_passed_over_in_a_folder_is_in_an_archive(tmp_path: Path, pack: Callable[..., bytes]) -> None:
    """Hidden files, papers about a folder and the assets of a saved page, even where the page comes later."""
    page = b"<!doctype html><title>Ferry</title><p>It sailed again.</p>"
    names = [
        "a/page_files/ad.txt",
        "a/page.html",
        "README.md",
        ".hidden/x.txt",
        "__MACOSX/._x.txt",
        "b/page_files/x.txt",
    ]
    (tmp_path / "a.bin").write_bytes(pack({name: page if name.endswith("html") else FERRY for name in names}))
    articles, _ = read(tmp_path)
    assert sorted(article.path.partition("!/")[2] for article in articles) == ["a/page.html", "b/page_files/x.txt"]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_one_bad_member_costs_itself(tmp_path: Path, pack: Callable[..., bytes]) -> None:
    """An image among articles is named by its place in the archive, and so is an empty file."""
    files = {"a.txt": FERRY, "b.jpg": b"\xff\xd8\xff\xe0" + bytes(50), "c.txt": b"", "d.txt": DAM}
    (tmp_path / "a.bin").write_bytes(pack(files))
    articles, skipped = read(tmp_path)
    assert [article.title for article in articles] == ["Ferry returns to service", "Dam opened in the hills"]
    assert [(item.path[-6:], item.reason.split(",")[0].split(";")[0]) for item in skipped] == [
        ("!/b.jpg"[1:], "a JPEG image"),
        ("!/c.txt"[1:], "empty file"),
    ]


def test_archives_in_archives_are_read_to_a_depth_of_two(tmp_path: Path) -> None:
    """A collection of collections is; what is deeper is named, so that nothing goes round for ever."""
    inner = zipped({"ferry.txt": FERRY})
    two = zipped({"in.tar.gz": gzip.compress(tarred({"dam.txt": DAM})), "in.zip": inner})
    (tmp_path / "a.zip").write_bytes(zipped({"two.zip": zipped({"three.zip": inner}), "z.zip": inner}))
    (tmp_path / "b.tar").write_bytes(tarred({"in.zip": inner, "in.tar": tarred({"dam.txt": DAM})}))
    (tmp_path / "c.zip").write_bytes(two)
    articles, skipped = read(tmp_path)
    assert [article.path.removeprefix(f"{tmp_path}/") for article in articles] == [
        "a.zip!/z.zip!/ferry.txt",
        "b.tar!/in.zip!/ferry.txt",
        "b.tar!/in.tar!/dam.txt",
        "c.zip!/in.tar.gz!/dam.txt",
        "c.zip!/in.zip!/ferry.txt",
    ]
    assert [(item.path.partition("!/")[2], item.reason.partition(";")[0]) for item in skipped] == [
        ("two.zip!/three.zip", "an archive inside 2 others")
    ]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_lead_nowhere(tmp_path: Path, pack: Callable[..., bytes]) -> None:
    """Nothing is written, whatever a member is called; a name that leads out is named, an absolute one is a label."""
    archive = tmp_path / "in" / "a.bin"
    archive.parent.mkdir()
    archive.write_bytes(pack({"../../slip.txt": FERRY, "/etc/dam.txt": DAM, "./x/../../y.txt": FERRY, "ok.txt": FERRY}))
    before = sorted(tmp_path.rglob("*"))
    articles, skipped = read(archive)
    assert sorted(article.path.partition("!/")[2] for article in articles) == ["etc/dam.txt", "ok.txt"]
    assert ["leads out of the archive" in item.reason for item in skipped] == [True, True]
    assert sorted(tmp_path.rglob("*")) == before


def test_links_are_not_followed(tmp_path: Path) -> None:
    """A link in an archive could show any file of the disk."""
    secret = tmp_path / "secret.txt"
    secret.write_bytes(FERRY)
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for name, kind in (
            ("soft.txt", tarfile.SYMTYPE),
            ("hard.txt", tarfile.LNKTYPE),
            ("pipe.txt", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, str(secret)
            archive.addfile(info)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        entry = zipfile.ZipInfo("soft.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, str(secret))
    secret.unlink()
    articles, skipped = read(tmp_path)
    assert articles == []
    assert [("link" in item.reason, "device or pipe" in item.reason) for item in skipped] == [
        (True, False), (True, False), (False, True), (True, False),
    ]  # fmt: skip


def test_of_two_members_of_one_name_the_last_counts(tmp_path: Path) -> None:
    """As it does where the archive is unpacked; otherwise one would be taken for a change of the other."""
    (tmp_path / "a.tar").write_bytes(tarred({"./a.txt": FERRY, "a.txt": DAM}))
    articles, _ = read(tmp_path)
    assert [article.title for article in articles] == ["Dam opened in the hills"]


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    """The flag in its headers is set, as programs set it that encrypt."""
    content = bytearray(zipped({"a.txt": FERRY}, zipfile.ZIP_STORED))
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    _, skipped = read(tmp_path)
    assert [(item.path[-7:], item.reason.partition(";")[0]) for item in skipped] == [("!/a.txt", "encrypted")]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param(
            "a.zip", zipped({"a.txt": FERRY})[:-30], "ZIP file is damaged or cut short", id="no contents list"
        ),
        pytest.param(
            "a.tar", tarred({"a.txt": FERRY, "b.txt": DAM * 40})[:2600], "cut short", id="tar cut in a member"
        ),
        pytest.param(
            "a.tar.gz",
            gzip.compress(tarred({"a.txt": FERRY, "b.txt": os.urandom(900).hex().encode()}))[:-500],
            "cut short",
            id="tar.gz cut at its end",
        ),
        pytest.param(
            "a.tar", tarred({"a.txt": FERRY})[:1024] + b"garbage" * 200, "no header where one should be", id="garbage"
        ),
        pytest.param("a.zip", b"PK\x05\x06" + bytes(18), "an archive without articles", id="a ZIP of nothing"),
    ],
)
def test_a_broken_archive_is_named(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """What lies before the break is read."""
    (tmp_path / name).write_bytes(content)
    articles, skipped = read(tmp_path)
    assert [item.path for item in skipped][-1:] == ([str(tmp_path / name)] if reason else [])
    assert all(reason in item.reason for item in skipped)  # the member that was cut is named as well
    assert len(articles) == (1 if "tar" in name else 0)


def test_a_damaged_member_costs_itself(tmp_path: Path) -> None:
    """Its check sum tells; the members after it are read."""
    content = bytearray(zipped({"a.txt": FERRY, "b.txt": DAM}, zipfile.ZIP_STORED))
    content[content.find(b"harbour")] ^= 1
    (tmp_path / "a.zip").write_bytes(content)
    articles, skipped = read(tmp_path)
    assert [article.title for article in articles] == ["Dam opened in the hills"]
    assert ["Bad CRC" in item.reason for item in skipped] == [True]


def swelling(block: bytes, megabytes: int) -> bytes:
    """A ZIP whose one member is so many times a block of 1 MB."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
        archive.open("bomb.jsonl", "w") as member,
    ):
        for _ in range(megabytes):
            member.write(block)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        pytest.param("a.zip", lambda: swelling(bytes(2**20), 1024), "a binary file", id="1 GB of zeros"),
        pytest.param("a.zip", lambda: swelling(b"a" * 2**20, 1024), "times its size", id="1 GB of one letter"),
        pytest.param("a.jsonl.gz", lambda: gzip.compress(b"a" * 2**29, 6), "times its size", id="gzip"),
        pytest.param("a.jsonl.bz2", lambda: bz2.compress(b"a" * 2**27), "times its size", id="bzip2"),
        pytest.param("a.jsonl.xz", lambda: lzma.compress(b"a" * 2**27, preset=0), "times its size", id="xz"),
        pytest.param("a.jsonl.zst", lambda: zst(b"a" * 2**30), "times its size", id="zstd"),
        pytest.param(
            "a.zip",
            lambda: zipped({f"{number}.zip": swelling(b"a" * 2**20, 60) for number in range(9)}),
            "times its size",
            id="small ones in many archives",
        ),
    ],
)
def test_a_bomb_is_stopped_in_bounded_memory(tmp_path: Path, name: str, make: Callable[[], bytes], reason: str) -> None:
    """A file that grows out of all proportion is named, and the file after it read."""
    (tmp_path / name).write_bytes(make())
    (tmp_path / "z.txt").write_bytes(FERRY)
    tracemalloc.start()
    articles, skipped = read(tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [article.title for article in articles] == ["Ferry returns to service"]
    assert any(reason in item.reason for item in skipped)
    assert len(skipped) <= 6
    assert peak < 90_000_000  # a line of 32 MB is held twice, whatever comes after it


def test_a_header_of_any_length_is_refused(tmp_path: Path) -> None:
    """The attributes of a tar member are read at once, so what they claim to take is bounded."""
    info = tarfile.TarInfo("a.txt")
    info.pax_headers = {"comment": "x" * 4_000_000}
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info)
    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(held.getvalue()))
    assert ["a header of 4,0" in item.reason for item in read(tmp_path)[1]] == [True]


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        pytest.param({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}, "docx", id="Word's order"),
        pytest.param({"_rels/.rels": b"", "xl/workbook.xml": b"<w/>"}, "xlsx", id="a spreadsheet"),
        pytest.param({"mimetype": b"application/epub+zip", "OEBPS/1.xhtml": b""}, "epub", id="a book"),
        pytest.param({"mimetype": b"application/vnd.oasis.opendocument.text"}, "odf", id="OpenDocument"),
        pytest.param({"archive/data.warc.gz": b"", "datapackage.json": b"{}"}, "wacz", id="the archive first"),
        pytest.param({"word/of/mouth.txt": FERRY, "a.txt": DAM}, "zip", id="a folder that is called so"),
        pytest.param({}, "zip", id="of nothing"),
    ],
)
def test_a_zip_is_told_from_what_else_is_one(files: dict[str, bytes], kind: str) -> None:
    """By the names of its members, wherever the sizes stand."""
    assert zip_kind(zipped(files, zipfile.ZIP_STORED)) == kind
    streamed = io.BytesIO()
    with zipfile.ZipFile(_NoSeeking(streamed), "w") as archive:  # sizes behind the members
        for name, content in files.items():
            archive.writestr(name, content)
    assert zip_kind(streamed.getvalue()) == kind


class _NoSeeking(io.RawIOBase):
    """A pipe, as a ZIP is written to."""

    def __init__(self, held: io.BytesIO) -> None:
        self._held = held

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return self._held.write(data)


def test_an_office_file_is_no_box_of_articles(tmp_path: Path) -> None:
    """Its parts are XML of no use; it is named as what it is."""
    (tmp_path / "a.xlsx").write_bytes(zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}))
    assert [item.reason.partition(",")[0] for item in read(tmp_path)[1]] == ["a spreadsheet"]


@given(names=st.lists(st.text(max_size=30), max_size=8))
def test_labels_stay_inside(names: list[str]) -> None:
    """No label is absolute, leads up or holds what a terminal obeys, and each stands for one member."""
    found, _ = listed(names)
    for name, number in found.items():
        assert label(names[number]) == name
        assert not name.startswith("/")
        assert ".." not in name.split("/")
        assert name.isprintable() or all(ord(mark) >= 32 for mark in name)


@given(content=st.binary(max_size=400))
def test_any_bytes_after_the_mark_of_an_archive_are_refused_or_read(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """No bytes make it fail."""
    folder = tmp_path_factory.mktemp("any")
    for number, mark in enumerate(
        (b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ\x00", b"BZh91AY&SY", b"\x1f\x8b\x08")
    ):
        (folder / str(number)).write_bytes(mark + content)
    (folder / "a.tar").write_bytes(content.ljust(257, b"\0") + b"ustar\0" + b"00" + content)
    assert all(isinstance(item, RawArticle | Skipped) for item in read_paths([folder], Settings()))
