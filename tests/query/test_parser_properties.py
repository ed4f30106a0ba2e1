"""What holds for any query whatever."""

from hypothesis import assume, example, given
from hypothesis import strategies as st
from query.strategies import anything_typed, queries

from searcher.query import parse
from searcher.query.combine import MAX_BOOST
from searcher.query.nodes import Boost, Node, children, describe
from searcher.query.parser import MAX_DEPTH, MAX_UNITS


def _walk(node: Node, depth: int = 0) -> list[tuple[Node, int]]:
    return [(node, depth), *(found for child in children(node) for found in _walk(child, depth + 1))]


@given(anything_typed(), st.sampled_from(("all", "any")))
@example('"', "all")
@example("date:99999999..", "all")
@example("date:>9999-12-31", "all")
@example("x^" + "9" * 400, "all")
@example('"a b"~' + "9" * 400, "all")
def test_whatever_is_typed_is_read(text: str, match: str) -> None:
    """No error, a description, notes in sentences, and a node within the limits."""
    parsed = parse(text, match=match)
    assert isinstance(describe(parsed.node), str)
    assert all(note and "\n" not in note for note in parsed.notes)
    walked = _walk(parsed.node)
    assert sum(not children(node) for node, _ in walked) <= 2 * MAX_UNITS
    assert max(depth for _, depth in walked) <= 4 * MAX_DEPTH
    assert all(0 <= node.factor <= MAX_BOOST for node, _ in walked if isinstance(node, Boost))


@given(anything_typed())
def test_reading_twice_gives_the_same(text: str) -> None:
    """A query means one thing."""
    assert parse(text) == parse(text)


@given(queries())
def test_a_query_in_good_order_is_its_own_description(query: str) -> None:
    """Who types what `--explain` shows gets the same query."""
    parsed = parse(query)
    assume(not parsed.notes)
    again = parse(describe(parsed.node))
    assert (again.node, again.notes) == (parsed.node, ())


@given(queries(), st.sampled_from(("“{}”", "„{}“", "«{}»", "「{}」")))
def test_quotation_marks_of_any_kind_are_the_same(query: str, pair: str) -> None:
    """A query with its quotation marks exchanged for others means the same."""
    parts = query.split('"')
    opening, closing = pair.split("{}")
    changed = parts[0]
    for number, part in enumerate(parts[1:]):
        changed += (opening, closing)[number % 2] + part
    assert parse(changed) == parse(query)


@given(queries())
def test_spaces_around_a_query_do_not_matter(query: str) -> None:
    """Nor do unseen characters between its words."""
    assert parse(f" \u200b{query.replace(' ', '  ')}\t") == parse(query) or '"' in query
