"""What cannot be read as it stands: what is searched instead, and the note that says so."""

import time

import pytest

from searcher.query import parse
from searcher.query.nodes import And, describe, positive_leaves
from searcher.query.parser import MAX_CHARACTERS, MAX_DEPTH, MAX_UNITS

FIELDS = "title, body, location, actor, mention, source, author, language, date, event"


@pytest.mark.parametrize(
    ("query", "expected", "note", "reason"),
    [
        ('"Abu Kamal', '"Abu Kamal"', 'a quotation mark is not closed: read as the phrase "Abu Kamal"', "forgotten"),
        ("“Abu Kamal", '"Abu Kamal"', 'a quotation mark is not closed: read as the phrase "Abu Kamal"', "curly"),
        (
            'the 12" gun',
            'the AND 12 AND "gun"',
            'a quotation mark is not closed: read as the phrase "gun"',
            "the sign for inches",
        ),
        ("(navy port", "navy AND port", "a parenthesis is not closed: read to the end", "forgotten"),
        ("navy (", "navy", "a parenthesis is not closed: read to the end", "at the end"),
        ("navy) port", "navy AND port", "a closing parenthesis without an opening one was left out", "one too many"),
        ("navy OR", "navy", "OR with nothing on one side was left out", "not finished"),
        ("OR navy", "navy", "OR with nothing on one side was left out", "begun with it"),
        ("navy OR OR port", "navy OR port", "OR with nothing on one side was left out", "said twice"),
        ("navy AND", "navy", "AND with nothing on one side was left out", "not finished"),
        ("AND navy", "navy", "AND with nothing on one side was left out", "begun with it"),
        ("navy AND AND port", "navy AND port", "AND with nothing on one side was left out", "said twice"),
        ("navy AND OR port", "navy OR port", "AND with nothing on one side was left out", "the last operator holds"),
        ("navy NOT", "navy", "NOT with nothing after it was left out", "not finished"),
        ("(navy NOT) port", "navy AND port", "NOT with nothing after it was left out", "in parentheses"),
        (
            "navy port OR sea",
            "(navy AND port) OR sea",
            "AND binds tighter than OR: put the alternatives in parentheses to group them otherwise",
            "two ways to read it",
        ),
        (
            "navy OR sea -port",
            "navy OR (sea AND NOT port)",
            "AND binds tighter than OR: put the alternatives in parentheses to group them otherwise",
            "an exclusion holds for one side",
        ),
        (
            "foo:bar",
            "foo AND bar",
            f"there is no field foo: searched as words (fields: {FIELDS})",
            "a name that is no field",
        ),
        (
            'foo:"bar baz"',
            '"foo bar baz"',
            f"there is no field foo: searched as words (fields: {FIELDS})",
            "before a phrase",
        ),
        ("foo:(bar baz)", "bar AND baz", "foo:(…) is no field with words: searched everywhere", "before a group"),
        ("date:(2017 2018)", "2017 AND 2018", "date:(…) is no field with words: searched everywhere", "no date either"),
        (
            "date:yesterday",
            '"yesterday"',
            "date:yesterday is no year, month, day or range of them (2017-10..2017-12): searched as words",
            "a word for a day",
        ),
        (
            "date:2017-02-30",
            '"2017-02-30"',
            "date:2017-02-30 is no year, month, day or range of them (2017-10..2017-12): searched as words",
            "a day that never was",
        ),
        (
            "date:31/10/2017",
            '"31/10/2017"',
            "date:31/10/2017 is no year, month, day or range of them (2017-10..2017-12): searched as words",
            "another notation",
        ),
        (
            'date:"next week" navy',
            '"next week" AND navy',
            "date:next week is no year, month, day or range of them (2017-10..2017-12): searched as words",
            "two words",
        ),
        (
            "date:2018..2017",
            "(nothing)",
            "date:2018..2017 ends before it begins: no article can match",
            "the wrong way round",
        ),
        ("kalibr~12", "kalibr~2", "kalibr~12: 1 to 2 letters may differ, 2 is taken", "too many"),
        ("kalibr~0.8", "kalibr~2", "kalibr~0.8: 1 to 2 letters may differ, 2 is taken", "a share, as Lucene had it"),
        ("S-300~", '"S-300"', None, "two words cannot be a few letters away"),
        ("***", "(nothing)", "*** stands for every word: left out", "every word"),
        ("navy ?*", "navy", "?* stands for every word: left out", "of one letter or more"),
        ('"abu kam*"', '"abu kam*"', '"abu kam*": between quotation marks * stands for no letters', "in a phrase"),
        (
            '"abu kamal"~',
            '"abu kamal"',
            '"abu kamal"~ does not say how near: searched as a phrase, "abu kamal"~5 allows five other words',
            "near, without a number",
        ),
        ("?!", "(nothing)", "nothing in the query is a word", "signs alone"),
        ('""', "(nothing)", "nothing in the query is a word", "an empty phrase"),
        ("()", "(nothing)", "nothing in the query is a word", "an empty group"),
        ("\ud800", "(nothing)", "nothing in the query is a word", "half a character"),
    ],
)
def test_a_repaired_query_says_how_it_was_read(query: str, expected: str, note: str | None, reason: str) -> None:
    """The words are searched all the same, and the note names the part that was mistyped."""
    parsed = parse(query)
    assert describe(parsed.node) == expected, reason
    assert (note or "S-300~ is more than one word: searched as a phrase") in parsed.notes, reason


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("(navy port) OR sea", "the parentheses are there"),
        ("navy OR (sea -port)", "on either side"),
        ("navy OR port", "nothing binds tighter"),
        ("(navy OR port) sea", "the alternatives are grouped"),
    ],
)
def test_no_advice_to_who_has_followed_it(query: str, reason: str) -> None:
    """A note on precedence is for queries that can be read in two ways."""
    assert parse(query).notes == (), reason


