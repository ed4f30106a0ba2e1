"""The postings of a field: what is encoded is decoded, whatever width or form a list is kept in."""

from dataclasses import dataclass, field
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.engines.whoosh.codec.container import Array, Container, ContainerWriter
from searcher.engines.whoosh.codec.encode import BITS, BLOCK, FEWEST_FOR_BITS, FieldEncoder
from searcher.engines.whoosh.codec.packing import pack_steps
from searcher.engines.whoosh.codec.postings import FieldPostings
from searcher.engines.whoosh.codec.runs import Run, combine

Term = tuple[list[int], list[float], list[bytes]]
"""Documents, weights, and what is kept of each posting."""


def run_of(terms: dict[bytes, Term], payload: str) -> Run:
    """The terms flat; payload is none, positions (then as many as the weight says, 3 apart) or opaque."""
    named = sorted(terms.items())
    counts = np.array([len(docs) for _, (docs, _, _) in named], dtype=np.int64)
    docs = np.array([doc for _, (docs, _, _) in named for doc in docs], dtype=np.int64)
    given_weights = [weight for _, (_, weights, _) in named for weight in weights]
    whole = all(weight == int(weight) for weight in given_weights)
    weights = np.array(given_weights, dtype=np.uint32 if whole else np.float32)
    packed = sizes = None
    if payload == "opaque":
        values = [value for _, (_, _, values) in named for value in values]
        packed = np.frombuffer(b"".join(values), dtype=np.uint8)
        sizes = np.array([len(value) for value in values], dtype=np.int64)
    elif payload == "positions":
        packed, sizes = pack_steps(positions_of(docs, weights), weights.astype(np.int64))
    return Run([term for term, _ in named], counts, docs, weights, packed, sizes)


def positions_of(docs: Array, weights: Array) -> npt.NDArray[np.int64]:
    """Positions that can be told from the document: the first at 7 times its number, so that many are escaped."""
    owners = np.repeat(docs, weights.astype(np.int64))
    within = np.concatenate([np.arange(weight) for weight in [0, *weights.tolist()]])
    return np.asarray(7 * owners + 3 * within, dtype=np.int64)


def written(runs: list[Run], documents: int, *, opaque: bool = False) -> FieldPostings:
    """A field of those runs, read back."""
    writer = ContainerWriter()
    encoder = FieldEncoder(writer, "field", documents)
    for run in runs:
        encoder.add(run, opaque=opaque)
    encoder.finish()
    sink = BytesIO()
    writer.finish(sink)
    return FieldPostings(Container(sink.getvalue(), "some.postings"), "field", documents)


def assert_same(found: Run, expected: Run) -> None:
    """Every part of two runs."""
    assert list(found.terms) == list(expected.terms)
    for name in ("counts", "docs", "weights", "payload", "sizes"):
        here, there = getattr(found, name), getattr(expected, name)
        assert (here is None) == (there is None), name
        assert here is None or here.tolist() == there.tolist(), name


@dataclass(frozen=True)
class Field:
    """How many documents there are, and the terms in them."""

    documents: int
    terms: dict[bytes, Term] = field(repr=False)


DOCUMENTS = st.sampled_from([1, 7, FEWEST_FOR_BITS - 1, FEWEST_FOR_BITS, 3_000, 200_000])
WEIGHTS = st.sampled_from(
    [
        st.just(1),
        st.integers(1, 15),  # nibbles
        st.integers(1, 255),  # bytes
        st.integers(1, 100_000),  # more
        st.floats(0.25, 10, width=32),
    ]
)


@st.composite
def fields(draw: st.DrawFn) -> Field:
    """Some terms: rare ones, and ones that most documents have."""
    documents = draw(DOCUMENTS)
    terms: dict[bytes, Term] = {}
    for term in draw(st.sets(st.binary(min_size=1, max_size=4), min_size=1, max_size=6)):
        if 100 < documents <= 3_000 and draw(st.booleans()):
            step = draw(st.integers(1, 300))
            docs = list(range(draw(st.integers(0, documents - 1)), documents, step))
        else:
            docs = sorted(draw(st.sets(st.integers(0, documents - 1), min_size=1, max_size=20)))
        some = draw(st.lists(draw(WEIGHTS), min_size=1, max_size=5))
        weights = [some[number % len(some)] for number in range(len(docs))]
        values = [bytes([number % 251]) * (number % 4) for number in range(len(docs))]
        terms[term] = (docs, weights, values)
    return Field(documents, terms)


@given(fields(), st.booleans())
def test_postings_come_back_as_they_were(held: Field, opaque: bool) -> None:
    """Term by term and in ranges of terms: documents, weights, and the bytes that a format keeps."""
    documents, terms = held.documents, held.terms
    run = run_of(terms, "opaque" if opaque else "none")
    found = written([run], documents, opaque=opaque)
    assert list(found.terms) == sorted(terms)
    assert found.has_payload == opaque
    for term, (docs, weights, values) in terms.items():
        ordinal = found.find(term)
        assert found.docs(ordinal).tolist() == docs
        assert found.weights(ordinal).tolist() == weights
        assert np.flatnonzero(found.having(ordinal)).tolist() == docs
        assert not opaque or found.values(ordinal) == values
    assert_same(found.run(0, len(terms)), run)
    if len(terms) > 2:
        assert_same(
            found.run(1, len(terms) - 1), run_of(dict(sorted(terms.items())[1:-1]), "opaque" if opaque else "none")
        )
    assert found.find(b"in no field") == -1


def test_a_field_without_terms_is_empty() -> None:
    """It is there, and nothing is in it."""
    found = written([], 10)
    assert list(found.terms) == []
    assert found.find(b"term") == -1
    assert found.run(0, 0).docs.tolist() == []


