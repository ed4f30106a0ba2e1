"""What is each candidate? A list's word where a list is sure, else the evidence; and second thoughts on it."""

from collections.abc import Set as AbstractSet

from searcher.entities.document import Document
from searcher.entities.gazetteer import ALTERNATE, CURATED
from searcher.entities.kinds import FIRM
from searcher.entities.locate import is_a_word
from searcher.entities.match import Span
from searcher.entities.names import Candidate, Verdict, judge, weights
from searcher.entities.organisations import listed_organisation
from searcher.entities.people import People, listed_person
from searcher.entities.skeleton import ARTICLES
from searcher.entities.transliterated import by_skeleton

__all__ = ["SURE", "reconsider", "verdict_on"]

SURE, SKELETON = 0.95, 0.7
TOWN = 20_000  # inhabitants; a smaller namesake does not make a short form doubtful
# What says that a place is meant, not a person of that name.
PLACED = frozenset(
    ["in before", "locative before", "place noun before", "comma and area after", "place and comma before"]
)
# Evidence that capital letters mean something: a place in running text.
IN_TEXT = frozenset(["within a sentence", "opens a sentence"])


def verdict_on(document: Document, candidate: Candidate) -> Verdict:
    """What a list says beyond doubt, else what the evidence says."""
    if candidate.key in document.lists.events or FIRM.issuperset(candidate.key.split(" ")):
        return Verdict("", SURE, "no name")
    span = _whole(document, candidate)
    kind = _listed(document, span) if span else ""
    if kind:
        return Verdict(kind, SURE, "listed")
    found = judge(candidate.evidence, weights())
    if span and is_a_word(document, span):
        return found._replace(kind="")
    if not span and candidate.evidence.isdisjoint(IN_TEXT):
        return found._replace(kind="")  # in a title of capitalised words alone, only what is known is a name
    return found


def _whole(document: Document, candidate: Candidate) -> Span | None:
    """The list entry that is exactly the candidate."""
    passage, first, last = candidate.places[0]
    span = document.span_at(passage, first)
    return span if span is not None and span.last == last else None


def _listed(document: Document, span: Span) -> str:
    """The kind of a listed name that is nothing else: no word, no namesake, no short form without support."""
    name = span.names[0] if span.names else None
    if name is not None and name.entity.kind in ("ORG", "ACTOR", "PER"):
        if listed_person(document, span.names) and span.last - span.first > 1:
            return "PER"
        if listed_organisation(document, span.names):
            return "ORG"
        return _supported(document, span)
    if document.lists.weak.get(span.key):
        return ""
    if name is not None:
        return name.entity.kind if name.entity.kind in ("LOC", "DEM") else ""
    return "LOC" if any(place.rank == CURATED for place in span.places) else ""


def _supported(document: Document, span: Span) -> str:
    """The kind of a short form that the article's country or year supports, where nothing else has that name."""
    large = any(place.rank > ALTERNATE and place.population >= TOWN for place in span.places)
    if large or span.key in document.small:
        return ""
    person = listed_person(document, span.names, short=True)
    organisation = listed_organisation(document, span.names, short=True)
    if person and document.evidence[person.country]:
        return "" if organisation else "PER"
    return "ORG" if organisation and organisation.country and not person else ""


def reconsider(
    document: Document, candidate: Candidate, verdict: Verdict, people: People, acronyms: AbstractSet[str]
) -> Verdict:
    """What the rest of the article, and the spelling of a name, change about a verdict."""
    if candidate.key in acronyms:
        return Verdict("ORG", SURE, "defined in brackets")
    if verdict.kind == "LOC" and _a_surname(document, candidate, people):
        return verdict._replace(kind="PER", reason="surname of a person in the article")
    if verdict.kind == "LOC" and _honoured(document, candidate):
        return verdict._replace(kind="PER", reason="honorific before")
    if verdict.probability < SURE and _transliterated(document, candidate, place=verdict.kind == "LOC"):
        return Verdict("LOC", SKELETON, "skeleton")
    return verdict


def _a_surname(document: Document, candidate: Candidate, people: People) -> bool:
    """Whether a place is the surname of somebody in the article, and nothing says that the place is meant."""
    if people.surname(candidate.key) is None or not candidate.evidence.isdisjoint(PLACED):
        return False
    span = _whole(document, candidate)
    known = {one.entity.country for one in span.names} | {one.country for one in span.places} if span else set()
    return not any(document.others(country, candidate.key) for country in known)


def _honoured(document: Document, candidate: Candidate) -> bool:
    """Whether a place is Mr Jordan: its name is also one of people, and an honorific stands before it."""
    return "honorific before" in candidate.evidence and document.lists.weak.get(candidate.key) == "name"


def _transliterated(document: Document, candidate: Candidate, *, place: bool) -> bool:
    """Whether the verdict, a preposition or an Arabic article speaks for a place, and the skeleton is that of one."""
    passage, first, last = candidate.places[0]
    article = not ARTICLES.isdisjoint(passage.folds[first:last])
    spoken_for = place or article or not candidate.evidence.isdisjoint(PLACED)
    return (
        spoken_for
        and _whole(document, candidate) is None
        and by_skeleton(document, passage.slice(first, last)) is not None
    )
