"""The engine answers as Whoosh's own Searcher does: on the engine's files, and on the same articles in Whoosh's codec.

Removed articles count in scores until their segment is merged. So where the two have different files, segments are
either left as they were written, in both alike, or merged until no removed article is left.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from engines.agreement import outcomes
from engines.large import LARGE_REQUESTS, PATTERN_REQUESTS, batches
from engines.nodes import REQUESTS
from engines.whoosh_index import Batch, Change, WhooshIndex
from engines.whoosh_reference import Reference
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import article, articles

from searcher.engines.whoosh import WhooshEngine
from searcher.engines.whoosh.codec.index import ArrayIndex
from searcher.query import SearchRequest
from searcher.query.nodes import Node, Phrase, Prefix, Term

# Few ids, so that articles are replaced and removed.
IDS = tuple(f"id{number}" for number in range(9))
# Fewer words than many patterns stand for in the large archive.
FEW_EXPANSIONS = 12
# Phrases are looked for in pieces of so many positions, where 4 million are usual.
LITTLE_ROOM = 3_000
# No article gathers in so little memory: each becomes a segment of its own.
NO_MEMORY, USUAL_MEMORY = 0, 256

Places = Callable[[], Path]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """An id and its new article, or its removal."""
    name = draw(st.sampled_from(IDS))
    return name, draw(articles().map(lambda made: replace(made, id=name)) | st.none())


FEW_BATCHES = st.lists(st.lists(changes(), min_size=1, max_size=6), min_size=1, max_size=4)
MANY_BATCHES = st.lists(st.lists(changes(), min_size=1, max_size=3), min_size=1, max_size=12)
SOME_REQUESTS = st.lists(REQUESTS, min_size=1, max_size=12)
SETTINGS = settings(max_examples=70, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A new directory at every call."""
    return lambda: tmp_path_factory.mktemp("index")


def written(path: Path, made: Sequence[Batch], memory_mb: int = USUAL_MEMORY) -> WhooshEngine:
    """An engine to which the batches were committed one by one."""
    WhooshEngine.create(path).close()
    engine = WhooshEngine(path, memory_mb)
    for batch in made:
        with engine.writer() as writer:
            for name, article in batch:
                if article:
                    writer.add(article)
                else:
                    writer.remove(name)
    return engine


def left_unmerged(path: Path, made: Sequence[Batch]) -> WhooshEngine:
    """The same with a segment for each batch that has an article left."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("searcher.engines.whoosh.writer.to_merge", lambda segments: [])
        return written(path, made)


def merged(path: Path, made: Sequence[Batch]) -> WhooshEngine:
    """The same with one segment, written anew at every commit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("searcher.engines.whoosh.writer.to_merge", lambda segments: [list(segments)] if segments else [])
        return written(path, made)


def in_whoosh(made: Sequence[Batch]) -> Any:
    """The batches in an index of Whoosh's own codec."""
    whoosh = WhooshIndex()
    for batch in made:
        whoosh.write(batch)
    return whoosh.index


def remaining(made: Sequence[Batch]) -> Batch:
    """The articles that are there in the end."""
    last = {name: article for batch in made for name, article in batch}
    return [(name, article) for name, article in last.items() if article]


@given(made=MANY_BATCHES, requests=SOME_REQUESTS, memory_mb=st.sampled_from((NO_MEMORY, USUAL_MEMORY)))
@SETTINGS
def test_on_the_same_files(made: list[Batch], requests: list[SearchRequest], memory_mb: int, places: Places) -> None:
    """However many segments were written, and merged as they are."""
    path = places()
    with closing(written(path, made, memory_mb)) as engine, closing(Reference(ArrayIndex(path))) as whoosh:
        for request in requests:
            found, expected = outcomes(engine, request, whoosh.answer(request))
            assert found == expected, request


@given(made=FEW_BATCHES, requests=SOME_REQUESTS)
@SETTINGS
def test_as_in_whooshs_own_codec(made: list[Batch], requests: list[SearchRequest], places: Places) -> None:
    """The same segments in both, replaced and removed articles in them."""
    with closing(left_unmerged(places(), made)) as engine, closing(Reference(in_whoosh(made))) as whoosh:
        for request in requests:
            found, expected = outcomes(engine, request, whoosh.answer(request))
            assert found == expected, request


