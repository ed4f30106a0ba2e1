"""People: those of a list, those a title announces, and the surnames that stand for either later on."""

from collections.abc import Iterator

from searcher.entities.context import FUNCTION_WORDS, SPEECH, TITLES
from searcher.entities.document import Document
from searcher.entities.entity import Entity
from searcher.entities.keys import plain, slug
from searcher.entities.match import Span
from searcher.entities.tables import words
from searcher.entities.text import Passage

__all__ = [
    "NAME_WORDS_BEFORE",
    "find_known_people",
    "find_repeated_people",
    "find_surnames",
    "find_titled_people",
    "stranger_before",
]

NAME_WORDS_BEFORE = TITLES
LONGEST_NAME = 5
CITY = 100_000  # inhabitants; a smaller place may well share its name with a person
KNOWN, TITLED, SURNAME, REPEATED = 0.95, 0.85, 0.85, 0.75

_PARTICLES = words("people particles")
# Capitalised words that make what follows a title no person: General Motors, General Assembly, Prince Sultan Air Base.
_NO_SURNAME = words("people no surname")


def find_known_people(document: Document) -> None:
    """Claim the full names of listed people, before any place inside them can be."""
    for span in document.spans:
        names = [name for name in span.names if name.entity.kind == "PER" and not name.short]
        if names and span.last - span.first > 1 and document.free(span.passage, span.first, span.last):
            name = max(names, key=lambda one: document.evidence[one.entity.country])
            document.claim(span.passage, span.first, span.last, name.entity, KNOWN, "listed person")


def find_titled_people(document: Document) -> None:
    """Claim "President Jane Roe" and "General Abd al-Karim Roe" as people that no list knows."""
    for passage in document.passages:
        for index, word in enumerate(passage.folds):
            if word in TITLES and not passage.shouted[index]:
                _claim_titled(document, passage, index + 1)


def _claim_titled(document: Document, passage: Passage, first: int) -> None:
    last = _name_end(passage, first)
    words = passage.folds[first:last]
    if last - first < 2 or words[0] in TITLES or any(word in _NO_SURNAME for word in words):
        return
    if not passage.capital[first] or _listed_place(document, passage, first):
        return
    name = plain(passage.text[passage.starts[first] : passage.ends[last - 1]])
    document.claim(passage, first, last, Entity(f"per:{slug(name)}", name, "PER"), TITLED, "title")


def _listed_place(document: Document, passage: Passage, first: int) -> bool:
    """Whether a country or demonym begins there: "Minister Russian ..." is no name."""
    span = document.span_at(passage, first)
    return span is not None and any(name.entity.kind in ("LOC", "DEM", "ORG") for name in span.names)


def _name_end(passage: Passage, first: int) -> int:
    """Where the run of capitalised words that begins at `first` ends; particles count when a capital follows."""
    last = first
    while last < len(passage.words) and last - first < LONGEST_NAME and passage.joined[last]:
        if not _goes_on(passage, first, last):
            break
        last += 1
    while last > first and not passage.capital[last - 1]:
        last -= 1
    return last


def _goes_on(passage: Passage, first: int, index: int) -> bool:
    if passage.capital[index]:
        return passage.folds[index] not in FUNCTION_WORDS or index == first + 1
    following = index + 1 < len(passage.words) and passage.capital[index + 1]
    return following and passage.folds[index] in _PARTICLES


def find_repeated_people(document: Document) -> None:
    """Claim "Jane Roe" where no list or title helps, but the article goes on with "Roe"."""
    for passage in document.passages:
        if passage.field != "body":
            continue
        alone = _words_alone(document, passage)
        inside = _inside_names(document, passage)
        for index in range(len(passage.words) - 1):
            if passage.folds[index + 1] in alone and index not in inside and _looks_full(document, passage, index):
                name = plain(passage.text[passage.starts[index] : passage.ends[index + 1]])
                document.claim(passage, index, index + 2, Entity(f"per:{slug(name)}", name, "PER"), REPEATED, "surname")


def _inside_names(document: Document, passage: Passage) -> set[int]:
    """The words that go on a listed name: the York of New York."""
    own = (span for span in document.spans if span.passage is passage)
    return {word for span in own for word in range(span.first + 1, span.last)}


