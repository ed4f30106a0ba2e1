"""What speaks for a stretch of capitalised words being a place, a person or an organisation?

Each piece of evidence has a name, such as `first given` or `said after`. What the words themselves and the lists say
is the same wherever they stand; what stands around them (surroundings.py) is gathered from every place in the article
where the same words stand. The weights of all pieces are in data/weights.tsv (names.py adds them up).
"""

from searcher.entities.context import DIRECTIONS
from searcher.entities.document import Document
from searcher.entities.gazetteer import ALTERNATE, CURATED, NAME, Place
from searcher.entities.kinds import (
    FACILITY,
    FAMILY_FIRST,
    FIRM,
    NAME_SUFFIX,
    ORGANISATION,
    ORGANISATION_OPENING,
    ORGANISATION_WEAK,
    PLACE_FIRST,
    PLACE_LAST,
)
from searcher.entities.match import PARTICLES, Span
from searcher.entities.text import Passage
from searcher.entities.vocabulary import COMMON, FREQUENT, GIVEN, ORDINARY, SURNAME, flags_of

__all__ = ["inside", "listed"]

LARGE, MIDDLE = 500_000, 100_000  # inhabitants
_ADJECTIVE_ENDINGS = ("ic", "ist", "ists", "ian", "ians", "ean", "ish", "ese", "ite", "ites", "al")
_ACRONYM = 6  # letters; longer words in capitals are seldom one
_MOST_NAMES = 1 << 15
_COUNTS = ("one word", "two words", "three words", "four words")


class _Remembered(dict[str, frozenset[str]]):
    """What the words of a name say, by the text of the name: the same names come again and again."""

    def keep(self, text: str, found: set[str]) -> frozenset[str]:
        if len(self) >= _MOST_NAMES:
            self.clear()
        kept = self[text] = frozenset(found)
        return kept


_of_words = _Remembered()
_of_places = _Remembered()


def inside(passage: Passage, first: int, last: int) -> frozenset[str]:
    """What the words of a name say by themselves."""
    text = passage.slice(first, last)
    known = _of_words.get(text)
    if known is not None:
        return known
    folds = passage.folds[first:last]
    found = {_COUNTS[min(len(folds), 4) - 1], *_shape(passage, first, last), *_classes(folds), *_heads(folds)}
    if 1 < len(folds) < 4 and folds[0] in FAMILY_FIRST:
        found.add("family name first")
    return _of_words.keep(text, found)


def listed(document: Document, passage: Passage, first: int, last: int) -> set[str]:
    """What the lists, the gazetteer and the words of the article say of a name."""
    found = set()
    span = document.span_at(passage, first)
    if span is not None and span.last == last:
        found |= _known(document, span)
    elif span is not None and span.last < last:
        found.add(f"begins with {_what(span)}")
        if "plural last" in inside(passage, first, last):
            found.add("place and plural")
    if last - first > 1 and passage.folds[first] in DIRECTIONS and _is_place(document, passage, first + 1, last):
        found.add("direction and place")
    if last - first == 1 and passage.folds[first] in document.small:
        found.add("written small too")
    return found


def _is_place(document: Document, passage: Passage, first: int, last: int) -> bool:
    """Whether the words are a listed place: the Syria of Western Syria."""
    span = document.span_at(passage, first)
    if span is None or span.last != last:
        return False
    return any(place.rank > ALTERNATE for place in span.places) or any(one.entity.kind == "LOC" for one in span.names)


def _shape(passage: Passage, first: int, last: int) -> set[str]:
    """Capitals, initials, particles, hyphens."""
    words = passage.words[first:last]
    upper = [word.isupper() for word in words]
    found = set()
    if len(words) == 1 and upper[0] and len(words[0]) > 1:
        found.add("capitals alone" if len(words[0]) <= _ACRONYM else "long capitals alone")
        if "." in words[0]:
            found.add("capitals with stops")
    elif any(loud and len(word) > 2 for loud, word in zip(upper, words, strict=True)):
        found.add("capitals inside")
    if not any(upper) and any(not word.islower() and not word.istitle() for word in words):
        found.add("capital within")
    for index in range(first, last):
        if index < last - 1 and len(passage.words[index].rstrip(".")) == 1:
            found.add("initial")
        if not passage.capital[index] and passage.folds[index] in PARTICLES:
            found.add("particle")
        gap = passage.gap(index) if index > first else ""
        if "&" in gap:
            found.add("ampersand")
        elif gap == "-":
            found.add("hyphen")
    return found


