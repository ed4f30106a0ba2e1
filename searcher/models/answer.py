"""What an archive answers: hits, counts, reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from searcher.models.article import PublicationDate, Skipped

__all__ = [
    "AddReport",
    "CopyReport",
    "FacetCount",
    "Hit",
    "Pending",
    "Results",
    "Stats",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article found.

    `snippet` is plain text; `marks` are (start, end) offsets into it of what matched, whole phrases in one mark;
    `title_marks` the same for the title. `where` says where the snippet stands ("paragraph 3"); `duplicates` counts the
    other articles of its `story`: copies of the text, word for word or nearly so. `matched` are the spellings by which
    names of the query stand in the article, as it writes them, where they are others than those typed.
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
    story: str = ""


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many matching articles carry `value`, and how many stories these tell; `selected` where it was picked.

    `country` is the name of the country that a place lies in; empty for countries, for seas and the like, and in
    fields of other values.
    """

    value: str
    count: int
    selected: bool = False
    country: str = ""
    stories: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer to one search.

    `total` is exact, as is the number of `stories` these articles tell. `facets` maps a field to its counts over all
    matches, largest first (dates in order). Where `partial`, the time was over before all was found: hits, total and
    counts are then those of what was found, and a note says so. `notes` say how the query was read where that is not
    obvious; `suggestion` is another query, or None. `read_as` is the query as it was understood; `explain` holds
    (clause, articles matching it alone) pairs where they were asked for.
    """

    query: str
    total: int
    stories: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    suggestion: str | None = None
    took_ms: float = 0.0
    read_as: str = ""
    explain: tuple[tuple[str, int], ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What an archive holds: counts, days covered, bytes on disk and the version of its format.

    `entities` says what finds the places and actors of articles that are added: rules, or spacy:MODEL.
    """

    articles: int
    size_bytes: int
    format_version: int
    engine: str
    stories: int = 0
    first_day: str = ""
    last_day: str = ""
    undated: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)
    entities: str = "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddReport:
    """What became of the files handed in.

    `added` articles are new; `updated` replaced an earlier text of the same record; `unchanged` were there already;
    `duplicates` are byte-identical to an article under another path and were not added twice. `stories` counts the
    different stories among those added and updated. `missing` are files that
    were added before and are not there any more; `removed` counts the articles of such files where they were dropped.
    Everything else is in `skipped`, each with its reason. Where the workers of other machines did it, `workers` is how
    many worked at the same time and `seconds` how long it took.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    stories: int = 0
    removed: int = 0
    missing: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    workers: int = field(default=0, compare=False)
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What adding would do: paths of files that are new or have changed, how many are unchanged, which are gone."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    missing: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyReport:
    """An archive was copied, and both places hold the same `articles`.

    Of these so many were `copied`, and so many `present` already, of a copy that was broken off. `digest` is 64 hex
    digits, the same for any two archives that hold the same articles with the same entities, stories and sketches.
    """

    articles: int
    copied: int
    present: int
    digest: str
