"""Files of named arrays: what was put in comes out, and what is not whole is damage."""

import json
import struct
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from forged import forged, with_directory
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from searcher.engines.whoosh.codec.checks import BLOCK_BYTES
from searcher.engines.whoosh.codec.container import (
    FORMAT_VERSION,
    MAGIC,
    SPOOL_BYTES,
    Array,
    Container,
    ContainerWriter,
    smallest,
)
from searcher.engines.whoosh.codec.folder import Directory
from searcher.engines.whoosh.codec.packing import (
    pack_nibbles,
    pack_steps,
    ranges,
    starts_of,
    unpack_nibbles,
    unpack_steps,
)
from searcher.errors import ArchiveDamaged

DTYPES = st.sampled_from(["|u1", "<u2", "<u4", "<u8", "|i1", "<i2", "<i4", "<i8", "<f4", "<f8"])
ARRAYS = DTYPES.flatmap(lambda dtype: hnp.arrays(dtype, st.integers(1, 40)))
# Numbers whose steps are small, just at the escape, and far beyond it.
STEPS = st.one_of(st.integers(0, 3), st.integers(250, 260), st.integers(500, 2_000))
LISTS = st.lists(st.lists(STEPS, min_size=1, max_size=8).map(lambda steps: np.cumsum(steps).tolist()), max_size=12)


def file_of(arrays: dict[str, Array], meta: dict[str, Any] | None = None) -> bytes:
    """The bytes of a container."""
    writer = ContainerWriter()
    for name, values in arrays.items():
        writer.put(name, values)
    writer.meta.update(meta or {})
    sink = BytesIO()
    writer.finish(sink)
    return sink.getvalue()


def file_with(directory: object) -> bytes:
    """A file whose directory is something else."""
    return forged(struct.pack("<8sII", MAGIC, FORMAT_VERSION, 0), json.dumps(directory).encode())


@given(st.dictionaries(st.text(min_size=1), ARRAYS, max_size=6), st.dictionaries(st.text(), st.integers(), max_size=3))
def test_arrays_come_back_as_they_were(arrays: dict[str, Array], meta: dict[str, int]) -> None:
    """Names, kinds and numbers, bit for bit; each array begins where a processor likes it to."""
    opened = Container(file_of(arrays, meta), "some.file")
    assert opened.meta == meta
    assert sorted(opened.names()) == sorted(arrays)
    for name, values in arrays.items():
        assert opened.get(name).dtype == values.dtype
        assert opened.get(name).tobytes() == values.tobytes()
        assert json.loads(json.dumps(opened._arrays[name]))[1] % 8 == 0


def test_an_array_that_is_not_there_is_empty() -> None:
    """Of the kind that is asked for; so is one of no items, which is not written."""
    opened = Container(file_of({"none": np.empty(0, dtype=np.uint32)}), "some.file")
    assert opened.get("none", np.float32).dtype == np.float32
    assert len(opened.get("other")) == 0
    assert "none" not in opened


