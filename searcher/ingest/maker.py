"""What a raw article becomes, in this process or in another: an article with its mentions."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from searcher.config import Settings
from searcher.entities import NO_ALIASES, Aliases
from searcher.entities.extractors import extractor
from searcher.entities.mentioned import mentioned, within
from searcher.events import event_dates
from searcher.models import Article, RawArticle, Skipped
from searcher.normalize import normalize
from searcher.readers.source import INSIDE

__all__ = ["Made", "Make", "Maker", "on_disk", "place", "with_events", "with_mentions"]

Made = Article | Skipped
Make = Callable[[RawArticle], Made]
"""Makes the article of a record, or says why there is none. Where workers do it, it is a value that pickles."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes articles as one archive reads on one day, with the aliases it has.

    It holds no state, so any process may have a copy. A model that the settings name is loaded at the first article,
    once in each process.
    """

    settings: Settings
    today: date
    aliases: Aliases = NO_ALIASES

    def __call__(self, raw: RawArticle) -> Made:
        """The normalized article with its mentions, its path as the reader gave it; or why there is none."""
        article = normalize(raw, self.settings, self.today)
        if isinstance(article, Skipped):
            return article
        dated = with_events(article, day_first=self.settings.day_first)
        return with_mentions(dated, self.settings.entities, self.aliases)


def with_mentions(article: Article, entities: str, aliases: Aliases) -> Article:
    """The article with what its title, dateline and body mention, found by the extractor that `entities` names."""
    extract = extractor(entities, article.language, aliases).extract
    year = article.date.first_day.year if article.date else None
    found = extract(article.body, title=article.title, dateline=article.dateline, year=year)
    return replace(
        article,
        mentions=found.mentions,
        locations=found.locations,
        actors=found.actors,
        countries=found.countries,
        mentioned=mentioned(found.mentions),
        within=within(found.mentions, found.locations),
        filed_from=found.filed_from,
        agency=found.agency,
    )


def with_events(article: Article, *, day_first: bool) -> Article:
    """The article with the dates that its title, dateline and body name, reckoned from its date."""
    found = event_dates(
        article.title, article.body, article.dateline, article.date, article.language, day_first=day_first
    )
    return replace(article, events=found)


def place(path: str | Path) -> str:
    """A path as articles keep it: absolute, links followed, the same from whatever directory it was named.

    Bytes of a name that are no text are question marks, as readers show them. Of a file in an archive, shown as
    `2017.zip!/march/page.html`, only the part that is on the disk is resolved.
    """
    file, name = _parted(str(path))  # realpath, as resolve() raises for a loop of links
    return os.fsencode(Path(os.path.realpath(file)).as_posix()).decode("utf-8", "replace") + name


def on_disk(path: str) -> str:
    """The path of the file on the disk, for one in an archive that of the archive."""
    return _parted(path)[0]


def _parted(path: str) -> tuple[str, str]:
    """The path of a file, and the place in it: a folder may be called "Yahoo!", what is an archive is a file."""
    at = path.find(INSIDE)
    while at >= 0:
        if os.path.isfile(path[:at]):  # noqa: PTH113 - a question asked for every file
            return path[:at], path[at:]
        at = path.find(INSIDE, at + 1)
    return path, ""
