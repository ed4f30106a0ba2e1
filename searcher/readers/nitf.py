"""NITF, the News Industry Text Format of the IPTC: one article a file."""

import re
from collections.abc import Iterator

from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.source import Source
from searcher.readers.wire import EMBARGOED, UNUSABLE, captions, found, line, nitf_fields
from searcher.readers.xmltree import Element, child, parse, root_of

__all__ = ["NitfReader"]

BY = re.compile(r"^(?:by|von|par|por)\s+", re.IGNORECASE)


class NitfReader:
    """Reads documents whose root is `nitf`, with or without its namespace."""

    name = "nitf"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the root element."""
        root = root_of(head)
        return root is not None and root.name == "nitf"

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """The one article. Raises ReadError where the XML breaks."""
        raw = source.content()
        yield _article(parse(raw, source.path), raw, source)


def _article(nitf: Element, raw: bytes, source: Source) -> RawArticle | Skipped:
    """The article of a document, or the reason why it is none."""
    data = child(nitf, "head", "docdata")
    status = "" if data is None else (data.get("management-status") or "")
    if status in UNUSABLE:
        return Skipped(source.path, f"the agency marked it {status}; left out")
    fields = nitf_fields(nitf)
    if not (fields["title"] or fields["body"]):
        return Skipped(source.path, "a NITF document without headline and text; nothing to add")
    name = BY.sub("", fields["byline"])
    return RawArticle(
        path=source.path,
        reader=NitfReader.name,
        raw=raw,
        title=fields["title"],
        lead=fields["lead"],
        body=fields["body"] or fields["title"],
        dateline=fields["dateline"],
        dates=tuple(DateClaim(text, "field") for text in _dates(nitf)),
        captions=captions(nitf),
        authors=(name,) if name else (),
        source=fields["source"] or next((one.get("holder") or "" for one in found(nitf, "doc.copyright")), ""),
        language=nitf.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        tags=_tags(nitf),
        warnings=(EMBARGOED,) if status == "embargoed" else (),
    )


def _dates(nitf: Element) -> list[str]:
    """The date of issue, then the others, each once."""
    claims = [one.get("norm") or line(one) for one in found(nitf, "date.issue", "date.release")]
    claims += [one.get("date.publication") or "" for one in found(nitf, "pubdata")]
    claims += [one.get("norm") or line(one) for one in found(nitf, "story.date")]
    return [text for text in dict.fromkeys(claims) if text]


def _tags(nitf: Element) -> tuple[str, ...]:
    """Keywords and the words of the subjects."""
    words = [one.get("key") or "" for one in found(nitf, "keyword")]
    for one in found(nitf, "tobject.subject"):
        words += [one.get(f"tobject.subject.{part}") or "" for part in ("type", "matter", "detail")]
    return tuple(text for text in dict.fromkeys(words) if text)
