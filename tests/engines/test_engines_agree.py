"""Two engines that hold the same articles give the same answers, but for scores: asked by random queries."""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from engines.conftest import url_of
from engines.nodes import REQUESTS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import ACTORS, DATES, EVENTS, HOMES, PLACES, SOURCES, WORDS, article

from searcher.choices import COPIES, MAX_LIMIT
from searcher.engines import Engine
from searcher.engines.opensearch import OpenSearchEngine
from searcher.engines.whoosh import WhooshEngine
from searcher.models import Article, EventDate, Results
from searcher.query import Order, SearchRequest

pytestmark = pytest.mark.cluster

Both = tuple[Engine, Engine]
COUNT = 400
BATCH = 100


def made(number: int, chance: random.Random) -> Article:
    """An article of few words and values; one in four is a copy of an earlier one."""

    def some(values: tuple[str, ...], most: int) -> tuple[str, ...]:
        return tuple(chance.sample(values, chance.randint(0, most)))

    locations = some(PLACES, 3)
    days = some(EVENTS, 3)
    return article(
        f"{number:04}",
        title=" ".join(chance.choices(WORDS, k=3)),
        body=" ".join(chance.choices(WORDS, k=chance.randint(1, 15))),
        date=chance.choice(DATES),
        locations=locations,
        within=tuple((place, chance.choice(HOMES[place])) for place in locations if place in HOMES),
        mentioned=some((*PLACES, *ACTORS), 4),
        actors=some(ACTORS, 2),
        events=tuple(EventDate(text="then", start=0, end=4, field="body", day=day, confidence=0.9) for day in days),
        source=chance.choice(SOURCES),
        language=chance.choice(("en", "ru", "", "de", "fr")),
        authors=some(("Ana Díaz", "Bo"), 2),
        story=f"{chance.randrange(number):04}" if number and chance.random() < 0.25 else "",
    )


@pytest.fixture(scope="module")
def both(cluster_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Both engines with the same articles, some of them removed and replaced."""
    place = tmp_path_factory.mktemp("both")
    chance = random.Random(7)
    articles = [made(number, chance) for number in range(COUNT)]
    with closing(WhooshEngine.create(place)) as one, closing(OpenSearchEngine.create(url_of(place))) as other:
        for engine in (one, other):
            for start in range(0, COUNT, BATCH):
                with engine.writer() as writer:
                    for each in articles[start : start + BATCH]:
                        writer.add(each)
            with engine.writer() as writer:
                for number in range(0, COUNT, 17):
                    writer.remove(f"{number:04}")
                for number in range(5, COUNT, 31):
                    writer.add(replace(articles[number], date=None, body="replaced missile"))
        yield one, other
        OpenSearchEngine.delete(url_of(place))


def seen(results: Results, request: SearchRequest) -> dict[str, Any]:
    """All of an answer that engines must agree on."""
    ids = [hit.id for hit in results.hits]
    return {
        "total": results.total,
        "stories": results.stories,
        "facets": dict(results.facets),
        "ids": ids if request.order.sort != "relevance" else len(ids),
        "hits": {hit.id: (hit.duplicates, hit.snippet, hit.marks, hit.title_marks, hit.matched) for hit in results.hits}
        if request.order.sort != "relevance"
        else None,
    }


@given(request=REQUESTS, copies=st.sampled_from(COPIES))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_answers_are_the_same(both: Both, request: SearchRequest, copies: str) -> None:
    """Totals, stories, facets and the order by date; snippets and copies of each hit; of the order by score the ids."""
    asked = replace(request, copies=copies, facet_size=3)
    one, other = (seen(engine.search(asked), asked) for engine in both)
    assert other == one
    every = replace(asked, order=Order(limit=MAX_LIMIT), facets=())
    one_ids, other_ids = ({hit.id for hit in engine.search(every).hits} for engine in both)
    assert other_ids == one_ids


@pytest.mark.parametrize("start", ["", "m", "mis", "s", "c", "北", "x"])
def test_words_that_begin_alike_are_the_same(both: Both, start: str) -> None:
    """But for those of removed articles, which an engine may still know."""
    one, other = (dict(engine.words_from(start)) for engine in both)
    assert set(other) == {word for word in one if both[1].word_count(word)}
    assert list(other) == sorted(other)


@pytest.mark.parametrize("word", ["missle", "navvy", "oli", "a", "s", "sryia", "the", "北京"])
@pytest.mark.parametrize("distance", [1, 2])
def test_words_a_few_letters_away_are_the_same(both: Both, word: str, distance: int) -> None:
    """Those that can still be found."""
    one, other = (dict(engine.words_like(word, distance)) for engine in both)
    assert set(other) <= set(one)
    assert {found for found in one if other.get(found)} == {found for found in one if both[1].word_count(found)}
