"""From judged names to mentions: what each name is, which entity it stands for, at every place where it stands."""

from collections.abc import Iterator

from searcher.entities.datelines import datelines
from searcher.entities.document import Document
from searcher.entities.elsewhere import abbreviated, find_elsewhere, find_headlines
from searcher.entities.entity import Entity
from searcher.entities.gazetteer import CURATED
from searcher.entities.keys import key
from searcher.entities.kinds import LOCAL
from searcher.entities.locate import Places, is_a_word
from searcher.entities.match import Span
from searcher.entities.names import Candidate, Verdict, candidates, judge, weights
from searcher.entities.organisations import Organisations, listed_organisation
from searcher.entities.people import People, listed_person
from searcher.entities.skeleton import ARTICLES
from searcher.entities.text import Passage
from searcher.entities.transliterated import by_skeleton

__all__ = ["find_names"]

SURE = 0.95
SKELETON = 0.7
INSIDE = 0.6
PLACED = frozenset(["in before", "locative before", "place noun before", "comma and area after", "place and comma before"])
# From which probability on a name is a place: one of the gazetteer, one that no list has. Of the latter a third of
# those below are none in the half of LGL that weights were fitted on.
GAZETTEER, UNKNOWN = 0.35, 0.65
TOWN = 20_000  # inhabitants; the names of smaller ones in the names of bodies are often those of people


def find_names(document: Document) -> None:
    """Claim the names of an article, longer ones first, so that shorter ones can stand for them."""
    _claim_datelines(document)
    judged = [(candidate, _verdict(document, candidate)) for candidate in candidates(document)]
    people, organisations, places = People(document), Organisations(document), Places(document)
    places.learn(_place_spans(document, judged))
    for candidate, verdict in judged:
        if " " in candidate.key and verdict.kind == "ORG":
            organisations.learn(candidate)
        elif " " in candidate.key and verdict.kind == "PER":
            people.learn(candidate)
    for candidate, verdict in judged:
        if _a_surname(document, candidate, verdict, people):
            verdict = verdict._replace(kind="PER", reason="surname of a person in the article")
        elif verdict.kind != "LOC" and verdict.probability < SURE:
            verdict = _transliterated(document, candidate) or verdict
        _claim(document, candidate, verdict, organisations, people, places)
    find_elsewhere(document, places)
    find_headlines(document)


def _transliterated(document: Document, candidate: Candidate) -> Verdict | None:
    """A place by its skeleton, where a preposition or an Arabic article speaks for a place and no list has the name."""
    passage, first, last = candidate.places[0]
    if candidate.evidence.isdisjoint(PLACED) and ARTICLES.isdisjoint(passage.folds[first:last]):
        return None
    span = document.span_at(passage, first)
    known = span is not None and span.last == last
    if known or by_skeleton(document, passage.text[passage.starts[first] : passage.ends[last - 1]]) is None:
        return None
    return Verdict("LOC", SKELETON, "skeleton")


def _a_surname(document: Document, candidate: Candidate, verdict: Verdict, people: People) -> bool:
    """Whether a place is the surname of somebody in the article, and nothing says that the place is meant."""
    if verdict.kind != "LOC" or people.surname(candidate.key) is None:
        return False
    passage, first, _ = candidate.places[0]
    span = document.span_at(passage, first)
    known = {one.entity.country for one in span.names} | {one.country for one in span.places} if span else set()
    others = (document.evidence[code] - document.support.get((code, candidate.key), 0) for code in known)
    return candidate.evidence.isdisjoint(PLACED) and not any(count > 0 for count in others)


def _place_spans(document: Document, judged: list[tuple[Candidate, Verdict]]) -> Iterator[Span]:
    """The listed names of the candidates that are places."""
    for candidate, verdict in judged:
        if verdict.kind == "LOC":
            for passage, first, _ in candidate.places:
                span = document.span_at(passage, first)
                if span is not None:
                    yield span


def _claim_datelines(document: Document) -> None:
    """Claim the place of filing, apart from what the text is about, and keep its name and that of the agency."""
    places = Places(document)
    for passage in document.passages:
        for dateline in datelines(passage):
            inside = [span for span in document.spans if span.passage is passage and dateline.holds(span)]
            for span in inside:
                found = places.named(span)
                if found and found[0].kind == "LOC" and (not document.filed_from or _belongs(span)):
                    document.claim(passage, span.first, span.last, found[0], SURE, "dateline")
                    document.filed_from = document.filed_from or found[0].name
            document.agency = document.agency or _agency(document, dateline.agency)


def _belongs(span: Span) -> bool:
    """Whether a name behind the place of filing is its country or state: PARIS, Texas."""
    return abbreviated(span) is not None or any(name.entity.kind == "LOC" for name in span.names)


def _agency(document: Document, text: str) -> str:
    """The name of an agency as facets show it."""
    listed = listed_organisation(document, document.lists.names.get(key(text), ())) if text else None
    return listed.name if listed else text


