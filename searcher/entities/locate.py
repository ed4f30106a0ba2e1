"""From names that may be places to the places meant."""

from searcher.entities.context import (
    ADMIN_NOUNS,
    DIRECTIONS,
    SPEECH,
    beside_a_name,
    explicit_country,
    in_a_place,
    place_noun,
)
from searcher.entities.document import Document
from searcher.entities.entity import Entity
from searcher.entities.gazetteer import ALTERNATE, CURATED, NAME, Place
from searcher.entities.keys import plain, slug
from searcher.entities.match import Span
from searcher.entities.names import Verdict
from searcher.entities.text import Passage

__all__ = ["find_places", "is_a_word", "place_of"]

# A place known to any reader needs no support; a smaller one needs its country in the article or "in" before it.
KNOWN_CITY = 1_000_000
TOWN_WITH_PREPOSITION = 100_000
OPENING_CITY = 500_000  # at the start of a sentence a capital letter says nothing about smaller ones
ALTERNATE_PENALTY = 0.15  # GeoNames' alternates hold old and foreign names, seldom the place meant
CAPITAL_BONUS = 5.0
COUNTRY_BONUS = 30.0  # per mention of its country, three at most

Decision = tuple[Entity, float, str]


def place_of(document: Document, passage: Passage, first: int, last: int, verdict: Verdict) -> tuple[Entity, str]:
    """The place that a judged name stands for here, and the rule that chose it."""
    span = document.span_at(passage, first)
    if span is not None and span.last == last:
        found = _named(document, span)
        if found:
            return found
    inner = _inner(document, passage, first, last)
    if inner:
        return inner
    name = plain(passage.text[passage.starts[first] : passage.ends[last - 1]])
    return Entity(f"loc:{slug(name)}", name, "LOC", "place"), verdict.reason


def _named(document: Document, span: Span) -> tuple[Entity, str] | None:
    """The listed place of a name, else the likeliest of the gazetteer."""
    for name in span.names:
        if name.entity.kind in ("LOC", "DEM"):
            state = _state_instead(document, span, name.entity)
            return (state[0], state[2]) if state else (name.entity, name.entity.subkind)
    if not span.places:
        return None
    country, admin1 = explicit_country(document, span)
    if country:
        inside = [place for place in span.places if place.country == country]
        exact = [place for place in inside if place.admin1 == admin1] or inside
        if exact:
            return _entity(_best(document, exact)), "country follows"
    place = _best(document, span.places)
    entity = _entity(place)
    return (entity._replace(subkind="admin1") if place_noun(span) else entity), "gazetteer"


def _inner(document: Document, passage: Passage, first: int, last: int) -> tuple[Entity, str] | None:
    """Northern Syria is Syria, Homs Province is Homs: the known place that a longer name is about."""
    if passage.folds[first] in DIRECTIONS:
        span = document.span_at(passage, first + 1)
        if span is not None and span.last == last:
            found = _named(document, span)
            return (found[0], "part of a place") if found else None
    span = document.span_at(passage, first)
    if span is not None and span.last == last - 1 and passage.folds[last - 1] in ADMIN_NOUNS:
        found = _named(document, span)
        return (found[0]._replace(subkind="admin1"), "province") if found and found[0].kind == "LOC" else None
    return None


def find_places(document: Document) -> None:
    """Claim the places and demonyms outside judged names, and the countries within those that are no name."""
    for span in document.spans:
        if document.free(span.passage, span.first, span.last):
            judged = any(span.passage.judged[span.first : span.last])
            decision = _listed(document, span) or (None if judged else _placed(document, span))
            if decision:
                document.claim(span.passage, span.first, span.last, *decision)


def _listed(document: Document, span: Span) -> Decision | None:
    """A country, a demonym, a sea or a region of our own lists."""
    for name in span.names:
        entity = name.entity
        if entity.kind == "DEM":
            return entity, 0.9, "demonym"
        if entity.kind == "LOC":
            state = _state_instead(document, span, entity)
            if state:
                return state
            if _doubtful(document, span, entity.country):
                return None
            return entity, 0.95 if not beside_a_name(document, span) else 0.7, entity.subkind
    return None


def is_a_word(document: Document, span: Span) -> bool:
    """Whether the article writes the name in small letters too, and speaks of its country nowhere: turkey."""
    countries = [name.entity.country for name in span.names] + [place.country for place in span.places]
    return (
        document.lists.weak.get(span.key) == "word"
        and span.key in document.small
        and not any(document.evidence[country] for country in countries)
    )


def _doubtful(document: Document, span: Span, country: str) -> bool:
    """Whether a country's name (Turkey, Chad, Jordan) is more likely a word or a person here."""
    rule = document.lists.weak.get(span.key)
    if not rule:
        return False
    if rule == "word":
        return span.key in document.small and not document.evidence[country]
    return beside_a_name(document, span) or (
        span.passage.after(span.last) in SPEECH and not document.evidence[country] and not in_a_place(span)
    )


