"""Names in their other spellings, and words that rank first side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query.strategies import nodes
from reference import matches
from samples import WORDS, articles

from searcher.models import Article
from searcher.query import expand_names, parse, prefer_adjacent
from searcher.query.names import MAX_SPELLINGS
from searcher.query.nodes import And, Node, Or, Phrase, Prefer, Term, describe

SPELLINGS = {
    "abu kamal": ("Albu Kamal", "Al-Bukamal"),
    "islamic state": ("ISIS", "Daesh"),
    "islamic state of iraq": ("ISI",),
    "iraq": ("Irak",),
    "isis": ("Islamic State",),
}


def spell(name: str) -> tuple[str, ...]:
    """The other spellings of a few names."""
    return SPELLINGS.get(name.lower(), ())


@pytest.mark.parametrize(
    ("query", "expected", "notes", "reason"),
    [
        (
            "ISIS",
            'ISIS OR ="Islamic State"^0.3',
            ("ISIS also matches Islamic State (=ISIS turns it off)",),
            "a name of one word",
        ),
        (
            "abu kamal",
            '(abu AND kamal) OR ="Albu Kamal"^0.3 OR ="Al-Bukamal"^0.3',
            ('abu kamal also matches Albu Kamal, Al-Bukamal (="abu kamal" turns it off)',),
            "the shell has eaten the quotation marks",
        ),
        (
            '"Abu Kamal" navy',
            '("Abu Kamal" OR ="Albu Kamal"^0.3 OR ="Al-Bukamal"^0.3) AND navy',
            ('Abu Kamal also matches Albu Kamal, Al-Bukamal (="Abu Kamal" turns it off)',),
            "or not",
        ),
        (
            "islamic state of iraq",
            "(islamic AND state AND of AND iraq) OR =isi^0.3",
            ('islamic state of iraq also matches ISI (="islamic state of iraq" turns it off)',),
            "the longest name is meant",
        ),
        (
            "-ISIS navy",
            'NOT (ISIS OR ="Islamic State"^0.3) AND navy',
            ("ISIS also matches Islamic State (=ISIS turns it off)",),
            "who excludes a name excludes it in every spelling",
        ),
        (
            "(ISIS^2 OR navy) AND iraq",
            '((ISIS OR ="Islamic State"^0.3)^2 OR navy) AND (iraq OR =irak^0.3)',
            (
                "ISIS also matches Islamic State (=ISIS turns it off)",
                "iraq also matches Irak (=iraq turns it off)",
            ),
            "in every part of a query",
        ),
        ("=ISIS", "=isis", (), "turned off for a word"),
        ('="Abu Kamal"', '="Abu Kamal"', (), "for a phrase"),
        ("=abu kamal", "=abu AND kamal", (), "a word of a name said to be exact is no part of it"),
        ('"abu kamal"~3', '"abu kamal"~3', (), "words near each other are no name"),
        (
            "title:ISIS location:Iraq",
            'title:ISIS AND (location:Iraq OR location:"Irak")',
            ("Iraq also matches Irak (=Iraq turns it off)",),
            "of a field with values all spellings of the value, of a text what is typed",
        ),
        (
            'mention:"abu kamal"',
            'mention:"abu kamal" OR mention:"Albu Kamal" OR mention:"Al-Bukamal"',
            ('abu kamal also matches Albu Kamal, Al-Bukamal (="abu kamal" turns it off)',),
            "what is only mentioned has other spellings too",
        ),
        ("author:ISIS", "author:ISIS", (), "an author has none"),
        ("isi* navy", "isi* AND navy", (), "a pattern is no name"),
    ],
)
def test_expand_names(query: str, expected: str, notes: tuple[str, ...], reason: str) -> None:
    """A name also matches its other spellings, each counting less than the one typed, and a note says so."""
    node, given_notes = expand_names(parse(query).node, spell)
    assert (describe(node), given_notes) == (expected, notes), reason


def test_a_name_has_so_many_spellings_at_most() -> None:
    """The most usual ones come first and are kept."""
    node, _ = expand_names(Term("x"), lambda _name: tuple(f"x{number}" for number in range(50)))
    assert isinstance(node, Or)
    assert [describe(child) for child in node.nodes[1:]] == [f'="x{number}"^0.3' for number in range(MAX_SPELLINGS)]


def test_a_name_typed_side_by_side_ranks_first() -> None:
    """Abu Kamal typed without quotation marks is one name: its words side by side come before its words apart."""
    node, _ = expand_names(parse("abu kamal").node, spell)
    assert isinstance(node, Or)
    assert node.nodes[0] == Prefer(And((Term("abu"), Term("kamal"))), Phrase("abu kamal"))


@pytest.mark.parametrize(
    ("query", "match", "expected", "reason"),
    [
        ("kalibr abu kamal", "all", Phrase("kalibr abu kamal"), "the whole run"),
        ("kalibr abu -navy kamal syria", "all", And((Phrase("kalibr abu"), Phrase("kamal syria"))), "each run"),
        ("kalibr abu", "any", Phrase("kalibr abu"), "with match any too"),
        ("kalibr abu location:Syria", "any", Phrase("kalibr abu"), "beside what narrows"),
    ],
)
def test_prefer_adjacent(query: str, match: str, expected: Node, reason: str) -> None:
    """Articles with the words side by side come first."""
    found = prefer_adjacent(parse(query, match=match).node, match=match)
    preferred = [node for node in (found, *getattr(found, "nodes", ())) if isinstance(node, Prefer)]
    assert [node.first for node in preferred] == [expected], reason


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("kalibr", "one word"),
        ("kalibr OR navy", "alternatives that were said"),
        ("=kalibr =navy", "exact words"),
        ("title:kalibr title:navy", "words of a field"),
        ('"abu kamal" "sea port"', "phrases"),
        ("kal* nav*", "patterns"),
        ("*", "everything"),
    ],
)
def test_nothing_to_prefer(query: str, reason: str) -> None:
    """Only plain words next to each other are a run."""
    node = parse(query).node
    assert prefer_adjacent(node) == node, reason


@given(nodes(WORDS), st.sampled_from(("all", "any")), articles())
def test_a_preference_changes_no_membership(node: Node, match: str, article: Article) -> None:
    """It orders what is found; it finds nothing more and nothing less."""
    assert matches(prefer_adjacent(node, match=match), article) == matches(node, article)


@given(nodes(WORDS), articles())
def test_names_nobody_knows_change_no_membership(node: Node, article: Article) -> None:
    """Without spellings a query is what it was."""
    expanded, notes = expand_names(node, lambda _name: ())
    assert notes == ()
    assert matches(expanded, article) == matches(node, article)


@given(articles())
def test_another_spelling_is_an_alternative(article: Article) -> None:
    """With `navy` also spelt `port`, either word is as good as the other, and the other parts still hold."""
    expanded, _ = expand_names(parse("navy oil -price").node, lambda name: ("port",) if name == "navy" else ())
    assert matches(expanded, article) == matches(parse("(navy OR port) oil -price").node, article)
