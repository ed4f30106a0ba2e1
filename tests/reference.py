"""The reference of the engines: which articles a query means, worked out the plainest way there is.

Every article is read anew for every query and every rule is written down as its docstring in `searcher.query.nodes`
and `searcher.query.request` says it; nothing is indexed and nothing is shared with an engine. What a word is comes from
`searcher.analysis`, which is what engines and queries agree on. Patterns are not cut to the words in most articles: use
texts with fewer words than `MAX_EXPANSIONS`.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from fnmatch import fnmatchcase
from functools import cache
from typing import NamedTuple

from searcher.analysis import Token, fold, forms, tokens, words
from searcher.models import Article
from searcher.query.nodes import (
    And,
    Boost,
    DateRange,
    Everything,
    Fuzzy,
    Leaf,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Term,
    Value,
    Wildcard,
)
from searcher.query.request import SearchRequest

__all__ = ["UNDATED", "Answer", "country_of", "edits", "in_buckets", "matches", "search"]

UNDATED = "undated"


class Answer(NamedTuple):
    """What a request must bring: every matching id, how many they are, facet counts, and ids in order of time.

    `facets` maps each field asked for to the count of each value; dates are counted by day (2017-10-31) and `undated`:
    `in_buckets` adds them up. `newest` and `oldest` hold all ids, for whoever compares a page to cut.
    """

    ids: frozenset[str]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    newest: tuple[str, ...]
    oldest: tuple[str, ...]


def matches(node: Node, article: Article) -> bool:
    """Whether the article is one that the query means."""
    match node:
        case Everything():
            return True
        case Nothing():
            return False
        case And(nodes):
            return all(matches(child, article) for child in nodes)
        case Or(nodes):
            return any(matches(child, article) for child in nodes)
        case Not(inner) | Boost(inner) | Prefer(inner):
            return matches(inner, article) != isinstance(node, Not)
        case DateRange(first, last, "event"):
            return any(_first(day, first) and _last(day, last) for day in _events(article))
        case DateRange(first, last):
            return _dated_within(article, first, last)
        case Value(text, field):
            return any(_same(text, value) for value in _values(article, field or ""))
        case Leaf(field=None | "title" | "body"):
            texts = {"title": article.title, "body": article.body}
            return any(
                _in_text(node, text, article.language) for name, text in texts.items() if node.field in (None, name)
            )
        case Leaf(field=field):
            return any(_in_value(node, value) for value in _values(article, field or ""))
    raise TypeError(f"{type(node).__name__} is no node of a query")


def search(request: SearchRequest, articles: Iterable[Article]) -> Answer:
    """What an engine that holds these articles must answer."""
    ground = [article for article in articles if _on_ground(request, article)]
    found = [article for article in ground if _included(request, article)]
    facets = {}
    for name in request.facets:
        if name == "date":
            facets[name] = Counter(article.date.first_day.isoformat() if article.date else UNDATED for article in found)
        elif name == "event":
            facets[name] = _event_counts(found)
        else:
            others = [article for article in ground if _included(request, article, but=name)]
            facets[name] = Counter(value for article in others for value in _values(article, name))
    return Answer(
        frozenset(article.id for article in found),
        len(found),
        facets,
        tuple(article.id for article in _by_time(found, newest=True)),
        tuple(article.id for article in _by_time(found, newest=False)),
    )


def in_buckets(days: Mapping[str, int], length: int) -> dict[str, int]:
    """Counts by day added up by the first `length` characters of the day: 4 for years, 7 for months, 10 for days."""
    buckets: Counter[str] = Counter()
    for day, count in days.items():
        buckets[day if day == UNDATED else day[:length]] += count
    return dict(buckets)


def country_of(place: str, articles: Iterable[Article]) -> str:
    """The country that most of the articles put a place in, of equals the first by name; empty where none does."""
    said = Counter(country for article in articles for name, country in set(article.within) if name == place)
    return min(said, key=lambda country: (-said[country], country), default="")


@cache
def edits(a: str, b: str) -> int:
    """Letters changed, added, dropped or swapped with their neighbour, each place touched once: by definition."""
    if not a or not b:
        return len(a) + len(b)
    ways = [edits(a[1:], b) + 1, edits(a, b[1:]) + 1, edits(a[1:], b[1:]) + (a[0] != b[0])]
    if len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0]:
        ways.append(edits(a[2:], b[2:]) + 1)
    return min(ways)


def _on_ground(request: SearchRequest, article: Article) -> bool:
    """The query, the days and the exclusions: what every facet is counted on."""
    excluded = any(
        _same(value, carried)
        for name, refused in request.exclude.items()
        for value in refused
        for carried in _values(article, name)
    )
    bounded = request.after is not None or request.before is not None
    dated = not bounded or _dated_within(article, request.after, request.before)
    return dated and not excluded and matches(request.node, article)


def _included(request: SearchRequest, article: Article, but: str = "") -> bool:
    """Of the values picked in each field the article carries one; the pick of field `but` is left aside."""
    return all(
        any(_same(value, carried) for value in wanted for carried in _values(article, name))
        for name, wanted in request.include.items()
        if wanted and name != but
    )


def _by_time(articles: Sequence[Article], *, newest: bool) -> list[Article]:
    """By the publisher's clock, undated ones last, ties by id."""
    in_order = sorted(articles, key=lambda article: article.id)
    dated = sorted((article for article in in_order if article.date), key=_clock, reverse=newest)
    return dated + [article for article in in_order if not article.date]


