"""Ministries and other bodies that every country has: "Russia's Ministry of Defence", "Kenya's Supreme Court"."""

from searcher.entities.document import Document
from searcher.entities.entity import body_of
from searcher.entities.forces import country_of, in_one_line
from searcher.entities.text import Passage

__all__ = ["find_ministries"]

SURE = 0.9

# The subject of a ministry as texts write it -> the name its value is shown with.
_SUBJECTS = {
    "defence": "Defence",
    "defense": "Defence",
    "foreign": "Foreign Affairs",
    "foreign affairs": "Foreign Affairs",
    "external affairs": "Foreign Affairs",
    "interior": "Interior",
    "the interior": "Interior",
    "internal affairs": "Interior",
    "home affairs": "Home Affairs",
    "finance": "Finance",
    "economy": "Economy",
    "economic development": "Economy",
    "justice": "Justice",
    "health": "Health",
    "public health": "Health",
    "education": "Education",
    "energy": "Energy",
    "oil": "Oil",
    "trade": "Trade",
    "commerce": "Commerce",
    "agriculture": "Agriculture",
    "transport": "Transport",
    "information": "Information",
    "culture": "Culture",
    "environment": "Environment",
    "labour": "Labour",
    "tourism": "Tourism",
    "industry": "Industry",
    "water": "Water",
    "electricity": "Electricity",
    "state security": "State Security",
    "intelligence": "Intelligence",
}
_LONGEST_SUBJECT = 2
# Bodies that many countries have under one name; written with capitals, they belong to the country beside them.
_INSTITUTIONS = {
    ("supreme", "court"): "Supreme Court",
    ("constitutional", "court"): "Constitutional Court",
    ("high", "court"): "High Court",
    ("central", "bank"): "Central Bank",
    ("national", "assembly"): "National Assembly",
    ("electoral", "commission"): "Electoral Commission",
    ("election", "commission"): "Electoral Commission",
}
_FIRST_WORDS = frozenset(["ministry", *(first for first, _ in _INSTITUTIONS)])


def find_ministries(document: Document) -> None:
    """Claim the ministries and other bodies of countries."""
    for passage in document.passages:
        if _FIRST_WORDS.isdisjoint(passage.folds):
            continue
        for index, word in enumerate(passage.folds):
            if word == "ministry":
                _claim_ministry(document, passage, index)
            elif (word, *passage.folds[index + 1 : index + 2]) in _INSTITUTIONS:
                _claim_institution(document, passage, index)


def _claim_ministry(document: Document, passage: Passage, index: int) -> None:
    """`Ministry of Defence`, `Defence Ministry` and `defence ministry`, with the country beside or from the article."""
    named = _subject_after(passage, index) or _subject_before(passage, index)
    if not named or _listed(document, passage, index):
        return
    subject, first, last = named
    country, start = _owner(document, passage, first, last)
    if not country or country not in document.lists.countries:
        return
    entity = body_of(document.lists.countries[country], f"Ministry of {subject}")
    document.claim(passage, start, last, entity, SURE, "ministry of a country")


def _listed(document: Document, passage: Passage, index: int) -> bool:
    """Whether a listed organisation already covers the word: "Russian Ministry of Defence"."""
    span = document.span_over(passage, index)
    return span is not None and any(name.entity.kind == "ORG" for name in span.names)


def _subject_after(passage: Passage, index: int) -> tuple[str, int, int] | None:
    """`Ministry of (the) Defence`: subject, first and last word."""
    after = index + 1
    if passage.after(after) not in ("of", "for") or not passage.capital[index]:
        return None
    after += 1
    for count in (_LONGEST_SUBJECT, 1):
        subject = _SUBJECTS.get(" ".join(passage.folds[after : after + count]))
        if subject and in_one_line(passage, after, after + count):
            return subject, index, after + count
    return None


def _subject_before(passage: Passage, index: int) -> tuple[str, int, int] | None:
    """`Foreign Ministry`, `defence ministry`: subject, first and last word."""
    for count in (_LONGEST_SUBJECT, 1):
        first = index - count
        subject = _SUBJECTS.get(" ".join(passage.folds[max(first, 0) : index]))
        if subject and first >= 0 and in_one_line(passage, first + 1, index + 1):
            return subject, first, index + 1
    return None


def _claim_institution(document: Document, passage: Passage, first: int) -> None:
    """`Kenya's Supreme Court`: only beside its country, since every country has one."""
    title = _INSTITUTIONS[passage.folds[first], passage.folds[first + 1]]
    country, start = _neighbour(document, passage, first, first + 2)
    if country in document.lists.countries and passage.capital[first + 1] and passage.joined[first + 1]:
        entity = body_of(document.lists.countries[country], title)
        document.claim(passage, start, first + 2, entity, SURE, "institution of a country")


def _owner(document: Document, passage: Passage, first: int, last: int) -> tuple[str, int]:
    """The country a ministry belongs to and where its mention begins: named beside it, or the article's."""
    country, start = _neighbour(document, passage, first, last)
    return (country, start) if country else (document.main_country(), first)


def _neighbour(document: Document, passage: Passage, first: int, last: int) -> tuple[str, int]:
    """The country right before or right after words `first` to `last`, and where a mention of both begins."""
    before = document.span_over(passage, first - 1)
    if before is not None and before.last == first and passage.joined[first] and country_of(before):
        return country_of(before), before.first
    owner = document.span_over(passage, first - 2)
    if owner is not None and owner.last == first - 1 and passage.folds[first - 1] == "'s" and country_of(owner):
        return country_of(owner), first
    after = document.span_at(passage, last + 1)
    if after is not None and passage.folds[last] in ("of", "in") and country_of(after):
        return country_of(after), first
    return "", first
