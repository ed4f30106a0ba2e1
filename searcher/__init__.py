"""Full-text search for a news archive.

A tour, in the order a file travels:

    readers/    What is in this file?            one module per format; files -> RawArticle
    normalize/  What does it say, and when?      RawArticle -> Article: title, date, body, language, fingerprint
    entities/   Which places and actors?         text -> Mentions, and what the text is about
    events/     When did what happen?            text + publication -> EventDates
    analysis/   What is a word?                  text -> terms with positions and offsets, for index, query and marks
    engines/    Where do articles live?          the seam, and the engines behind it
    query/      What does a person mean?         a string -> nodes -> SearchRequest; marks and snippets
    ledger/     What was ever added?             every article beside the index, so that one can be made again
    disk.py     How do bytes stay there?         the one place that writes what must not be lost
    ingest/     files -> engine and ledger       streaming, counted, nothing lost
    lookalikes  engine + entities -> proposals   spellings in an archive that may be another one of a name
    spelling, similar, unanswered                did you mean? what else is like it? why was nothing found?
    lineage                                      who ran a story when, and what did they change?
    archive/    class Archive                    the programmatic API; the command line and the page call only this
    render/     Results -> text, JSON, CSV, HTML
    cli/, web/  `search` and `archive`; the results page

    >>> from searcher import Archive
    >>> archive = Archive.open("index")
    >>> report = archive.add(["corpus/"])
    >>> results = archive.search("Kalibr Abu Kamal", location="Syria")

Names are imported when they are first used, so that `import searcher` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from searcher.archive import Archive
    from searcher.entities import extract
    from searcher.errors import SearcherError
    from searcher.ingest import read
    from searcher.models import (
        AddReport,
        Article,
        Entities,
        FacetCount,
        Hit,
        Mention,
        PublicationDate,
        Results,
        Skipped,
        Stats,
    )

__all__ = [
    "AddReport",
    "Archive",
    "Article",
    "Entities",
    "FacetCount",
    "Hit",
    "Mention",
    "PublicationDate",
    "Results",
    "SearcherError",
    "Skipped",
    "Stats",
    "extract",
    "read",
]

_HOMES = {
    "Archive": "searcher.archive",
    "SearcherError": "searcher.errors",
    "extract": "searcher.entities",
    "read": "searcher.ingest",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'searcher' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "searcher.models")), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