def _clock(article: Article) -> datetime:
    assert article.date
    return article.date.moment.replace(tzinfo=None)


def _dated_within(article: Article, first: date | None, last: date | None) -> bool:
    if article.date is None:
        return False
    day = article.date.first_day
    return (first is None or first <= day) and (last is None or day <= last)


def _events(article: Article) -> set[str]:
    """The days, months and years that the article tells of, as far as they are sure enough to be searched."""
    return {event.day for event in article.events if event.day and event.confidence >= 0.5}


def _first(day: str, bound: date | None) -> bool:
    """Whether the first day of a day, month or year is not before the bound."""
    return bound is None or date.fromisoformat((day + "-01-01")[:10]) >= bound


def _last(day: str, bound: date | None) -> bool:
    """Whether the day before the next day, month or year is not after the bound."""
    if bound is None:
        return True
    year, month = int(day[:4]), int(day[5:7] or 12)
    return (date.fromisoformat(day) if len(day) == 10 else date(year, month, monthrange(year, month)[1])) <= bound


def _event_counts(articles: Sequence[Article]) -> Mapping[str, int]:
    """Articles by days where they are at most 31, else by months where at most 36, else by years; then the rest."""
    for length, most in ((10, 31), (7, 36), (4, None)):
        told = [{day[:length] for day in _events(article) if len(day) >= length} for article in articles]
        counts = Counter(bucket for buckets in told for bucket in buckets)
        if counts and (most is None or len(counts) <= most):
            break
    rest = sum(not buckets for buckets in told)
    return {**counts, **({UNDATED: rest} if rest else {})}


def _values(article: Article, name: str) -> set[str]:
    values = {
        "location": article.locations,
        "actor": article.actors,
        "mention": article.mentioned,
        "source": (article.source,),
        "author": article.authors,
        "language": (article.language,),
    }
    return {value.strip() for value in values[name] if value.strip()}


def _same(value: str, carried: str) -> bool:
    """Facet values are the same without case, diacritics and surplus white space."""
    return [fold(part) for part in value.split()] == [fold(part) for part in carried.split()]


def _in_text(leaf: Leaf, text: str, language: str) -> bool:
    """What is typed is read as the language of the article reads it."""
    found = list(tokens(text, language))
    match leaf:
        case Term(word, exact=True):
            return any(token.word == word for token in found)
        case Term(typed) | Phrase(typed, slop=0):
            return any(_side_by_side(sequence, _terms_at(found)) for sequence in forms(typed, language))
        case Phrase(typed, slop=slop):
            return any(_near(sequence, slop, _terms_at(found)) for sequence in forms(typed, language))
        case _:
            return any(_of_pattern(leaf, token.word) for token in found)


def _terms_at(found: Iterable[Token]) -> list[set[str]]:
    """The terms at each position: a compound puts its whole and its first part at the same one."""
    places: list[set[str]] = []
    for token in found:
        while len(places) <= token.position:
            places.append(set())
        places[token.position].add(token.term)
    return places


def _side_by_side(sequence: Sequence[str], places: Sequence[set[str]]) -> bool:
    starts = range(len(places) - len(sequence) + 1)
    return any(all(term in places[start + step] for step, term in enumerate(sequence)) for start in starts)


def _near(sequence: Sequence[str], slop: int, places: Sequence[set[str]]) -> bool:
    """Some stretch as long as the different words and `slop` others holds all of them."""
    wanted = set(sequence)
    length = len(wanted) + slop
    return any(wanted <= set().union(*places[start : start + length]) for start in range(len(places)))


def _of_pattern(leaf: Leaf, word: str) -> bool:
    match leaf:
        case Prefix(start):
            return word[: len(start)] == start
        case Wildcard(pattern):
            return fnmatchcase(word, pattern.replace("[", "[[]"))
        case Fuzzy(typed, distance=distance):
            return word[:1] == typed[:1] and edits(word, typed) <= distance
    raise TypeError(f"{type(leaf).__name__} is no pattern")


def _in_value(leaf: Leaf, value: str) -> bool:
    """A word or phrase typed for a field of values: its words, unstemmed, side by side in the value."""
    carried = words(value)
    if isinstance(leaf, Prefix | Wildcard | Fuzzy):
        return any(_of_pattern(leaf, word) for word in carried)
    wanted = words(leaf.text)
    return bool(wanted) and any(carried[at : at + len(wanted)] == wanted for at in range(len(carried)))
