"""Texts cut at their marks, and into lines."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.values import marked_texts

from searcher.render.pieces import pieces, printable
from searcher.render.wrap import inside, lines

Marked = tuple[str, tuple[tuple[int, int], ...]]


@given(marked_texts())
def test_pieces_make_up_the_text(marked: Marked) -> None:
    """Nothing is lost or doubled, and what is marked is what the offsets say."""
    text, marks = marked
    parts = list(pieces(text, marks))
    assert "".join(part.text for part in parts) == text
    assert [part.text for part in parts if part.marked] == [text[start:end] for start, end in marks]
    assert all(part.text for part in parts)


@given(st.text())
def test_printable_steers_no_terminal(text: str) -> None:
    """No control character is left, and offsets into the text stay true."""
    shown = printable(text)
    assert len(shown) == len(text)
    assert [sign for sign in shown if unicodedata.category(sign) == "Cc"] == []
    assert [
        was
        for was, now in zip(text, shown, strict=True)
        if was != now and unicodedata.category(was) not in ("Cc", "Cf")
    ] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", " [31mred"),  # an escape loses what makes it one
        ("a\x9b2Jb", "a 2Jb"),  # the same in one byte of the second set
        ("one\ntwo\tthree\r", "one two three "),  # one line stays one
        ("report\u202efdp.exe", "report fdp.exe"),  # a name that would read "exe.pdf"
        ("دير\u200fالزور", "دير\u200fالزور"),  # marks of direction that Arabic needs
        ("naïve 字 👍🏽", "naïve 字 👍🏽"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    """Controls become spaces, everything else stays."""
    assert printable(text) == shown


@given(marked_texts(), st.integers(1, 30))
def test_lines_hold_every_word_and_break_no_mark(marked: Marked, width: int) -> None:
    """Lines have every sign but white space between them, each mark in one line, none wider than it must be."""
    text, marks = marked
    made = list(lines(text, width, marks))
    assert "".join("".join(text[start:end].split()) for start, end in made) == "".join(text.split())
    for start, end in marks:
        assert sum(first <= start and end <= last for first, last in made) == 1
    for first, last in made:
        apart = list(lines(text[first:last], 1, inside(marks, (first, last))))
        assert last - first <= width or len(apart) == 1


@given(marked_texts(), st.integers(1, 30))
def test_marks_within_a_line_are_those_of_the_text(marked: Marked, width: int) -> None:
    """Offsets into the lines name the same words as offsets into the text."""
    text, marks = marked
    found = [
        text[first:last][start:end]
        for first, last in lines(text, width, marks)
        for start, end in inside(marks, (first, last))
    ]
    assert found == [text[start:end] for start, end in marks]


def test_lines_are_filled() -> None:
    """As many words as fit; a phrase moves to the next line as a whole."""
    text = "the border town of Abu Kamal fell"
    phrase = text.index("Abu"), text.index(" fell")
    assert [text[start:end] for start, end in lines(text, 22)] == ["the border town of Abu", "Kamal fell"]
    assert [text[start:end] for start, end in lines(text, 22, [phrase])] == ["the border town of", "Abu Kamal fell"]