def _transliterated(document: Document, candidate: Candidate) -> Verdict | None:
    """A place by its skeleton, where a preposition or an Arabic article speaks for a place and no list has the name."""
    passage, first, last = candidate.places[0]
    if candidate.evidence.isdisjoint(PLACED) and ARTICLES.isdisjoint(passage.folds[first:last]):
        return None
    span = document.span_at(passage, first)
    known = span is not None and span.last == last
    if known or by_skeleton(document, passage.text[passage.starts[first] : passage.ends[last - 1]]) is None:
        return None
    return Verdict("LOC", SKELETON, "skeleton")


def _a_surname(document: Document, candidate: Candidate, verdict: Verdict, people: People) -> bool:
    """Whether a place is the surname of somebody in the article, and nothing says that the place is meant."""
    if verdict.kind != "LOC" or people.surname(candidate.key) is None:
        return False
    passage, first, _ = candidate.places[0]
    span = document.span_at(passage, first)
    known = {one.entity.country for one in span.names} | {one.country for one in span.places} if span else set()
    others = (document.evidence[code] - document.support.get((code, candidate.key), 0) for code in known)
    return candidate.evidence.isdisjoint(PLACED) and not any(count > 0 for count in others)


def _place_spans(document: Document, judged: list[tuple[Candidate, Verdict]]) -> Iterator[Span]:
    """The listed names of the candidates that are places."""
    for candidate, verdict in judged:
        if verdict.kind == "LOC":
            for passage, first, _ in candidate.places:
                span = document.span_at(passage, first)
                if span is not None:
                    yield span


def _claim_datelines(document: Document) -> None:
    """Claim the place of filing, apart from what the text is about."""
    places = Places(document)
    for passage in document.passages:
        for dateline in datelines(passage):
            first = True
            for span in document.spans:
                if span.passage is passage and dateline.start <= passage.starts[span.first] < dateline.end:
                    if first or any(name.entity.kind == "LOC" for name in span.names) or abbreviated(span):
                        found = places.named(span)
                        if found and found[0].kind == "LOC":
                            document.claim(passage, span.first, span.last, found[0], SURE, "dateline")
                            first = False


def _verdict(document: Document, candidate: Candidate) -> Verdict:
    """What a list says beyond doubt, else what the evidence says."""
    if candidate.key in document.lists.events:
        return Verdict("", SURE, "event")
    passage, first, last = candidate.places[0]
    span = document.span_at(passage, first)
    listed = _listed(document, span) if span is not None and span.last == last else ""
    if listed:
        return Verdict(listed, SURE, "listed")
    found = judge(candidate.evidence, weights())
    if span is not None and span.last == last and is_a_word(document, span):
        return found._replace(kind="")
    if candidate.evidence.isdisjoint({"within a sentence", "opens a sentence"}) and not (span and span.last == last):
        return found._replace(kind="")  # in a title of capitalised words alone, only what is known is a name
    return found


def _listed(document: Document, span: Span) -> str:
    """The kind of a listed name that is nothing else: no short form, no word or namesake for a place."""
    name = span.names[0] if span.names else None
    if name is not None and name.entity.kind in ("ORG", "ACTOR", "PER"):
        if listed_person(document, span.names) and span.last - span.first > 1:
            return "PER"
        return "ORG" if listed_organisation(document, span.names) else ""
    if document.lists.weak.get(span.key):
        return ""
    if name is not None:
        return name.entity.kind if name.entity.kind in ("LOC", "DEM") else ""
    return "LOC" if any(place.rank == CURATED for place in span.places) else ""


def _claim(
    document: Document, candidate: Candidate, verdict: Verdict, organisations: Organisations, people: People, places: Places
) -> None:
    for passage, first, last in candidate.places:
        passage.judged[first:last] = b"\1" * (last - first)
    if not verdict.kind:
        return
    shared: Entity | None = None
    if verdict.kind == "ORG":
        shared = organisations.entity(candidate)
    elif verdict.kind == "PER":
        shared = people.entity(candidate)
    for passage, first, last in candidate.places:
        entity, rule = shared, verdict.reason
        if entity is None:
            known = places.entity(passage, first, last)
            if verdict.probability < (UNKNOWN if known is None else GAZETTEER):
                continue
            entity, rule = known or (places.unknown(passage, first, last), verdict.reason)
        document.claim(passage, first, last, entity, round(verdict.probability, 2), rule)
        if verdict.kind == "ORG":
            _claim_inside(document, passage, first, last, places)


def _claim_inside(document: Document, passage: Passage, first: int, last: int, places: Places) -> None:
    """Places that are part of the name of a local or state body: the Hamilton County of its Health Department."""
    local = any(word in LOCAL for word in passage.folds[first + 1 : last])
    for index in range(first, last):
        span = document.span_at(passage, index)
        if span is None or span.last > last or (span.first, span.last) == (first, last):
            continue
        found = places.named(span)
        small = not span.names and max(place.population for place in span.places) < TOWN
        if small and not (span.key in places.said or span.places[0].subkind == "admin2"):
            continue
        if found and local and (found[0].kind == "DEM" or index == first):
            document.add(passage, span.first, span.last, found[0], INSIDE, "place in the name of a body")
