#!/usr/bin/env python
"""Measure the default engine: articles added a second, and milliseconds a search by kind of query.

    scripts/bench.py PATH...        the articles to measure with, such as the Reuters-21578 collection

Each query runs once to warm up and then REPEATS times; the median over the queries of a kind is shown, with the exact
total and the counts of four facets over all matches included, as a person would ask.
"""

import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from searcher import Archive

REPEATS = 5
QUERIES = {
    "rare word": ["gulfport", "tungsten", "zambian"],
    "common word": ["bank", "oil", "company"],
    "two words, all": ["oil price", "interest rate", "grain export"],
    "two words, any": ["oil OR grain", "tanker OR missile", "wheat OR corn"],
    "phrase": ['"prime minister"', '"crude oil"', '"central bank"'],
    "words near": ['"oil output"~3', '"bank rate"~5', '"ship attack"~8'],
    "beginning": ["petrol*", "agricult*", "refin*"],
    "misspelt": ["petrolium~", "goverment~", "exchagne~"],
    "word and month": ["oil date:1987-03", "bank date:1987-03", "trade date:1987-04"],
    "everything": [""],
}


def main() -> None:
    if not sys.argv[1:]:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "index") as archive:
        started, cpu = time.perf_counter(), time.process_time()
        added = archive.add(sys.argv[1:]).added
        wall, cpu = time.perf_counter() - started, time.process_time() - cpu
        stats = archive.stats()
        print(f"{added:,} articles added in {wall:.0f} s ({cpu:.0f} s of CPU), {added / wall:.0f} a second")
        print(f"{stats.size_bytes / 1e6:.0f} MB on disk; peak memory {_peak_mb():.0f} MB\n")
        print(f"| {'query':15} |  ms | found |\n|{'-' * 17}|----:|------:|")
        for kind, queries in QUERIES.items():
            times, totals = zip(*(_measure(archive, query) for query in queries), strict=True)
            print(f"| {kind:15} | {statistics.median(times):3.0f} | {statistics.median(totals):5,.0f} |")


def _measure(archive: Archive, query: str) -> tuple[float, int]:
    total = archive.search(query).total
    times = [archive.search(query).took_ms for _ in range(REPEATS)]
    return statistics.median(times), total


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
