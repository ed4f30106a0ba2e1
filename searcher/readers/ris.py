"""RIS: the exchange format of reference managers, one tag a line, each record closed by `ER  -`."""

import re
from collections.abc import Iterator, Mapping

from searcher.errors import ReadError
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.encoding import decode, encoding_of, without_controls
from searcher.readers.magic import looks_like_text
from searcher.readers.source import Source

__all__ = ["RisReader"]

FIRST = re.compile(r"\s*TY  ?- ?[A-Z]{3,6}\s*\n")
TAG = re.compile(r"^([A-Z][A-Z0-9])  ?-(?: (.*))?$")
# By the specification of 2011 and what Zotero, EndNote and Mendeley write: the first tag that is there counts.
TITLE = ("TI", "T1", "CT", "BT")
TEXT = ("N2", "AB")
DAYS = ("DA", "Y1", "PY")
OUTLET = ("T2", "JO", "JF", "JA", "PB")
NAMES = ("AU", "A1")
SLASHED = re.compile(r"^(\d{4})/(\d{1,2})?/?(\d{1,2})?(?:/.*)?$")

Record = Mapping[str, list[str]]


class RisReader:
    """Reads .ris files; each article's record is `reference N`. Its text is the abstract."""

    name = "ris"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the tag that opens every record."""
        if not looks_like_text(head):
            return False
        return FIRST.match(head[:4096].decode(encoding_of(head, "latin-1"), "replace").lstrip("\ufeff")) is not None

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each record in turn; one that is cut short, too long or in another encoding is skipped."""
        held: list[bytes] = []
        number = size = 0
        for line in source.lines():
            opens = line.data.lstrip(b"\xef\xbb\xbf").startswith(b"TY  -")
            if opens and held:
                yield _cut_short(number, source)
            if opens:
                held, size, number = [], 0, number + 1
            elif not held:
                continue
            held.append(line.data)
            size += len(line.data)
            if line.data.startswith(b"ER  -"):
                yield _article(b"".join(held).strip(), number, source)
                held = []
            elif size > source.limit or not line.whole:
                yield _cut_short(number, source)
                held = []
        if held:
            yield _cut_short(number, source)


def _article(raw: bytes, number: int, source: Source) -> RawArticle | Skipped:
    """The article of one record."""
    record = f"reference {number}"
    try:
        tags = _tags(without_controls(decode(raw, source.path, source.settings.encoding, record)))
    except ReadError as error:
        return Skipped(source.path, error.reason, record)
    title, body = _one(tags, TITLE), "\n\n".join(next((tags[tag] for tag in TEXT if tag in tags), ()))
    if not body:
        reason = "a reference without an abstract; add the page at its address or the file attached to it"
        return Skipped(source.path, reason, record)
    return RawArticle(
        path=source.path,
        reader=RisReader.name,
        raw=raw,
        record=record,
        title=title,
        body=body,
        dates=tuple(DateClaim(_iso(day), "field") for tag in DAYS for day in tags.get(tag, ())),
        authors=tuple(name for tag in NAMES for name in tags.get(tag, ())),
        source=_one(tags, OUTLET),
        url=_one(tags, ("UR", "L2")),
        language=_one(tags, ("LA",)),
        section=_one(tags, ("SE",)),
        tags=tuple(tags.get("KW", ())),
    )


def _tags(text: str) -> Record:
    """The values of each tag in order; a line without a tag carries on the one above it."""
    tags: dict[str, list[str]] = {}
    values: list[str] = []
    for line in text.splitlines():
        found = TAG.match(line.rstrip())
        if found and not (found[2] or "").strip():
            values = []
        elif found:
            values = tags.setdefault(found[1], [])
            values.append(found[2].strip())
        elif values and line.strip():
            values.append(line.strip())
    return tags


def _one(tags: Record, names: tuple[str, ...]) -> str:
    """The first value under these tags."""
    return next((tags[name][0] for name in names if name in tags), "")


def _iso(day: str) -> str:
    """A date of the form YYYY/MM/DD/other in the order of ISO 8601, cut at what is given."""
    found = SLASHED.match(day)
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else day


def _cut_short(number: int, source: Source) -> Skipped:
    """The report of a record without an end."""
    return Skipped(source.path, "the record has no ER line within bounds; export it again", f"reference {number}")