def _classes(folds: list[str]) -> set[str]:
    """Given names, surnames and ordinary words, at the start and at the end."""
    begin, end = flags_of(folds[0]), flags_of(folds[-1])
    found = set()
    if len(folds) == 1:
        found.add(f"alone {_class(begin)}")
        if folds[0].endswith(_ADJECTIVE_ENDINGS):
            found.add("ends like an adjective")
    else:
        found.add(f"first {_class(begin)}")
        found.add(f"last {_class(end)}")
        if len(folds) == 2:
            found.add(f"pair {_class(begin)}, {_class(end)}")
        if any(flags_of(fold) & FREQUENT and fold not in PARTICLES for fold in folds[1:-1]):
            found.add("frequent word inside")
    if folds[-1] in NAME_SUFFIX:
        found.add("name suffix")
    return found


def _class(flags: int) -> str:
    """One word for what a word is."""
    if flags & GIVEN:
        return "given and common" if flags & COMMON else "given"
    if flags & SURNAME:
        return "surname and common" if flags & COMMON else "surname"
    if flags & FREQUENT:
        return "frequent"
    if flags & COMMON:
        return "common"
    return "ordinary" if flags & ORDINARY else "unknown"


def _heads(folds: list[str]) -> set[str]:
    """Nouns that say what kind of thing the name is of."""
    found = set()
    last = folds[-1]
    several = len(folds) > 1
    if last in FIRM and several:
        found.add("firm")
    if last in ORGANISATION:
        found.add("organisation last" if several else "organisation alone")
    elif any(fold in ORGANISATION for fold in folds):
        found.add("organisation inside")
    if last in ORGANISATION_WEAK:
        found.add("weak organisation last" if several else "weak organisation alone")
    if several and folds[0] in ORGANISATION_OPENING and folds[1] in ("of", "for"):
        found.add("organisation of")
    if last in FACILITY:
        found.add("facility last" if several else "facility alone")
    if several and last.endswith("s") and flags_of(last) & ORDINARY and last not in PLACE_LAST:
        found.add("plural last")
    if last in PLACE_LAST:
        found.add("place noun last" if several else "place noun alone")
    if several and folds[0] in PLACE_FIRST:
        found.add("place noun first")
    if "of" in folds[1:-1] or "for" in folds[1:-1]:
        found.add("of inside")
    if "and" in folds[1:-1]:
        found.add("and inside")
    return found


def _known(document: Document, span: Span) -> set[str]:
    """What lists and gazetteer know under exactly this name."""
    found = set()
    for name in span.names:
        kind = name.entity.kind.lower()
        found.add(f"listed {kind} short" if name.short else f"listed {kind}")
        if name.short and name.entity.country and document.evidence[name.entity.country]:
            found.add("listed short with country")
    rule = document.lists.weak.get(span.key)
    if rule:
        found.add(f"stop list {rule}")
    if span.places:
        found |= _of_places.get(span.key) or _of_places.keep(span.key, _placed(span.places))
        if any(document.evidence[one.country] for one in span.places if one.rank > ALTERNATE):
            found.add("gazetteer country in article")
    return found


def _placed(places: tuple[Place, ...]) -> set[str]:
    """What the likeliest place of a name is, and how well known."""
    place = max(places, key=lambda one: (one.population * (0.15 if one.rank == ALTERNATE else 1.0), one.rank))
    rank = {CURATED: "curated", NAME: "main", ALTERNATE: "alternate"}[place.rank]
    size = "large" if place.population >= LARGE else "middle" if place.population >= MIDDLE else "small"
    found = {f"gazetteer {rank} {size}"}
    if place.subkind != "city":
        found.add(f"gazetteer {place.subkind}")
    return found


def _what(span: Span) -> str:
    """What a shorter list entry at the start of the words is."""
    for name in span.names:
        if name.entity.kind == "LOC":
            return "a country" if name.entity.subkind == "country" else "a region"
        return f"a listed {name.entity.kind.lower()}"
    place = max(span.places, key=lambda one: one.population)
    return "a large place" if place.population >= LARGE and place.rank else "a place"
