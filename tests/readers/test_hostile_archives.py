"""Archives and documents of some kB that would take minutes, gigabytes or the whole run: each is named."""

import gzip
import io
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import brotli
import docx
import pytest
import zstandard

from searcher.config import Settings
from searcher.models import RawArticle, Skipped
from searcher.readers import read_file

MOST = 1_200_000_000  # bytes of address space, with the libraries
SECONDS = 120  # for all the files together, on a busy machine; they take 5
READ = """
import pathlib, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
from searcher.config import Settings
from searcher.models import Skipped
from searcher.readers import read_paths
for found in read_paths([pathlib.Path(sys.argv[1])], Settings()):
    print(pathlib.Path(found.path.partition("!/")[0]).name, getattr(found, "reason", "article"), sep="|", flush=True)
"""
PAGE = b"<html><head><title>Ferry</title></head><body><p>" + b"The harbour ferry sailed again. " * 20
SWOLLEN = "unpacks to more than 300 times its size"


def header(kind: bytes, size: int = 0) -> bytearray:
    """One header of a tar."""
    info = tarfile.TarInfo("a.txt")
    info.type, info.size = kind, size
    return bytearray(info.tobuf(tarfile.GNU_FORMAT))


def summed(block: bytearray) -> bytes:
    """A header that was changed, with its sum put right."""
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def blocks(data: bytes) -> bytes:
    """Filled up with zeros, as all content of a tar."""
    return data + bytes(-len(data) % 512)


def attributed(body: bytes) -> bytes:
    """A tar, packed, of one file with these attributes."""
    file = bytes(header(b"0", 5)) + blocks(b"hello") + bytes(1024)
    return gzip.compress(bytes(header(b"x", len(body))) + blocks(body) + file)


def negative() -> bytes:
    """A long name of -512 bytes, which would be all that follows."""
    block = header(b"L")
    block[124:136] = b"\xff" * 10 + b"\xfe\x00"
    return gzip.compress(summed(block) + bytes(2**20))


def endless_map() -> bytes:
    """A file with holes whose map goes on in blocks that are not there."""
    block = header(b"S", 10)
    block[482], block[483:495] = 1, b"00000010000\0"
    return summed(block)


def word(body: str) -> bytes:
    """A Word document with this text in Word's XML."""
    old, box = io.BytesIO(), io.BytesIO()
    docx.Document().save(old)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(old) as before, zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = f"<w:document {space}><w:body>{body}</w:body></w:document>"
            after.writestr(name, text if name == "word/document.xml" else before.read(name))
    return box.getvalue()


def pdf(content: bytes, kind: bytes = b"/FlateDecode") -> bytes:
    """A PDF whose one page has this content, packed."""
    packed = zlib.compress(content, 9) if kind == b"/FlateDecode" else content
    page = b"/MediaBox [0 0 9 9] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >>"
    objects = (
        b"<< /Type /Catalog /Pages 5 0 R >>",
        b"<< /Type /Page /Parent 5 0 R " + page + b" >>",
        b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(packed), kind, packed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, part) for number, part in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


def warc(encoding: str, body: bytes, times: int = 1, more: str = "") -> bytes:
    """A web archive of pages that a server sent in this encoding."""
    sent = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {encoding}\r\n{more}\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://post.example/1\r\n"
        "WARC-Date: 2017-10-31T08:15:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(sent)}\r\n\r\n"
    )
    return (head.encode() + sent + b"\r\n\r\n") * times


@cache
def nothing(encoding: str) -> bytes:
    """A page that unpacks to 2 GB of one letter, or with Brotli to 256 MB."""
    if encoding == "br":
        slow = brotli.Compressor(quality=5)
        return b"".join(slow.process(b"a" * 2**20) for _ in range(256)) + slow.finish()
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(b"a" * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)  # may stand as often as one likes
    return {"gzip": gzip.compress(b"")[:10], "deflate": b"\x78\x9c"}[encoding] + packed * 2_000


def zstd_nothing() -> bytes:
    """The same in Zstandard."""
    packer = zstandard.ZstdCompressor(level=3).compressobj()
    return b"".join(packer.compress(b"a" * 2**20) for _ in range(256)) + packer.flush()


def chunk(data: bytes) -> bytes:
    """One chunk of a body that is sent in chunks, and its end."""
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)


