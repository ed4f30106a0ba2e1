"""IPTC 7901, in which European agencies sent their wires: a heading, a keyword line, the headline and the text."""

import re
from collections.abc import Iterator

from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.paragraphs import paragraphs
from searcher.readers.source import Source
from searcher.readers.transmission import characters, messages, plain

__all__ = ["Iptc7901Reader"]

# Service and number, priority, category, count of words, what else the agency adds, and its own name and number.
SNIFFED = re.compile(rb"\s*\x01[A-Za-z]{2,4}\d{3,4} \d \S{1,4} +\d+ ")
HEADING = re.compile(
    r"\x01[A-Za-z]{2,4}\d{3,4} \d \S{1,4} +\d+\s+(?:\S{1,80}\s{1,20}){0,20}?([A-Za-z][\w-]{0,80}) {1,20}\d{1,9}\s*$",
    re.MULTILINE,
)
SENT = re.compile(r"\b(\d\d)(\d\d)(\d\d) (GMT|UTC) ([A-Z][a-z]{2}) (\d\d)\b")  # day, hour, minute, month, year
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# A word above the headline that says what the message is to others: EXTRA, 1ST LEAD, (Achtung).
NOTE = re.compile(r"[A-Z0-9][A-Z0-9 .-]{0,30}|\([^()]*\)")
NOTEBOOK = re.compile(r"^#{1,2} \S.*$|^The following information is not (?:intended )?for publication", re.MULTILINE)
SIGNED = re.compile(r"^dpa(?: [a-z]{2,4})+$")  # the initials of those who worked on it
CENTURY = 69  # years up to this are after 2000; the format is of 1979


class Iptc7901Reader:
    """Reads messages that begin with the heading of IPTC 7901; the record is the message's place."""

    name = "iptc7901"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the control byte and the parts of its heading."""
        return SNIFFED.match(head) is not None

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each message in turn."""
        for found in messages(source):
            yield found if isinstance(found, Skipped) else _article(*found, source)


def _article(record: str, raw: bytes, source: Source) -> RawArticle | Skipped:
    """The article of a message, or the reason why it is none."""
    heading, begun, text = characters(raw).partition("\x02")
    if not begun:
        return Skipped(source.path, "a message without the mark that begins its text; copy it again", record)
    text, _, close = text.partition("\x03")
    top, body = _parts(plain(text))
    if not (top or body):
        return Skipped(source.path, "a message without text; nothing to add", record)
    title, authors = _headline(top)
    agency, sent = HEADING.search(heading[:300]), SENT.search(close[:200])
    return RawArticle(
        path=source.path,
        reader=Iptc7901Reader.name,
        raw=raw,
        record=record,
        title=title,
        body="\n\n".join(body) or title,
        dates=() if sent is None or sent[5] not in MONTHS else (DateClaim(_moment(sent), "field"),),
        authors=authors,
        source=agency[1] if agency else "",
        tags=_keywords(heading),
    )


def _parts(text: str) -> tuple[list[str], list[str]]:
    """The lines of the headline, which end with `=`, and the paragraphs of the text without notes to editors."""
    above, mark, below = text.partition("=\n")
    if not mark or "\n\n" in above.strip():
        above, _, below = text.strip().partition("\n")
    note = NOTEBOOK.search(below)
    lines = (below[: note.start()] if note else below).split("\n")
    parts = [part for part in paragraphs(lines) if not SIGNED.match(part)]
    return [line.strip() for line in above.split("\n") if line.strip()], parts


def _headline(lines: list[str]) -> tuple[str, tuple[str, ...]]:
    """The headline without the notes above it, and who wrote the text."""
    authors = tuple(line.removeprefix("By ") for line in lines if line.startswith("By "))
    said = [line for line in lines if not line.startswith("By ")]
    while len(said) > 1 and NOTE.fullmatch(said[0]):
        said.pop(0)
    return " ".join(said), authors


def _keywords(heading: str) -> tuple[str, ...]:
    """The keywords in the line below the heading, such as `Yemen/conflict/`."""
    lines = [line for line in heading.split("\n")[1:] if "/" in line or "-" in line]
    return tuple(dict.fromkeys(word for line in lines for part in line.split("/") if (word := plain(part).strip())))


def _moment(sent: re.Match[str]) -> str:
    """When a message was sent, as ISO 8601: `212101 GMT Nov 18` is day, hour and minute, month, year."""
    day, hour, minute, _, month, year = sent.groups()
    century = "20" if int(year) <= CENTURY else "19"
    return f"{century}{year}-{MONTHS.index(month) + 1:02}-{day}T{hour}:{minute}+00:00"
