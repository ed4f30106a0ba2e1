"""Word, RTF and PDF documents of one article each, made here."""

import datetime
import io
import textwrap
from pathlib import Path

import docx
import pypdf
import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

FERRY = "The harbour ferry sailed again on Monday after nine weeks in the yard, which cost more than the town has."
FULL = "It is full: more people than ever before want to be on the other side of the water, at any price at all."
RTF = rf"""{{\rtf1\ansi\ansicpg1251{{\fonttbl{{\f0\fnil\fcharset0 Arial;}}}}{{\info{{\title Other}}}}
{{\*\generator Editor}}{{\b Ferry sails \u8212? again}}\par
By Jane Doe\par
31 October 2017\par
{FERRY}\par
{{\field{{\*\fldinst{{HYPERLINK "https://a.example"}}}}{{\fldrslt It is full}}}} and \'ab\'f2\'e0\'ea\'bb.\par
}}"""


def read(path: Path, content: bytes, name: str) -> list[RawArticle | Skipped]:
    """What a file with this content holds."""
    (path / name).write_bytes(content)
    return list(read_paths([path / name], Settings()))


def word(*lines: str, heading: str = "", created: datetime.datetime | None = None) -> bytes:
    """A Word document of these paragraphs."""
    document = docx.Document()
    if heading:
        document.add_heading(heading, 1)
    for line in lines:
        document.add_paragraph(line)
    if created:
        document.core_properties.created = created
    box = io.BytesIO()
    document.save(box)
    return box.getvalue()


def pdf(*pages: list[str], title: str = "") -> bytes:
    """A PDF of pages with these lines in Helvetica, written by hand after the specification."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, lines in enumerate(pages, 2):
        shown = "".join(f"({line}) Tj T*\n" for line in lines)
        stream = f"BT /F1 10 Tf 14 TL 50 800 Td\n{shown}ET"
        fonts = f"/Contents {2 * at + 1} 0 R /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] {fonts} >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< /Title ({title}) /CreationDate (D:20171101120000Z) >>")
    content, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    return content + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def locked(password: str) -> bytes:
    """A PDF that opens with a password; with an empty one it is locked against changes alone."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(["Ferry sails again", "It sailed on Monday."])))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    box = io.BytesIO()
    writer.write(box)
    return box.getvalue()


def test_a_word_document_is_one_article(tmp_path: Path) -> None:
    """Its first line is the title; byline and day are told by their shape."""
    (article,) = read(tmp_path, word("Ferry sails again", "By Jane Doe", "31 October 2017", FERRY, FULL), "a.docx")
    assert isinstance(article, RawArticle)
    assert (article.reader, article.record, article.title) == ("docx", "", "Ferry sails again")
    assert (article.authors, article.dates) == (("Jane Doe",), (DateClaim("31 October 2017", "text"),))
    assert article.body == f"{FERRY}\n\n{FULL}"


def test_the_heading_of_a_word_document_is_its_title(tmp_path: Path) -> None:
    """Also where a line stands above it; the day on which the file was begun is taken with a word of warning."""
    content = word(FERRY, FULL, heading="Ferry sails again", created=datetime.datetime(2017, 11, 1, 8, 15))
    (article,) = read(tmp_path, content, "a.docx")
    assert isinstance(article, RawArticle)
    assert (article.title, article.dates) == ("Ferry sails again", (DateClaim("2017-11-01", "meta"),))
    assert article.body == f"{FERRY}\n\n{FULL}"
    assert len(article.warnings) == 1


def test_the_text_of_tables_in_word_is_read_where_it_stands(tmp_path: Path) -> None:
    """Between the paragraphs around it; the day of a template is no day."""
    document = docx.Document()
    document.add_paragraph("Ferry sails again")
    document.add_paragraph(FERRY)
    document.add_table(1, 2).cell(0, 1).text = "Fares: nine crowns"
    document.add_paragraph(FULL)
    document.save(str(tmp_path / "a.docx"))
    (article,) = read_paths([tmp_path / "a.docx"], Settings())
    assert isinstance(article, RawArticle)
    assert article.body == f"{FERRY}\n\nFares: nine crowns\n\n{FULL}"
    assert article.dates == ()


def test_an_rtf_document_is_one_article(tmp_path: Path) -> None:
    """Escapes, links and groups that hold no text are understood."""
    (article,) = read(tmp_path, RTF.encode(), "a.rtf")
    assert isinstance(article, RawArticle)
    assert (article.reader, article.title, article.authors) == ("rtf", "Ferry sails — again", ("Jane Doe",))
    assert article.dates == (DateClaim("31 October 2017", "text"),)
    assert article.body.startswith(f"{FERRY}\n\nIt is full")
    assert "Editor" not in article.body
    assert "Other" not in article.body


def test_the_text_of_a_pdf_is_one_article(tmp_path: Path) -> None:
    """Headers, footers and page numbers go; broken words and lines are put together over the end of a page."""
    lines = textwrap.wrap(f"{FERRY} {FULL}", 60)
    first = ["Harbour Post", "Ferry sails", "again in autumn", "31 October 2017", *lines, "The coun-", "1"]
    second = ["Harbour Post", "cil said so.", "Nobody in the council was seen on the pier on that day.", "2"]
    third = ["Harbour Post", "The mayor was ill.", "3"]
    (article,) = read(tmp_path, pdf(first, second, third, title="Ferry sails again in autumn"), "a.pdf")
    assert isinstance(article, RawArticle)
    assert (article.reader, article.record, article.title) == ("pdf", "", "Ferry sails again in autumn")
    assert article.dates == (DateClaim("31 October 2017", "text"),)
    assert article.crawled == "2017-11-01"
    text = " ".join(article.body.split())
    assert text.startswith(FERRY)
    assert "The council said so." in text
    assert text.endswith("The mayor was ill.")
    assert "Harbour Post" not in text


@pytest.mark.parametrize("title", ["post_p3.indd", "Microsoft Word - ferry", "Untitled", "Another thing altogether"])
def test_a_title_that_does_not_stand_in_the_pdf_is_not_taken(tmp_path: Path, title: str) -> None:
    """Programs put the names of files there."""
    (article,) = read(tmp_path, pdf(["Ferry sails again", "It sailed on Monday."], title=title), "a.pdf")
    assert isinstance(article, RawArticle)
    assert article.title == "Ferry sails again"


def test_a_pdf_locked_against_changes_alone_is_read(tmp_path: Path) -> None:
    """It opens without a password."""
    (article,) = read(tmp_path, locked(""), "a.pdf")
    assert isinstance(article, RawArticle)
    assert article.title == "Ferry sails again"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("a.pdf", pdf([], []), "OCR", id="a PDF without text"),
        pytest.param("a.pdf", locked("secret"), "encrypted", id="a PDF with a password"),
        pytest.param("a.pdf", pdf(*[["x"]] * 501), "501 pages", id="a PDF of too many pages"),
        pytest.param("a.docx", word(""), "without text", id="an empty Word document"),
        pytest.param("a.rtf", rb"{\rtf1\ansi \par }", "without text", id="an empty RTF document"),
    ],
)
def test_what_holds_no_text_is_named(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """Once, with what to do."""
    (skipped,) = read(tmp_path, content, name)
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason
