"""Feeds: RSS of every version, Atom 0.3 and 1.0, RSS in RDF, and CDF; one article an item."""

import io
from collections.abc import Iterator

from searcher.errors import MissingExtra, ReadError
from searcher.models import RawArticle, Skipped
from searcher.readers.feeditem import EMPTY, item_article, repaired_article
from searcher.readers.source import Source
from searcher.readers.xmltree import Root, records, root_of

__all__ = ["FeedReader"]

ITEMS = frozenset({"item", "entry"})
ATOM = ("", "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RSS_IN_RDF = (b"purl.org/rss/", b"my.netscape.com/rdf/", b"purl.org/net/rss1.1", b"channel.netscape.com/rdf/")
WITHIN = 4096  # bytes in which RDF must name the vocabulary of feeds
# A feed that is not well-formed is given to feedparser, which holds it whole and takes 0.7 s a megabyte.
MOST_REPAIRED = 2 * 1024 * 1024
# Faults that are attacks or accidents, not slips of an author: nothing is gained by a second parser.
HOPELESS = ("depth", "huge", "amplification", "loop", "larger than", "too long")


class FeedReader:
    """Reads feeds, whatever their version; the record is the item's place, the source the feed's title."""

    name = "feed"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the root element; RDF counts where it names a vocabulary of feeds."""
        root = root_of(head)
        return root is not None and _is_feed(root, head)

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each item in turn. Raises ReadError where the XML breaks and cannot be repaired."""
        with source.stream() as stream:
            data = stream.read(MOST_REPAIRED + 1)
        if len(data) > MOST_REPAIRED:
            yield from _items(source)
            return
        try:
            found = list(_items(source))
        except ReadError as error:
            if b"<!ENTITY" in data or any(word in error.reason for word in HOPELESS):
                raise
            found = _repaired(data, source)
        yield from found


def _is_feed(root: Root, head: bytes) -> bool:
    """Whether a root element begins a feed."""
    name = root.name.lower()
    if name == "feed":
        return root.namespace in ATOM or "atom" in root.namespace.lower()
    if name == "rdf":
        return root.namespace == RDF and any(mark in head[:WITHIN] for mark in RSS_IN_RDF)
    return name == "rss" or (name == "channel" and not root.namespace)


def _items(source: Source) -> Iterator[RawArticle | Skipped]:
    """The items of a well-formed feed."""
    number = 0
    for number, element in enumerate(records(source, ITEMS), start=1):
        yield item_article(element, source, f"item {number}")
    if not number:
        yield Skipped(source.path, EMPTY)


def _repaired(data: bytes, source: Source) -> list[RawArticle | Skipped]:
    """The items that feedparser makes out in a feed that is not well-formed."""
    try:
        import feedparser
    except ImportError as error:
        raise MissingExtra("feedparser", "feeds") from error
    feed = feedparser.parse(io.BytesIO(data))
    head = {name: str(feed.feed.get(name) or "") for name in ("title", "language")}
    found = [
        repaired_article(entry, head, source, f"item {number}") for number, entry in enumerate(feed.entries, start=1)
    ]
    return found or [Skipped(source.path, EMPTY)]
