"""One article, from what a file claims to what an archive keeps."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

__all__ = [
    "Article",
    "DateClaim",
    "Entities",
    "EventDate",
    "Mention",
    "MentionField",
    "MentionKind",
    "Precision",
    "PublicationDate",
    "RawArticle",
    "Skipped",
]

Precision = Literal["year", "month", "day", "minute"]
MentionField = Literal["title", "dateline", "body"]
MentionKind = Literal["LOC", "PER", "ORG", "ACTOR", "VESSEL", "DEM"]


@dataclass(frozen=True, slots=True)
class DateClaim:
    """What a file says about its date, in its own words, and where it says so.

    `source` is one of: jsonld, meta, time, url, field (a key or column of a record), text (a date line), dateline.
    """

    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """One article as a reader found it: its bytes and the claims they make, nothing interpreted.

    `raw` are the bytes of this record alone; `html` is a page or fragment still to be read; `body` is plain text.
    `record` names the place in a file of many articles ("line 12"); it is empty where the file is the article.
    `crawled` is the ISO day on which the copy was taken, where the file says so: no article is younger than its copy.
    """

    path: str
    reader: str
    raw: bytes = field(repr=False)
    record: str = ""
    title: str = ""
    lead: str = ""
    body: str = ""
    html: str = ""
    dateline: str = ""
    dates: tuple[DateClaim, ...] = ()
    captions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    source: str = ""
    url: str = ""
    language: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    crawled: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """The day the publisher named, in the publisher's own zone, with no more precision than is known.

    `text` is ISO 8601 cut at that precision: 2017, 2017-10, 2017-10-31, 2017-10-31T10:15+03:00. `source` is that of
    the claim it was read from. `ambiguous` marks a day that the archive's setting decided (03/04/2017).
    """

    text: str
    source: str
    ambiguous: bool = False

    def __str__(self) -> str:
        return self.text

    def isoformat(self) -> str:
        """The same text: what is known, as ISO 8601."""
        return self.text

    @property
    def precision(self) -> Precision:
        """How much is known: year, month, day or minute."""
        known: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
        return known.get(len(self.text), "minute")

    @property
    def first_day(self) -> date:
        """The earliest day it can be."""
        parts = [int(part) for part in self.text[:10].split("-")]
        return date(*[*parts, 1, 1][:3])

    @property
    def last_day(self) -> date:
        """The latest day it can be."""
        first = self.first_day
        if self.precision == "year":
            return date(first.year, 12, 31)
        if self.precision == "month":
            following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
            return following - timedelta(days=1)
        return first

    @property
    def moment(self) -> datetime:
        """The first moment it can be, on the publisher's clock; aware where the zone is known."""
        if self.precision == "minute":
            return datetime.fromisoformat(self.text)
        first = self.first_day
        return datetime(first.year, first.month, first.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place or actor named in an article: `getattr(article, field)[start:end] == text`.

    `id` and `name` are those of the entity, the same for every spelling; `country` is ISO 3166-1 alpha-2 or empty;
    `lat` and `lon` are degrees, None where unknown; `confidence` is 0 to 1; `rule` names the rule that found it.
    `role` says what an actor is in the manner of CAMEO: a country or type, then a role (SYRMIL, IGO, RUSGOV), or "".
    """

    text: str
    start: int
    end: int
    field: MentionField
    kind: MentionKind
    id: str
    name: str
    subkind: str = ""
    country: str = ""
    admin1: str = ""
    lat: float | None = None
    lon: float | None = None
    confidence: float = 1.0
    rule: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate:
    """A day, month or year that the text names for what happened: `getattr(article, field)[start:end] == text`.

    `day` is ISO 8601 cut at what is known (2017, 2017-10, 2017-10-31), reckoned from the date of publication where the
    words need one ("on Tuesday"); empty where it cannot be known which day is meant. `confidence` is 0 to 1; `rule`
    names the rule that read it.
    """

    text: str
    start: int
    end: int
    field: MentionField
    day: str = ""
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Entities:
    """What a text mentions and what it is about.

    `locations` and `actors` are canonical names, most salient first; a place brings its country along.
    `countries` are ISO 3166-1 alpha-2 codes, most salient first. `filed_from` is the place of the dateline, which is
    not what the text is about, and `agency` the name of the agency in it; empty where there is none.
    """

    mentions: tuple[Mention, ...] = ()
    locations: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    filed_from: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One normalized article.

    `id` is 16 hex digits, the same on every machine and run for the same record. `sha256` is that of the raw bytes,
    `fingerprint` that of the normalized title and body: equal for copies of one text. `body` holds paragraphs
    separated by blank lines, the lead first; captions and page furniture are not part of it. `language` is ISO 639-1
    or empty. What entities tell is as in `Entities`. `mentioned` are the canonical names of all mentions, in passing or
    not, with the countries of places, demonyms and forces; `within` pairs each of `locations` that lies in a country
    with the name of that country. `warnings` say what was repaired or refused on the
    way. `events` are the dates that the text names. `sketch` is what near copies are known by (`searcher.normalize`),
    `story` the id of the article that told the same story first in the archive, empty where it was the first.
    """

    id: str
    title: str
    body: str
    date: PublicationDate | None = None
    dateline: str = ""
    captions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    source: str = ""
    url: str = ""
    language: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    path: str = ""
    record: str = ""
    reader: str = ""
    sha256: str = ""
    fingerprint: str = ""
    warnings: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    locations: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    within: tuple[tuple[str, str], ...] = ()
    filed_from: str = ""
    agency: str = ""
    events: tuple[EventDate, ...] = ()
    sketch: bytes = field(default=b"", repr=False)
    story: str = ""

    @property
    def tells(self) -> str:
        """The id of the story that it tells: its own where it was the first."""
        return self.story or self.id


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or one record of it, that was not taken in, and why.

    `extra` is what has to be installed to read it, where that is the reason.
    """

    path: str
    reason: str
    record: str = ""
    extra: str = ""
