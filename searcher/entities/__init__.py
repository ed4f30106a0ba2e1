"""Which places and actors does a text mention, and what is it about?

    extract(body, title, dateline)   -> Entities: mentions with offsets; locations, actors, countries by salience
    spellings("Abu Kamal")           -> Spellings: one entity and how else it is written, for queries
    other_spellings, value_of        the same with a user's own spellings (aliases.py)
    skeleton("Deir ez-Zor")          what transliterations of a name have in common

A text is cut into words (text.py), matched against hand-written lists (lexicon.py) and a compiled gazetteer
(gazetteer.py), read by a list of rules (rules.py), and summed up (salience.py). The lists are in data/, and so is the
credit to GeoNames. A spaCy model that a user has installed can add to that (spacy_adapter.py, chosen in extractors.py).
Everything loads at the first call, not at import.
"""

from searcher.entities.aliases import NO_ALIASES, Alias, Aliases
from searcher.entities.base import Extractor
from searcher.entities.extractors import by_rules
from searcher.entities.naming import of_several, other_spellings, value_of
from searcher.entities.skeleton import skeleton
from searcher.entities.variants import Spellings, spellings
from searcher.models import Entities

__all__ = [
    "NO_ALIASES",
    "Alias",
    "Aliases",
    "Extractor",
    "Spellings",
    "extract",
    "of_several",
    "other_spellings",
    "skeleton",
    "spellings",
    "value_of",
]


def extract(
    body: str, title: str = "", dateline: str = "", *, aliases: Aliases = NO_ALIASES, year: int | None = None
) -> Entities:
    """The mentions of a text and what it is about, by the default extractor; see `Extractor.extract`.

    `aliases` are names beside those of the lists, such as `Archive.aliases`: they go before all others.
    """
    return by_rules(aliases).extract(body, title, dateline, year=year)
