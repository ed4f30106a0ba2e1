"""The regression that finds weights: it finds those that data were made by."""

import numpy as np
import pytest
from fitting import fit

SEEN = ["always", "sign"]


def test_log_odds_are_found() -> None:
    """Of 400 examples with a sign three quarters are of kind 1, of 400 without it a quarter."""
    evidence = [SEEN] * 400 + [["always"]] * 400
    kinds = [(1,)] * 300 + [(0,)] * 100 + [(1,)] * 100 + [(0,)] * 300
    table = fit(evidence, kinds, [1.0] * 800, 2, penalty=1e-3)
    without = table["always"][1] - table["always"][0]
    assert without == pytest.approx(np.log(1 / 3), abs=0.02)
    assert without + table["sign"][1] - table["sign"][0] == pytest.approx(np.log(3), abs=0.02)


def test_counts_weigh_examples() -> None:
    """One example that counts three times is three examples."""
    once = fit([SEEN] * 30 + [["always"]] * 10, [(1,)] * 30 + [(0,)] * 10, [1.0] * 30 + [3.0] * 10, 2, 1.0)
    thrice = fit([SEEN] * 30 + [["always"]] * 30, [(1,)] * 30 + [(0,)] * 30, [1.0] * 60, 2, 1.0)
    for name in SEEN:
        assert once[name] == pytest.approx(thrice[name], abs=1e-3)


def test_what_is_half_known_excludes_alone() -> None:
    """Examples that can be of two kinds say that they are not of the third, and nothing of the two."""
    evidence = [SEEN] * 50 + [["always"]] * 50
    table = fit(evidence, [(1, 2)] * 50 + [(0,)] * 50, [1.0] * 100, 3, penalty=0.1)
    assert table["sign"][1] == pytest.approx(table["sign"][2], abs=1e-3)
    assert table["sign"][0] < table["sign"][1]


def test_rare_evidence_is_left_out() -> None:
    """What was seen in too few examples would be learnt by heart."""
    assert "rare" not in fit([[*SEEN, "rare"], *[SEEN] * 20], [(1,)] * 21, [1.0] * 21, 2, 1.0)
