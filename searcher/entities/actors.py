"""Organisations, armed groups and well-known people of actors.tsv."""

from searcher.entities.context import TITLES
from searcher.entities.document import Document
from searcher.entities.lexicon import Name
from searcher.entities.match import Span

__all__ = ["find_actors"]

SURE = 0.95
SHORT_FORM = 0.7


def find_actors(document: Document) -> None:
    """Claim the spans that name a listed actor; places of the same name go first, short forms wait for support."""
    for span in document.spans:
        if not document.free(span.passage, span.first, span.last) or _part_of_another(span):
            continue
        name = _actor(document, span)
        if name:
            confidence = SHORT_FORM if name.short else SURE
            document.claim(span.passage, span.first, span.last, name.entity, confidence, "listed actor")


def _part_of_another(span: Span) -> bool:
    """Whether a name of one word is but a word of what was judged as a whole: the Wagner of Wagner and Brown.

    An acronym, and a name of several words, stay what they are beside other capitals.
    """
    passage, first = span.passage, span.first
    return bool(passage.judged[first]) and span.last - first == 1 and not passage.words[first].isupper()


def _actor(document: Document, span: Span) -> Name | None:
    """The actor meant by a span; None where it is a place, or a short form that could be somebody else's."""
    if any(name.entity.kind in ("LOC", "DEM") for name in span.names):
        return None
    full = [name for name in span.names if not name.short]
    if full:
        return _native(document, full)
    short = list(span.names)
    if not short:
        return None
    if len(short) == 1 or span.passage.before(span.first) in TITLES:
        return _native(document, short)
    supported = [name for name in short if document.evidence[name.entity.country]]
    return supported[0] if len(supported) == 1 else None


def _native(document: Document, names: list[Name]) -> Name:
    """Of several actors with one name, the one whose country the article speaks of most."""
    return max(names, key=lambda name: document.evidence[name.entity.country])
