"""Word, RTF and PDF documents of one article, and what damaged or hostile ones cost."""

import io
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

TEXT = ("The harbour ferry sailed again on Monday.", "“We are glad,” said the captain.")


def read(path: Path, content: bytes, settings: Settings | None = None) -> RawArticle | Skipped:
    """The one thing a file gives."""
    path.write_bytes(content)
    (found,) = read_paths([path], settings or Settings())
    return found


def word(*lines: tuple[str, str], title: str = "", table: str = "") -> bytes:
    """A Word document of lines, each with its style."""
    document = docx.Document()
    for text, style in lines:
        document.add_paragraph(text, style=style)
    if table:
        document.add_table(1, 1).cell(0, 0).text = table
    document.core_properties.title = title
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf(*pages: tuple[str, ...], info: str = "", kids: str = "") -> bytes:
    """A PDF with these lines on its pages, made to the specification of 1.4."""
    numbers = range(4, 4 + 2 * len(pages), 2)
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids or ' '.join(f'{n} 0 R' for n in numbers)}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in zip(numbers, pages, strict=True):
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
        content = f"BT /F1 12 Tf 72 720 Td {shown} ET"
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        bodies.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    bodies.append(f"<< {info} >>")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}"
    trailer = (
        f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R /Info {len(bodies)} 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    )
    return out + (end + trailer).encode()


def test_a_word_document_is_an_article(tmp_path: Path) -> None:
    """The first heading is the title wherever it stands near the top; tables are text; the line of a date is one."""
    content = word(
        ("Ferry returns", "Heading 1"), ("By Ana Writer", "Normal"), ("31 October 2017", "Normal"),
        *((line, "Normal") for line in TEXT), table="Fares rise in May.",
    )  # fmt: skip
    found = read(tmp_path / "a.docx", content)
    assert isinstance(found, RawArticle)
    assert (found.reader, found.title, found.authors) == ("docx", "Ferry returns", ("Ana Writer",))
    assert found.body == "\n\n".join((*TEXT, "Fares rise in May."))
    assert found.dates == (DateClaim("31 October 2017", "text"),)


def test_the_day_of_the_template_is_no_date(tmp_path: Path) -> None:
    """Every document made with python-docx says that it was begun in 2013."""
    found = read(tmp_path / "a.docx", word(*((line, "Normal") for line in TEXT)))
    assert isinstance(found, RawArticle)
    assert (found.dates, found.warnings) == ((), ())


def test_the_name_of_a_word_document_does_not_matter(tmp_path: Path) -> None:
    """It is known by its content."""
    found = read(tmp_path / "a.bin", word(*((line, "Normal") for line in TEXT)))
    assert isinstance(found, RawArticle)


def test_an_rtf_document_is_an_article(tmp_path: Path) -> None:
    """Code pages and escaped characters are read; links keep the text around them."""
    content = (
        b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}}"
        b"{\\info{\\title x}}\\f0 \\b F\\'eate of the ferry\\b0\\par "
        b'31 October 2017\\par See {\\field{\\*\\fldinst{HYPERLINK "http://a.example"}}{\\fldrslt one}} and '
        b'{\\field{\\*\\fldinst{HYPERLINK "http://b.example"}}{\\fldrslt two}} \\u8212? it sailed.\\par}'
    )
    found = read(tmp_path / "a.rtf", content)
    assert isinstance(found, RawArticle)
    assert (found.title, found.body) == ("Fête of the ferry", "See one and two — it sailed.")
    assert found.dates == (DateClaim("31 October 2017", "text"),)


