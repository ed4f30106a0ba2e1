"""What no score may fall below, or rise above where less is better, and when that may change.

Bounds are pinned with the digest of the files they were measured on. `judge` compares, `pin` moves bounds to the
present scores, and `regressions` names those that would get worse by it: the gate refuses unless each is asked for.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from quality.errors import FloorsUnreadable
from quality.scores import Scores
from quality.sets import QualitySet

__all__ = ["Judged", "Measured", "Pinned", "judge", "pin", "read_floors", "regressions", "write_floors"]

DECIMALS = 4
Verdict = Literal["holds", "under", "over", "other data", "not pinned", "no such figure", ""]
"""How a figure stands to its bound; empty where it is shown and nothing more."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """The bounds of one set and the digest of its files."""

    digest: str
    floors: dict[str, float] = field(default_factory=dict)
    ceilings: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one set gives now."""

    set: QualitySet
    digest: str
    scores: Scores

    @property
    def name(self) -> str:
        """That of the set."""
        return self.set.name


@dataclass(frozen=True, slots=True)
class Judged:
    """One figure with its bound; `bound` is None where there is none, `score` where the set has no such figure."""

    set: str
    figure: str
    score: float | None
    bound: float | None
    verdict: Verdict

    @property
    def fails(self) -> bool:
        """Whether the gate stays shut for it."""
        return self.verdict not in ("holds", "")


def read_floors(path: Path) -> dict[str, Pinned]:
    """What is pinned, by set; nothing where the file is not there. Raises FloorsUnreadable for any other content."""
    if not path.exists():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: Pinned(str(entry["digest"]), _numbers(entry["floors"]), _numbers(entry.get("ceilings", {})))
            for name, entry in content.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        problem = f"{path} is no file of floors ({type(error).__name__}: {error})"
        raise FloorsUnreadable(f"{problem}; take the committed one, then --pin") from error


def _numbers(entry: dict[str, float]) -> dict[str, float]:
    return {str(figure): float(value) for figure, value in entry.items()}


def write_floors(path: Path, pinned: dict[str, Pinned]) -> None:
    """The file of floors: sorted, a figure a line."""
    content = {
        name: {key: value for key, value in asdict(entry).items() if value or key != "ceilings"}
        for name, entry in pinned.items()
    }
    path.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def judge(measured: Measured, pinned: Pinned | None) -> Iterator[Judged]:
    """Every figure of a set beside its bound, also those that should be there and were not measured."""
    bounds = pinned.floors | pinned.ceilings if pinned else {}
    for figure in dict.fromkeys((*measured.scores, *bounds, *measured.set.floors, *measured.set.ceilings)):
        score = measured.scores.get(figure)
        yield Judged(measured.name, figure, score, bounds.get(figure), _verdict(measured, pinned, figure))


def _verdict(measured: Measured, pinned: Pinned | None, figure: str) -> Verdict:
    bounded = figure in (*measured.set.floors, *measured.set.ceilings)
    floor, ceiling = _bounds(pinned, figure)
    if not bounded and floor is ceiling is None:
        return ""
    if not bounded or figure not in measured.scores:
        return "no such figure"
    if pinned is None or floor is ceiling is None:
        return "not pinned"
    if pinned.digest != measured.digest:
        return "other data"
    return _compared(measured.scores[figure], floor, ceiling)


def _bounds(pinned: Pinned | None, figure: str) -> tuple[float | None, float | None]:
    return (pinned.floors.get(figure), pinned.ceilings.get(figure)) if pinned else (None, None)


def _compared(score: float, floor: float | None, ceiling: float | None) -> Verdict:
    """Bounds are stored rounded, so the score is compared rounded."""
    if floor is not None and round(score, DECIMALS) < floor:
        return "under"
    return "over" if ceiling is not None and round(score, DECIMALS) > ceiling else "holds"


def regressions(measured: Measured, pinned: Pinned | None) -> list[str]:
    """SET/FIGURE of each bound that pinning would move for the worse or drop, whatever data it was measured on."""
    worse = []
    for figure in (*pinned.floors, *pinned.ceilings) if pinned else ():
        gone = figure not in measured.scores or figure not in (*measured.set.floors, *measured.set.ceilings)
        if gone or _compared(measured.scores[figure], *_bounds(pinned, figure)) != "holds":
            worse.append(f"{measured.name}/{figure}")
    return worse


def pin(measured: Measured) -> Pinned:
    """Bounds at the present scores; ask `regressions` first."""
    rounded = {figure: round(score, DECIMALS) for figure, score in measured.scores.items()}
    return Pinned(
        measured.digest,
        {figure: rounded[figure] for figure in measured.set.floors if figure in rounded},
        {figure: rounded[figure] for figure in measured.set.ceilings if figure in rounded},
    )
