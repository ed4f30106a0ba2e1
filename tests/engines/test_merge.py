"""Segments that become one: array for array what the same articles make when they are written at once."""

from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import chain, count
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import article, articles

from searcher.engines.whoosh import WhooshEngine
from searcher.engines.whoosh.codec.container import Array, Container
from searcher.engines.whoosh.codec.folder import Directory
from searcher.engines.whoosh.codec.merge import merge
from searcher.engines.whoosh.codec.segment import COLUMNS, POSTINGS, SegmentReader
from searcher.engines.whoosh.codec.toc import latest_generation, read_contents
from searcher.models import Article

Places = Callable[[], Path]
BATCHES = st.lists(
    st.lists(articles(), min_size=1, max_size=6, unique_by=lambda made: made.id), min_size=1, max_size=4
).filter(lambda made: len({one.id for one in chain(*made)}) == len(list(chain(*made))))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A new directory at every call."""
    numbers = count()
    return lambda: tmp_path / str(next(numbers))


def segments(place: Path, batch: Sequence[Article], gone: Sequence[str] = ()) -> list[SegmentReader]:
    """The one segment of an index with those articles, some of them removed again; none where all are."""
    with closing(WhooshEngine.create(place)) as engine:
        with engine.writer() as writer:
            for one in batch:
                writer.add(one)
        with engine.writer() as writer:
            for each in gone:
                writer.remove(each)
    return [SegmentReader(Directory(place), entry) for entry in read_contents(place, latest_generation(place)).segments]


def arrays(reader: SegmentReader, ending: str) -> dict[str, tuple[str, bytes]]:
    """Every array of a file by name: its kind and its bytes."""
    opened = Container(Directory(reader._folder.path).load(reader.entry.name + ending), "file")

    def told(values: Array) -> tuple[str, bytes]:
        return values.dtype.str, values.tobytes()

    return {name: told(opened.get(name)) for name in opened.names()}


def lines(reader: SegmentReader) -> list[bytes]:
    """The stored articles."""
    return [reader.stored.line(doc) for doc in range(reader.documents)]


def assert_same(merged: SegmentReader, written: SegmentReader) -> None:
    """Terms, documents, positions, lengths, values, dates, totals, articles; nothing is deleted."""
    assert arrays(merged, POSTINGS) == arrays(written, POSTINGS)
    assert arrays(merged, COLUMNS) == arrays(written, COLUMNS)
    assert merged.columns.totals == written.columns.totals
    assert sorted(merged.columns.value_fields) == sorted(written.columns.value_fields)
    assert lines(merged) == lines(written)
    assert (merged.documents, merged.live) == (written.documents, None)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BATCHES, st.data(), st.sampled_from([0, 256]))
def test_merged_segments_are_as_if_written_at_once(
    places: Places, batches: list[list[Article]], data: st.DataObject, memory_mb: int
) -> None:
    """With much memory or a term at a time; of what was removed no term, value or spelling is left."""
    gone = data.draw(st.sets(st.sampled_from([one.id for one in chain(*batches)])))
    held = [reader for batch in batches for reader in segments(places(), batch, sorted(gone))]
    left = [one for one in chain(*batches) if one.id not in gone]
    if not left:
        return
    place = places()
    place.mkdir()
    entry = merge(Directory(place), "MAIN_merged", held, memory_mb)
    assert_same(SegmentReader(Directory(place), entry), segments(places(), left)[0])


def test_long_lists_merge_block_by_block(places: Places) -> None:
    """Lists of more than a thousand documents, kept as bits, steps and half bytes, and some of them removed."""
    made = [
        article(
            f"{number:05}",
            body=f"common {'often ' * (number % 20)}" + f"word{number % 7} " * (number % 3) + f"rare{number}",
            source=f"Paper {number % 5}",
        )
        for number in range(2_600)
    ]
    batches = [made[:1_100], made[1_100:1_500], made[1_500:]]
    gone = [one.id for one in made[::11]]
    held = [reader for batch in batches for reader in segments(places(), batch, gone)]
    left = [one for one in made if one.id not in set(gone)]
    place = places()
    place.mkdir()
    merged = SegmentReader(Directory(place), merge(Directory(place), "MAIN_merged", held, 1))
    assert_same(merged, segments(places(), left)[0])
    common = merged.field("body")
    assert common is not None
    assert common.docs(common.find(b"common")).tolist() == list(range(len(left)))
    assert np.array_equal(merged.live_docs(), np.arange(len(left)))
