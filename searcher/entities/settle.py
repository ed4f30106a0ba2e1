"""From judged names to mentions: what each name is, which entity it stands for, at every place where it stands."""

from collections.abc import Iterator

from searcher.entities.document import Document
from searcher.entities.elsewhere import find_elsewhere, find_headlines
from searcher.entities.entity import Entity
from searcher.entities.kinds import LOCAL
from searcher.entities.locate import Places
from searcher.entities.match import Span
from searcher.entities.names import Candidate, Verdict, candidates
from searcher.entities.organisations import Organisations
from searcher.entities.people import People
from searcher.entities.text import Passage
from searcher.entities.verdicts import reconsider, verdict_on

__all__ = ["find_names"]

INSIDE = 0.6
# From which probability on a name is a place: one of the gazetteer, one that no list has. Of the latter a third of
# those below are none in the half of LGL that weights were fitted on.
GAZETTEER, UNKNOWN = 0.45, 0.7
TOWN = 20_000  # inhabitants; the names of smaller ones in the names of bodies are often those of people


def find_names(document: Document) -> None:
    """Claim the names of an article, longer ones first, so that shorter ones can stand for them."""
    judged = [(candidate, verdict_on(document, candidate)) for candidate in candidates(document)]
    people, organisations, places = People(document), Organisations(document), Places(document)
    places.learn(_place_spans(document, judged))
    for candidate, verdict in judged:
        if " " in candidate.key and verdict.kind == "ORG":
            organisations.learn(candidate)
        elif " " in candidate.key and verdict.kind == "PER":
            people.learn(candidate)
    for candidate, verdict in judged:
        settled = reconsider(document, candidate, verdict, people, organisations.acronyms)
        if settled.kind == "ORG":
            _claim(document, candidate, settled, organisations.entity(candidate))
            _claim_inside(document, candidate, places)
        elif settled.kind == "PER":
            _claim(document, candidate, settled, people.entity(candidate))
        elif settled.kind:
            _claim_places(document, candidate, settled, places)
        for passage, first, last in candidate.places:
            passage.judged[first:last] = b"\1" * (last - first)
    find_elsewhere(document, places)
    find_headlines(document, people)


def _place_spans(document: Document, judged: list[tuple[Candidate, Verdict]]) -> Iterator[Span]:
    """The listed names of the candidates that are places."""
    for candidate, verdict in judged:
        if verdict.kind == "LOC":
            for passage, first, _ in candidate.places:
                span = document.span_at(passage, first)
                if span is not None:
                    yield span


def _claim(document: Document, candidate: Candidate, verdict: Verdict, entity: Entity) -> None:
    for passage, first, last in candidate.places:
        document.claim(passage, first, last, entity, round(verdict.probability, 2), verdict.reason)


def _claim_places(document: Document, candidate: Candidate, verdict: Verdict, places: Places) -> None:
    """Each place by itself: Paris can be followed by Texas here and by nothing there."""
    for passage, first, last in candidate.places:
        known = places.entity(passage, first, last)
        if verdict.probability >= (UNKNOWN if known is None else GAZETTEER):
            entity, rule = known or (places.unknown(passage, first, last), verdict.reason)
            document.claim(passage, first, last, entity, round(verdict.probability, 2), rule)


def _claim_inside(document: Document, candidate: Candidate, places: Places) -> None:
    """Places that are part of the name of a local or state body: the Hamilton County of its Health Department."""
    for passage, first, last in candidate.places:
        if any(word in LOCAL for word in passage.folds[first + 1 : last]):
            for index in range(first, last):
                span = document.span_at(passage, index)
                if span is not None and span.last <= last and (span.first, span.last) != (first, last):
                    _claim_part(document, passage, span, places, begins=index == first)


def _claim_part(document: Document, passage: Passage, span: Span, places: Places, *, begins: bool) -> None:
    town = not span.names and span.places[0].subkind != "admin2" and span.key not in places.said
    if town and max(place.population for place in span.places) < TOWN:
        return
    found = places.named(span)
    if found and (begins or found[0].kind == "DEM"):
        document.add(passage, span.first, span.last, found[0], INSIDE, "place in the name of a body")
