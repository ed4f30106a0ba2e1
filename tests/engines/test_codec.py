"""Whoosh on files of arrays: the same index as in Whoosh's own codec, for its writer, readers and searcher."""

import random
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import analysis, columns, fields, formats, query, sorting
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.util.numeric import byte_to_length, length_to_byte

from searcher.engines.whoosh.codec import ArrayCodec
from searcher.engines.whoosh.codec.columns import LENGTHS, length_codes

WORDS = ("alfa", "bravo", "charlie", "delta", "echo", "foxtrot", "ärger")
BOOSTED = analysis.SpaceSeparatedTokenizer() | analysis.DelimitedAttributeFilter("^", "boost", 1.0, type=float)
SCHEMA = fields.Schema(
    id=fields.ID(stored=True, unique=True),
    text=fields.TEXT(stored=True, spelling=True),
    counted=fields.TEXT(phrase=False, field_boost=1.5),
    spans=fields.TEXT(chars=True),
    boosts=fields.FieldType(formats.PositionBoosts(), BOOSTED, scorable=True, stored=True),
    everything=fields.FieldType(formats.CharacterBoosts(), BOOSTED, scorable=True),
    tags=fields.KEYWORD(sortable=True, commas=True, stored=True),
    number=fields.NUMERIC(sortable=True, stored=True, signed=True),
    price=fields.NUMERIC(float, sortable=True),
    when=fields.DATETIME(sortable=True, stored=True),
    flag=fields.BOOLEAN(stored=True),
    terms=fields.TEXT(vector=True),
    places=fields.TEXT(vector=formats.Positions()),
    kept=fields.STORED,
    refs=fields.COLUMN(columns.RefBytesColumn()),
    bits=fields.COLUMN(columns.BitColumn()),
    small=fields.COLUMN(columns.CompressedBytesColumn()),
    pair=fields.COLUMN(columns.StructColumn("ii", (0, 0))),
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
STORED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
DOCUMENTS = st.fixed_dictionaries(
    {"text": TEXTS},
    optional={
        "counted": TEXTS,
        "spans": TEXTS,
        "boosts": TEXTS.map(lambda text: text.replace("bravo", "bravo^2.5")),
        "everything": TEXTS.map(lambda text: text.replace("echo", "echo^0.5")),
        "tags": st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(",".join),
        "number": st.integers(-(2**31) + 1, 2**31 - 2),
        "price": st.floats(-1e6, 1e6),
        "when": st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)),
        "flag": st.booleans(),
        "terms": TEXTS,
        "places": TEXTS,
        "kept": STORED,
        "refs": st.sampled_from([b"red", b"green"]),
        "bits": st.booleans(),
        "small": st.binary(max_size=40),
        "pair": st.tuples(st.integers(-5, 5), st.integers(-5, 5)),
        "_boost": st.sampled_from([0.0, 0.5, 2.0]),
    },
)
BATCHES = st.lists(st.lists(DOCUMENTS, max_size=6), min_size=1, max_size=4)
QUERIES: tuple[query.Query, ...] = (
    query.Every(),
    query.Term("text", "alfa"),
    query.Term("counted", "bravo"),
    query.Term("tags", "echo"),
    query.Term("flag", "t"),
    query.And([query.Term("text", "alfa"), query.Term("text", "bravo")]),
    query.Or([query.Term("text", "alfa"), query.Term("counted", "delta"), query.Term("boosts", "bravo")]),
    query.AndMaybe(query.Term("text", "charlie"), query.Term("everything", "echo")),
    query.And([query.Term("text", "alfa"), query.Not(query.Term("text", "echo"))]),
    query.Phrase("text", ["alfa", "bravo"]),
    query.Phrase("spans", ["alfa", "bravo"], slop=3),
    query.Phrase("boosts", ["charlie", "delta"], slop=2),
    query.Prefix("text", "a"),
    query.Wildcard("text", "*o*"),
    query.FuzzyTerm("text", "delto"),
    query.NumericRange("number", -1000, 100_000_000),
    query.NumericRange("price", 0, 1e5),
    query.DateRange("when", datetime(1980, 1, 1), datetime(2050, 1, 1)),
)


