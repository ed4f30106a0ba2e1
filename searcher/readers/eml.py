"""E-mail, one message a file: newsletters, alerts, and stories that agencies send to their clients."""

from collections.abc import Iterator

from searcher.models import RawArticle, Skipped
from searcher.readers.letters import is_mail, letter
from searcher.readers.source import Source

__all__ = ["EmlReader"]


class EmlReader:
    """Reads .eml files and whatever begins with the headers of mail."""

    name = "eml"

    def sniff(self, head: bytes, path: str) -> bool:
        """By headers that only mail has; by the extension, where it begins with any headers."""
        return is_mail(head, surely=not path.lower().endswith(".eml"))

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """The one message. Raises ReadError where the file is too large or breaks off."""
        yield letter(source.content(), source, self.name)
