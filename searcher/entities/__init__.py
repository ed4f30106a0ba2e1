"""Which places and actors does a text mention, and what is it about?

    extract(body, title, dateline)   -> Entities: mentions with offsets; locations, actors, countries by salience
    spellings("Abu Kamal")           -> Spellings: one entity and how else it is written, for queries

A text is cut into words (text.py), matched against hand-written lists (lexicon.py) and a compiled gazetteer
(gazetteer.py), read by a list of rules (rules.py), and summed up (salience.py). The lists are in data/, and so is the
credit to GeoNames. A spaCy model that a user has installed can add to that (spacy_adapter.py, chosen in extractors.py).
Everything loads at the first call, not at import.
"""

from functools import lru_cache

from searcher.entities.base import Extractor
from searcher.entities.variants import Spellings, spellings
from searcher.models import Entities

__all__ = ["Extractor", "Spellings", "extract", "spellings"]


@lru_cache(maxsize=1)
def _default() -> Extractor:
    from searcher.entities.rules import RuleExtractor  # loaded at the first article, with its lists

    return RuleExtractor()


def extract(body: str, title: str = "", dateline: str = "") -> Entities:
    """The mentions of a text and what it is about, by the default extractor; see `Extractor.extract`."""
    return _default().extract(body, title, dateline)
