"""ANPA 1312, in which American agencies sent their wires: a heading, marked lines, the text, and when it was sent."""

import re
from collections.abc import Iterator

from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.paragraphs import paragraphs
from searcher.readers.source import Source
from searcher.readers.transmission import characters, messages, plain

__all__ = ["AnpaReader"]

HEADING = re.compile(rb"[\x16\s]*\x01[A-Za-z]\d{4}\x1f")
MARKED = re.compile(r"(?:\*\d+< )?\^(.*)")  # a line of its own, such as headline and byline
SENT = re.compile(r"\b(\w+)-[A-Z]+-(\d\d)-(\d\d)-(\d\d) (\d\d)(\d\d)GMT\b")  # behind the text
SLUG = re.compile(r",\s*\d*$")  # the count of words behind a slug line
PRESSMAN = re.compile(r"Press\b|Writers?\b|International\b|Editor\b|Correspondent\b")  # below a byline
ASIDE = re.compile(r"^(?:AP (?:Photo|Video|Audio|Graphic|Interactive)\b|Eds?:|EDITOR'S NOTE)", re.IGNORECASE)
PRESS = {"AP": "Associated Press", "UPI": "United Press International"}
CENTURY = 69  # years up to this are after 2000; the format is of 1979 and its predecessors of the 1950s


class AnpaReader:
    """Reads messages that begin with the heading of ANPA 1312; the record is the message's place."""

    name = "anpa"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the control bytes of its heading: start of heading, service and number, unit separator."""
        return HEADING.match(head) is not None

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each message in turn."""
        for found in messages(source):
            yield found if isinstance(found, Skipped) else _article(*found, source)


def _article(record: str, raw: bytes, source: Source) -> RawArticle | Skipped:
    """The article of a message, or the reason why it is none."""
    _, begun, text = characters(raw).partition("\x02")
    if not begun:
        return Skipped(source.path, "a message without the mark that begins its text; copy it again", record)
    text, _, close = text.partition("\x03")
    lines = [plain(line) for line in text.split("\n")]
    top, rest = _top(lines)
    sent = SENT.search(plain(close)[:200])
    slug = SLUG.sub("", top[0]) if top else ""
    said = [line for line in top[1:] if not ASIDE.match(line)]
    by = next((number for number, line in enumerate(said) if line.startswith("By ")), len(said))
    body = [_clean(part) for part in paragraphs(rest)]
    body = [part for part in body if part.strip("_ ")]
    lead, below = said[1:by], [_clean(line) for line in said[by + 1 :] if not PRESSMAN.search(line)]
    body = [*below, *body]
    if not body:
        lead, body = [], lead  # a list of headlines has no other text
    if not body:
        return Skipped(source.path, "a message without text; nothing to add", record)
    return RawArticle(
        path=source.path,
        reader=AnpaReader.name,
        raw=raw,
        record=record,
        title=_clean(said[0] if by and said else slug),
        lead=_clean(" ".join(lead)),
        body="\n\n".join(body),
        dates=() if sent is None else (DateClaim(_moment(sent), "field"),),
        authors=tuple(_clean(line.removeprefix("By ")) for line in said[by : by + 1]),
        source="" if sent is None else PRESS.get(sent[1], sent[1]),
        tags=(slug,) if slug else (),
    )


def _top(lines: list[str]) -> tuple[list[str], list[str]]:
    """The marked lines above the text, and the lines of the text."""
    top: list[str] = []
    for number, line in enumerate(lines):
        marked = _marked(line)
        if line.strip() and marked is None:
            return top, lines[number:]
        if marked is not None:
            top.append(marked.strip())
    return top, []


def _marked(line: str) -> str | None:
    """What stands between the marks of a line; None where it has none."""
    found = MARKED.fullmatch(line.rstrip())
    if found is None:
        return None
    return found[1][:-1] if found[1].endswith(("<", "=")) else found[1]


def _clean(text: str) -> str:
    """A line without its marks, its quotation marks as they are printed."""
    marked = _marked(text)
    return (text if marked is None else marked).replace("``", "“").replace("''", "”").strip()


def _moment(sent: re.Match[str]) -> str:
    """When a message was sent, as ISO 8601: `11-13-13 1509GMT` is month, day, year, hour and minute."""
    _, month, day, year, hour, minute = sent.groups()
    century = "20" if int(year) <= CENTURY else "19"
    return f"{century}{year}-{month}-{day}T{hour}:{minute}+00:00"
