"""Word documents: one article a file, or the many of a Nexis or Lexis export."""

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.errors import MissingExtra, ReadError
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.encoding import without_controls
from searcher.readers.layout import lay_out
from searcher.readers.lexisexport import export_articles, is_export
from searcher.readers.magic import zip_kind
from searcher.readers.source import Source

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["DocxReader"]

# Unpacked bytes for each byte a record may have. An export of 50 articles, the largest met, unpacks to 3.7 MB; a text
# of 32 MB in Word's XML is the longest novel ten times over.
UNPACKED = 2
# Tags of all parts together, each of which becomes an object: the fullest export met, of 50 articles, has 115,320. Half
# a million, all paragraphs, take 195 MB and 27 seconds.
TAGS = 500_000
PIECE = 1024 * 1024
PARTS = 5_000  # members; the export of 50 articles has 460, as each has its own headers and footers
LONGEST_TITLE = 250  # characters; the longest of 21,578 headlines of Reuters has 147
HEAD_LINES = 8  # how far down a heading is the title of the whole
TITLES = ("title", "heading1", "titel", "berschrift1", "titre", "titre1")  # identifiers of styles, as Word writes them
UNSET = datetime.datetime(2013, 12, 23, 23, 15)  # in the template of python-docx, so in every document made with it
FILE_DAY = "no date in the text; the day is the one on which the Word file was begun"
NOT_WORD = "damaged or no Word document ({error}); open it in a word processor and save it again as .docx"


class DocxReader:
    """Reads .docx files. A file of one article has no record; those of an export are `document 1` and so on."""

    name = "docx"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the names of Word's parts among the first members of the ZIP file."""
        return zip_kind(head) == "docx"

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """The article or articles. Raises ReadError where the file is no document or unpacks to too much."""
        raw = source.content()
        document = _opened(raw, source)
        lines = [line for text in document.paragraphs for line in _lines(text.text)]
        if is_export(lines):
            yield from export_articles(lines, source, self.name)
        else:
            yield _plain(document, raw, source)


def _lines(text: str) -> list[str]:
    """The lines of a paragraph, which may hold line breaks."""
    return without_controls(text.replace("\xa0", " ")).split("\n")


def _opened(raw: bytes, source: Source) -> "Document":
    """The document, its size checked before anything is unpacked."""
    try:
        import docx
        from docx.opc.exceptions import OpcError
    except ImportError as error:
        raise MissingExtra("python-docx", "office") from error
    try:
        _check_size(zipfile.ZipFile(io.BytesIO(raw)), source)
        return docx.Document(io.BytesIO(raw))
    except (
        OpcError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, AttributeError, TypeError, IndexError,
        SyntaxError, RuntimeError, EOFError, OSError,
    ) as error:  # fmt: skip
        raise ReadError(source.path, NOT_WORD.format(error=" ".join(str(error).split())[:120])) from error


def _check_size(archive: zipfile.ZipFile, source: Source) -> None:
    """Refuse what unpacks to more than any text. No member yields more bytes than the directory says it has."""
    members = archive.infolist()
    pages = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
    whole = sum(member.file_size for member in members)
    if len(members) > PARTS or pages > UNPACKED * source.limit or whole > 2 * UNPACKED * source.limit:
        reason = f"unpacks to {whole:,} bytes in {len(members):,} parts, more than any article; split the document"
        raise ReadError(source.path, reason)
    source.purse.spend(whole)
    if sum(_tags(archive, member) for member in members) > TAGS:
        raise ReadError(source.path, f"has more than {TAGS:,} tags, more than any article; split the document")


def _tags(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """How many tags are in a part, where it is XML: whether it is, only the parts themselves tell."""
    with archive.open(member) as part:
        return sum(piece.count(b"<") for piece in iter(lambda: part.read(PIECE), b""))


def _plain(document: "Document", raw: bytes, source: Source) -> RawArticle | Skipped:
    """The one article of a document."""
    lines, heading = _all_lines(document)
    stated = " ".join(document.core_properties.title.split())
    first = next(filter(str.strip, lines), "")
    if heading or (stated and len(first) > LONGEST_TITLE):
        lines = [heading or stated, *(line for line in lines if line != heading)]
    parts = lay_out("\n\n".join(lines))
    if not first:
        return Skipped(source.path, "a document without text; nothing to add")
    article = parts.article(source.path, DocxReader.name, raw)
    created = document.core_properties.created
    if article.dates or not created or created.replace(tzinfo=None) == UNSET:
        return article
    return replace(article, dates=(DateClaim(created.date().isoformat(), "meta"),), warnings=(FILE_DAY,))


def _all_lines(document: "Document") -> tuple[list[str], str]:
    """The lines of the text and of its tables, and the heading among the first of them."""
    from docx.text.paragraph import Paragraph

    lines: list[str] = []
    heading = ""
    for element in document.element.body.xpath("./w:p | ./w:tbl//w:p | ./w:sdt//w:p"):
        text = Paragraph(element, document._body)
        found = _lines(text.text)
        style = (element.style or "").lower()
        if not heading and len(lines) < HEAD_LINES and style in TITLES and len(found) == 1:
            heading = found[0]
        lines += found
    return lines, heading
