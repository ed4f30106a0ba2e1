"""Saved web pages: one article a file. The page is decoded here and read later, where pages are understood."""

import re
from collections.abc import Iterator

from searcher.models import RawArticle, Skipped
from searcher.readers.charset import decode_page
from searcher.readers.magic import binary_kind
from searcher.readers.source import Source

__all__ = ["HtmlReader"]

EXTENSIONS = (".html", ".htm", ".xhtml", ".shtml")
WITHIN = 8192  # bytes in which the first tag must come; saved pages begin with long comments
# Declarations and comments, then a tag that pages begin with; any other first tag is another kind of XML.
PAGE = re.compile(
    rb"\s*+(?>(?:<\?[^<>]*>|<!--.*?-->|<!doctype\s(?!html)[^<>\[]*>)\s*)*+(?:<!doctype\s+html\b|<(?:html|head|body|title|meta)\b)",
    re.IGNORECASE | re.DOTALL,
)
TAG = re.compile(rb"<(?:a|article|body|div|head|html|meta|p|script|span|table|title)\b[^<>]*>", re.IGNORECASE)


class HtmlReader:
    """Reads .html files and whatever begins like a page."""

    name = "html"

    def sniff(self, head: bytes, path: str) -> bool:
        """By a first tag that only pages begin with; by the extension, unless the bytes are of another kind."""
        plain = head[:WITHIN].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
        if PAGE.match(plain):
            return True
        if not path.lower().endswith(EXTENSIONS):
            return False
        kind = binary_kind(head)  # pages with stray control bytes are pages; bytes without any tag are not
        return not kind or (kind == "a binary file" and TAG.search(plain) is not None)

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """The one page. Raises ReadError where the file is too large or breaks off."""
        raw = source.content()
        html, warnings = decode_page(raw, source.settings.encoding)
        yield RawArticle(path=source.path, reader=self.name, raw=raw, html=html, warnings=warnings)
