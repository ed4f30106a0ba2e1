"""What Whoosh's writer may keep in an index of arrays: values and columns that need no pickle, and no others."""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import IntEnum
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import columns, fields
from whoosh.filedb.filestore import RamStorage

from searcher.engines.whoosh.codec import ArrayCodec
from searcher.engines.whoosh.codec.container import Container, ContainerWriter
from searcher.engines.whoosh.codec.stored import StoredLines, StoredWriter
from searcher.engines.whoosh.codec.values import TAG, line_of, tagged, untagged
from searcher.errors import ArchiveDamaged, UsageError

TEXT = st.text(st.characters())  # halves of characters among them
PLAIN = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXT, st.binary()),
    *(st.dates(), st.times(), st.datetimes(), st.timedeltas(), st.decimals(allow_nan=False)),
    st.datetimes(timezones=st.just(timezone(timedelta(hours=3)))),
)
KEYS = st.one_of(
    st.just(TAG), st.text(st.characters(), max_size=3), st.integers(), st.dates(), st.tuples(st.integers(), st.text())
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(KEYS, inner, max_size=3),
        st.sets(st.integers() | st.text()),
        st.frozensets(st.binary()),
    ),
)


class Colour(IntEnum):
    """A number with a name."""

    RED = 1


def same(found: Any, expected: Any) -> bool:
    """Equal and of one type, all the way down: True is not 1, a list no tuple."""
    if type(found) is not type(expected):
        return False
    if isinstance(expected, dict):
        return len(found) == len(expected) and all(
            map(same, [*found, *found.values()], [*expected, *expected.values()])
        )
    if isinstance(expected, list | tuple):
        return len(found) == len(expected) and all(map(same, found, expected))
    return bool(found == expected)


@given(VALUES)
def test_values_come_back_as_they_were(value: Any) -> None:
    """Through the line of a document in a file, whatever they hold within each other."""
    line = line_of({"field": tagged(value)})
    assert b"\n" not in line
    assert same(untagged(stored(line)["field"]), value)


def stored(line: bytes) -> dict[str, Any]:
    """The fields of a document whose line that is, read from a file."""
    container = ContainerWriter()
    writer = StoredWriter(container)
    writer.add(line)
    writer.finish()
    sink = BytesIO()
    container.finish(sink)
    return StoredLines(Container(sink.getvalue(), "some.stored")).fields(0)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ({"a": [1, None, "x"]}, {"a": [1, None, "x"]}),  # what JSON can say is JSON
        (("a", 1), {"!": ["tuple", ["a", 1]]}),
        (datetime(2017, 10, 31, 8), {"!": ["datetime", "2017-10-31T08:00:00"]}),  # a date, too: the more special first
        (date(2017, 10, 31), {"!": ["date", "2017-10-31"]}),
        (time(8, 15), {"!": ["time", "08:15:00"]}),
        (timedelta(days=1, seconds=2), {"!": ["timedelta", [1, 2, 0]]}),
        (Decimal("1.10"), {"!": ["decimal", "1.10"]}),
        (b"\x00\xff", {"!": ["bytes", "AP8="]}),
        (float("-inf"), {"!": ["float", "-inf"]}),
        (2**64, {"!": ["int", "0x10000000000000000"]}),  # some readers make a float of it
        ("\ud800", {"!": ["text", "7aCA"]}),  # half a character is not UTF-8
        ({1: "a"}, {"!": ["dict", [[1, "a"]]]}),  # keys of JSON are text
        ({"!": 1}, {"!": ["dict", [["!", 1]]]}),  # what looks like a tag is none
    ],
)
def test_what_a_value_looks_like_in_the_file(value: Any, kept: Any) -> None:
    """Readable without this program."""
    assert tagged(value) == kept


@pytest.mark.parametrize(
    "value", [object(), Colour.RED, 1j, BytesIO(), np.int64(1), [len], {"a": {1: Path()}}], ids=str
)
def test_what_only_a_pickle_could_keep_is_refused(value: Any) -> None:
    """With its type and what to give instead."""
    with pytest.raises(UsageError, match=r"of type \w+ cannot be kept; give it as text"):
        tagged(value)


@pytest.mark.parametrize(
    "kept", [["datetime", "yesterday"], ["pickle", "gASV"], ["tuple"], 7, ["bytes", "?"], ["dict", [1]]]
)
def test_a_value_that_was_not_written_so_is_damage(kept: Any) -> None:
    """Kinds that are not known are not looked for anywhere."""
    with pytest.raises(ArchiveDamaged, match="cannot be read"):
        untagged({TAG: kept})


def test_a_refused_document_costs_itself_only() -> None:
    """Its lengths, columns and stored fields are nowhere; those before and after it are whole."""
    schema = fields.Schema(
        name=fields.TEXT(stored=True, sortable=True),
        other=fields.STORED,
        size=fields.COLUMN(columns.NumericColumn("i")),
    )
    index = RamStorage().create_index(schema)
    with index.writer(codec=ArrayCodec()) as writer:
        writer.add_document(name="one", other=1, size=1)
        with pytest.raises(UsageError):
            writer.add_document(name="two three", other=object(), size=2)
        writer.add_document(name="four", other={4}, size=4)
    with index.reader() as reader:
        assert list(reader.all_stored_fields()) == [{"name": "one", "other": 1}, {"name": "four", "other": {4}}]
        assert [reader.doc_field_length(doc, "name") for doc in (0, 1)] == [1, 1]
        assert [list(reader.column_reader(name)) for name in ("name", "size")] == [["one", "four"], [1, 4]]


@pytest.mark.parametrize(
    "column",
    [
        columns.PickleColumn(columns.VarBytesColumn()),
        columns.CompressedBlockColumn(),
        columns.PickleColumn(columns.CompressedBytesColumn()),
    ],
    ids=["values", "blocks", "compressed values"],
)
def test_columns_that_keep_pickles_are_refused(column: Any) -> None:
    """When the first value comes, before anything of it is kept."""
    index = RamStorage().create_index(fields.Schema(held=fields.COLUMN(column), name=fields.ID(stored=True)))
    writer = index.writer(codec=ArrayCodec())
    with pytest.raises(UsageError, match=r"held: a \w+ keeps pickles"):
        writer.add_document(held=b"x", name="a")
    writer.add_document(name="b")
    writer.commit()
    with index.reader() as reader:
        assert list(reader.all_stored_fields()) == [{"name": "b"}]


def test_a_value_that_a_column_cannot_hold_is_noticed_before_anything_is_kept() -> None:
    """Columns of one document are all written, or none."""
    both = {"a": fields.COLUMN(columns.NumericColumn("b")), "b": fields.COLUMN(columns.FixedBytesColumn(2))}
    index = RamStorage().create_index(fields.Schema(**both))
    writer = index.writer(codec=ArrayCodec())
    writer.add_document(a=1, b=b"xy")
    with pytest.raises(AssertionError):
        writer.add_document(a=2, b=b"too long")
    with pytest.raises(ValueError, match="document 1 was begun"):
        writer.add_document(a=3)
    writer.commit()
    with index.reader() as reader:
        assert reader.doc_count_all() == 1
        assert [list(reader.column_reader(name)) for name in "ab"] == [[1], [b"xy"]]
