"""What the evidence for a name says, and how it is added up."""

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.entities.document import open_document
from searcher.entities.lexicon import lexicon
from searcher.entities.names import HUNDREDTHS, KINDS, candidates, judge, weights


def evidence(text: str, name_key: str) -> set[str]:
    """The evidence for one name of a text."""
    found = candidates(open_document(lexicon(), "", "", text))
    return next(one.evidence for one in found if one.key == name_key)


@pytest.mark.parametrize(
    ("text", "name_key", "expected"),
    [
        ("They met Mr Zorbel.", "zorbel", {"honorific before", "alone unknown", "one word"}),
        ("They met President Zorbel.", "zorbel", {"title before"}),
        ("They asked striker Zorbel.", "zorbel", {"role before"}),
        ("They left Zorbel, Ohio.", "zorbel", {"comma and area after", "comma after"}),
        ("They slept in Zorbel.", "zorbel", {"in before"}),
        ("They sold Zorbel shares.", "zorbel", {"organisation noun after"}),
        ("They sued the firm Zorbel.", "zorbel", {"organisation noun before"}),
        ("Then Zorbel said so.", "zorbel", {"said after", "within a sentence"}),
        ("They met Ann Zorbel.", "ann zorbel", {"first given", "last unknown", "two words"}),
        ("They sued Zorbel Ltd.", "zorbel ltd", {"firm"}),
        ("They read of the Zorbel River.", "zorbel river", {"place noun last"}),
        ("They read of the ZRB there.", "zrb", {"capitals alone", "the before"}),
        # the same name elsewhere in the article tells of it here
        ("Zorbel left. They met Mr Zorbel.", "zorbel", {"opens a sentence", "honorific before", "several times"}),
        ("They met Mr Ann Zorbel. Zorbel left.", "zorbel", {"last word of a person"}),
        ("The Zorbel Party won. Zorbel cheered.", "zorbel", {"first word of an organisation"}),
        ("A zorbel is a fish. Then Zorbel left.", "zorbel", {"written small too"}),
    ],
)
def test_what_speaks_for_a_name(text: str, name_key: str, expected: set[str]) -> None:
    """The words around it, the words in it, and the rest of the article."""
    assert expected <= evidence(text, name_key)


EVIDENCE = st.sets(st.sampled_from(sorted(weights())), min_size=1, max_size=12)


@given(EVIDENCE)
def test_a_verdict_is_the_likeliest_kind(found: set[str]) -> None:
    """By multinomial logistic regression: odds are exponentials of sums of weights."""
    totals = [sum(weights()[one][column] for one in found) / HUNDREDTHS for column in range(len(KINDS))]
    verdict = judge(found, weights())
    assert totals[KINDS.index(verdict.kind)] == pytest.approx(max(totals))
    assert verdict.probability == pytest.approx(exp(max(totals)) / sum(map(exp, totals)))
    assert verdict.reason in found


@given(EVIDENCE)
def test_a_verdict_does_not_hang_on_the_order_of_evidence(found: set[str]) -> None:
    """Weights are whole numbers: in any process the sum is the same to the last bit."""
    assert judge(found, weights()) == judge(set(dict.fromkeys(sorted(found, reverse=True))), weights())


def test_unknown_evidence_says_nothing() -> None:
    """Evidence that was too rare to be fitted has no weight."""
    assert judge({"never seen"}, weights()).probability == pytest.approx(1 / len(KINDS))
