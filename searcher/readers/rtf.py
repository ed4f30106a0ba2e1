"""RTF documents: one article a file, or the many of an export of Factiva or Nexis."""

import re
from collections.abc import Iterator
from itertools import islice

from searcher.errors import MissingExtra, ReadError
from searcher.models import RawArticle, Skipped
from searcher.readers.encoding import without_controls
from searcher.readers.factivalines import document_articles, is_document_line
from searcher.readers.layout import lay_out
from searcher.readers.lexisexport import export_articles, is_export
from searcher.readers.source import Source

__all__ = ["RtfReader"]

BRACE = re.compile(r"[{}]")
FONT = re.compile(r"\\f(\d{1,6})(?!\d)")
CHARSET = re.compile(r"\\fcharset(\d{1,3})(?!\d)")
FONTS, NO_FONTS = "\\fonttbl", "\\*\\fonttbk"  # a second table is none: the library reads the first
MOST_FONTS = 2_000
MAGIC = b"{\\rtf"
DAMAGED = "no RTF that can be read ({error}); open it in a word processor and save it again"


class RtfReader:
    """Reads .rtf files. A file of one article has no record; those of an export are `document` and their number."""

    name = "rtf"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the group that opens every RTF file."""
        return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(MAGIC)

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """The article or articles. Raises ReadError where the file is too large or no RTF."""
        raw = source.content()
        lines = _lines(raw, source)
        if any(is_document_line(line) for line in lines):
            yield from document_articles(lines, source, self.name)
        elif is_export(lines):
            yield from export_articles(lines, source, self.name)
        else:
            yield _plain(lines, raw, source)


def _lines(raw: bytes, source: Source) -> list[str]:
    """The lines of the text. Characters beyond ASCII are escaped in RTF, so any reading of the bytes is the same."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise MissingExtra("striprtf", "office") from error
    try:
        text: str = rtf_to_text(_tamed(raw.decode("latin-1")), errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, OverflowError, RecursionError) as error:
        raise ReadError(source.path, DAMAGED.format(error=" ".join(str(error).split())[:120])) from error
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # \u of RTF names halves of pairs
    return [line.replace("\xa0", " ") for line in without_controls(whole).split("\n")]


def _tamed(text: str) -> str:
    """The same RTF without what the library takes cubic time for, or reads wrongly.

    Its pattern of the font table backtracks over entries without an end: 30 KB of them took more than ten minutes. Its
    pattern of links swallows all text between the first and the last link of a line. Neither may match amiss now.
    """
    text = text.replace("\\fldinst{", "\\fldinst {")
    begin = text.find("{\\fonttbl")
    if begin < 0:
        return text
    end = _closing(text, begin)
    entries = (
        (font, charset)
        for entry in text[begin:end].split(";")
        if (font := FONT.search(entry)) and (charset := CHARSET.search(entry))
    )
    table = "".join(f"{{\\f{font[1]}\\fcharset{charset[1]} F;}}" for font, charset in islice(entries, MOST_FONTS))
    return f"{text[:begin]}{{\\fonttbl{table}}}{text[end:].replace(FONTS, NO_FONTS)}"


def _closing(text: str, begin: int) -> int:
    """Where the group that opens at `begin` ends."""
    depth = 0
    for brace in BRACE.finditer(text, begin):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return len(text)


def _plain(lines: list[str], raw: bytes, source: Source) -> RawArticle | Skipped:
    """The one article of a document; each line of it is a paragraph."""
    parts = lay_out("\n\n".join(lines))
    if not parts.title:
        return Skipped(source.path, "a document without text; nothing to add")
    return parts.article(source.path, RtfReader.name, raw)
