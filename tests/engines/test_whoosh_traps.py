"""Ways in which Whoosh gives wrong answers: the engine has none of them, and the reference goes around them."""

import ast
import random
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from engines.whoosh_held import Held
from engines.whoosh_index import WhooshIndex
from engines.whoosh_queries import Listed
from engines.whoosh_reference import Reference, Translator
from reference import matches
from samples import article
from whoosh import query

import searcher.engines.whoosh
from searcher.engines.whoosh import WhooshEngine
from searcher.engines.whoosh.codec.index import ArrayIndex
from searcher.models import Article
from searcher.query import Order, SearchRequest, parse

WORDS = [f"w{number}" for number in range(400)]
WEIGHTS = [1 / (rank + 1) for rank in range(len(WORDS))]
QUERIES = [
    *(f"{a} {b}" for a, b in pairwise(WORDS[2:60:3])),
    *(f"{a} OR {b}" for a, b in pairwise(WORDS[3:60:3])),
    *(f"{a} OR {b} OR {c} {d}" for a, b, c, d in zip(WORDS[::4], WORDS[1::5], WORDS[2::6], WORDS[3::7], strict=False)),
]


@pytest.fixture(scope="module")
def held() -> list[Article]:
    """1,500 articles of 60 words whose frequencies fall off as those of a language, dated over a year."""
    chance = random.Random(7)
    return [
        article(
            f"{number:05}",
            title=" ".join(chance.choices(WORDS, WEIGHTS, k=4)),
            body=" ".join(chance.choices(WORDS, WEIGHTS, k=chance.randint(20, 100))),
            date=date.fromordinal(736_000 + chance.randint(0, 365)).isoformat(),
        )
        for number in range(1_500)
    ]


@pytest.fixture(scope="module")
def place(held: list[Article], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Those articles in an index of several segments."""
    path = tmp_path_factory.mktemp("traps")
    with closing(WhooshEngine.create(path)) as made:
        for start in range(0, len(held), 500):
            with made.writer() as writer:
                for one in held[start : start + 500]:
                    writer.add(one)
    return path


@pytest.fixture(scope="module")
def engine(place: Path) -> Iterator[WhooshEngine]:
    """The engine on it."""
    with closing(WhooshEngine.open(place)) as opened:
        yield opened


@pytest.fixture(scope="module")
def whoosh(place: Path) -> Iterator[Reference]:
    """Whoosh's searcher on it."""
    with closing(Reference(ArrayIndex(place))) as opened:
        yield opened


@pytest.mark.parametrize("asked", QUERIES)
def test_the_first_ten_are_the_best_ten(engine: WhooshEngine, whoosh: Reference, asked: str) -> None:
    """Of the whole list that Whoosh's searcher gives; with a limit it loses true hits in 5 of these 94."""
    request = SearchRequest(node=parse(asked).node, order=Order(limit=10))
    best = sorted(whoosh.answer(request).scores.values(), reverse=True)[:10]
    assert [hit.score for hit in engine.search(request).hits] == pytest.approx(best, abs=1e-4)


def test_whoosh_with_a_limit_comes_to_an_end_on_these_files(place: Path) -> None:
    """It asks for the quality of lists that it has read to the end."""
    with closing(ArrayIndex(place).searcher()) as searcher:
        translator = Translator(Held(searcher))
        asked = [translator.query(parse(text).node) for text in QUERIES[:10]]
        found = [len(searcher.search(each, limit=10).top_n) for each in asked]
    assert found == [10] * 10


@pytest.mark.parametrize("word", WORDS[:12:3])
def test_a_word_and_a_range_of_dates_are_counted_exactly(engine: WhooshEngine, held: list[Article], word: str) -> None:
    """In the query or as a filter: Whoosh's own range counted 268 for 803."""
    asked = parse(f"{word} date:2016-04..2016-06").node
    expected = sum(matches(asked, one) for one in held)
    assert expected > 0
    assert engine.search(SearchRequest(node=asked)).total == expected
    filtered = SearchRequest(node=parse(word).node, after=date(2016, 4, 1), before=date(2016, 6, 30))
    assert engine.search(filtered).total == expected


def test_what_whoosh_gets_wrong_is_not_called() -> None:
    """Several writing processes lose articles, refreshed and reused readers bring removed ones back."""
    called: set[str] = set()
    for path in Path(searcher.engines.whoosh.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called.update(keyword.arg or "" for keyword in node.keywords)
                called.add(node.func.attr if isinstance(node.func, ast.Attribute) else "")
    assert (
        called & {"procs", "multisegment", "reuse", "refresh", "up_to_date", "AndNot", "DisjunctionMax", "Every"}
        == set()
    )


# Faults of Whoosh that the reference goes around. Where one of these tests fails, Whoosh was mended.


@pytest.fixture(scope="module")
def few() -> Iterator[Any]:
    """Whoosh's own searcher on five articles in its own codec."""
    whoosh = WhooshIndex()
    bodies = ["red dye", "red green", "green blue", "red blue", "grey dye"]
    whoosh.write([(str(number), article(str(number), body=body)) for number, body in enumerate(bodies)])
    with closing(whoosh.index.searcher()) as searcher:
        yield searcher


RED, GREEN, BLUE = (query.Term("body", word) for word in ("red", "green", "blue"))


def scores(searcher: Any, asked: Any) -> dict[int, float]:
    """The documents that Whoosh finds."""
    return {doc: score for score, doc in searcher.search(asked, limit=None).top_n}


def test_whoosh_lets_a_refused_document_through(few: Any) -> None:
    """Of the green ones 1 is red: it is the first of them, and there is a red one before it."""
    assert set(scores(few, query.AndNot(GREEN, RED))) == {1, 2}


def test_whoosh_loses_a_document_without_a_score(few: Any) -> None:
    """Document 4 is in the list; document 0 is kept for being the first."""
    listed = Listed({0: 0.0, 4: 0.0}, {id(few.reader()): 0})
    assert set(scores(few, query.Or([listed, BLUE, GREEN]))) == {0, 1, 2, 3}


@pytest.mark.parametrize("asked", [query.Every(), query.Not(RED), query.ConstantScoreQuery(RED, 0.0)], ids=repr)
def test_whoosh_scores_what_should_have_no_score(few: Any, asked: Any) -> None:
    """What only includes or excludes would move articles."""
    assert set(scores(few, asked).values()) == {1.0}


def test_whoosh_takes_the_best_score_from_another_document(few: Any) -> None:
    """Document 0 is not blue."""
    assert scores(few, query.DisjunctionMax([RED, BLUE]))[0] == scores(few, BLUE)[2]


def test_whoosh_forgets_the_boost_of_a_single_alternative(few: Any) -> None:
    """A compound query of one part is that part."""
    assert scores(few, query.Or([RED], boost=2.0)) == scores(few, RED)


def test_whoosh_forgets_what_is_added_within_an_and(few: Any) -> None:
    """Document 3 is red and blue: told to skip to 2, the one part of AndMaybe moves to 3 and the other to 2."""
    maybe = query.AndMaybe(RED, BLUE)
    either = query.Or([BLUE, query.Term("body", "dye")])
    added = scores(few, maybe)[3] + scores(few, either)[3]
    assert scores(few, query.And([either, maybe]))[3] == pytest.approx(added - scores(few, BLUE)[3])
