"""One process writes, others read: no reader fails, and each answer is that of one commit, whole."""

import json
import os
import subprocess
import sys
from bisect import bisect_left
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from reliability.generations import commit, facets_after, ids_after

from searcher.engines.whoosh import WhooshEngine

TESTS = Path(__file__).resolve().parent.parent
VISIBLE_SECONDS = 1.0
STARTING = 60  # seconds for processes to start and to come to their end


class Commits(NamedTuple):
    """When the commits of a number began and were done; the first was done before anyone looked."""

    began: list[float]
    done: list[float]

    def newest_before(self, moment: float) -> int:
        """The number of the last commit that was done by then."""
        return bisect_left(self.done, moment)


def _start(module: str, *arguments: object) -> "subprocess.Popen[str]":
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent)))}
    command = [sys.executable, "-W", "error", "-m", f"reliability.{module}", *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)


def _noted(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_readers_never_fail_and_see_whole_commits(tmp_path: Path, effort: Callable[[int, int], int]) -> None:
    """While one writes and merges, readers see commits as a whole, soon, and a pinned one as long as they hold it."""
    place, seconds = tmp_path / "index", effort(7, 600)
    engine = WhooshEngine.create(place)
    commit(engine, 1)
    engine.close()
    logs = [tmp_path / f"reader-{number}" for number in range(effort(4, 8))]
    with ExitStack() as running:  # they end when their time is over, whatever happens here
        readers = [running.enter_context(_start("reading", place, log, seconds)) for log in logs]
        writer = running.enter_context(_start("generations", place, tmp_path / "writer", seconds))
        for process in (writer, *readers):
            _, errors = process.communicate(timeout=seconds + STARTING)
            assert (process.returncode, errors) == (0, "")
    written = _noted(tmp_path / "writer")
    assert len(written) >= effort(20, 500)
    commits = Commits([0.0, *(row["began"] for row in written)], [0.0, *(row["done"] for row in written)])
    seen = [row for log in logs for row in _noted(log)]
    lags = [_checked(row, commits) for row in seen if "total" in row]
    for row in seen:
        if "held" in row:
            assert row["held"]["ids"] == ids_after(row["held"]["number"])
    held = sum("held" in row for row in seen)
    assert held >= len(readers)
    assert engine.check(deep=True) == ()
    print(f"{len(written)} commits, {len(lags)} searches, {held} held, seen after {max(lags):.3f} s at most")
    assert max(lags) < VISIBLE_SECONDS


def _checked(row: dict[str, Any], commits: Commits) -> float:
    """One search: it gives all of one commit; for how long a later one had been there when it began."""
    number = row["number"]
    assert row["total"] == len(ids_after(number))
    assert row["facets"] == facets_after(number)
    missed = commits.done[number] if number < commits.newest_before(row["began"]) else row["began"]
    return float(row["began"] - missed)
