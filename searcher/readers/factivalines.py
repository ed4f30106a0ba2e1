"""The parts of one article as Factiva lays it out, whichever file it exports to: told apart by shape, not by words.

    [section], title, [author], [credit] -> "877 words", day, [time], outlet, code, [edition], [page], language -> text

The labels and the names of languages follow the language of the interface, so only what is alike in all is used: a
number with a word, a day, and a code of capitals.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.record import Place
from searcher.readers.source import Source

__all__ = ["Particulars", "document_articles", "is_document_line", "particulars"]

COUNT = re.compile(r"^\d[\d.,\s]*\s(?:[^\W\d_]{1,12}|字|語|个字|個字)\.?$")
DAY = re.compile(r"^(?=.*\d{4})(?=.*\d)[\w\s.,年月日/-]{6,40}$")
TIME = re.compile(r"^\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?$", re.IGNORECASE)
CODE = re.compile(r"^[A-Z][A-Z0-9]{1,7}$")
PAGE = re.compile(r"^(?:[A-Z]{0,4}[- ]?\d{1,4}(?:[,;-]\s?[A-Z]{0,4}\d{1,4})*|[A-Z]\d{0,3})$")
COPYRIGHT = re.compile(r"^\s*(?:copyright\b|\(c\)|©|版权|版權)", re.IGNORECASE)
DOCUMENT = re.compile(r"^(?:[^\W\d_]+\s+){1,2}[A-Z0-9]{8}\d{8}\w{9,12}$")

# The codes of the display with indexing, one a line or a row of a table, and the field of each that is of use.
CODED = re.compile(r"^(?P<code>[A-Z]{2,3})(?:[|\t]\s*|\s{2,}|$)(?P<value>.*)")
CODES = {
    "SE": "section", "HD": "title", "BY": "author", "PD": "day", "ET": "time", "SN": "source", "LA": "language",
    "LP": "text", "TD": "text", "CT": "", "CR": "", "WC": "", "SC": "", "ED": "", "PG": "", "CY": "", "ART": "",
    "CO": "", "IN": "", "NS": "", "RE": "", "IPC": "", "IPD": "", "PUB": "", "AN": "", "CLM": "", "VOL": "", "RF": "",
}  # fmt: skip
BY = re.compile(r"^(?:by|von|par|por)\s+", re.IGNORECASE)
LONGEST_OWNER = 80  # characters; the owner's name closes a text: the longest met has 42


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the lines about an article say; `above` are those above the number of words, `end` is where they end."""

    above: tuple[str, ...] = ()
    day: str = ""
    source: str = ""
    language: str = ""
    end: int = 0


def particulars(lines: Sequence[str]) -> Particulars | None:
    """The parts of the lines above a text; None where they are not laid out as Factiva does."""
    count = next((at for at in range(len(lines) - 1) if COUNT.match(lines[at]) and DAY.match(lines[at + 1])), None)
    if count is None:
        return None
    above = tuple(lines[:count])
    day, rest = lines[count + 1], list(lines[count + 2 : count + 12])
    if rest and TIME.match(rest[0]):
        day = f"{day} {rest.pop(0)}"
        count += 1
    rights = next((at for at, line in enumerate(rest) if COPYRIGHT.match(line)), len(rest))
    end = len(lines) if rights == len(rest) else count + 3 + rights
    language = rest[rights - 1] if rights > 1 and not PAGE.match(rest[rights - 1]) else ""
    coded = len(rest) > 1 and CODE.match(rest[1]) is not None
    return Particulars(above, day, rest[0] if coded else "", language if coded else "", end)


def is_document_line(line: str) -> bool:
    """Whether a line is the one that closes an article: a word, and the number under which Factiva keeps it."""
    return DOCUMENT.match(_closing(line)) is not None


def _closing(line: str) -> str:
    """A line without the code that may stand before the number of a document."""
    return line.strip("|\t ").removeprefix("AN").strip("|\t ")


def document_articles(lines: Sequence[str], source: Source, reader: str) -> Iterator[RawArticle | Skipped]:
    """Each article of an export without tags in turn; its record is `document` and the number Factiva gives it."""
    held: list[str] = []
    for line in (text for line in lines if (text := line.strip("|\t ").strip())):
        if not is_document_line(line):
            held.append(line)
            continue
        record = f"document {_closing(line).split()[-1]}"
        place = Place(source.path, reader, "\n".join((*held, line)).encode(), record)
        yield _coded(held, place) or _laid_out(held, place)
        held = []


def _laid_out(lines: list[str], place: Place) -> RawArticle | Skipped:
    """The article of lines told apart by shape: the longest above the number of words is the title."""
    found = particulars(lines)
    if found is None or not found.above:
        return Skipped(place.path, "no title, number of words and day above the text; export it again", place.record)
    title = max(found.above[-3:], key=len)
    at = len(found.above) - 1 - found.above[::-1].index(title)
    text = lines[found.end :]
    if text and len(text[-1]) <= LONGEST_OWNER and text[-1][-1] not in '.!?”"':
        text = text[:-1]
    return RawArticle(
        path=place.path,
        reader=place.reader,
        raw=place.raw,
        record=place.record,
        title=title,
        body="\n\n".join(text),
        dates=(DateClaim(found.day, "field"),),
        authors=tuple(BY.sub("", name) for name in found.above[at + 1 : at + 2]),
        source=found.source,
        language=found.language,
        section=found.above[at - 1] if at else "",
    )


def _coded(lines: list[str], place: Place) -> RawArticle | None:
    """The article of lines that begin with codes, or None where there are none."""
    fields: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        found = CODED.match(line)
        coded = found is not None and found["code"] in CODES
        name = CODES[found["code"]] if found and coded else name
        value = found["value"].strip("| ") if found and coded else line
        if name and value:
            fields.setdefault(name, []).append(value)
    if "title" not in fields or "day" not in fields:
        return None
    day = " ".join(fields["day"] + fields.get("time", []))
    return RawArticle(
        path=place.path,
        reader=place.reader,
        raw=place.raw,
        record=place.record,
        title=" ".join(fields["title"]),
        body="\n\n".join(fields.get("text", ())),
        dates=(DateClaim(day, "field"),),
        authors=tuple(BY.sub("", author) for author in fields.get("author", ())),
        source=" ".join(fields.get("source", ())),
        language=" ".join(fields.get("language", ())),
        section=" ".join(fields.get("section", ())),
    )