@given(fields(), st.data())
def test_terms_summed_are_counted_together(held: Field, data: st.DataObject) -> None:
    """For neighbours and for any others: each document once, with the sum of what it has of them."""
    documents, terms = held.documents, held.terms
    found = written([run_of(terms, "none")], documents)
    chosen = sorted(data.draw(st.sets(st.sampled_from(range(len(terms))))))
    expected: dict[int, float] = {}
    for ordinal in chosen:
        docs, weights, _ = terms[found.terms[ordinal]]
        for doc, weight in zip(docs, weights, strict=True):
            expected[doc] = expected.get(doc, 0) + weight
    docs, often = found.summed(np.array(chosen, dtype=np.int64))
    assert docs.tolist() == sorted(expected)
    assert often.tolist() == pytest.approx([expected[doc] for doc in sorted(expected)])


def long_lists(step: int = 11) -> dict[bytes, Term]:
    """Lists just below, at and beyond one, two and three blocks, with one and with several positions a document."""
    sizes = [1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 1, 3 * BLOCK + 50]
    lists = {}
    for size in sizes:
        docs = list(range(size % 5, size % 5 + step * size, step))
        lists[b"once%04d" % size] = (docs, [1.0] * size, [b""] * size)
        lists[b"often%04d" % size] = (docs, [1.0 + number % 4 for number in range(size)], [b""] * size)
        lists[b"very%04d" % size] = (docs, [1.0 + number % 40 for number in range(size)], [b""] * size)
    return lists


@pytest.mark.parametrize(("documents", "step"), [(1_400, 3), (40_000, 11)], ids=["bits", "steps"])
def test_positions_come_back_whole(documents: int, step: int) -> None:
    """Those of a whole list, decoded in one pass, however its documents are kept."""
    terms = long_lists(step)
    run = run_of(terms, "positions")
    held = written([run], documents)
    kinds = {int(kind) for kind in held._kind}
    assert (BITS in kinds) == (step == 3)
    for term, (docs, weights, _) in terms.items():
        counts, found = held.positions(held.find(term))
        assert counts.tolist() == weights
        assert found.tolist() == positions_of(np.array(docs), np.array(weights, dtype=np.int64)).tolist()
    assert_same(held.run(0, len(terms)), run)


@given(st.sampled_from(sorted(long_lists())), st.data())
def test_positions_of_some_documents_are_read_by_blocks(term: bytes, data: st.DataObject) -> None:
    """Whichever are wanted: the same as of the whole list, each with the head of its document added."""
    terms = long_lists()
    held = written([run_of(terms, "positions")], 40_000)
    docs, weights, _ = terms[term]
    wanted = sorted(data.draw(st.sets(st.sampled_from(range(len(docs))), min_size=1, max_size=10)))
    heads = np.array([1_000_000 * number for number in range(len(wanted))], dtype=np.int64)
    found = held.places(held.find(term), held.weights(held.find(term)), np.array(wanted), heads)
    assert found.tolist() == [
        1_000_000 * number + 7 * docs[place] + 3 * step
        for number, place in enumerate(wanted)
        for step in range(int(weights[place]))
    ]


@pytest.mark.parametrize("payload", ["none", "positions", "opaque"])
def test_a_field_written_in_pieces_is_the_field_written_at_once(payload: str) -> None:
    """Terms may be added range by range, as a merge does."""
    terms = sorted(long_lists().items())
    pieces = [run_of(dict(terms[start : start + 5]), payload) for start in range(0, len(terms), 5)]
    whole = run_of(dict(terms), payload)
    assert_same(written(pieces, 6_000, opaque=payload == "opaque").run(0, len(terms)), whole)


@given(fields(), st.data(), st.sampled_from(["none", "positions", "opaque"]))
def test_runs_of_parts_combine_to_the_run_of_the_whole(held: Field, data: st.DataObject, payload: str) -> None:
    """Documents cut into parts, each part a run, and put together again."""
    documents, terms = held.documents, held.terms
    if payload == "positions":
        terms = {term: (docs, [1.0 + doc % 20 for doc in docs], values) for term, (docs, _, values) in terms.items()}
    cuts = sorted(data.draw(st.sets(st.integers(0, documents), max_size=3)))
    parts: list[Run] = []
    for first, end in zip([0, *cuts], [*cuts, documents], strict=True):
        inside = {term: _cut(held, first, end) for term, held in terms.items()}
        parts.append(run_of({term: held for term, held in inside.items() if held[0]}, payload))
    assert_same(combine(parts), run_of(terms, payload))


def _cut(held: Term, first: int, end: int) -> Term:
    return _kept(held, [place for place, doc in enumerate(held[0]) if first <= doc < end])


def _kept(held: Term, places: list[int]) -> Term:
    docs, weights, values = held
    return [docs[place] for place in places], [weights[place] for place in places], [values[place] for place in places]


@given(fields(), st.data())
def test_documents_that_go_leave_no_trace(held: Field, data: st.DataObject) -> None:
    """Renumbered without some documents: as if they had never been there."""
    documents, terms = held.documents, held.terms
    gone = data.draw(st.sets(st.integers(0, documents - 1), max_size=20))
    numbers = np.ones(documents, dtype=np.int64)
    numbers[sorted(gone)] = 0
    numbers = np.where(numbers == 1, np.cumsum(numbers) - 1, -1)
    kept: dict[bytes, Term] = {}
    for term, (docs, weights, values) in terms.items():
        places = [place for place, doc in enumerate(docs) if doc not in gone]
        if places:
            left, mapped = _kept((docs, weights, values), places), numbers.tolist()
            kept[term] = ([mapped[doc] for doc in left[0]], *left[1:])
    assert_same(run_of(terms, "opaque").renumbered(numbers).without_empty(), run_of(kept, "opaque"))