CHUNKED = "Transfer-Encoding: chunked\r\n"
TAR = "the tar file is damaged or cut short"
LONG = "longer than 33,554,432 bytes"
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    # tarfile looks for numbers in quadratic time
    "digits.tar.gz": (lambda: attributed(b"1" * 1_000_000), TAR),
    # and makes a name of all that follows for each line whose length is wrong: 250 GB
    "lengths.tar.gz": (lambda: attributed(b"2 " * 500_000 + b"="), TAR),
    # each header is read inside the one before it
    "nested.tar.gz": (lambda: gzip.compress((bytes(header(b"x", 10)) + blocks(b"10 a=bcde\n")) * 3_000), TAR),
    "negative.tar.gz": (negative, TAR),
    "map.tar": (endless_map, TAR),
    # python-docx makes an object of each element: 60 kB of them took 3 GB
    "paragraphs.docx": (lambda: word("<w:p/>" * 2_000_000), "more than 500,000 tags"),
    "runs.docx": (lambda: word("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 400_000 + "</w:p>"), "more than 500,000 tags"),
    # pypdf bounds each stream, at what pictures need
    "numbers.pdf": (lambda: pdf(b"1 " * 10_000_000), "damaged or no PDF"),
    "texts.pdf": (lambda: pdf(b"BT (a) Tj ET\n" * 1_400_000), "damaged or no PDF"),
    # warcio unpacks what it has been given at once, and knows nothing of zstd
    "gzip.warc": (lambda: warc("gzip", nothing("gzip")), LONG),
    "deflate.warc": (lambda: warc("deflate", nothing("deflate")), LONG),
    "br.warc": (lambda: warc("br", nothing("br")), LONG),
    "zstd.warc": (lambda: warc("zstd", zstd_nothing()), LONG),
    "chunked.warc": (lambda: warc("gzip", chunk(nothing("gzip")), more=CHUNKED), LONG),
    "twice.warc.gz": (lambda: gzip.compress(warc("br", nothing("br"), times=2_000)), SWOLLEN),
}


@pytest.fixture(scope="module")
def reasons(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is said of each file, all read by one process that has little memory."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (make, _) in FILES.items():
        (folder / name).write_bytes(make())
    command = [sys.executable, "-c", READ, str(folder), str(MOST)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    said: dict[str, list[str]] = {name: [] for name in FILES}
    for line in done.stdout.splitlines():
        name, _, reason = line.partition("|")
        said[name].append(reason)
    return said


@pytest.mark.parametrize("name", FILES)
def test_a_file_made_to_cost_is_named(reasons: dict[str, list[str]], name: str) -> None:
    """In a line or three, in bounded time and memory; the files beside it are read."""
    assert 1 <= len(reasons[name]) <= 3
    assert FILES[name][1] in reasons[name][-1]


@pytest.mark.parametrize(
    ("encoding", "body", "more"),
    [
        pytest.param("br", brotli.compress(PAGE), "", id="br"),
        pytest.param("br", chunk(brotli.compress(PAGE)), CHUNKED, id="br in chunks"),
        pytest.param("zstd", zstandard.compress(PAGE), "", id="zstd"),
        pytest.param("gzip", gzip.compress(PAGE), "", id="gzip"),
        pytest.param("GZIP", chunk(gzip.compress(PAGE)), CHUNKED, id="gzip in chunks, in capitals"),
        pytest.param("deflate", zlib.compress(PAGE), "", id="deflate, by the standard"),
        pytest.param("deflate", zlib.compress(PAGE, wbits=-15), "", id="deflate, as some servers send it"),
        pytest.param("br", PAGE, "", id="said to be packed, and is not"),
        pytest.param("gzip", PAGE, "", id="unpacked by the recorder, its header left"),
        pytest.param("snappy", PAGE, "", id="an encoding that nobody knows"),
    ],
)
def test_what_a_server_packed_is_unpacked(tmp_path: Path, encoding: str, body: bytes, more: str) -> None:
    """Whatever it is packed with; a page that is not what its header says is read as it is."""
    (tmp_path / "a.warc").write_bytes(warc(encoding, body, more=more))
    (found,) = read_file(tmp_path / "a.warc", Settings())
    assert isinstance(found, RawArticle), found
    assert found.raw == PAGE


def test_attributes_of_a_tar_are_read(tmp_path: Path) -> None:
    """A long name and a time to the nanosecond, as tar writes them."""
    box = io.BytesIO()
    with tarfile.open(fileobj=box, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("ü" * 150 + ".txt")
        info.size, info.mtime = 5, 1509437700.123456789
        archive.addfile(info, io.BytesIO(b"hello"))
    (tmp_path / "a.tar").write_bytes(box.getvalue())
    (found,) = read_file(tmp_path / "a.tar", Settings())
    assert (str(tmp_path / "a.tar") + "!/" + "ü" * 150 + ".txt", b"hello") == (found.path, getattr(found, "raw", found))


def test_a_long_line_of_a_pdf_costs_linear_time(tmp_path: Path) -> None:
    """Texts one behind the other without a break: the pattern of broken words looked at each letter of it anew."""
    (tmp_path / "a.pdf").write_bytes(pdf(b"BT /F1 9 Tf (ferryboat) Tj ET\n" * 15_000))
    command = [sys.executable, "-c", READ, str(tmp_path), str(MOST)]
    subprocess.run(command, capture_output=True, timeout=50, check=True)


def test_no_program_is_run_for_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pypdf gives pictures to jbig2dec where that is installed: here it would leave a mark."""
    import pypdf

    program, mark = tmp_path / "jbig2dec", tmp_path / "mark"
    program.write_text(f"#!/bin/sh\ntouch {mark}\necho jbig2dec 0.20\n", encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "a.pdf").write_bytes(pdf(b"\x97JB2\r\n\x1a\n", b"/JBIG2Decode"))
    with pypdf.apply_configuration(jbig2dec_binary=str(program)):
        found = list(read_file(tmp_path / "a.pdf", Settings()))
    assert [Skipped] == [type(item) for item in found]
    assert not mark.exists()
