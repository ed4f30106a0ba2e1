"""The line of records: everything in the order of reading, ahead within bounds, with workers only where they pay."""

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import AtOnce, Simple, Sleeps, made_from, raw
from processes import children

from searcher.ingest import line
from searcher.ingest.line import Item, in_order
from searcher.models import RawArticle, Skipped
from searcher.normalize.fingerprint import identity


@pytest.fixture
def crew(monkeypatch: pytest.MonkeyPatch) -> type[AtOnce]:
    """A crew in this process, not yet started."""
    AtOnce.reset()
    monkeypatch.setattr(line, "Crew", AtOnce)
    return AtOnce


def nothing(items: Sequence[Item]) -> tuple[str, ...]:
    """An archive that holds nothing."""
    return ()


def everything(items: Sequence[Item]) -> list[str]:
    """An archive that holds all."""
    return [item.id for item in items]


def records(count: int, size: int = 0) -> list[RawArticle]:
    """So many records of so many bytes."""
    return [raw(f"record {number}", size=size) for number in range(count)]


@given(
    st.lists(st.one_of(st.integers(0, 9).map(str), st.integers(0, 9).map(lambda n: Skipped("file", str(n))))),
    st.sampled_from((1, 2)),
    st.sets(st.integers(0, 9)),
    st.integers(1, 5),
    st.integers(1, 12),
)
def test_the_order_is_that_of_reading(
    entries: list[str | Skipped], processes: int, held: set[int], chunk: int, window: int
) -> None:
    """Nothing is lost or told twice, whatever is held, repeated or skipped; what was made is that of its record."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line, "Crew", AtOnce)
        for name, value in (("START_RECORDS", 1), ("CHUNK_RECORDS", chunk), ("WINDOW_RECORDS", window)):
            patch.setattr(line, name, value)
        AtOnce.reset()
        read = [entry if isinstance(entry, Skipped) else raw(entry) for entry in entries]
        ids = {identity(raw(str(number)).raw) for number in held}
        out = list(in_order(read, lambda _: ids, Simple(), processes))
    assert [item if isinstance(item, Skipped) else item.raw for item in out] == read
    for item in out:
        assert isinstance(item, Skipped) or item.made in (None, made_from(item.raw))
    assert not {int(body) for chunk_given in AtOnce.given for body in chunk_given} & held


@pytest.mark.parametrize(
    ("count", "size", "starts"),
    [
        (line.START_RECORDS - 1, 0, 0),  # sooner done here
        (line.START_RECORDS, 0, 1),
        (9, line.START_BYTES // 10, 0),
        (10, line.START_BYTES // 10, 1),  # few, but large
        (3 * line.START_RECORDS, 0, 1),  # once
    ],
)
def test_workers_start_where_they_pay(crew: type[AtOnce], count: int, size: int, starts: int) -> None:
    """Not for a handful of articles, and never where one process was asked for."""
    assert len(list(in_order(records(count, size), nothing, Simple(), 2))) == count
    assert crew.started == starts
    list(in_order(records(count, size), nothing, Simple(), 1))
    assert crew.started == starts


def test_what_is_held_already_starts_nothing(crew: type[AtOnce]) -> None:
    """A folder added again is read alone, however large."""
    out = list(in_order(records(5000), everything, Simple(), 2))
    assert (len(out), crew.started) == (5000, 0)


def test_what_stands_in_the_line_is_made_once(crew: type[AtOnce], monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the same bytes only the first are handed out; who takes the second sees what became of the first."""
    monkeypatch.setattr(line, "START_RECORDS", 2)
    out = list(in_order([raw("a"), raw("b"), raw("a"), raw("b"), raw("c")], nothing, Simple(), 2))
    assert crew.given == [["a", "b", "c"]]
    assert [isinstance(one, Item) and one.made is not None for one in out] == [True, True, False, False, True]


def test_what_has_left_the_line_is_made_anew(crew: type[AtOnce], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the archive still does not hold it, as when there was no article in it."""
    for name in ("START_RECORDS", "CHUNK_RECORDS", "WINDOW_RECORDS"):
        monkeypatch.setattr(line, name, 1)
    list(in_order([raw(word) for word in "abca"], nothing, Simple(), 2))
    assert crew.given == [["a"], ["b"], ["c"], ["a"]]


@pytest.mark.parametrize(
    ("processes", "size", "most"),
    [
        (1, 0, line.CHUNK_RECORDS),  # nobody works ahead
        (2, 0, line.WINDOW_RECORDS + line.CHUNK_RECORDS),
        (2, 1_000_000, line.WINDOW_BYTES // 1_000_000 + 1),
        (2, line.WINDOW_BYTES + 1, 1),  # one that fills the line alone
    ],
)
def test_little_is_read_ahead(crew: type[AtOnce], processes: int, size: int, most: int) -> None:
    """Between what is read and what is taken there is never more than the window and a chunk."""
    read = 0

    def reading() -> Iterator[RawArticle]:
        nonlocal read
        for number in range(most + 50):
            read += 1
            yield raw(f"{number}", size=size)

    ahead = [read - taken for taken, _ in enumerate(in_order(reading(), nothing, Simple(), processes))]
    assert max(ahead) == most


def test_leaving_early_ends_the_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an error or Ctrl-C does."""
    for name, value in (("START_RECORDS", 1), ("CHUNK_RECORDS", 1), ("WINDOW_RECORDS", 4)):
        monkeypatch.setattr(line, name, value)
    items = in_order(records(20), nothing, Sleeps(0.2, tmp_path), 2)
    assert len(list(islice(items, 2))) == 2
    assert len(children(os.getpid())) == 2
    items.close()
    assert children(os.getpid()) == set()
