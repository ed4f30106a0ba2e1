"""Answers made by hand and by chance, for whatever shows them."""

from typing import Any

from hypothesis import strategies as st

from searcher.models import FacetCount, Hit, PublicationDate, Results

# What strangers may put into a title, a path, a query: markup, quotes, escapes of terminals, formulas.
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp;",
    "\x1b[31mred\x1b]0;owned\x07\x9b2J",
    "=cmd|' /C calc'!A0",
)


def hit(**fields: Any) -> Hit:
    """A hit with what matters to the test; a date is given as its text."""
    date = fields.pop("date", "")
    usual: dict[str, Any] = {
        "id": "0123456789abcdef", "title": "Ferry sails", "source": "", "url": "", "path": "/archive/ferry.txt",
        "language": "en", "score": 1.0, "snippet": "The ferry sailed.",
    }  # fmt: skip
    return Hit(date=PublicationDate(date, "field") if date else None, **{**usual, **fields})


def results(*hits: Hit, **fields: Any) -> Results:
    """The answer that has these hits."""
    return Results(**{"query": "ferry", "total": len(hits), "hits": hits, **fields})


def counts(**given: int) -> tuple[FacetCount, ...]:
    """Facet counts by value."""
    return tuple(FacetCount(value, count) for value, count in given.items())


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text and marks in it: in order, apart, beginning and ending with a sign that is no white space."""
    words = draw(st.lists(st.text("abcé字 -", min_size=1, max_size=9), min_size=1, max_size=20))
    gaps = draw(st.lists(st.sampled_from((" ", "  ", "\t", "\n")), min_size=len(words), max_size=len(words)))
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = zip(cuts[::2], cuts[1::2], strict=False)
    return text, tuple((start, end) for start, end in spans if text[start:end] == text[start:end].strip())
