"""RTF documents: one article a file, or the many of an export of Factiva or Nexis."""

from collections.abc import Iterator

from searcher.errors import MissingExtra, ReadError
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.encoding import without_controls
from searcher.readers.factivalines import document_articles, is_document_line
from searcher.readers.layout import lay_out
from searcher.readers.lexisexport import export_articles, is_export
from searcher.readers.source import Source

__all__ = ["RtfReader"]

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
        text: str = rtf_to_text(raw.decode("latin-1"), errors="replace")
    except (ValueError, LookupError, TypeError, OverflowError, RecursionError) as error:
        raise ReadError(source.path, DAMAGED.format(error=" ".join(str(error).split())[:120])) from error
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # \u of RTF names halves of pairs
    return [line.replace("\xa0", " ") for line in without_controls(whole).split("\n")]


def _plain(lines: list[str], raw: bytes, source: Source) -> RawArticle | Skipped:
    """The one article of a document; each line of it is a paragraph."""
    parts = lay_out("\n\n".join(lines))
    if not parts.title:
        return Skipped(source.path, "a document without text; nothing to add")
    return RawArticle(
        path=source.path,
        reader=RtfReader.name,
        raw=raw,
        title=parts.title,
        lead=parts.lead,
        body=parts.body,
        dates=tuple(DateClaim(line, "text") for line in parts.dates),
        captions=parts.captions,
        authors=parts.authors,
        url=parts.url,
    )