def _state_instead(document: Document, span: Span, entity: Entity) -> Decision | None:
    """Georgia the American state, where the article speaks of the United States and not of the Caucasus."""
    states = [place for place in span.places if place.subkind == "admin1" and place.country == "US"]
    if not states or entity.subkind != "country":
        return None
    inside = span.passage.gap(span.first).startswith(",") and document.evidence["US"] > 0
    if inside or document.evidence["US"] > 2 * document.evidence[entity.country]:
        return _entity(states[0]), 0.85, "state by evidence"
    return None


def _placed(document: Document, span: Span) -> Decision | None:
    """A city or a subdivision of the gazetteer."""
    rule = document.lists.weak.get(span.key, "")
    state = _abbreviated(span)
    if state:
        return _entity(state), 0.9, "abbreviation"
    if not span.places or rule == "never" or any(name.entity.kind != "LOC" for name in span.names):
        return None
    country, admin1 = explicit_country(document, span)
    if country:
        inside = [place for place in span.places if place.country == country]
        exact = [place for place in inside if place.admin1 == admin1] or inside
        return (_entity(_best(document, exact)), 0.95, "country follows") if exact else None
    place = _best(document, span.places)
    verdict = _verdict(document, span, place, rule)
    if verdict is None:
        return None
    entity = _entity(place)
    return entity._replace(subkind="admin1") if place_noun(span) else entity, *verdict


def _best(document: Document, found: tuple[Place, ...] | list[Place]) -> Place:
    """The likeliest of several places of one name: by inhabitants, kind of spelling, and its country's evidence."""

    def likelihood(place: Place) -> float:
        score = float(place.population + 1) * (ALTERNATE_PENALTY if place.rank == ALTERNATE else 1.0)
        score *= CAPITAL_BONUS if place.subkind == "capital" else 1.0
        return score * (1 + COUNTRY_BONUS * min(document.evidence[place.country], 3))

    return max(found, key=lambda place: (likelihood(place), -place.row))


def _verdict(document: Document, span: Span, place: Place, rule: str) -> tuple[float, str] | None:
    """How sure it is that the place is meant, and why; None where it is not sure enough."""
    if span.passage.field == "dateline":
        return _in_dateline(span, place, rule)
    supported = document.evidence[place.country] > 0
    located = in_a_place(span)
    if rule:
        return _weak(document, span, place, rule, supported=supported, located=located)
    beside = beside_a_name(document, span)
    if place.rank == CURATED:
        return (0.9, "curated") if located or not beside else (0.6, "curated")
    if place.rank == NAME and (place.population >= KNOWN_CITY or place.subkind == "capital"):
        return (0.85, "well known") if located or not beside else (0.5, "well known")
    if beside and not located:
        return None
    if supported:
        return _supported(span, place, located=located)
    return _unsupported(span, place, located=located)


def _in_dateline(span: Span, place: Place, rule: str) -> tuple[float, str] | None:
    """A dateline begins with its place; what follows is a country, a state, a date or an agency."""
    if span.first > 0 and (rule or place.population < KNOWN_CITY):  # LONDON, March 3
        return None
    return (0.95, "dateline") if place.rank >= NAME or place.population >= TOWN_WITH_PREPOSITION else None


def _abbreviated(span: Span) -> Place | None:
    """The state whose abbreviation this is, where one can stand: after a comma, with its full stop."""
    end = span.passage.ends[span.last - 1]
    if not span.passage.gap(span.first).startswith(",") or "." not in span.passage.text[end - 1 : end + 1]:
        return None
    states = [place for place in span.places if place.subkind == "admin1" and place.rank == ALTERNATE]
    return states[0] if states and states[0].country == "US" else None


def _weak(
    document: Document, span: Span, place: Place, rule: str, *, supported: bool, located: bool
) -> tuple[float, str] | None:
    """A place whose name is a word or a person's name as well."""
    if rule == "word":
        return (0.75, "word in place") if located and supported and place.rank >= NAME else None
    if beside_a_name(document, span) or (span.passage.after(span.last) in SPEECH and not located):
        return None
    if place.rank == ALTERNATE:
        return None
    large = place.population >= KNOWN_CITY or place.subkind == "capital"
    if located and (supported or place.population >= TOWN_WITH_PREPOSITION):
        return 0.8, "name in place"
    if large and (supported or not span.passage.opens[span.first]):
        return 0.75, "well known"
    return (0.7, "country in article") if supported and place.population >= TOWN_WITH_PREPOSITION else None


def _supported(span: Span, place: Place, *, located: bool) -> tuple[float, str] | None:
    """A smaller place whose country is in the article."""
    several = span.last - span.first > 1
    if place.rank == ALTERNATE:
        return (0.7, "alternate name") if located or several else None
    opening = span.passage.opens[span.first] or span.passage.titled
    if opening and not several and not located and place.population < OPENING_CITY:
        return None
    return 0.8, "country in article"


def _unsupported(span: Span, place: Place, *, located: bool) -> tuple[float, str] | None:
    """A smaller place whose country is not named."""
    several = span.last - span.first > 1
    if place.rank == NAME and place.population >= TOWN_WITH_PREPOSITION and (located or several):
        return 0.7, "in a place"
    return None


def _entity(place: Place) -> Entity:
    return Entity(place.id, place.name, "LOC", place.subkind, place.country, place.admin1, place.lat, place.lon)
