"""A seeded archive of some thousand articles, and queries over its vocabulary: words of all frequencies, phrases that
occur, words that stand near each other, beginnings, patterns and misspellings.
"""

import random
from datetime import date, timedelta
from functools import cache
from typing import Any

from engines.nodes import combined, several
from engines.whoosh_index import Change
from hypothesis import strategies as st
from samples import ACTORS, PLACES, article

from searcher.analysis import words
from searcher.choices import FACETS, SORTS
from searcher.models import Article
from searcher.query import Order, SearchRequest
from searcher.query.nodes import DateRange, Everything, Fuzzy, Node, Or, Phrase, Prefix, Term, Value, Wildcard

__all__ = ["LARGE_REQUESTS", "PATTERN_REQUESTS", "batches", "vocabulary"]

# Three batches, the first of more than 1,024 articles: from there on lists of documents are kept as bits.
SIZES = (1_500, 700, 300)
# Each later batch replaces and removes so many articles of earlier ones.
REPLACED = 60
VOCABULARY = 3_000
SYLLABLES = [first + vowel + last for first in "bdfgklmnprstvz" for vowel in "aeiou" for last in ("", "n", "r", "s")]
# Words of the kinds that the analysis takes apart or folds, among the others.
SPECIAL = ("cease-fire", "ceasefire", "S-300", "Zürich", "Дамаск", "1,500", "U.S.")
TOWNS = tuple(f"Place {number}" for number in range(60))
FIRST_DAY, LAST_DAY = date(2016, 1, 1), date(2017, 12, 31)


@cache
def vocabulary() -> tuple[str, ...]:
    """The words, the most frequent first."""
    chance = random.Random(11)
    made = {"".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 3)))) for _ in range(VOCABULARY)}
    listed = sorted(made)
    chance.shuffle(listed)
    for rank, word in enumerate(SPECIAL):
        listed.insert(7 * (rank + 1) ** 2, word)
    return tuple(listed)


@cache
def batches() -> tuple[tuple[Change, ...], ...]:
    """What is committed: new articles, replaced ones and removed ones."""
    chance = random.Random(5)
    weights = [1 / (rank + 3) for rank in range(len(vocabulary()))]
    made: list[tuple[Change, ...]] = []
    count = 0
    for size in SIZES:
        earlier = chance.sample(range(count), min(count, 2 * REPLACED))
        changes: list[Change] = [
            (_name(number), _article(chance, weights, number)) for number in range(count, count + size)
        ]
        changes += [(_name(number), _article(chance, weights, number)) for number in earlier[:REPLACED]]
        changes += [(_name(number), None) for number in earlier[REPLACED:]]
        chance.shuffle(changes)
        made.append(tuple(changes))
        count += size
    return tuple(made)


def _name(number: int) -> str:
    return f"a{number:05}"


def _article(chance: random.Random, weights: list[float], number: int) -> Article:
    """An article of some dozen words; one in fifty is long, and says one word over and over."""
    body = chance.choices(vocabulary(), weights, k=chance.randint(5, 90))
    if number % 50 == 0:
        again = chance.choices(vocabulary()[:200], k=1) * chance.choice((10, 20, 400))
        body = body + again + chance.choices(vocabulary(), weights, k=600)
    day = (FIRST_DAY + timedelta(days=chance.randint(0, (LAST_DAY - FIRST_DAY).days))).isoformat()
    return article(
        _name(number),
        title=" ".join(chance.choices(vocabulary(), weights, k=chance.randint(1, 6))),
        body=chance.choice((" ", ", ", " — ")).join(body),
        date=chance.choice((day, day, day[:7], f"{day}T{chance.randint(0, 23):02}:15+03:00", "")),
        locations=tuple(dict.fromkeys(chance.choices(PLACES + TOWNS, k=chance.randint(0, 4)))),
        actors=tuple(dict.fromkeys(chance.choices(ACTORS, k=chance.randint(0, 2)))),
        mentioned=tuple(dict.fromkeys(chance.choices(ACTORS + PLACES + TOWNS, k=chance.randint(0, 6)))),
        source=chance.choice(("", "Harbour Post", "Meridian, Wire")),
        language=chance.choice(("en", "en", "en", "ru")),
    )