def test_a_large_array_waits_in_a_file(tmp_path: Path) -> None:
    """What is appended piece by piece is one array, whether it stayed in memory or not."""
    writer = ContainerWriter(str(tmp_path))
    spool = writer.spool("long", "<u4")
    pieces = [np.arange(start, start + SPOOL_BYTES // 6, dtype=np.uint32) for start in (0, 10, 20, 30, 40)]
    assert [spool.write(piece) for piece in pieces] == [number * (SPOOL_BYTES // 6) for number in range(5)]
    sink = BytesIO()
    digest = writer.finish(sink)
    assert digest.size == len(sink.getvalue())
    assert np.array_equal(Container(sink.getvalue(), "some.file").get("long"), np.concatenate(pieces))
    assert list(tmp_path.iterdir()) == []


def test_every_cut_is_noticed() -> None:
    """A file cut anywhere is none; the error names it and says what to do."""
    whole = file_of({"a": np.arange(5), "b": np.arange(3, dtype=np.uint8)}, {"documents": 5})
    assert Container(whole, "some.file").meta == {"documents": 5}
    for size in range(len(whole)):
        with pytest.raises(ArchiveDamaged, match=r"^some\.file: .*; restore it from a copy"):
            Container(whole[:size], "some.file")


@pytest.mark.parametrize(
    ("damaged", "said"),
    [
        (lambda whole: b"X" + whole[1:], "not a whole file"),  # the magic at the beginning
        (lambda whole: whole[:-1] + b"X", "not a whole file"),  # the magic at the end
        (lambda whole: whole + b"\0", "not a whole file"),  # something after it
        (lambda whole: whole[:8] + struct.pack("<I", FORMAT_VERSION + 1) + whole[12:], "of format"),
        (lambda whole: whole.replace(b'"meta"', b'"mate"'), "directory is not what was written"),
        (lambda whole: with_directory(whole, b'{"mate": {}}'), "cannot be read"),  # a directory without its parts
        (lambda whole: with_directory(whole, b"{meta''"), "cannot be read"),  # a directory that is no JSON
        (lambda _: file_with([1, 2]), "cannot be read"),
        (lambda _: file_with({"meta": {}, "arrays": []}), "its directory is none"),
    ],
)
def test_what_is_no_container_is_refused(damaged: Any, said: str) -> None:
    """By its beginning, its end, its version, and its directory."""
    whole = file_of({"a": np.arange(5)})
    with pytest.raises(ArchiveDamaged, match=said):
        Container(damaged(whole), "some.file")


@pytest.mark.parametrize(
    "entry",
    [
        ("<u4", 16, 1_000),  # more items than the file has
        ("<u4", 10_000, 1),  # beyond the end
        ("<u4", -8, 1),  # before the beginning
        ("<u4", 16, -1),  # fewer than none
        ("|O", 16, 1),  # objects: numpy would follow them
        ("<U4", 16, 1),
        ("nothing", 16, 1),
    ],
)
def test_an_array_out_of_bounds_is_refused(entry: tuple[str, int, int]) -> None:
    """When it is asked for: its directory entry is not believed."""
    opened = Container(file_with({"meta": {}, "arrays": {"a": entry}}), "some.file")
    with pytest.raises(ArchiveDamaged, match=r"some\.file: array a"):
        opened.get("a")


@pytest.mark.parametrize(
    ("first", "last"), [(0, 0), (16, 17), (BLOCK_BYTES - 1, BLOCK_BYTES + 1), (70_000, 140_000), (199_999, 199_999)]
)
def test_only_what_is_read_is_checked_and_all_of_that(first: int, last: int) -> None:
    """A changed byte is noticed by whoever reads its block, and by nobody else."""
    values = np.arange(200_000, dtype=np.uint8)
    whole = bytearray(file_of({"a": values}))
    for place in range(16, 200_016, 20_000):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        opened = Container(bytes(damaged), "some.file")
        if (first + 16) // BLOCK_BYTES <= place // BLOCK_BYTES <= (last + 16) // BLOCK_BYTES:
            with pytest.raises(ArchiveDamaged, match=r"some\.file: bytes [\d,]+ to [\d,]+ are not those"):
                opened.part("a", first, last + 1)
        else:
            assert np.array_equal(opened.part("a", first, last + 1), values[first : last + 1])
        with pytest.raises(ArchiveDamaged, match=r"are not those that were written"):
            opened.verify()


def test_every_flipped_bit_is_noticed() -> None:
    """On opening, or when everything is read."""
    whole = file_of({"a": np.arange(40), "b": np.arange(3, dtype=np.uint8)}, {"documents": 5})
    Container(whole, "some.file").verify()
    for bit in range(8 * len(whole)):
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ArchiveDamaged):
            Container(bytes(damaged), "some.file").verify()


@pytest.mark.parametrize("size", [0, 3, 10_000], ids=["emptied", "cut", "grown"])
def test_a_file_of_another_size_is_not_opened(tmp_path: Path, size: int) -> None:
    """The table of contents knows how long a file is."""
    (tmp_path / "some.file").write_bytes(bytes(size))
    with pytest.raises(ArchiveDamaged, match=f"{size} bytes, 100 were written"):
        Directory(tmp_path).load("some.file", 100)
    with pytest.raises(ArchiveDamaged, match="missing"):
        Directory(tmp_path).load("other.file", 100)


@given(LISTS)
def test_ascending_numbers_are_packed_and_unpacked(lists: list[list[int]]) -> None:
    """Each list by itself, so that any of them can be read alone."""
    counts = np.array([len(each) for each in lists], dtype=np.int64)
    flat = np.array([number for each in lists for number in each], dtype=np.int64)
    packed, sizes = pack_steps(flat, counts)
    assert len(packed) == sizes.sum()
    assert unpack_steps(packed, counts).tolist() == flat.tolist()
    for start, size, each in zip(starts_of(sizes).tolist(), sizes.tolist(), lists, strict=True):
        assert unpack_steps(packed[start : start + size], np.array([len(each)])).tolist() == each


@given(st.lists(st.integers(0, 15)))
def test_nibbles_are_packed_and_unpacked(values: list[int]) -> None:
    """Two in a byte; the last of an odd number has a byte of its own."""
    padded = np.array([*values, *[0] * (len(values) % 2)], dtype=np.uint32)
    packed = pack_nibbles(padded)
    assert len(packed) == (len(values) + 1) // 2
    assert unpack_nibbles(packed, len(values)).tolist() == values


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5))))
def test_ranges_count_up_from_each_start(pieces: list[tuple[int, int]]) -> None:
    """As Python's ranges would, one after the other; empty ones leave nothing."""
    starts = np.array([start for start, _ in pieces], dtype=np.int64)
    lengths = np.array([length for _, length in pieces], dtype=np.int64)
    assert ranges(starts, lengths).tolist() == [n for start, length in pieces for n in range(start, start + length)]


@pytest.mark.parametrize(
    ("values", "kind"),
    [([], "u1"), ([0], "u1"), ([255], "u1"), ([256], "u2"), ([65_536], "u4"), ([1, 2**32], "u8")],
)
def test_the_narrowest_kind_that_holds_all(values: list[int], kind: str) -> None:
    """Chosen by the largest."""
    found = smallest(np.array(values, dtype=np.int64))
    assert (found.dtype, found.tolist()) == (np.dtype(kind), values)
