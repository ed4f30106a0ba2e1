"""The place and the agency of the dateline, kept apart from what the text is about."""

from searcher.entities.datelines import RULE, datelines
from searcher.entities.document import Document
from searcher.entities.elsewhere import abbreviated
from searcher.entities.keys import key
from searcher.entities.locate import Places
from searcher.entities.match import Span
from searcher.entities.organisations import listed_organisation

__all__ = ["find_filing"]

SURE = 0.95


def find_filing(document: Document) -> None:
    """Claim the places of datelines, and keep the first one's name and that of the agency."""
    places = Places(document)
    for passage in document.passages:
        for dateline in datelines(passage):
            for span in document.spans:
                if span.passage is passage and dateline.start <= passage.starts[span.first] < dateline.end:
                    begins = passage.starts[span.first] == dateline.start
                    _claim(document, places, span, begins=begins or passage.field == "dateline")
            document.agency = document.agency or _agency(document, dateline.agency)
            for span in document.spans:
                if span.passage is passage and dateline.end <= passage.starts[span.first] < dateline.after:
                    _claim_agency(document, span)


def _claim(document: Document, places: Places, span: Span, *, begins: bool) -> None:
    """The name that a dateline begins with is the place; of the others those of its state or country."""
    found = places.named(span)
    if found and found[0].kind == "LOC" and (_belongs(span) if document.filed_from else begins):
        document.claim(span.passage, span.first, span.last, found[0], SURE, RULE)
        document.filed_from = document.filed_from or found[0].name


def _claim_agency(document: Document, span: Span) -> None:
    """The agency in its brackets: it reports, so that it is no actor of the story."""
    listed = listed_organisation(document, span.names)
    if listed:
        document.claim(span.passage, span.first, span.last, listed, SURE, RULE)


def _belongs(span: Span) -> bool:
    """Whether a name behind the place of filing is its country or state: PARIS, Texas."""
    return abbreviated(span) is not None or any(name.entity.kind == "LOC" for name in span.names)


def _agency(document: Document, text: str) -> str:
    """The name of an agency as facets show it."""
    listed = listed_organisation(document, document.names_of(key(text))) if text else None
    return listed.name if listed else text
