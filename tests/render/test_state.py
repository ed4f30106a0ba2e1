"""A search as the query string of a URL."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.choices import MATCHES, SORTS, VALUE_FIELDS
from searcher.render.state import PAGE_SIZE, State

values = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(str.strip)
many = st.sampled_from([prefix + name for name in VALUE_FIELDS for prefix in ("", "not_", "not-")])
params = st.lists(
    st.one_of(
        st.tuples(st.just("q"), values),
        st.tuples(many, values),
        st.tuples(st.sampled_from(["after", "before"]), st.sampled_from(["2017", "2017-10", "2017-10-31"])),
        st.tuples(st.just("sort"), st.sampled_from(SORTS)),
        st.tuples(st.just("match"), st.sampled_from(MATCHES)),
        st.tuples(st.sampled_from(["phrase", "exact"]), st.sampled_from(["1", "0", "on", ""])),
        st.tuples(st.just("page"), st.integers(-3, 10**7).map(str)),
        st.tuples(values, values),  # names nobody knows
    ),
    max_size=12,
)


def read(url: str) -> State:
    """The state in a URL, as a server reads it."""
    return State.read(parse_qsl(url.partition("?")[2], keep_blank_values=True))


@given(params)
def test_a_link_brings_the_state_back(given: list[tuple[str, str]]) -> None:
    """The URL holds all of it, and reading it twice changes nothing."""
    state = State.read(given)
    assert read(state.url()) == state
    assert State.read(state.params) == state


@given(params)
def test_a_state_and_the_options_of_a_search_are_the_same(given: list[tuple[str, str]]) -> None:
    """What a search was asked with gives back the state that asked it, but for the page."""
    state = State.read(given).set(page="")
    assert State.of(state.query, state.options()) == state


@given(params, st.sampled_from(VALUE_FIELDS), values)
def test_a_value_is_put_in_and_taken_out(given: list[tuple[str, str]], name: str, value: str) -> None:
    """On the first page; taking out what was put in leaves what was there before."""
    state = State.read(given).minus(name, value.strip())
    picked = state.plus(name, value)
    assert value.strip() in picked.all(name)
    assert picked.page == 1
    assert picked.plus(name, value) == picked
    assert picked.minus(name, value.strip()) == state


@given(params)
def test_a_form_carries_what_it_does_not_show(given: list[tuple[str, str]]) -> None:
    """The fields seen and the hidden ones make up the state, but for the page."""
    state = State.read(given)
    shown = [(name, state.one(name)) for name in ("q", "after", "before", "sort", "match", "phrase", "exact")]
    assert State.read([*shown, *state.hidden()]) == state.set(page="")


@pytest.mark.parametrize(
    ("query", "params"),
    [
        ("not-location=Syria", (("not_location", "Syria"),)),  # a hyphen is an underscore
        ("q=a&q=b", (("q", "b"),)),  # of one thing the last
        ("location=A&location=B&location=A", (("location", "A"), ("location", "B"))),  # of several each once
        ("sort=relevance&match=all&page=1&phrase=&after=", ()),  # the usual is left out
        ("q=+&location=+", ()),  # nothing but white space
        ("q=x&utm_source=y", (("q", "x"),)),  # unknown names
        ("page=abc", ()),
        ("page=-1", ()),
        ("page=٣", ()),  # digits of another script
        ("page=123456", ()),  # more than a person turns
        ("page=007", (("page", "7"),)),
        ("phrase=on&exact=0", (("phrase", "1"),)),  # what a checkbox sends, and what a person writes
        ("sort=best", (("sort", "best"),)),  # kept, so that the search can say that it is none
    ],
)
def test_reading(query: str, params: tuple[tuple[str, str], ...]) -> None:
    """What a query string means."""
    assert read(f"/?{query}").params == params


def test_pages_become_offsets() -> None:
    """The third page begins after two pages."""
    options = read("/?q=a&page=3&location=Syria&phrase=1").options()
    assert options == {"location": ("Syria",), "phrase": True, "limit": PAGE_SIZE, "offset": 2 * PAGE_SIZE}


def test_setting_and_unsetting() -> None:
    """Anything set leads to the first page, unless it is the page."""
    state = read("/?q=a&after=2017&page=3")
    assert state.set(after="").url() == "/?q=a"
    assert state.set(sort="newest").url() == "/?q=a&after=2017&sort=newest"
    assert state.set(page="4").url() == "/?q=a&after=2017&page=4"
    assert State().url() == "/"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("0.5", 0.5),
        ("1", 1.0),
        ("2", None),  # what holds anyway
        ("60", None),  # a stranger asks for less time, not for more
        ("0", None),  # nor for no end
        ("-1", None),
        ("nan", None),
        ("1e-9", None),
        ("", None),
    ],
)
def test_a_url_may_ask_for_less_time(given: str, expected: float | None) -> None:
    """And what cannot be meant, or is more than every search has, is left out."""
    state = State.read([("q", "navy"), ("time-limit", given)])
    assert state.options().get("time_limit") == expected
    assert State.read(state.params) == state
