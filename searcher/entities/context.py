"""What the words around a name say about it."""

from searcher.entities.document import Document
from searcher.entities.match import Span
from searcher.entities.tables import words

__all__ = ["FUNCTION_WORDS", "SPEECH", "TITLES", "explicit_country", "in_a_place", "place_noun"]

LOCATIVE = words("context locative")
PLACE_NOUNS = words("context place nouns")
ADMIN_NOUNS = words("context admin nouns")
TITLES = words("context titles")
SPEECH = words("context speech")
FUNCTION_WORDS = words("context function words")
DIRECTIONS = words("context directions")


def in_a_place(span: Span) -> bool:
    """Whether the words around say that a place is meant: "in X", "the city of X", "X province", "northern X"."""
    passage, before = span.passage, span.passage.before(span.first)
    if before in LOCATIVE or before in PLACE_NOUNS or before in DIRECTIONS:
        return True
    if before == "of" and span.first > 1 and passage.folds[span.first - 2] in PLACE_NOUNS:
        return True
    return place_noun(span)


def place_noun(span: Span) -> bool:
    """Whether a word for an administrative area follows in small letters: "Aleppo province"."""
    passage = span.passage
    return passage.after(span.last) in ADMIN_NOUNS and passage.words[span.last].islower()


def explicit_country(document: Document, span: Span) -> tuple[str, str]:
    """Country and subdivision named right after a place ("Paris, Texas"): ISO code and code; empty where none is."""
    gap = span.passage.gap(span.last)
    following = document.span_at(span.passage, span.last)
    if following is None or not gap.startswith(",") or gap.strip() != ",":
        return "", ""
    for name in following.names:
        if name.entity.subkind == "country":
            states = [place for place in following.places if place.subkind == "admin1" and place.country == "US"]
            own = [place for place in span.places if place.country == name.entity.country]
            return ("US", states[0].admin1) if states and not own else (name.entity.country, "")
    areas = sorted(
        (place for place in following.places if place.subkind == "admin1"), key=lambda area: area.country != "US"
    )
    return (areas[0].country, areas[0].admin1) if areas else ("", "")
