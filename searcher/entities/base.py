"""The seam: what an extractor is, whatever finds its names.

The rules of this package are the default (rules.py). A deeper extractor, or an adapter to a language model that a
user has installed, implements the same one method and returns the same values.
"""

from typing import Protocol

from searcher.models import Entities

__all__ = ["Extractor"]


class Extractor(Protocol):
    """Reads one article's text and returns what it mentions and what it is about."""

    def extract(self, body: str, title: str = "", dateline: str = "", *, year: int | None = None) -> Entities:
        """The mentions of the three fields, in their order, and the places, actors and countries they add up to.

        For every mention, the text of its field from `start` to `end` equals its `text`. Never fails for a text. The
        `year` of the article, where it is known, tells who is meant by a surname: Bush, Assad.
        """
        ...
