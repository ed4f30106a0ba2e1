"""Queries for property tests: typed in good order, typed anyhow, and as nodes."""

from datetime import date

from hypothesis import strategies as st

from searcher.analysis import fold
from searcher.query.nodes import And, Boost, DateRange, Fuzzy, Node, Not, Or, Phrase, Prefix, Term, Wildcard

__all__ = ["anything_typed", "nodes", "queries"]

WORDS = ("syria", "Missiles", "S-300", "cease-fire", "U.S.", "Müller", "the", "порт", "navy", "l'armée", "Abu", "Kamal")
FIELDS = ("", "title:", "body:", "location:", "actor:", "source:", "author:", "language:")
DAYS = ("2017", "2017-10", "2017-10-31", "2016..2018", "2017-10..", "..2017", ">2017-10-15", "<=2017")
# What queries are made of, whole and broken.
FRAGMENTS = (
    *'"“”‘’«()-+~^*?:=.,<>/\\&|{}[]!#',
    *("AND", "OR", "NOT", "and", "date:", "date:2017-10..", "title:", "location:", "foo:", "..", "^2", "~5", "~0.8"),
    *("http://x.y/?q=1", "<script>", "2017-13-45", "S-300", "syria", "Abu Kamal", "порт", "\x00", "\u202e", "\ud800"),
)

_words = st.sampled_from(WORDS)
_phrases = st.builds(
    lambda words, slop, exact: ("=" if exact else "") + f'"{" ".join(words)}"' + (f"~{slop}" if slop else ""),
    st.lists(_words, min_size=1, max_size=3),
    st.integers(0, 9),
    st.booleans(),
)
_units = st.builds(
    str.__add__,
    st.sampled_from(FIELDS),
    st.one_of(
        _words,
        _phrases,
        st.sampled_from(("mis*", "wil?card", "*ria", "m*s*e", "kalibr~", "kalbir~1", "mssle~2", "=missiles", "=S-300")),
    ),
) | st.sampled_from(DAYS).map("date:{}".format)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda parts: f"({' '.join(parts)})"),
        several.map(lambda parts: f"({' AND '.join(parts)})"),
        several.map(lambda parts: f"({' OR '.join(parts)})"),
        inner.map("NOT {}".format),
        inner.map("({})".format),
        st.builds("({})^{}".format, inner, st.sampled_from((0.5, 2, 3.25))),
    )


def queries() -> st.SearchStrategy[str]:
    """Queries in good order: nothing in them is mistyped."""
    unit = st.recursive(_units, _grown, max_leaves=6)
    return st.lists(unit, min_size=1, max_size=4).map(" ".join)


def anything_typed() -> st.SearchStrategy[str]:
    """Any text at all, and the parts of the query language thrown together."""
    thrown = st.lists(st.sampled_from(FRAGMENTS), max_size=25).flatmap(
        lambda parts: st.sampled_from(("", " ")).map(lambda glue: glue.join(parts))
    )
    return st.one_of(st.text(st.characters(exclude_categories=()), max_size=80), thrown)


def nodes(words: tuple[str, ...]) -> st.SearchStrategy[Node]:
    """Nodes whose leaves are made of the given words."""
    word = st.sampled_from(words)
    phrase = st.lists(word, min_size=1, max_size=3).map(" ".join)
    field = st.sampled_from((None, None, "title", "body"))
    short = word.map(lambda text: "".join(filter(str.isalnum, text.lower()))[:3])
    leaf: st.SearchStrategy[Node] = st.one_of(
        st.builds(Term, word, field),
        st.builds(Phrase, phrase, field, st.integers(0, 4)),
        st.builds(Prefix, short, field),
        st.builds(Wildcard, short.map("{}*s".format), field),
        st.builds(Fuzzy, word.filter(str.isalpha).map(fold), field, st.integers(1, 2)),
        st.builds(Term, st.just("syria"), st.just("location")),
        st.just(DateRange(date(2017, 1, 1), date(2017, 12, 31))),
        st.just(DateRange(date(2017, 10, 31), None, "event")),
    )
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
            st.builds(Not, inner),
            st.builds(Boost, inner, st.just(2.0)),
        ),
        max_leaves=5,
    )