@given(made=FEW_BATCHES, requests=SOME_REQUESTS)
@SETTINGS
def test_what_is_merged_is_as_if_written_at_once(
    made: list[Batch], requests: list[SearchRequest], places: Places
) -> None:
    """Nothing is left of what was replaced or removed.

    Whoosh's own merge is no measure for it: it adds up lengths of fields that it has rounded.
    """
    at_once = in_whoosh([remaining(made)])
    with closing(merged(places(), made)) as engine, closing(Reference(at_once)) as whoosh:
        for request in requests:
            found, expected = outcomes(engine, request, whoosh.answer(request))
            assert found == expected, request


class Large(NamedTuple):
    """The engine on some thousand articles, and Whoosh's searcher, which may also cut patterns to FEW_EXPANSIONS."""

    engine: WhooshEngine
    whoosh: Reference
    cutting: Reference


def same_files(path: Path) -> tuple[WhooshEngine, Any]:
    """Three segments, read by both."""
    return left_unmerged(path, batches()), ArrayIndex(path)


def own_codec(path: Path) -> tuple[WhooshEngine, Any]:
    """Three segments of each."""
    return left_unmerged(path, batches()), in_whoosh(batches())


def one_segment(path: Path) -> tuple[WhooshEngine, Any]:
    """What remains, in one segment of each."""
    return merged(path, batches()), in_whoosh([remaining(batches())])


@pytest.fixture(scope="module", params=[same_files, own_codec, one_segment])
def large(request: pytest.FixtureRequest, places: Places) -> Iterator[Large]:
    """Lists of every length and every way of keeping them."""
    engine, index = request.param(places())
    held = Large(engine, Reference(index), Reference(index, FEW_EXPANSIONS))
    with closing(held.engine), closing(held.whoosh), closing(held.cutting), pytest.MonkeyPatch.context() as patch:
        if request.param is same_files:
            patch.setattr("searcher.engines.whoosh.phrases.ROOM", LITTLE_ROOM)
        yield held


@given(request=LARGE_REQUESTS)
@SETTINGS
def test_on_some_thousand_articles(request: SearchRequest, large: Large) -> None:
    """Words of all frequencies, phrases and patterns that occur."""
    found, expected = outcomes(large.engine, request, large.whoosh.answer(request))
    assert found == expected


@given(request=PATTERN_REQUESTS)
@SETTINGS
def test_patterns_for_many_words_are_cut_alike(
    request: SearchRequest, large: Large, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the words in most articles, with a note."""
    monkeypatch.setattr("searcher.engines.whoosh.compile.MAX_EXPANSIONS", FEW_EXPANSIONS)
    found, expected = outcomes(large.engine, request, large.cutting.answer(request), FEW_EXPANSIONS)
    assert found == expected


@pytest.fixture(scope="module")
def longest(places: Places) -> Iterator[tuple[WhooshEngine, Reference]]:
    """An article of more words than the scale of lengths goes to, more of them different than 16 bits can number."""
    listed = [f"n{number}" for number in range(10_000, 77_000)] + ["harbour", "oil", "port"] * 14_000
    random.Random(3).shuffle(listed)
    body = " ".join([*listed, "Kalibr", "launch"])
    made = [[("long", article("long", body=body)), ("short", article("short", body="harbour n10007 oil n10008 port"))]]
    with closing(written(places(), made)) as engine, closing(Reference(in_whoosh(made))) as whoosh:
        yield engine, whoosh


@pytest.mark.parametrize(
    ("node", "total"),
    [
        (Term("oil"), 2),
        (Phrase("kalibr launch"), 1),  # its last words
        (Phrase("oil harbour port oil harbour port oil harbour port oil"), 0),
        (Phrase("n10007 n10008", slop=1), 1),  # far apart in the long one
        (Phrase("harbour oil port", slop=2), 2),
        (Prefix("n7699"), 1),
    ],
    ids=str,
)
def test_an_article_longer_than_the_scale_of_lengths(
    node: Node, total: int, longest: tuple[WhooshEngine, Reference]
) -> None:
    """Its length counts as the largest there is; all of its words are found where they stand."""
    engine, whoosh = longest
    request = SearchRequest(node=node)
    found, expected = outcomes(engine, request, whoosh.answer(request))
    assert found == expected
    assert found.total == total