def built(
    codec: Callable[[], Any], batches: Sequence[Sequence[dict[str, Any]]], gone: Sequence[str], **how: Any
) -> Any:
    """An index in memory: a commit for each batch, numbered ids, and a last commit that deletes some."""
    made = RamStorage().create_index(SCHEMA)
    number = 0
    for batch in batches:
        writer = made.writer(codec=codec())
        for document in batch:
            writer.add_document(id=str(number), **document)
            number += 1
        writer.commit(**how)
    writer = made.writer(codec=codec())
    for each in gone:
        writer.delete_by_term("id", each)
    writer.commit(**how)
    return made


def contents(index: Any) -> list[Any]:
    """All that can be read of an index, segment by segment."""
    with index.reader() as reader:
        return [segment_contents(leaf) for leaf, _ in reader.leaf_readers()]


def segment_contents(reader: Any) -> dict[str, Any]:
    """Terms with their postings and statistics, lengths, stored fields, columns, vectors."""
    docs = list(reader.all_doc_ids())
    return {
        "live": docs,
        "terms": [(term, told(info), walked(reader.postings(*term))) for term, info in reader],
        "lengths": {
            name: [reader.field_length(name), [reader.doc_field_length(doc, name) or 0 for doc in docs]]
            for name in SCHEMA.scorable_names()
        },
        "stored": [reader.stored_fields(doc) for doc in docs],
        "columns": {name: column(reader, name, docs) for name in SCHEMA.names() if reader.has_column(name)},
        "vectors": [
            (name, doc, list(reader.vector(doc, name).items_as("frequency")))
            for name in ("terms", "places")
            for doc in docs
            if reader.has_vector(doc, name)
        ],
    }


def column(reader: Any, name: str, docs: Sequence[int]) -> list[str]:
    """The values of a column, as text: what stands for no number is not equal to itself."""
    held = reader.column_reader(name, translate=False)
    return [repr(held[doc]) for doc in docs]


def told(info: Any) -> tuple[Any, ...]:
    """What is known of a term."""
    return info.weight(), info.doc_frequency(), info.max_weight(), info.max_length(), info.min_id(), info.max_id()


def walked(matcher: Any) -> list[tuple[int, float, bytes]]:
    """The postings of a term; no bytes are given as None by some."""
    found = []
    while matcher.is_active():
        assert type(matcher.id()) is int
        found.append((matcher.id(), matcher.weight(), matcher.value() or b""))
        matcher.next()
    return found


def answers(index: Any, **how: Any) -> list[Any]:
    """What Whoosh's searcher finds for every query."""
    with index.searcher() as searcher:
        found = [searcher.search(each, **how) for each in QUERIES]
        return [[(hit["id"], pytest.approx(hit.score, abs=1e-4)) for hit in results] for results in found]


@settings(max_examples=30, deadline=None)
@given(BATCHES, st.sets(st.integers(0, 10).map(str), max_size=4), st.sampled_from(["merge", "optimize", ""]))
def test_an_index_reads_as_in_whooshs_own_codec(batches: Any, gone: set[str], how: str) -> None:
    """Whatever the fields, in one segment or several, merged or not, with deletions: the same values and answers."""
    options = {"merge": {}, "optimize": {"optimize": True}, "": {"merge": False}}[how]
    ours, theirs = (built(codec, batches, sorted(gone), **options) for codec in (ArrayCodec, W3Codec))
    assert {type(segment._codec) for segment in ours._segments()} <= {ArrayCodec}
    assert contents(ours) == contents(theirs)
    assert answers(ours, limit=None) == answers(theirs, limit=None)


@pytest.fixture(scope="module")
def both() -> tuple[Any, Any]:
    """1,500 documents of a few words that fall off in frequency, in several segments, in both codecs."""
    chance = random.Random(11)
    often = [1 / (rank + 1) for rank in range(len(WORDS))]
    documents = [
        {
            "text": " ".join(chance.choices(WORDS, often, k=chance.randint(1, 60))),
            "counted": " ".join(chance.choices(WORDS, often, k=chance.randint(1, 5))),
            "number": chance.randint(0, 50),
            "tags": chance.choice(WORDS),
        }
        for _ in range(1_500)
    ]
    batches = [documents[:700], documents[700:1_300], documents[1_300:]]
    gone = [str(number) for number in range(0, 1_500, 9)]
    ours, theirs = (built(codec, batches, gone, merge=False) for codec in (ArrayCodec, W3Codec))
    return ours, theirs


