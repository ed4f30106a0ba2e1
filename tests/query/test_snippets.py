"""The stretch of a body that a result shows."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from query.strategies import anything_typed
from samples import texts

from searcher.query import Highlighter, Snippet, parse
from searcher.query.snippets import SENTENCE_REACH, SNIPPET

# Two shorter stretches that meet, at their longest, and the ellipses before, between and after.
LONGEST = 2 * (SNIPPET // 2 + SENTENCE_REACH) + len("…  … …")
FILLER = "The harbour office counted ships and crates all day. "


def snippet(query: str, body: str) -> Snippet:
    """The snippet of a body for a typed query."""
    return Highlighter(parse(query).node).snippet(body)


def shown(found: Snippet) -> list[str]:
    """The marked words of a snippet."""
    return [found.text[start:end] for start, end in found.marks]


def test_a_short_body_is_shown_whole() -> None:
    """Without ellipses, on one line, with its marks moved along."""
    found = snippet('"abu kamal"', "Troops entered\nAbu  Kamal.\n\nNobody was hurt.")
    assert found == Snippet("Troops entered Abu Kamal. Nobody was hurt.", ((15, 24),), "paragraph 1")


def test_a_long_body_is_shown_where_it_matches() -> None:
    """From the start of the sentence, with ellipses on both sides."""
    found = snippet("kalibr", FILLER * 20 + "A frigate fired a Kalibr. " + FILLER * 20)
    assert found.text.startswith("… A frigate fired a Kalibr. The harbour")
    assert found.text.endswith(" …")
    assert shown(found) == ["Kalibr"]


def test_the_stretch_with_most_of_the_query_is_shown() -> None:
    """Not the first word that matches, but where they all stand."""
    body = "A frigate left. " + FILLER * 20 + "The frigate fired a Kalibr. " + FILLER * 20
    assert shown(snippet("frigate kalibr", body)) == ["frigate", "Kalibr"]


def test_words_side_by_side_are_better_than_apart() -> None:
    """The place Abu Kamal rather than a man Abu and a man Kamal."""
    body = "Abu met Kamal and Kamal met Abu. " + FILLER * 20 + "They left Abu Kamal. " + FILLER * 20
    assert shown(snippet("abu kamal", body)) == ["Abu Kamal"]


def test_of_equals_the_earliest_is_shown() -> None:
    """Articles say what matters first."""
    body = FILLER * 10 + "Navy one. " + FILLER * 10 + "Navy two. " + FILLER * 10
    assert "Navy one" in snippet("navy", body).text


def test_two_parts_far_apart_are_both_shown() -> None:
    """Two shorter stretches, in the order of the text, and both paragraphs named."""
    body = f"The frigate left. {FILLER * 10}\n\n{FILLER * 10}\n\nA Kalibr was seen. {FILLER * 10}"
    found = snippet("kalibr frigate", body)
    assert shown(found) == ["frigate", "Kalibr"]
    assert " … A Kalibr was seen." in found.text
    assert found.where == "paragraphs 1 and 3"


def test_what_stands_side_by_side_is_not_looked_for_elsewhere() -> None:
    """A stretch with both words in one mark lacks nothing: no second stretch for a lone one."""
    body = "They left Abu Kamal. " + FILLER * 20 + "Kamal was tired. " + FILLER * 5
    found = snippet("abu kamal", body)
    assert (shown(found), found.where) == (["Abu Kamal"], "paragraph 1")


@pytest.mark.parametrize(
    ("body", "expected", "reason"),
    [
        ("one navy\n\ntwo", "paragraph 1", "the first"),
        ("one\n\ntwo navy", "paragraph 2", "the second"),
        ("one\n\nnavy", "paragraph 2", "at its very beginning"),
        ("one\n \t\ntwo\r\n\r\nthree navy", "paragraph 3", "blank lines that are not quite empty"),
        ("\n\none\n\n\n\ntwo navy", "paragraph 2", "several blank lines, and some before the text"),
        ("one\ntwo navy", "paragraph 1", "a line end is no paragraph"),
        ("one\n\ntwo", "", "nothing matches"),
    ],
)
def test_where_names_the_paragraph(body: str, expected: str, reason: str) -> None:
    """Paragraphs are counted from 1, as the article view shows them."""
    assert snippet("navy", body).where == expected, reason


@pytest.mark.parametrize(
    ("query", "body", "expected", "reason"),
    [
        ("absent", FILLER * 3, (FILLER * 3).strip(), "a short body whole"),
        ("absent", "", "", "an empty one"),
        ("*", "\n\n  One.\n\nTwo.\n", "One. Two.", "without white space around"),
    ],
)
def test_where_nothing_matches_the_beginning_is_shown(query: str, body: str, expected: str, reason: str) -> None:
    """An article found by its title or its values still shows what it is."""
    assert snippet(query, body) == Snippet(expected), reason


def test_the_beginning_of_a_long_body_ends_with_a_word() -> None:
    """No word is cut where a space is near."""
    found = snippet("absent", FILLER * 20)
    assert found.text.endswith(" …")
    assert found.text != FILLER * 20
    assert (FILLER * 20).startswith(found.text.removesuffix("…"))


@pytest.mark.parametrize(
    ("query", "body", "reason"),
    [
        ('"' + FILLER * 10 + '"', FILLER * 30, "a phrase longer than a snippet"),
        ("navy*", "navy" + "x" * 5_000, "a word longer than one"),
        ("navy", "y" * 5_000 + " navy " + "z" * 5_000, "between such words"),
        ("navy kalibr", ("x" * 85 + " navy " + "y" * 100 + " kalibr.") * 9, "marks at the edges"),
        ("navy sea", "navy " + "w " * 200 + "sea" + " w" * 200, "two stretches"),
        ("w", "w " * 5_000, "marks everywhere"),
    ],
)
def test_a_snippet_has_a_length(query: str, body: str, reason: str) -> None:
    """Whatever matches, something of it is marked and a page of results stays a page."""
    found = snippet(query, body)
    assert len(found.text) <= LONGEST, reason
    assert found.marks, reason


def test_the_last_word_marked_is_not_cut_off() -> None:
    """A stretch that ends with a mark and a full stop keeps both words of it."""
    for gap in range(60, 240):
        body = "x" * 95 + " First navy " + "y" * gap + " kalibr. " + "z" * 400
        assert "kalibr" in shown(snippet("navy kalibr", body))


BODIES = st.one_of(
    st.text(max_size=600),
    st.lists(
        st.one_of(texts(30), st.sampled_from(("\n\n", "\r\n", " . ", "\u2028", "Abu Kamal", "x" * 300))), max_size=20
    ).map(" ".join),
)


@given(anything_typed(), BODIES)
@example("navy", "navy\x1cport")
@example('"a b"', "a" + "\n" * 400 + "b")
@example('"a c"~9', "x. " * 40 + "a" + ".\n" * 300 + "c")
def test_snippets_of_any_body(query: str, body: str) -> None:
    """One line, bounded, marks valid and in order, and nothing in it that the body does not say."""
    found = snippet(query, body)
    assert len(found.text) <= LONGEST
    assert found.text == " ".join(found.text.split())
    edges = [edge for mark in found.marks for edge in mark]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(found.text) for edge in edges)
    collapsed = " ".join(body.split())
    for stretch in re.split(r"(?:^| )…(?: |$)", found.text):
        assert stretch in collapsed


@given(st.sampled_from(("navy", '"sea port"', "mis*", "navy missile", '"navy oil"~4', "S-300 OR ceasefire")), BODIES)
def test_a_snippet_shows_a_mark_where_the_body_has_one(query: str, body: str) -> None:
    """What it marks is marked in the body, but for what is cut at its edges."""
    highlighter = Highlighter(parse(query).node)
    in_body = {" ".join(body[mark.start : mark.end].split()) for mark in highlighter.marks(body)}
    in_snippet = shown(highlighter.snippet(body))
    assert bool(in_snippet) == bool(in_body)
    assert all(any(text in whole for whole in in_body) for text in in_snippet)
