"""What a person waits for who types `search` once: a process of its own that starts, opens, searches and prints."""

import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

__all__ = ["one_shot"]

RUNS = 7
_PROGRAM = "from searcher.cli.search import main; main()"  # as the console script does


def one_shot(index: Path, words: tuple[str, ...]) -> dict[str, float]:
    """Median seconds, of processor and of clock, of a search in a fresh process; one more before warms the files."""
    walls, cpus = [], []
    for _ in range(RUNS + 1):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
        line = [sys.executable, "-P", "-c", _PROGRAM, "-i", str(index), *words]
        subprocess.run(line, stdout=subprocess.DEVNULL, check=True)
        walls.append(perf_counter() - started)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {"wall": median(walls[1:]), "cpu": median(cpus[1:])}
