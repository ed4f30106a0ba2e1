"""The process of one engine. It measures itself, so that no other engine's work or memory is in its figures.

python -m benchmark.worker ENGINE build|add ARTICLES INDEX FIRST    prints one line of JSON
python -m benchmark.worker ENGINE serve INDEX QUERIES VALUES        answers a line of JSON to each of these:

    answer N                total and all counts of query N
    time plain|facets N...  nanoseconds of each of the queries N, without counts or with VALUES of each facet
    memory                  bytes in memory now
"""

import json
import resource
import sys
from pathlib import Path
from time import perf_counter, perf_counter_ns
from typing import Any

from benchmark.engines import adapter
from benchmark.engines.base import EVERY_VALUE, Adapter, Searching
from benchmark.queries import read_queries
from benchmark.record import read_records

__all__ = ["memory"]

_KEPT = {"VmHWM": "peak", "VmRSS": "resident", "RssAnon": "anonymous"}


def memory() -> dict[str, int]:
    """Bytes this process has (`resident`), had at most (`peak`), and has beyond mapped files (`anonymous`).

    Empty where the system does not say (it is Linux that does).
    """
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    parted = (line.partition(":") for line in lines)
    return {_KEPT[name]: int(value.split()[0]) * 1024 for name, _, value in parted if name in _KEPT}


def _write(engine: Adapter, verb: str, articles: Path, folder: Path, first: int) -> None:
    before, started = _cpu(), perf_counter()
    (engine.build if verb == "build" else engine.add)(read_records(articles, first), folder)
    wall, cpu = perf_counter() - started, _cpu() - before
    _say({"version": engine.version, "wall": wall, "cpu": cpu, **memory()})


def _cpu() -> float:
    """Seconds of processor time of this process, its threads and its children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _serve(engine: Adapter, folder: Path, queries: Path, values: int) -> None:
    asked = read_queries(queries)
    started = perf_counter()
    searching = engine.open(folder)
    prepared = [searching.prepare(query) for query in asked]
    searching.search(prepared[0], 0)
    _say({"version": engine.version, "open": perf_counter() - started, "segments": searching.segments})
    for line in sys.stdin:
        match line.split():
            case ["answer", number]:
                _say(searching.answer(searching.search(prepared[int(number)], EVERY_VALUE))._asdict())
            case ["time", kind, *numbers]:
                wanted = values if kind == "facets" else 0
                _say([_timed(searching, prepared[int(number)], wanted) for number in numbers])
            case ["memory"]:
                _say(memory())


def _timed(searching: Searching, prepared: Any, values: int) -> int:
    started = perf_counter_ns()
    found = searching.search(prepared, values)
    took = perf_counter_ns() - started
    del found  # freeing it is not part of the search
    return took


def _say(value: object) -> None:
    print(json.dumps(value), flush=True)


def _main() -> None:
    name, verb, *arguments = sys.argv[1:]
    engine = adapter(name)
    if verb == "serve":
        _serve(engine, Path(arguments[0]), Path(arguments[1]), int(arguments[2]))
    else:
        _write(engine, verb, Path(arguments[0]), Path(arguments[1]), int(arguments[2]))


if __name__ == "__main__":
    _main()
