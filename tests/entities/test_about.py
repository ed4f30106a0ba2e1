"""Which of the countries that it names is an article about?"""

from math import exp, log

import pytest

from searcher.entities import extract
from searcher.entities.about import Named, about, evidence, gather
from searcher.entities.lexicon import lexicon

LONG = 5_000


def named(text: str, title: str = "", dateline: str = "") -> dict[str, Named]:
    """How a text names its countries."""
    return gather(extract(text, title, dateline).mentions, lexicon().countries)


def test_how_often_and_where_a_country_is_named() -> None:
    """By its name, a place, its people, a body: in the title, early, in the dateline."""
    found = named("Syrians left Aleppo. Damascus said so.", "Syria", "BEIRUT")
    assert (found["SY"].title, found["SY"].body, found["SY"].early) == (1, 3, 3)
    assert found["SY"].ways == {"name", "demonym", "place"}
    assert (found["LB"].dateline, found["LB"].times) == (1, 0)


def test_forces_and_sources_do_not_count_twice() -> None:
    """The Syrian of the Syrian army counts, the army does not; nor does an agency that reports from everywhere."""
    found = named("The Syrian army left, the Xinhua agency said.")
    assert found["SY"].times == 1
    assert "CN" not in found


@pytest.mark.parametrize(
    ("text", "title", "code", "expected", "unexpected"),
    [
        ("Kenya voted.", "Kenya votes", "KE", {"in the title", "early", "first of all", "a brief"}, {"1 others"}),
        ("Kenya voted. Norway watched.", "Kenya votes", "NO", {"another in the title", "1 others"}, {"first of all"}),
        ("Norwegians came.", "", "NO", {"only by demonym", "once in a brief"}, {"name"}),
        ("The vote was in Oslo.", "", "NO", {"only by place", "place"}, {"name"}),
    ],
)
def test_evidence(text: str, title: str, code: str, expected: set[str], unexpected: set[str]) -> None:
    """What is counted for and against a country."""
    found = set(evidence(code, named(text, title), len(text)))
    assert expected <= found
    assert not unexpected & found


def test_probability_is_logistic() -> None:
    """The log-odds are the sum of the weights: those of two countries differ by what tells them apart."""
    found = {"KE": Named(title=1, body=3, early=3, first=0), "NO": Named(body=1, first=4000)}
    shares = about(found, LONG)
    assert 0 < shares["NO"] < shares["KE"] < 1
    odds = log(shares["KE"] / (1 - shares["KE"]))
    assert 1 / (1 + exp(-odds)) == pytest.approx(shares["KE"])


def test_a_mention_in_passing_is_left_out() -> None:
    """A country that is named once, late, in an article that names another thirty times."""
    found = {"KE": Named(title=1, body=40, early=5, first=0), "NO": Named(body=1, first=4000)}
    assert about(found, LONG).keys() == {"KE"}
