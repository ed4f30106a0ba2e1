"""The default extractor: a list of named rules, each of which claims words that no rule before it has claimed."""

from collections.abc import Callable
from dataclasses import replace

from searcher.entities.actors import find_actors
from searcher.entities.document import Document, open_document
from searcher.entities.filing import find_filing
from searcher.entities.forces import find_forces
from searcher.entities.lexicon import Lexicon, lexicon
from searcher.entities.ministries import find_ministries
from searcher.entities.own import find_own_names
from searcher.entities.salience import summarise
from searcher.entities.settle import find_names
from searcher.entities.vessels import find_vessels
from searcher.models import Entities

__all__ = ["RULES", "RuleExtractor"]

# The order matters: what is rarer and surer claims first.
RULES: tuple[Callable[[Document], None], ...] = (
    find_own_names,
    find_vessels,
    find_filing,
    find_ministries,
    find_names,
    find_forces,
    find_actors,
)


class RuleExtractor:
    """Lists, patterns and the evidence within one article; no model, no state between articles.

    `lists` are the hand-written ones, with a user's own names among them where there are some.
    """

    def __init__(self, lists: Lexicon | None = None) -> None:
        self._lists = lists or lexicon()

    def extract(self, body: str, title: str = "", dateline: str = "", *, year: int | None = None) -> Entities:
        """What the three fields mention, and what they are about."""
        lists = self._lists
        document = open_document(lists, title, dateline, body, year)
        for rule in RULES:
            rule(document)
        found = summarise(document.mentions, len(body), lists)
        return replace(found, filed_from=document.filed_from, agency=document.agency)
