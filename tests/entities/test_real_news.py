"""What real news is about, compared with what people who read it said: floors that the quality gate holds."""

from pathlib import Path

import pytest
import quality_gate
from quality.sets import SETS

QUICK = ("seed", "reuters")  # all sets take half a minute: scripts/quality_gate.py


@pytest.mark.parametrize("name", QUICK)
def test_figures_reach_their_floors(name: str, test_data: Path) -> None:
    """The article the project began with, and the countries, people and organisations of Reuters stories of 1987."""
    missing = next(one.missing() for one in SETS if one.name == name)
    if missing:
        pytest.skip(f"no {', '.join(missing)} below {test_data}")
    assert quality_gate.main(["--only", name]) == 0
