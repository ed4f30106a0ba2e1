"""Plain text: one article a file, its title on the first line."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from searcher.models import RawArticle, Skipped
from searcher.readers.encoding import decode, without_controls
from searcher.readers.layout import lay_out
from searcher.readers.magic import looks_like_text
from searcher.readers.source import Source

__all__ = ["TextReader"]

# Text that is written for programs, found beside articles but never one.
_NOT_PROSE = """
.css .js .mjs .map .py .sh .bat .c .h .java .ini .cfg .toml .yaml .yml .sql .log .svg .xml .xsl .xsd .rss .atom .dtd
"""
NOT_PROSE = frozenset(_NOT_PROSE.split())


# Text that is a container of something: XML, web archives, mail, calendars.
OTHER_FORMAT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<[?!]|<[a-z][\w:.-]*(?:\s+[\w:.-]+\s*=|\s*/?>)|WARC/\d|filedesc:|BEGIN:V"
    rb"|From \S+@\S+ |(?:Delivered-To|Return-Path|Received|Message-ID|MIME-Version|X-[\w-]+): )",
    re.IGNORECASE,
)


class TextReader:
    """Reads any text that no other reader took; the parts are told apart by their place."""

    name = "text"

    def sniff(self, head: bytes, path: str) -> bool:
        """By its name alone: plain text carries no mark, so any name will do but those of programs' files."""
        if not path or not looks_like_text(head):
            return False
        suffix = PurePath(path.lower()).suffix
        return suffix not in NOT_PROSE and not OTHER_FORMAT.match(head)

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """The one article. Raises ReadError where the bytes do not fit the encoding."""
        raw = source.content()
        parts = lay_out(without_controls(decode(raw, source.path, source.settings.encoding)))
        if not parts.title:
            yield Skipped(source.path, "nothing but white space; nothing to add")
            return
        yield parts.article(source.path, self.name, raw)
