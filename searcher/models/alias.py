"""Spellings of names that a user has added, or may want to add."""

from dataclasses import dataclass
from typing import Literal

from searcher.models.article import MentionKind

__all__ = [
    "AliasEntry",
    "AliasSuggestion",
    "Likeness",
]

Likeness = Literal["same skeleton", "same consonants", "close letters"]


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
