"""Web archives: WARC and its forerunner ARC, as crawlers, wget and browsers' recorders write them."""

from collections.abc import Iterator

from searcher.models import RawArticle, Skipped
from searcher.readers.source import Source
from searcher.readers.webpages import web_pages

__all__ = ["WarcReader"]

MARKS = (b"WARC/", b"filedesc:")
EXTENSIONS = (".warc", ".arc")


class WarcReader:
    """Reads the pages of a web archive; each article's record is `record N`, all records counted."""

    name = "warc"

    def sniff(self, head: bytes, path: str) -> bool:
        """By the version that every record begins with, or the address that an ARC file begins with; by the name."""
        return head.startswith(MARKS) or path.lower().endswith(EXTENSIONS)

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each page in turn. Raises ReadError where the file breaks off."""
        yield from web_pages(source, self.name)
