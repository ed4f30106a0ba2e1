"""The values that travel through the package: frozen, slotted, comparable, without behaviour that needs a library.

file -> RawArticle -> Article (with Mentions) -> index -> Hit, FacetCount -> Results
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

__all__ = [
    "AddReport",
    "AliasEntry",
    "AliasSuggestion",
    "Article",
    "DateClaim",
    "Entities",
    "FacetCount",
    "Hit",
    "Likeness",
    "Mention",
    "MentionField",
    "MentionKind",
    "Precision",
    "PublicationDate",
    "RawArticle",
    "Results",
    "Skipped",
    "Stats",
]

Precision = Literal["year", "month", "day", "minute"]
MentionField = Literal["title", "dateline", "body"]
MentionKind = Literal["LOC", "PER", "ORG", "ACTOR", "VESSEL", "DEM"]
Likeness = Literal["same skeleton", "same consonants", "close letters"]


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
    with the name of that country. `warnings` say what was repaired or refused on the way.
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


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or one record of it, that was not taken in, and why."""

    path: str
    reason: str
    record: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddReport:
    """What became of the files handed in.

    `added` articles are new; `updated` replaced an earlier text of the same record; `unchanged` were there already;
    `duplicates` are byte-identical to an article under another path and were not added twice. `stories` counts the
    different texts among those added and updated. Everything else is in `skipped`, each with its reason.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    stories: int = 0
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article found.

    `snippet` is plain text; `marks` are (start, end) offsets into it of what matched, whole phrases in one mark;
    `title_marks` the same for the title. `where` says where the snippet stands ("paragraph 3"); `duplicates` counts
    other articles with the same text. `matched` are the spellings by which names of the query stand in the article, as
    it writes them, where they are others than those typed.
    """

    id: str
    title: str
    date: PublicationDate | None
    source: str
    url: str
    path: str
    language: str
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    title_marks: tuple[tuple[int, int], ...] = ()
    where: str = ""
    locations: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    duplicates: int = 0
    matched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many matching articles carry `value`; `selected` where the request picked it.

    `country` is the name of the country that a place lies in; empty for countries, for seas and the like, and in
    fields of other values.
    """

    value: str
    count: int
    selected: bool = False
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer to one search.

    `total` is exact. `facets` maps a field to its counts over all matches, largest first (dates in order).
    `notes` say how the query was read where that is not obvious; `suggestion` is another query, or None.
    `read_as` is the query as it was understood; `explain` holds (clause, articles matching it alone) pairs where they
    were asked for.
    """

    query: str
    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    suggestion: str | None = None
    took_ms: float = 0.0
    read_as: str = ""
    explain: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What an archive holds: counts, days covered, bytes on disk and the version of its format.

    `entities` says what finds the places and actors of articles that are added: rules, or spacy:MODEL.
    """

    articles: int
    size_bytes: int
    format_version: int
    engine: str
    first_day: str = ""
    last_day: str = ""
    undated: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)
    entities: str = "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasEntry:
    """Spellings that a user has added, and the entity they stand for.

    `name` is the value that facets show; `country` is empty where it is none or not known here; `known` says whether
    the entity is one of the lists or of the gazetteer.
    """

    name: str
    spellings: tuple[str, ...]
    id: str
    kind: MentionKind
    country: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasSuggestion:
    """A spelling found in an archive that may be another one of a name, in so many articles.

    `likeness` says what the two have in common, "same skeleton" being the surest; `known` is the value under which the
    spelling is counted already, empty where it is not.
    """

    spelling: str
    articles: int
    likeness: Likeness
    known: str = ""
