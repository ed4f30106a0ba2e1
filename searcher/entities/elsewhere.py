"""Names where capital letters tell nothing: headlines in capitals, datelines, scripts without capitals.

There a name counts when a list has it, when it is a city that anybody knows, or when the article names it elsewhere.
"""

from searcher.entities.context import SPEECH, in_a_place
from searcher.entities.document import Document
from searcher.entities.entity import entity_of
from searcher.entities.gazetteer import ALTERNATE, CURATED, NAME, Place
from searcher.entities.keys import key
from searcher.entities.locate import Places, is_a_word
from searcher.entities.match import Span
from searcher.entities.people import People
from searcher.entities.text import WITHOUT_CAPITALS, Passage
from searcher.models import Mention

__all__ = ["abbreviated", "find_elsewhere", "find_headlines"]

KNOWN_CITY = 300_000  # inhabitants; in a headline in capitals a smaller one is a word more often
FOREIGN_CITY = 100_000
LISTED, CITY, AGAIN = 0.95, 0.8, 0.8
LONGEST = 4  # words


def find_elsewhere(document: Document, places: Places) -> None:
    """Claim listed places, demonyms and well-known cities that no run of capitalised words holds."""
    for span in document.spans:
        if not document.free(span.passage, span.first, span.last):
            continue
        if any(name.entity.kind in ("LOC", "DEM") for name in span.names):
            if not _doubtful(document, span):
                entity, rule = places.named(span) or (span.names[0].entity, "listed")
                document.claim(span.passage, span.first, span.last, entity, LISTED, rule)
        elif not any(span.passage.judged[span.first : span.last]) and not span.names:
            _claim_city(document, places, span)


def _claim_city(document: Document, places: Places, span: Span) -> None:
    state = abbreviated(span)
    if state:
        document.claim(span.passage, span.first, span.last, state.entity, LISTED, "abbreviation")
        return
    rule = document.lists.weak.get(span.key)
    found = places.named(span)
    if found is None or rule in ("never", "word"):
        return
    if any(_known(span, place) for place in span.places) and not (rule and not in_a_place(span)):
        document.claim(span.passage, span.first, span.last, found[0], CITY, found[1])


def _known(span: Span, place: Place) -> bool:
    """Whether a place is known widely enough to be named without a capital letter of its own."""
    if place.rank == CURATED:
        return True
    caseless = span.passage.words[span.first][0] >= WITHOUT_CAPITALS
    large = place.population >= (FOREIGN_CITY if caseless else KNOWN_CITY) or place.subkind == "capital"
    return large and (place.rank == NAME or caseless)


def abbreviated(span: Span) -> Place | None:
    """The state whose abbreviation this is, where one can stand: after a comma, with its full stop."""
    end = span.passage.ends[span.last - 1]
    if not span.passage.gap(span.first).startswith(",") or "." not in span.passage.text[end - 1 : end + 1]:
        return None
    states = [place for place in span.places if place.subkind == "admin1" and place.rank == ALTERNATE]
    return states[0] if states and states[0].country == "US" else None


def _doubtful(document: Document, span: Span) -> bool:
    """Whether a country's name (Turkey, Chad, Jordan) is more likely a word or a person here."""
    rule = document.lists.weak.get(span.key)
    if not rule:
        return False
    if rule == "word":
        return is_a_word(document, span)
    country = span.names[0].entity.country
    return not document.others(country, span.key) and (span.passage.after(span.last) in SPEECH or not in_a_place(span))


def find_headlines(document: Document, people: People) -> None:
    """Claim in lines of capitals, and in titles of capitalised words, the names that the article has elsewhere."""
    loud = [passage for passage in document.passages if passage.titled or True in passage.shouted]
    if not loud:
        return
    known: dict[str, Mention] = {}
    for mention in document.mentions:
        if mention.kind in ("PER", "ORG", "LOC") and not mention.text.isupper():
            known.setdefault(mention.text.casefold(), mention)
    folded = {key(text): mention for text, mention in known.items()}
    persons = {mention.id: mention for mention in folded.values()}
    for surname in people.shorter:
        person = people.surname(surname)
        if person and person.id in persons:
            folded.setdefault(surname, persons[person.id])
    for passage in loud:
        for index in range(len(passage.words)):
            if passage.shouted[index] or passage.titled:
                _claim_again(document, passage, index, folded)


def _claim_again(document: Document, passage: Passage, first: int, known: dict[str, Mention]) -> None:
    if passage.taken[first] or not passage.capital[first]:
        return
    for last in range(min(first + LONGEST, len(passage.words)), first, -1):
        mention = known.get(" ".join(passage.folds[first:last]))
        if mention is not None and document.free(passage, first, last):
            document.claim(passage, first, last, entity_of(mention), AGAIN, "named in the article")
            return
