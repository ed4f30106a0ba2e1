"""Where one name ends and another begins."""

import pytest

from searcher.entities.document import open_document
from searcher.entities.lexicon import lexicon
from searcher.entities.runs import runs


def names(text: str) -> list[str]:
    """The runs of a text."""
    document = open_document(lexicon(), "", "", text)
    passage = document.passages[2]
    return [passage.slice(first, last) for first, last in runs(document, passage)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # titles, roles and demonyms stand before names, not in them
        ("They met Russian President Vladimir Putin.", ["Russian", "Vladimir Putin"]),
        ("They met Secretary of State Jane Roe.", ["Jane Roe"]),
        ("They met Prime Minister John Major.", ["John Major"]),  # a title that is a surname
        ("They met Justice Jane Roe.", ["Jane Roe"]),
        ("Lawyer Jane Roe spoke.", ["Jane Roe"]),
        ("They met Queen Zorbela I there.", ["Zorbela I"]),
        # organisations go on over small words, others do not
        ("The Ministry of Trade and Industry fell.", ["Ministry of Trade and Industry"]),
        ("The University of Michigan won.", ["University of Michigan"]),
        ("The University of Chile in Santiago won.", ["University of Chile", "Santiago"]),
        ("The talks of Jane Roe and John Doe failed.", ["Jane Roe", "John Doe"]),
        ("The Clark County Sheriff's Office said so.", ["Clark County Sheriff's Office"]),
        ("They met Kenya's Army there.", ["Kenya", "Army"]),
        # what is complete is cut off
        ("They met Boeing Co Chairman Jane Roe.", ["Boeing Co", "Jane Roe"]),
        ("They sued Procter & Gamble Co yesterday.", ["Procter & Gamble Co"]),
        # particles, initials and hyphens belong to names
        ("They met Maher al-Akhras there.", ["Maher al-Akhras"]),
        ("They met J. K. Roe there.", ["J. K. Roe"]),
        ("Ask Ray Miller, D-Columbus, about it.", ["Ray Miller", "Columbus"]),
        # no names: the start of a sentence, months, lines of capitals
        ("The talks failed. On Monday they go on.", []),
        ("TALKS FAIL IN GENEVA\n\nThey go on.", []),
        # a list knows the whole
        ("A quake hit Port-au-Prince again.", ["Port-au-Prince"]),
        ("They fled to South Sudan again.", ["South Sudan"]),
    ],
)
def test_a_run_is_one_name(text: str, expected: list[str]) -> None:
    """Words that are no part of the name are left out, and two names are two runs."""
    assert expected == names(text)


def test_names_go_over_wrapped_lines_alone() -> None:
    """A line break behind a short line ends what stands in it: a byline, a row of a table."""
    wrapped = "The news came late in the evening of Monday from Port\nStanley, they said."
    assert names("Jane Roe\nLeeds council met.")[0] == "Jane Roe"
    assert "Port\nStanley" in names(wrapped)


def test_a_run_without_end_is_cut() -> None:
    """A text of capitals alone costs its length: no run grows past what could be a name."""
    found = names("Bank of " * 500)
    assert len(found) > 1
    assert max(len(run.split()) for run in found) <= 42  # forty words, and the small ones before the next capital
