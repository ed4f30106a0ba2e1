"""The values that travel through the package: frozen, slotted, comparable, without behaviour that needs a library.

file -> RawArticle -> Article (with Mentions and EventDates) -> index -> Hit, FacetCount -> Results
"""

from searcher.models.alias import AliasEntry, AliasSuggestion, Likeness
from searcher.models.answer import AddReport, CopyReport, FacetCount, Hit, Pending, Results, Stats
from searcher.models.article import (
    Article,
    DateClaim,
    Entities,
    EventDate,
    Mention,
    MentionField,
    MentionKind,
    Precision,
    PublicationDate,
    RawArticle,
    Skipped,
)
from searcher.models.story import Story, Version

__all__ = [
    "AddReport",
    "AliasEntry",
    "AliasSuggestion",
    "Article",
    "CopyReport",
    "DateClaim",
    "Entities",
    "EventDate",
    "FacetCount",
    "Hit",
    "Likeness",
    "Mention",
    "MentionField",
    "MentionKind",
    "Pending",
    "Precision",
    "PublicationDate",
    "RawArticle",
    "Results",
    "Skipped",
    "Stats",
    "Story",
    "Version",
]
