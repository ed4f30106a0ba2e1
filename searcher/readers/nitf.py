"""NITF: one story marked up for newspapers, as AP, PA and EFE send them (News Industry Text Format, to 3.6)."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.nitfparts import nitf_parts
from searcher.readers.source import Source
from searcher.readers.xmlitems import canonical, xml_items
from searcher.readers.xmlroot import xml_root

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NitfReader"]

TAKEN_BACK = ("canceled", "cancelled", "withheld")


class NitfReader:
    """Reads a file that is an `nitf` element, in its namespace or in none."""

    name = "nitf"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the root element."""
        root = xml_root(head)
        return root is not None and root.name == "nitf"

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """The one story. Raises ReadError where the XML breaks off."""
        yield from xml_items(source, ("{*}nitf",), partial(_article, source.path))


def _article(path: str, nitf: "_Element", record: str) -> RawArticle | Skipped:
    """The article of one story, or why there is none."""
    parts = nitf_parts(nitf)
    if parts.status in TAKEN_BACK:
        return Skipped(path, f"the story was taken back ({parts.status}); nothing to add", record)
    body = "\n\n".join(parts.text.paragraphs) or parts.title  # a flash is its headline
    if not body:
        return Skipped(path, "a story without text; nothing to add", record)
    return RawArticle(
        path=path,
        reader=NitfReader.name,
        raw=canonical(nitf),
        record=record,
        title=parts.title,
        lead=parts.lead,
        body=body,
        dateline=parts.dateline,
        dates=tuple(DateClaim(text, "field") for text in parts.dates),
        captions=tuple(parts.text.captions),
        authors=parts.authors,
        source=parts.source,
        url=parts.url,
        language=parts.language,
        tags=parts.tags,
        warnings=("the story was sent under embargo",) if parts.status == "embargoed" else (),
    )
