"""By which spellings an article has the names of a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import article

from searcher.analysis import words
from searcher.models import Mention
from searcher.query import Highlighter, Names, make_plan

SPELLINGS = {
    "abu kamal": ("Albu Kamal", "Al-Bukamal", "Bukamal"),
    "bukamal": ("Abu Kamal", "Al-Bukamal"),
    "isis": ("Islamic State", "Islamic State of Iraq", "Daesh"),
}
NAMES = Names(spell=lambda name: SPELLINGS.get(name.lower(), ()))


def matched(query: str, title: str = "", body: str = "", **options: object) -> tuple[str, ...]:
    """The spellings told of an article."""
    fields = {name: options.pop(name) for name in ("locations", "actors", "mentioned", "mentions") if name in options}
    node = make_plan(query, options, NAMES).request.node  # type: ignore[arg-type]  # options as the test gives them
    return Highlighter(node).show(article(title=title, body=body, **fields)).spellings


@pytest.mark.parametrize(
    ("query", "body", "expected", "reason"),
    [
        ("Abu Kamal", "In Abu Kamal.", (), "the one typed"),
        ("Abu Kamal", "In ABU KAMAL.", (), "in whatever case"),
        ("Abu Kamal", "In Albu Kamal.", ("Albu Kamal",), "another"),
        ('"Abu Kamal"', "In Albu Kamal.", ("Albu Kamal",), "for a phrase too"),
        ("Abu Kamal", "Albu Kamal, Abu Kamal.", ("Albu Kamal",), "another beside the one typed"),
        ("Abu Kamal", "Al-Bukamal; Albu Kamal; al-Bukamal.", ("Al-Bukamal", "Albu Kamal"), "several, each once"),
        ("Abu Kamal", "In al-Bukamal.", ("al-Bukamal",), "as the article writes it"),
        ("Abu Kamal", "In Al-\nBukamal.", ("Al- Bukamal",), "on one line"),
        ("Abu Kamal", "From Al-Bukamal to Bukamal.", ("Al-Bukamal", "Bukamal"), "one within another, and by itself"),
        ("Bukamal", "In Bukamal.", (), "a name that stands within its other spelling"),
        ("Bukamal", "In Al-Bukamal.", ("Al-Bukamal",), "where the article has that one"),
        ("Abu Kamal", "Abu, and Kamal; Daesh.", (), "words apart are no spelling"),
        ("ISIS Abu Kamal", "Daesh in Albu Kamal.", ("Daesh", "Albu Kamal"), "of every name, in their order"),
        ("ISIS", "Islamic State of Iraq", ("Islamic State of Iraq",), "the whole of it"),
        ("ISIS", "Islamic State's men", ("Islamic State",), "without the ending of a possessive"),
        ("-ISIS kamal", "Daesh, Kamal", (), "a name that keeps articles out tells nothing"),
        ("kamal -(navy -ISIS)", "Daesh, Kamal", ("Daesh",), "twice is not at all"),
        ("ISIS OR navy", "Daesh", ("Daesh",), "of alternatives those that are there"),
        ("=ISIS", "Daesh", (), "a name in no other spelling"),
        ("title:ISIS", "Daesh", (), "nor in a field of text"),
        ("Daesh OR Islamic", "Daesh", (), "alternatives that were typed"),
    ],
)
def test_spellings_in_a_text(query: str, body: str, expected: tuple[str, ...], reason: str) -> None:
    """The spellings that stand there, as they are written, other than the one typed."""
    assert matched(query, body=body) == expected, reason


def test_those_of_the_title_come_first() -> None:
    """Each once."""
    assert matched("Abu Kamal", "Al-Bukamal falls", "Albu Kamal, Al-Bukamal") == ("Al-Bukamal", "Albu Kamal")


@pytest.mark.parametrize("option", ["exact", "phrase"])
def test_none_for_names_as_typed(option: str) -> None:
    """Who wants no other spelling is told of none."""
    assert matched("Abu Kamal", body="Abu Kamal or Al-Bukamal", **{option: True}) == ()


def named(text: str, name: str) -> Mention:
    """A mention of a place."""
    return Mention(text=text, start=0, end=len(text), field="body", kind="LOC", id=name, name=name)


@pytest.mark.parametrize(
    ("query", "expected", "reason"),
    [
        ("location:Bukamal", ("Albu Kamal", "Al-Bukamal"), "what the value is called in the article"),
        ('location:"Abu Kamal"', (), "the value as typed"),
        ("location:Kamal", (), "or a word of it"),
        ("mention:Bukamal", ("Albu Kamal", "Al-Bukamal"), "any mention"),
        ("actor:Bukamal", (), "which no actor is called"),
        ("-location:Bukamal", (), "a value that keeps articles out"),
    ],
)
def test_spellings_of_a_value(query: str, expected: tuple[str, ...], reason: str) -> None:
    """A value that is carried under another name than the typed one is told as the article writes it."""
    mentions = (named("Albu Kamal", "Abu Kamal"), named("Damascus", "Damascus"), named("Al-Bukamal", "Abu Kamal"))
    places = ("Abu Kamal", "Syria")
    assert matched(query, locations=places, mentioned=places, mentions=mentions) == expected, reason


PARTS = ("Abu Kamal", "Albu Kamal", "Al-Bukamal", "Bukamal", "Abu", "Kamal", "al-", "bukamal", "navy", ",", "\n", "'s")


@given(st.lists(st.sampled_from(PARTS), max_size=8).map(" ".join), st.sampled_from(("Abu Kamal", "Bukamal")))
def test_what_is_told_stands_in_the_text(body: str, query: str) -> None:
    """Word for word, under one of the other spellings, and never as it was typed."""
    for spelling in matched(query, body=body):
        assert spelling in " ".join(body.split())
        assert words(spelling) in [words(other) for other in SPELLINGS[query.lower()]]
        assert words(spelling) != words(query)
