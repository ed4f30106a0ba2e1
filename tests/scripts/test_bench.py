"""The benchmark compares like with like: its articles, its queries, its figures, and a whole small run."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import benchmark
import pytest
from benchmark.compare import AnswersDiffer, check_answers, differences
from benchmark.corpus import write_corpus
from benchmark.engines import ENGINES, missing
from benchmark.figures import Comparison, Ratio
from benchmark.picking import edits, pick_queries
from benchmark.queries import CLASSES, PER_CLASS, Query, read_queries, write_queries
from benchmark.record import read_records
from benchmark.words import agreed_stem, invented_words
from hypothesis import given
from hypothesis import strategies as st

from searcher.analysis import tokens
from searcher.query.patterns import letters_apart

BENCH = Path(benchmark.__file__).resolve().parents[1] / "bench.py"
ARTICLES = 400
QUERY = Query(0, "common word", "all", ("oil",), ("oil",))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return write_corpus("generated", ARTICLES, 1, tmp_path_factory.mktemp("articles"))


def test_articles_are_those_that_were_written(corpus: Any) -> None:
    """As many as asked for, each with text and a day, numbered as an engine numbers them."""
    records = list(read_records(corpus.articles))
    assert [record.number for record in records] == list(range(ARTICLES))
    assert all(record.title and record.body and record.day for record in records)


def test_articles_are_shaped_like_news(corpus: Any) -> None:
    """About 300 words, 3 places and 2.5 actors: within a fifth."""
    records = list(read_records(corpus.articles))
    means = [
        sum(map(len, values)) / ARTICLES
        for values in (
            [record.body.split() for record in records],
            [record.places for record in records],
            [record.actors for record in records],
        )
    ]
    assert means == pytest.approx([300, 3.1, 2.5], rel=0.2)


def test_the_same_seed_gives_the_same_articles(corpus: Any, tmp_path: Path) -> None:
    """And another seed others."""
    again = write_corpus("generated", ARTICLES, 1, tmp_path)
    assert again.articles.read_bytes() == corpus.articles.read_bytes()
    other = write_corpus("generated", ARTICLES, 2, tmp_path)
    assert other.articles.read_bytes() != corpus.articles.read_bytes()


def test_every_word_of_an_article_has_one_stem(corpus: Any) -> None:
    """The analysis of this package gives the stem on which stemmers agree."""
    text = " ".join(record.body for record in read_records(corpus.articles))
    assert {token.word for token in tokens(text) if token.term != agreed_stem(token.word)} == set()


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("missiles", "missil"),  # both algorithms agree
        ("oil", "oil"),
        ("day", None),  # "day" to one, "dai" to the other
        ("was", None),  # "was" to one, "wa" to the other
        ("quickly", None),  # "quick" and "quickli"
        ("succed", None),  # "succ" and "suc" by version
        ("café", None),  # no plain letters
        ("s300", None),
    ],
)
def test_words_on_which_stemmers_disagree_are_left_out(word: str, stem: str | None) -> None:
    """A word is in the articles only if every engine makes the same of it."""
    assert agreed_stem(word) == stem


def test_invented_words_differ() -> None:
    """As many as asked for, each once, each usable."""
    words = invented_words(2_000, 1)
    assert len(set(words)) == 2_000
    assert all(map(agreed_stem, words))


def test_there_are_queries_of_every_class(corpus: Any) -> None:
    """Five each, numbered in order, and every word of them is in some article."""
    queries = pick_queries(corpus.census, 1)
    assert [query.number for query in queries] == list(range(len(queries)))
    assert [query.kind for query in queries] == [kind for kind in CLASSES for _ in range(PER_CLASS)]
    asked = {word for query in queries if query.form in ("all", "any", "phrase") for word in query.words}
    assert asked - set(corpus.census.words) == set()


def test_queries_are_read_as_they_were_written(corpus: Any, tmp_path: Path) -> None:
    queries = pick_queries(corpus.census, 1)
    write_queries(queries, tmp_path / "queries.tsv")
    assert read_queries(tmp_path / "queries.tsv") == queries


@given(st.text("abc", min_size=1, max_size=5), st.text("abc", min_size=1, max_size=6))
def test_edits_are_the_words_that_a_misspelt_word_may_stand_for(word: str, other: str) -> None:
    """The same as those that the query language finds one letter away."""
    assert (other in edits(word)) == (letters_apart(word, other, 1) <= 1)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"a": {"total": 3}, "b": {"total": 3}}, []),
        ({"a": {"total": 3}, "b": {"total": 4}}, ["total: a 3, b 4"]),
        ({"a": {"location Syria": 1}, "b": {}}, ["location Syria: a 1, b 0"]),  # one does not mention it
        ({"a": {"total": 3}}, []),  # nobody to differ from
    ],
)
def test_differences_name_what_and_who(answers: dict[str, dict[str, int]], expected: list[str]) -> None:
    assert differences(answers) == expected


def test_engines_that_count_differently_end_the_run() -> None:
    """A facet that is off by one is enough; query and engines are named."""
    counts = {"here": 2, "there": 3}
    with pytest.raises(AnswersDiffer, match=r"common word, all\(oil\): actor OPEC: here 2, there 3"):
        check_answers(
            [QUERY],
            lambda _: {
                name: {"total": 5, "shown": 5, "facets": {"actor": {"OPEC": count}}} for name, count in counts.items()
            },
        )


def test_ratios_are_taken_within_a_round() -> None:
    """One engine twice as fast in every round is twice as fast, however the rounds differ."""
    queries = [QUERY, QUERY._replace(number=1)]
    slow, fast = [[200, 2_000, 20], [400, 4_000, 40]], [[100, 1_000, 10], [200, 2_000, 20]]
    made = Comparison("generated", 10, 10, queries, totals=[4, 6], times={"a": {"plain": slow}, "b": {"plain": fast}})
    assert made.ratio("a", "b", "plain", ["common word"]) == Ratio(2.0, 2.0, 2.0)
    assert made.hits("common word") == 5
    assert made.middle("a", "plain", "common word") == pytest.approx(300e-6)  # milliseconds
    assert made.slow("a", "plain", ["common word"]) == pytest.approx(4_000e-6)


def test_a_whole_run_agrees_and_reports(tmp_path: Path) -> None:
    """Whatever engines are installed find the same articles and counts, and each has its column and its figures."""
    engines = [name for name in ENGINES if name != "whoosh" and not missing(name)]
    figures = tmp_path / "figures.json"
    command = [sys.executable, BENCH, "--quick", "--engines", ",".join(engines), "--json", figures]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(f"| {kind} |" in done.stdout for kind in CLASSES)
    (made,) = json.loads(figures.read_text("utf-8"))["comparisons"]
    assert list(made["times"]) == engines
    assert len(made["totals"]) == len(CLASSES) * PER_CLASS
    assert all(made["build"][engine]["bytes"] > 0 for engine in engines)
