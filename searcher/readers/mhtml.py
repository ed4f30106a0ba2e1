"""MHTML: a saved web page with all that belongs to it in one file of parts (RFC 2557), as browsers write it."""

from collections.abc import Iterator
from email.message import Message
from email.utils import parsedate_to_datetime

from searcher.errors import ReadError
from searcher.models import RawArticle, Skipped
from searcher.readers.charset import decode_page
from searcher.readers.message import begins_with, header, headers_of, parsed
from searcher.readers.source import Source

__all__ = ["MhtmlReader"]

EXTENSIONS = (".mht", ".mhtml")
ON_THE_WAY = {"received", "to", "delivered-to", "return-path", "message-id"}  # what only mail has that was sent
PAGES = ("text/html", "application/xhtml+xml")


class MhtmlReader:
    """Reads the page itself of a file of parts; what it shows besides is passed over."""

    name = "mhtml"

    def sniff(self, head: bytes, path: str) -> bool:
        """By parts that belong to one page and were not sent to anybody; by the extension."""
        found = headers_of(head)
        if path.lower().endswith(EXTENSIONS):
            return bool(found)
        if "content-type" not in found or found & ON_THE_WAY:
            return False
        if "from" in found and "saved by" not in begins_with(head, "From").lower():
            return False
        return begins_with(head, "Content-Type").lower().startswith("multipart/related")

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """The one page. Raises ReadError where the file is too large or breaks off."""
        raw = source.content()
        try:
            message = parsed(raw)
        except ValueError as error:
            raise ReadError(source.path, f"the saved page cannot be read: {error}; save it again") from error
        root = _root(message)
        payload = root.get_payload(decode=True) if root is not None else None
        if root is None or not isinstance(payload, bytes) or not payload.strip():
            yield Skipped(source.path, "a saved page without the page itself; save it again")
            return
        html, warnings = decode_page(payload, source.settings.encoding, str(root.get_param("charset", "")))
        places = (header(message, "Snapshot-Content-Location"), header(root, "Content-Location"))
        yield RawArticle(
            path=source.path,
            reader=self.name,
            raw=raw,
            html=html,
            url=next((place for place in places if place.lower().startswith(("http://", "https://"))), ""),
            crawled=_day(header(message, "Date")),
            warnings=warnings,
        )


def _root(message: "Message[str, str]") -> "Message[str, str] | None":
    """The part that is the page: the one named as such, else the first page there is."""
    pages = [part for part in message.walk() if part.get_content_type() in PAGES]
    start = str(message.get_param("start", "")).strip("<> ")
    named = (part for part in pages if start and header(part, "Content-ID").strip("<> ") == start)
    return next(named, pages[0] if pages else None)


def _day(text: str) -> str:
    """The day on which a page was saved, on the clock of who saved it; empty where the date cannot be read."""
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