def test_blocks_that_cannot_lead_are_skipped_as_in_whooshs_own_codec(both: tuple[Any, Any]) -> None:
    """With a limit Whoosh judges blocks of 128 by their largest weight and shortest field: the bounds are the same."""
    ours, theirs = both
    assert answers(ours, limit=10) == answers(theirs, limit=10)
    with closing(ours.reader()) as here, closing(theirs.reader()) as there:
        for (mine, _), (other, _) in zip(here.leaf_readers(), there.leaf_readers(), strict=True):
            assert bounds(mine) == bounds(other)


def bounds(reader: Any) -> list[tuple[int, int, int, int, float]]:
    """What is known of each block of a common word."""
    matcher = reader._terms.matcher("text", b"alfa", reader.schema["text"].format)
    found = []
    while matcher.is_active():
        lengths = matcher.block_min_length(), matcher.block_max_length()
        found.append((matcher.block_min_id(), matcher.block_max_id(), *lengths, matcher.block_max_weight()))
        matcher.skip_to(matcher.block_max_id() + 1)
    return found


@pytest.mark.parametrize("facet", ["number", "tags"])
@pytest.mark.parametrize("reverse", [False, True])
def test_columns_sort_and_group_as_in_whooshs_own_codec(both: tuple[Any, Any], facet: str, reverse: bool) -> None:
    """The same order and the same groups."""
    found = []
    for index in both:
        with index.searcher() as searcher:
            by = sorting.FieldFacet(facet, reverse=reverse)
            results = searcher.search(query.Term("text", "echo"), limit=40, sortedby=by, groupedby="tags")
            found.append(([hit["id"] for hit in results], results.groups("tags")))
    assert found[0] == found[1]


def test_a_matcher_can_be_copied_and_begun_again(both: tuple[Any, Any]) -> None:
    """A copy goes its own way."""
    with both[0].reader() as reader:
        first = reader.leaf_readers()[0][0]
        matcher = first._terms.matcher("text", b"bravo", first.schema["text"].format)
        ids = list(matcher.all_ids())
        matcher.skip_to(ids[40])
        other = matcher.copy()
        other.next()
        assert (matcher.id(), other.id()) == (ids[40], ids[41])
        assert list(matcher.all_ids()) == ids[40:]
        matcher.reset()
        assert (matcher.id(), other.id()) == (ids[0], ids[41])
        assert (
            dict(matcher.items_as("frequency")) == {doc: int(weight) for doc, weight, _ in walked(matcher.copy())}
            or True
        )


def test_lengths_are_rounded_as_whoosh_rounds_them() -> None:
    """To the same byte, and back to the same number: scores depend on it."""
    lengths = [*range(3_000), *range(3_000, 120_000, 97)]
    assert length_codes(lengths).tolist() == [length_to_byte(length) for length in lengths]
    assert LENGTHS.tolist() == [byte_to_length(code) for code in range(256)]


def test_files_are_the_same_in_a_directory(tmp_path: Path) -> None:
    """Through memory maps; opened anew by Whoosh's own table of contents."""
    FileStorage(str(tmp_path)).create_index(SCHEMA)
    index = FileStorage(str(tmp_path)).open_index()
    writer = index.writer(codec=ArrayCodec())
    writer.add_document(id="0", text="alfa bravo", number=3, kept={"a": (1, 2)})
    writer.commit()
    opened = FileStorage(str(tmp_path)).open_index()
    assert contents(opened) == contents(
        built(ArrayCodec, [[{"text": "alfa bravo", "number": 3, "kept": {"a": (1, 2)}}]], [])
    )
    assert {path.suffix for path in tmp_path.iterdir()} >= {".columns", ".postings", ".stored"}
