"""Documents made to harm: each is one thing skipped, or an article, within bounds of time and memory."""

import io
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import docx
import pytest

MEGABYTE = 1024 * 1024
MOST = 1536 * MEGABYTE  # address space of the process, with its libraries
SECONDS = 60
# A process of its own: what does not end in time is ended, and what takes too much memory fails.
READ = """
import resource, sys, pathlib
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
from searcher.config import Settings
from searcher.models import Skipped
from searcher.readers import read_paths
for found in read_paths([pathlib.Path(sys.argv[1])], Settings()):
    print("skipped" if isinstance(found, Skipped) else "article", getattr(found, "reason", "")[:300])
"""
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def read(path: Path) -> list[str]:
    """What is found in a file: a line for each thing."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path), str(MOST)], capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def sound() -> bytes:
    """A Word document of two paragraphs."""
    box = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Ferry sails again")
    document.add_paragraph("The harbour ferry sailed on Monday.")
    document.save(box)
    return box.getvalue()


def word(text: str) -> bytes:
    """A Word document with this as the part that holds the text."""
    box = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound())) as old, zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name == "word/document.xml" else old.read(name))
    return box.getvalue()


def bomb() -> bytes:
    """A Word document whose text is 400 MB of nothing, packed to 400 KB; that part comes last."""
    box = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound())) as old, zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as new:
        for name in set(old.namelist()) - {"word/document.xml"}:
            new.writestr(name, old.read(name))
        with new.open("word/document.xml", "w") as part:
            for _ in range(400):
                part.write(bytes(MEGABYTE))
    return box.getvalue()


def lying() -> bytes:
    """The same, but its directory says that the part has ten bytes."""
    content = bytearray(bomb())
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(content)


def inflating() -> bytes:
    """A PDF whose page has 300 MB of nothing, packed to 300 KB."""
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(b" " * MEGABYTE) for _ in range(300)) + packer.flush()
    text = packed.decode("latin-1")
    return pdf(
        CATALOGUE,
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n{text}\nendstream",
    )


def pdf(*objects: str) -> bytes:
    """A PDF of these objects, the first of them its catalogue."""
    content = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        content
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
            f"startxref\n{len(content)}\n%%EOF\n"
        ).encode()
    )


CATALOGUE = "<< /Type /Catalog /Pages 2 0 R >>"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.docx", lambda: sound()[:2000], id="a Word document cut short"),
        pytest.param("a.docx", lambda: sound()[:-40], id="a Word document without the end of its directory"),
        pytest.param("a.docx", bomb, id="a bomb named .docx"),
        pytest.param("a.docx", lying, id="a bomb that lies about its size"),
        pytest.param(
            "a.docx",
            lambda: word(
                f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><w:document {W}><w:body><w:p><w:r><w:t>&l11;'
                "</w:t></w:r></w:p></w:body></w:document>"
            ),
            id="billion laughs inside a Word document",
        ),
        pytest.param(
            "a.docx", lambda: word(f"<w:document {W}>" + "<w:p>" * 200_000), id="a Word document nested 200,000 deep"
        ),
        pytest.param("a.rtf", lambda: b"{\\rtf1 " + b"{" * 100_000, id="RTF nested 100,000 deep, never closed"),
        pytest.param(
            "a.rtf",
            lambda: b"{\\rtf1{\\pict\\bin52428800 " + bytes(50 * MEGABYTE) + b"}}",
            id="RTF with 50 MB of binary",
        ),
        pytest.param("a.rtf", lambda: b"{\\rtf1{\\pict " + b"0f" * 12 * MEGABYTE + b"}}", id="RTF with a picture only"),
        pytest.param(
            "a.pdf",
            lambda: pdf(CATALOGUE, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
            id="a page tree that is its own branch",
        ),
        pytest.param(
            "a.pdf",
            lambda: pdf(
                CATALOGUE,
                "<< /Type /Pages /Kids [3 0 R] /Count 2 >>",
                "<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R /Count 2 >>",
            ),
            id="a page tree of two that hold each other",
        ),
        pytest.param(
            "a.pdf",
            lambda: pdf(CATALOGUE, "<< /Type /Pages /Kids [] /Count 1000000 >>"),
            id="a million pages claimed and none there",
        ),
        pytest.param(
            "a.pdf",
            lambda: pdf(
                CATALOGUE,
                f"<< /Type /Pages /Kids [{'3 0 R ' * 1_000_000}] /Count 1000000 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
            ),
            id="a page that stands a million times",
        ),
        pytest.param("a.pdf", inflating, id="a page that unpacks to 300 MB"),
        pytest.param("a.pdf", lambda: b"%PDF-1.4\n" + b"[" * 100_000, id="lists 100,000 deep"),
        pytest.param("a.pdf", lambda: b"%PDF-1.4\n" + b"x" * 5 * MEGABYTE, id="a PDF of nothing"),
        pytest.param("a.html", lambda: b"<html>" + b"<" * 50 * MEGABYTE, id="a page of 50 MB of angle brackets"),
        pytest.param(
            "a.sgm",
            lambda: b"<DOC>\n<DOCNO> AP1 </DOCNO>\n<TEXT>\n" + b"It sailed.\n" * 100_000,
            id="TREC without an end",
        ),
        pytest.param(
            "a.sgm", lambda: b"<DOC><DOCNO>1</DOCNO>" + b"<TEXT>" * 200_000 + b"</DOC>\n", id="TREC, all opened"
        ),
        pytest.param("a.ris", lambda: b"TY  - NEWS\n" + b"AU  - Doe, J.\n" * 100_000, id="RIS without an end"),
        pytest.param(
            "a.csv", lambda: b'title,text\nFerry,"' + b"It sailed.\n" * 100_000, id="a quotation without an end"
        ),
    ],
)
def test_a_hostile_file_is_one_skipped(tmp_path: Path, name: str, content: object) -> None:
    """The reason is named."""
    assert callable(content)
    (tmp_path / name).write_bytes(content())
    (line,) = read(tmp_path / name)
    assert line.startswith("skipped ")
    assert len(line) > len("skipped ") + 10


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param(
            "a.rtf",
            lambda: b"{\\rtf1 Ferry sails\\par It sailed.\\par " + b"{" * 100_000 + b"x" + b"}" * 100_000 + b"}",
            id="RTF nested 100,000 deep",
        ),
        pytest.param(
            "a.rtf",
            lambda: b"{\\rtf1{\\fonttbl" + b"{\\f1\\fnil A;}" * 30_000 + b"} Ferry\\par It sailed.}",
            id="30,000 fonts",
        ),
        pytest.param(
            "a.ris", lambda: b"TY  - NEWS\nTI  - Ferry\nAB  - It" + b" " * 300_000 + b"sailed\nER  - \n", id="a gap"
        ),
    ],
)
def test_a_costly_file_is_read(tmp_path: Path, name: str, content: object) -> None:
    """In bounded time, whatever it is made of."""
    assert callable(content)
    (tmp_path / name).write_bytes(content())
    assert [line.split()[0] for line in read(tmp_path / name)] == ["article"]