def _stretch(draw: st.DrawFn, most: int) -> list[str]:
    """Words that stand side by side in some article."""
    held = [one for batch in batches()[:1] for _, one in batch if one]
    text = draw(st.sampled_from(held)).body.replace(", ", " ").replace("—", "").split()
    start = draw(st.integers(0, len(text) - 1))
    return text[start : start + draw(st.integers(1, most))]


WORDS = st.one_of(
    st.deferred(lambda: st.sampled_from(vocabulary()[:30])),
    st.deferred(lambda: st.sampled_from(vocabulary()[:400])),
    st.deferred(lambda: st.sampled_from(vocabulary())),
    st.just("nowhere"),
)
FIELDS = st.sampled_from((None, None, "title", "body"))
DAYS = st.dates(FIRST_DAY, LAST_DAY)


@st.composite
def _phrases(draw: st.DrawFn) -> Phrase:
    """Of three phrases two stand somewhere, of one a word may be another."""
    stretch = _stretch(draw, 4)
    if draw(st.integers(0, 2)) == 0:
        stretch[draw(st.integers(0, len(stretch) - 1))] = draw(WORDS)
    return Phrase(" ".join(stretch), draw(FIELDS))


@st.composite
def _near(draw: st.DrawFn) -> Phrase:
    stretch = _stretch(draw, 8)
    picked = draw(st.lists(st.sampled_from(stretch), min_size=2, max_size=4))
    return Phrase(" ".join(picked), draw(FIELDS), draw(st.sampled_from((1, 2, 4, 8, 60, 1_000))))


@st.composite
def _patterns(draw: st.DrawFn) -> Node:
    """A pattern for a word that is there, and mostly for others too."""
    word, field = words(draw(WORDS))[0], draw(FIELDS)
    cut = draw(st.integers(0, len(word)))
    kind = draw(st.sampled_from((Prefix, Wildcard, Fuzzy)))
    if kind is Prefix:
        return Prefix(word[: max(1, cut)], field)
    if kind is Wildcard:
        end = draw(st.integers(cut, len(word)))
        return Wildcard(word[:cut] + draw(st.sampled_from(("*", "?", "?*", f"*{word[cut:end]}*"))) + word[end:], field)
    misspelt = word[:cut] + draw(st.sampled_from("aenrsz")) + word[cut + draw(st.integers(0, 1)) :]
    return Fuzzy(misspelt, field, draw(st.integers(1, 2)))


UNSCORED: st.SearchStrategy[Node] = st.one_of(
    st.builds(Value, st.sampled_from((*PLACES, *TOWNS)), st.sampled_from(("location", "mention"))),
    st.builds(Term, st.sampled_from(("place", "7", "place 12", "kamal")), st.just("location")),
    st.lists(DAYS, min_size=2, max_size=2).map(sorted).map(lambda days: DateRange(*days)),
    st.just(DateRange(FIRST_DAY, None)),
    st.sampled_from((Everything(), Term("—"))),
)
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Term, WORDS, FIELDS),
    st.builds(Term, WORDS.map(lambda word: words(word)[0]), FIELDS, st.just(True)),
    _phrases(),
    _near(),
    _patterns(),
    UNSCORED,
)


NODES = st.one_of(LEAVES, combined(LEAVES), combined(LEAVES | combined(LEAVES)))
PICKS = st.dictionaries(
    st.sampled_from(("location", "actor", "mention", "source")),
    st.lists(st.sampled_from((*PLACES, *TOWNS, *ACTORS, "Harbour Post")), min_size=1, max_size=3).map(tuple),
    max_size=2,
)


def _seldom(strategy: st.SearchStrategy[Any], otherwise: Any) -> st.SearchStrategy[Any]:
    return st.integers(0, 3).flatmap(lambda chance: strategy if chance == 3 else st.just(otherwise))


LARGE_REQUESTS = st.builds(
    SearchRequest,
    node=NODES,
    include=_seldom(PICKS, {}),
    exclude=_seldom(PICKS, {}),
    after=_seldom(DAYS, None),
    before=_seldom(DAYS, None),
    order=st.builds(
        Order,
        sort=st.sampled_from(("relevance", *SORTS)),
        limit=st.sampled_from((0, 1, 10, 100)),
        offset=st.sampled_from((0, 0, 7)),
    ),
    facets=st.just(FACETS),
    facet_size=st.sampled_from((3, 10, 100)),
)
PATTERN_REQUESTS = st.builds(SearchRequest, node=_patterns() | several(_patterns(), 2).map(Or))
