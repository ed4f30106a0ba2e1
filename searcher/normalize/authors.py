"""The names of those who signed an article, one by one and without the words around them."""

import re
from dataclasses import replace

from searcher.normalize.draft import Draft
from searcher.normalize.text import one_line

__all__ = ["name_authors"]

BY = re.compile(r"^(?:written\s+)?(?:by|par|por|von|автор)\b:?\s+", re.IGNORECASE)
PARTED = re.compile(r"\s*[;|•]\s*|\s+(?:and|et|und|y|e|и)\s+|\s+&\s+", re.IGNORECASE)
# A house's short form of a name behind it: Jane Roe (jro), Jane Roe (reu.)
SHORT_FORM = re.compile(r"\s*\([^\W\d_A-Z]{2,5}\.?\)$")
ADDRESS = re.compile(r"^(?:https?://|www\.|/)|@")
LONGEST = 80  # characters of one name; a longer one is a sentence about the author


def name_authors(draft: Draft) -> Draft:
    """The draft with its authors, each once: no "By", no web addresses, no sentences."""
    if not draft.authors:
        return draft
    names = (name for given in draft.authors for name in _names(one_line(given)))
    return replace(draft, authors=tuple(dict.fromkeys(names)))


def _names(text: str) -> list[str]:
    """The names in one byline."""
    parts = PARTED.split(BY.sub("", text))
    names = [name for part in parts for name in _at_commas(part)]
    return [
        name
        for name in (SHORT_FORM.sub("", BY.sub("", name)).strip(" ,") for name in names)
        if name and not _is_noise(name)
    ]


def _at_commas(part: str) -> list[str]:
    """The part split at commas where each piece is a full name; "Smith, Jane" stays whole."""
    pieces = [piece.strip() for piece in part.split(",")]
    return pieces if all(" " in piece for piece in pieces if piece) else [part]


def _is_noise(name: str) -> bool:
    """Whether this is an address or a sentence rather than a name."""
    return bool(ADDRESS.search(name)) or len(name) > LONGEST or not any(mark.isalpha() for mark in name)
