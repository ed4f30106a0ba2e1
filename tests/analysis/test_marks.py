"""The combining marks that are written down, and the two grammars that rest on them."""

import re
import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from searcher.analysis.grammar import grammar_for
from searcher.analysis.marks import COMMON_MARKS, MARKS, has_rare_marks

# Where MARKS ends: beyond it are only the variation selectors of U+E0100, which choose a glyph.
FIRST, LAST = 0x300, 0x1E95E

WRITTEN_DOWN = re.compile(f"[{MARKS}]")
COMMON = re.compile(f"[{COMMON_MARKS}]")


def test_marks_are_those_of_unicode() -> None:
    """Every mark that this Python knows is there, and nothing that it knows as something else."""
    categories = {code: unicodedata.category(chr(code)) for code in range(0x110000)}
    written = {code for code in categories if WRITTEN_DOWN.match(chr(code))}
    known = {code for code in range(FIRST, LAST + 1) if categories[code].startswith("M")}
    assert known - written == set()
    assert [hex(code) for code in written - known if categories[code] != "Cn"] == []  # Cn: of a later Unicode


def test_the_quick_look_misses_no_mark() -> None:
    """A mark is a common one or is noticed."""
    marks = [chr(code) for code in range(FIRST, LAST + 1) if WRITTEN_DOWN.match(chr(code))]
    assert [hex(ord(mark)) for mark in marks if not COMMON.match(mark) and not has_rare_marks(mark)] == []
    assert [
        hex(code) for code in range(0x110000) if COMMON.match(chr(code)) and not WRITTEN_DOWN.match(chr(code))
    ] == []


LETTERS = st.sampled_from("aB1é.-’' йابتקひ한\u0301\u0306\u0489\u200d\u00ad")


@given(st.text(LETTERS | st.characters(exclude_categories=["Cs"]), max_size=20))
def test_both_grammars_cut_alike(text: str) -> None:
    """Where a text has common marks alone, the grammar with every mark finds the same."""
    assume(not has_rare_marks(text))
    few, all_marks = grammar_for(text), grammar_for(text + "\u093e")
    assert few != all_marks
    for mine, full in zip(few, all_marks, strict=True):
        assert [match.regs for match in mine.finditer(text)] == [match.regs for match in full.finditer(text)]