def test_a_pdf_is_an_article(tmp_path: Path) -> None:
    """Running lines and page numbers go, broken words are joined where sure, the stated title is found in the text."""
    pages = tuple(
        (
            f"Harbour Post {n} May", *(("Ferry returns after", "nine weeks", "2 May 2017") if n == 1 else ()),
            f"The harbour ferry number {n} sailed again on Monday, as the govern-",
            "ment of the well-", f"known island said, which does well with it in {season} too.", str(n),
        )
        for n, season in ((1, "summer"), (2, "autumn"), (3, "winter"))
    )  # fmt: skip
    info = "/Title (Ferry returns after nine weeks) /CreationDate (D:20170503101500Z)"
    found = read(tmp_path / "a.pdf", pdf(*pages, info=info))
    assert isinstance(found, RawArticle)
    assert (found.reader, found.title) == ("pdf", "Ferry returns after nine weeks")
    assert (found.dates, found.crawled) == ((DateClaim("2 May 2017", "text"),), "2017-05-03")
    assert "as the government of the well-known island said" in " ".join(found.body.split())
    assert "Harbour Post" not in found.body
    assert found.body.count("number") == 3


@pytest.mark.parametrize(
    "stated",
    ["Microsoft Word - ferry.doc", "page1.indd", "untitled", "A title that stands nowhere in the text"],
)
def test_a_stated_title_that_is_none_is_not_taken(tmp_path: Path, stated: str) -> None:
    """The first line is the title then."""
    found = read(
        tmp_path / "a.pdf", pdf(("Ferry returns", *("The ferry sailed again.",) * 2), info=f"/Title ({stated})")
    )
    assert isinstance(found, RawArticle)
    assert found.title == "Ferry returns"


def locked() -> bytes:
    """A PDF that a password locks."""
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(pdf(("Secret",))))
    writer.encrypt("word", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def bomb(size: int) -> bytes:
    """A Word document whose text unpacks to very much."""
    stream = io.BytesIO(word(("x", "Normal")))
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, b"<" * size if name == "word/document.xml" else old.read(name))
    return out.getvalue()


WORD = word(*((line, "Normal") for line in TEXT))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("cut.docx", WORD[: len(WORD) // 2], "damaged", id="a document cut in half"),
        pytest.param("xml.docx", bomb(1_000), "damaged", id="a text that is no XML"),
        pytest.param("bomb.docx", bomb(100_000_000), "unpacks to", id="a text that unpacks to 100 MB"),
        pytest.param("none.docx", word(), "without text", id="a document of nothing"),
        pytest.param("open.rtf", b"{\\rtf1 " + b"{" * 100_000, "without text", id="groups that never close"),
        pytest.param("fonts.rtf", b"{\\rtf1{\\fonttbl " + b"{\\f0\\fcharset0 " * 20_000, "without text", id="fonts"),
        pytest.param("links.rtf", b"{\\rtf1 " + b"{\\field{\\*\\fldinst{HYPERLINK " * 9_000, "without text", id="link"),
        pytest.param("short.pdf", b"%PDF-1.7\n" + bytes(50), "damaged", id="a PDF of nothing"),
        pytest.param("cut.pdf", pdf(TEXT[:1] * 40)[:300], "", id="a PDF cut short"),
        pytest.param("ring.pdf", pdf(("a",), kids="2 0 R"), "", id="a tree of pages that holds itself"),
        pytest.param("scan.pdf", pdf((), ()), "scanned", id="pages without text"),
        pytest.param("locked.pdf", locked(), "encrypted", id="a password"),
        pytest.param("book.pdf", pdf(*(("a",),) * 501), "501 pages", id="a book"),
        pytest.param("lt.html", b"<" * 50_000_000, "larger than", id="50 MB of brackets"),
        pytest.param(
            "f.html",
            b'<html><title>Factiva</title><div id="article-ABCDABCDABCD" class="article">',
            "no article between its marks",
            id="an article of nothing",
        ),
    ],
)  # fmt: skip
def test_a_bad_document_is_one_skipped(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """With its reason, and nothing worse."""
    found = read(tmp_path / name, content)
    assert isinstance(found, Skipped)
    assert reason in found.reason


def test_rtf_nested_a_hundred_thousand_deep_is_read(tmp_path: Path) -> None:
    """Groups are kept on a list and not on the stack of calls."""
    found = read(tmp_path / "deep.rtf", b"{\\rtf1 " + b"{" * 100_000 + b"Ferry\\par It sailed." + b"}" * 100_001)
    assert isinstance(found, RawArticle)
    assert (found.title, found.body) == ("Ferry", "It sailed.")
