"""What is marked in a title or a body: all that made the article match, and nothing else."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from query.strategies import anything_typed, nodes
from reference import matches
from samples import WORDS, texts

from searcher.models import Article
from searcher.query import Highlighter, parse
from searcher.query.nodes import And, Boost, Leaf, Node, Not, Or, Phrase, Prefer, Term


def marked(query: str, text: str, field: str = "body") -> list[str]:
    """The marked words."""
    return [text[mark.start : mark.end] for mark in Highlighter(parse(query).node).marks(text, field)]


@pytest.mark.parametrize(
    ("query", "text", "expected", "reason"),
    [
        ("kalibr", "A Kalibr struck. KALIBR!", ["Kalibr", "KALIBR"], "a word wherever it stands"),
        ("missile", "The missiles, one missile", ["missiles", "missile"], "whatever its ending"),
        ("=missile", "The missiles, one missile", ["missile"], "exactly, if so asked"),
        ('"abu kamal"', "Abu Kamal. Kamal met Abu.", ["Abu Kamal"], "a phrase is one mark; lone words are none"),
        ('"abu kamal"', "Abu\n  Kamal", ["Abu\n  Kamal"], "across a line end"),
        ('"abu kamal"', "Abu-Kamal and Abu, Kamal", ["Abu-Kamal", "Abu, Kamal"], "whatever stands between its words"),
        ("abu kamal", "Abu Kamal. Kamal met Abu.", ["Abu Kamal", "Kamal", "Abu"], "words side by side are one mark"),
        ("abu kamal", "abu-kamal, abu\u2011kamal", ["abu-kamal", "abu\u2011kamal"], "with a hyphen between them"),
        ("abu kamal", "to Abu\n\nKamal fell", ["Abu", "Kamal"], "but not those of two paragraphs"),
        ("abu kamal", "to Abu\n \nKamal fell", ["Abu", "Kamal"], "however blank the line between"),
        ("abu kamal", "Abu, Kamal", ["Abu", "Kamal"], "nor those of two parts of a sentence"),
        (
            '"fired kamal"~2',
            "fired at Abu Kamal; fired one two three at Kamal",
            ["fired", "Kamal", "fired"],
            "words near each other, each by itself: the last of the first stretch begins another",
        ),
        ('"fired kamal"~1', "fired one two Kamal", [], "not too far"),
        ('"kamal abu"~0', "Abu Kamal", [], "nought is side by side in order"),
        ("mis*", "Missiles missed the mission", ["Missiles missed", "mission"], "a beginning"),
        ("m?ss*", "Missiles amiss", ["Missiles"], "a pattern"),
        ("misile~1", "A missile, missiles", ["missile"], "a letter away"),
        ("S-300", "S-300, S300, S 300, 300", ["S-300", "S300", "S 300"], "a designator however written"),
        ("s300", "S-300s", ["S-300"], "without its ending"),
        ("ceasefire", "a cease-fire", ["cease-fire"], "a compound by its whole"),
        ("fire", "a cease-fire", ["fire"], "and by a part"),
        ("russia", "Russia's port", ["Russia"], "without a possessive ending"),
        ("muller", "Herr Müller", ["Müller"], "with its accents"),
        ("navy -port", "navy port", ["navy"], "what is excluded is never marked"),
        ('navy -"sea port"', "navy sea port", ["navy"], "a phrase neither"),
        ("navy NOT (port OR sea)", "navy port sea", ["navy"], "nor several"),
        ("navy OR port", "navy or port", ["navy", "port"], "alternatives"),
        ("navy^3", "the navy", ["navy"], "what counts more"),
        ("title:navy port", "navy port", ["port"], "what is asked of the title only"),
        ("body:navy", "navy", ["navy"], "what is asked of the body"),
        ("location:Syria navy", "Syria navy", ["navy"], "a value is no word of the text"),
        ("date:2017 navy", "in 2017 the navy", ["navy"], "nor is a date"),
        ("*", "navy", [], "everything is nothing in particular"),
        ("порт", "в порту", ["порту"], "in any script"),
        ("navy", "", [], "an empty text"),
    ],
)
def test_marks_in_a_body(query: str, text: str, expected: list[str], reason: str) -> None:
    """Whole phrases, never a word of them alone."""
    assert marked(query, text) == expected, reason


@pytest.mark.parametrize(
    ("query", "expected"),
    [("navy", ["navy"]), ("title:navy", ["navy"]), ("body:navy", []), ('title:"the navy"', ["the navy"])],
)
def test_marks_in_a_title(query: str, expected: list[str]) -> None:
    """A title shows what was asked of it or of any text."""
    assert marked(query, "See the navy", "title") == expected


def test_a_mark_knows_what_it_shows() -> None:
    """Of two words side by side both are shown: the mark carries the numbers of both."""
    marks = Highlighter(parse("abu kamal").node).marks("Abu Kamal and Kamal")
    assert [mark.leaves for mark in marks] == [{0, 1}, {1}]


def test_other_spellings_and_preferences_are_marked_as_what_they_hold() -> None:
    """A spelling nobody typed is marked; what only ranks is not."""
    node = Prefer(Or((Term("abu"), Boost(Phrase("al bukamal"), 0.6))), Phrase("never typed"))
    text = "never typed: Abu, Al-Bukamal"
    assert [text[mark.start : mark.end] for mark in Highlighter(node).marks(text)] == ["Abu", "Al-Bukamal"]


@given(anything_typed(), st.one_of(st.text(max_size=200), texts()))
@example("*a*", "a\u0301-\u0301b")
def test_marks_are_in_order_and_apart(query: str, text: str) -> None:
    """For any query and any text: valid offsets, not empty, sorted, disjoint."""
    marks = Highlighter(parse(query).node).marks(text)
    edges = [edge for mark in marks for edge in (mark.start, mark.end)]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)


def _positive(node: Node) -> bool:
    if isinstance(node, Leaf):
        return node.field in (None, "body")
    return isinstance(node, And | Or) and all(map(_positive, node.nodes))


@given(nodes(WORDS), texts())
def test_a_text_that_matches_is_marked(node: Node, body: str) -> None:
    """Whatever words, phrases and patterns make a body match are marked in it; where none does, nothing is."""
    matching = matches(node, Article(id="a", title="", body=body))
    marks = Highlighter(node).marks(body)
    if _positive(node):
        assert marks or not matching
    if isinstance(node, Leaf):
        assert matching == bool(marks) or not _positive(node)
    if isinstance(node, Not) and isinstance(node.node, Leaf):
        assert marks == ()