def _words_alone(document: Document, passage: Passage) -> frozenset[str]:
    """Capitalised words of no list that stand alone, without an article: what a surname looks like."""
    return frozenset(
        word
        for index, word in enumerate(passage.folds)
        if passage.capital[index]
        and len(word) > 2
        and word not in FUNCTION_WORDS
        and word not in _NO_SURNAME
        and word not in document.small
        and passage.before(index) != "the"
        and not (passage.before(index) and passage.capital[index - 1])
        and not (passage.after(index + 1) and passage.capital[index + 1])
        and not _listed_name(document, passage, index)
    )


def _looks_full(document: Document, passage: Passage, index: int) -> bool:
    """Whether exactly two capitalised words of no list stand there, the first with nothing joined before it."""
    if not (passage.capital[index] and passage.capital[index + 1] and passage.gap(index + 1) == " "):
        return False
    first = passage.folds[index]
    if first in document.small or first in FUNCTION_WORDS or first in _NO_SURNAME or passage.before(index) == "the":
        return False
    before = passage.before(index) and passage.capital[index - 1] and passage.before(index) not in FUNCTION_WORDS
    after = passage.after(index + 2) and passage.capital[index + 2]
    return not before and not after and not _listed_name(document, passage, index, weak=True)


def _listed_name(document: Document, passage: Passage, index: int, *, weak: bool = False) -> bool:
    """Whether a list knows what begins there; with `weak`, given names (Jordan, Paris) do not count."""
    span = document.span_at(passage, index)
    if span is None or (weak and document.lists.weak.get(span.key) == "name"):
        return False
    return bool(span.names) or any(place.rank and place.population >= CITY for place in span.places)


def find_surnames(document: Document) -> None:
    """Claim single surnames of people the article names in full somewhere."""
    surnames = dict(_surnames(document))
    if not surnames:
        return
    for passage in document.passages:
        for index, word in enumerate(passage.folds):
            person = surnames.get(word)
            if person and passage.capital[index] and _stands_alone(document, passage, index):
                first = index - 1 if _article_before(passage, index) else index
                document.claim(passage, first, index + 1, person, SURNAME, "surname of a person in the article")


def _surnames(document: Document) -> Iterator[tuple[str, Entity]]:
    """Surname and person, for the surnames that only one person of the article bears."""
    bearers: dict[str, set[str]] = {}
    people: dict[str, Entity] = {}
    for found in document.mentions:
        if found.kind == "PER":
            entity = Entity(found.id, found.name, "PER", found.subkind, found.country)
            people[found.id] = entity
            for part in {slug(found.text).split("-")[-1], slug(found.name).split("-")[-1]}:
                bearers.setdefault(part, set()).add(found.id)
    for part, ids in bearers.items():
        if len(ids) == 1 and len(part) > 2:
            yield part, people[next(iter(ids))]


def _article_before(passage: Passage, index: int) -> bool:
    """Whether the surname carries its article: al-Assad."""
    return passage.gap(index) in ("-", "‑") and passage.folds[index - 1] in _PARTICLES


def _stands_alone(document: Document, passage: Passage, index: int) -> bool:
    """Whether no other name is joined to the surname: "Assad", but not "Maher al-Assad" nor "Assad Square"."""
    first = index - 1 if _article_before(passage, index) else index
    if not document.free(passage, first, index + 1):
        return False
    return not _another_after(passage, index + 1) and not _stranger(document, passage, first)


def _another_after(passage: Passage, index: int) -> bool:
    """Whether a capitalised word follows that can belong to the name: "Assad Square"."""
    after = passage.after(index)
    if not after or passage.titled or passage.shouted[index] or passage.gap(index) != " ":
        return False
    return passage.capital[index] and after not in FUNCTION_WORDS and after not in SPEECH


def stranger_before(document: Document, span: Span) -> bool:
    """Whether the word before makes a short form somebody else's: the "Chelsea" of "Chelsea Clinton"."""
    first = span.first - 1 if _article_before(span.passage, span.first) else span.first
    return _stranger(document, span.passage, first)


def _stranger(document: Document, passage: Passage, first: int) -> bool:
    word = passage.before(first)
    if not word or not passage.capital[first - 1] or passage.gap(first).strip(" ") or passage.shouted[first]:
        return False
    if word in TITLES or word in FUNCTION_WORDS or passage.titled:
        return False
    return not _ends_a_listed_name(document, passage, first)


def _ends_a_listed_name(document: Document, passage: Passage, last: int) -> bool:
    """Whether the word before `last` ends a demonym or a country: "Syria's Assad", "Turkish Erdogan"."""
    span = document.span_at(passage, last - 1)
    return span is not None and any(name.entity.kind in ("LOC", "DEM") for name in span.names)
