"""PDF: the text that a file carries, one article each. Scanned pages carry none, and no letters are recognised."""

import io
import logging
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from searcher.alarm import OutOfTime, alarm
from searcher.errors import MissingExtra, ReadError
from searcher.models import RawArticle, Skipped
from searcher.readers.encoding import without_controls
from searcher.readers.layout import lay_out
from searcher.readers.pdflines import without_running_lines, wrapped_text
from searcher.readers.source import Source

if TYPE_CHECKING:
    from pypdf import PdfReader as Document

__all__ = ["PdfReader"]

MAGIC = b"%PDF-"
WITHIN = 1024  # bytes in which the mark must come, by the specification's notes on what readers accept
PAGES = 500  # pages of a newspaper take 20 to 50 ms each: half a minute
SECONDS = 60  # for what is not like that: 1 MB of small texts on one page takes longer than any newspaper
# What pypdf may do for a file. Its bounds are per stream and meant for pictures; text needs less. No program is run.
BOUNDS: dict[str, Any] = {
    "jbig2dec_binary": None,
    "disable_legacy_handling": True,  # nothing here sets the older names of these bounds
    "zlib_maximum_output_length": 16_000_000,
    "lzw_maximum_output_length": 16_000_000,
    "run_length_maximum_output_length": 16_000_000,
    "brotli_maximum_output_length": 16_000_000,
    "array_based_stream_maximum_output_length": 16_000_000,
    "stream_decoding_work_maximum_length": 64_000_000,
}
NO_TITLE = re.compile(
    r"\.(?:pdf|docx?|indd|qxd|qxp|pages|rtf|html?|tmp|ps|p\d+)\b"
    r"|^(?:untitled|microsoft word|document\d*|unknown|title)\b"
    r"|^[\w-]*\d[\w-]*$",
    re.IGNORECASE,
)
DAMAGED = "damaged or no PDF ({error}); open it in a viewer and print it to a new PDF"
LOCKED = "encrypted; remove the password in a viewer that knows it and save the file again"
SLOW = f"takes more than {SECONDS} seconds to read; save its text alone"
SCANNED = "pages without text, probably scanned; run them through OCR first and add what it gives"


class PdfReader:
    """Reads the text of .pdf files; letters in pictures are not read."""

    name = "pdf"

    def sniff(self, head: bytes, path: str) -> bool:
        """By the mark at the beginning, or near it where the name says PDF."""
        return head.startswith(MAGIC) or (path.lower().endswith(".pdf") and MAGIC in head[:WITHIN])

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """The one article. Raises ReadError where the file is damaged, locked, too long or without text."""
        raw = source.content()
        try:
            with alarm(SECONDS):
                pages, stated, made = _pages(raw, source)
        except OutOfTime as error:
            raise ReadError(source.path, SLOW) from error
        lines = without_running_lines([page.split("\n") for page in pages])
        text = wrapped_text(lines)
        if not text.strip():
            raise ReadError(source.path, SCANNED)
        title, rest = _titled(text, stated)
        parts = lay_out(f"{title}\n\n{rest}" if title else text)
        yield replace(parts.article(source.path, self.name, raw), crawled=made)


def _pages(raw: bytes, source: Source) -> tuple[list[str], str, str]:
    """The text of each page, the title the file states, and the day it was made."""
    try:
        import pypdf
        from pypdf import apply_configuration
        from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError
    except ImportError as error:
        raise MissingExtra("pypdf", "pdf") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells the terminal of each oddity of a file
    try:
        with apply_configuration(**BOUNDS):
            document = pypdf.PdfReader(io.BytesIO(raw))
            if document.is_encrypted and not document.decrypt(""):  # most are locked against changes alone
                raise ReadError(source.path, LOCKED)
            return _texts(document, source), _stated(document), _made(document)
    except (FileNotDecryptedError, DependencyError) as error:
        raise ReadError(source.path, LOCKED) from error
    except (
        PyPdfError, KeyError, ValueError, TypeError, AttributeError, IndexError, AssertionError, ArithmeticError,
        RuntimeError, zlib.error, OSError, MemoryError,
    ) as error:  # fmt: skip
        raise ReadError(source.path, DAMAGED.format(error=" ".join(str(error).split())[:120])) from error


def _texts(document: "Document", source: Source) -> list[str]:
    """The text of each page, bounded in pages and in characters."""
    if len(document.pages) > PAGES:
        reason = f"{len(document.pages):,} pages, more than {PAGES}: a book rather than an article; split it"
        raise ReadError(source.path, reason)
    texts: list[str] = []
    for page in document.pages:
        texts.append(without_controls(page.extract_text().replace("\xa0", " ")))
        if sum(map(len, texts)) > source.limit:
            raise ReadError(source.path, f"more than {source.limit:,} characters; split the file")
    return texts


def _stated(document: "Document") -> str:
    """The title in the file's properties, where it looks like one and not like the name of a file."""
    title = " ".join(str((document.metadata and document.metadata.title) or "").split())
    return "" if NO_TITLE.search(title) or len(title.split()) < 2 else title


def _made(document: "Document") -> str:
    """The ISO day on which the file was made: what is in it is not younger."""
    try:
        made = document.metadata.creation_date if document.metadata else None
    except ValueError:  # dates in properties are written in many ways, and nothing else depends on this one
        return ""
    return made.date().isoformat() if made else ""


def _titled(text: str, stated: str) -> tuple[str, str]:
    """The stated title and the text below it, where the text begins with it; headings are often wrapped."""
    words = stated.split()
    found = re.match(r"\s*" + r"\s+".join(map(re.escape, words)) + r"[ \t]*\n", text, re.IGNORECASE) if words else None
    return (stated, text[found.end() :]) if found else ("", text)