def test_a_note_is_given_once() -> None:
    """The same mistake twice is one note; different ones are several, in the order typed."""
    notes = parse('foo:a foo:b bar:c "d').notes
    assert [note.split(":")[0] for note in notes] == [
        "there is no field foo",
        "there is no field bar",
        "a quotation mark is not closed",
    ]


def test_a_query_of_too_many_characters_is_cut() -> None:
    """The beginning is searched."""
    parsed = parse("x" * (MAX_CHARACTERS - 5) + " navy port")
    assert describe(parsed.node).endswith(" AND navy")
    assert parsed.notes == ("a query has at most 2000 characters: the rest was left out",)


def test_a_query_of_too_many_words_is_cut() -> None:
    """The first 64 words and phrases are searched; one fewer needs no note."""
    parsed = parse(" ".join(f"w{number}" for number in range(MAX_UNITS + 6)))
    assert isinstance(parsed.node, And)
    assert [leaf.text for leaf in positive_leaves(parsed.node)] == [f"w{number}" for number in range(MAX_UNITS)]
    assert parsed.notes == ("a query has at most 64 words and phrases: the rest was left out",)
    assert parse(" ".join("w" * MAX_UNITS)).notes == ()


def test_parentheses_too_deep_are_left_out() -> None:
    """The words in them stay."""
    within = "(" * MAX_DEPTH + "navy" + ")" * MAX_DEPTH
    assert (describe(parse(within).node), parse(within).notes) == ("navy", ())
    parsed = parse(f"({within})")
    assert describe(parsed.node) == "navy"
    assert parsed.notes[0] == "parentheses deeper than 32 were left out"


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("(" * 10_000, "opening parentheses"),
        ("(" * 900 + "navy" + ")" * 900, "closed ones"),
        (")" * 10_000, "closing ones"),
        ("NOT " * 5_000, "negations"),
        ("-" * 10_000, "dashes"),
        ('"' * 10_000, "quotation marks"),
        ("a:" * 5_000, "colons"),
        ("*a" * 5_000, "stars"),
        ("a~" * 5_000, "tildes"),
        ("^9" * 5_000, "boosts"),
        ("1." * 5_000 + "x", "an acronym of figures"),
        ("a." * 5_000 + "xx", "one of letters"),
        ("a'" * 5_000, "apostrophes"),
        ("a-" * 5_000, "hyphens"),
        ("a" + "\u0301" * 10_000, "accents"),
        ("‘" * 10_000, "single quotation marks"),
        ("=" * 10_000, "signs of exactness"),
    ],
)
def test_a_hostile_query_is_read_at_once(query: str, reason: str) -> None:
    """No pattern of signs makes reading slow or deep."""
    started = time.process_time()
    parsed = parse(query)
    describe(parsed.node)
    assert time.process_time() - started < 1, reason
