"""The article in the making: what the steps of normalization hand to each other."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from searcher.config import Settings
from searcher.models import DateClaim, PublicationDate, RawArticle

__all__ = ["Draft", "Step", "begin"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article between two steps. `claims` are what is known about its date, most trustworthy first.

    `refused` says why this will be no article; it is empty where it may become one.
    """

    raw: RawArticle
    settings: Settings
    today: date
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    dateline: str
    claims: tuple[DateClaim, ...]
    captions: tuple[str, ...]
    authors: tuple[str, ...]
    source: str
    url: str
    language: str
    section: str
    tags: tuple[str, ...]
    warnings: tuple[str, ...]
    date: PublicationDate | None = None
    refused: str = ""

    def warn(self, *warnings: str) -> "Draft":
        """The same draft with a word more on what was repaired or refused."""
        return replace(self, warnings=self.warnings + warnings)


Step = Callable[[Draft], Draft]


def begin(raw: RawArticle, settings: Settings, today: date) -> Draft:
    """The draft of a raw article, its body parted at blank lines, its page not yet read."""
    return Draft(
        raw=raw,
        settings=settings,
        today=today,
        title=raw.title,
        lead=raw.lead,
        paragraphs=tuple(raw.body.replace("\r\n", "\n").replace("\r", "\n").split("\n")),
        dateline=raw.dateline,
        claims=raw.dates,
        captions=raw.captions,
        authors=raw.authors,
        source=raw.source,
        url=raw.url,
        language=raw.language,
        section=raw.section,
        tags=raw.tags,
        warnings=raw.warnings,
    )
