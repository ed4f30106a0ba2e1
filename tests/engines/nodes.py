"""Strategies for queries and requests over the words and values of `samples`."""

from datetime import date

from hypothesis import strategies as st
from samples import ACTORS, PLACES, SOURCES, WORDS

from searcher.choices import FACETS, SORTS
from searcher.query import Order, SearchRequest
from searcher.query.nodes import (
    And,
    Boost,
    DateRange,
    Everything,
    Fuzzy,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Term,
    Value,
    Wildcard,
)

FIELDS = st.sampled_from((None, "title", "body"))
DAYS = st.sampled_from(
    (None, date(2016, 1, 1), date(2017, 10, 1), date(2017, 10, 31), date(2017, 11, 1), date(2020, 1, 1))
)
PHRASES = st.lists(st.sampled_from((*WORDS, "cease", "fire", "s", "300")), min_size=1, max_size=3).map(" ".join)

LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Term, st.sampled_from((*WORDS, "fire", "300", "nowhere", "raketen", "北京", "京", "大学")), FIELDS),
    st.builds(
        Term, st.sampled_from(("missile", "missiles", "s300", "port", "fire", "raketen", "北京")), FIELDS, st.just(True)
    ),
    st.builds(Phrase, PHRASES, FIELDS, st.sampled_from((0, 0, 1, 3))),
    st.builds(Prefix, st.sampled_from(("mis", "s", "cease", "x")), FIELDS),
    st.builds(Wildcard, st.sampled_from(("mis*le", "?il", "*e", "p*t*", "s3?0")), FIELDS),
    st.builds(Fuzzy, st.sampled_from(("mssile", "oli", "navvy", "prot")), FIELDS, st.sampled_from((1, 2))),
    st.builds(Term, st.sampled_from(("kamal", "syria", "az-zour", "ivoire")), st.just("location")),
    st.builds(Term, st.sampled_from(("smith", "nations", "ministry of", "state")), st.just("actor")),
    st.builds(Term, st.sampled_from(("kamal", "syria", "islamic state")), st.just("mention")),
    st.builds(Prefix, st.sampled_from(("sy", "is")), st.sampled_from(("location", "actor", "mention", "source"))),
    st.builds(Value, st.sampled_from((*PLACES, "SYRIA", "cote d'ivoire")), st.sampled_from(("location", "mention"))),
    st.builds(Value, st.sampled_from(("harbour post", "en")), st.sampled_from(("source", "language"))),
    st.builds(DateRange, DAYS, DAYS),
    st.builds(DateRange, DAYS, DAYS, st.just("event")),
    st.just(Everything()),
    st.just(Nothing()),
)


def several(children: st.SearchStrategy[Node], most: int = 3) -> st.SearchStrategy[tuple[Node, ...]]:
    """Two queries or more."""
    return st.lists(children, min_size=2, max_size=most).map(tuple)


def combined(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Queries made of others, in every way there is."""
    return st.one_of(
        several(inner, 4).map(And),
        several(inner, 4).map(Or),
        st.builds(Or, several(inner), st.just(True)),
        inner.map(Not),
        st.tuples(inner, inner.map(Not)).map(And),
        st.builds(Boost, inner, st.sampled_from((0.5, 3.0))),
        st.builds(Prefer, inner, inner, several(inner)),
    )


NODES: st.SearchStrategy[Node] = st.recursive(LEAVES, combined, max_leaves=5)

PICKS = st.dictionaries(
    st.sampled_from(("location", "actor", "mention", "source")),
    st.lists(st.sampled_from((*PLACES, *ACTORS, *SOURCES[1:], "syria", "unknown")), min_size=1, max_size=2).map(tuple),
    max_size=2,
)

REQUESTS = st.builds(
    SearchRequest,
    node=NODES,
    include=PICKS,
    exclude=PICKS,
    after=DAYS,
    before=DAYS,
    order=st.builds(
        Order, sort=st.sampled_from(SORTS), limit=st.sampled_from((0, 3, 50)), offset=st.sampled_from((0, 2))
    ),
    facets=st.just(FACETS),
    facet_size=st.just(50),
)
