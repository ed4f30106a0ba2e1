#!/usr/bin/env python
"""How fast are entities found? Time and memory to load the extractor, and articles of 300 words a second on one core.

    scripts/bench_entities.py [--articles N] [--rounds N]

The articles are the first 300 words of Reuters-21578's longer stories where that is present (SEARCHER_TEST_DATA), else
the sample articles of corpus/ over and over. Loading is timed in fresh processes, as the extractor loads once. CPU
seconds are counted, not those of the clock; the first round meets every word for the first time.
"""

import argparse
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import chain, cycle, islice
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TOP), str(TOP / "scripts")]

from benchmark.reuters import reuters_folder  # noqa: E402

import searcher  # noqa: E402
from searcher.entities import extract  # noqa: E402

WORDS = 300
LOADS = 5
LOAD = """
import resource, time
from searcher.entities import extract
before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
extract("Nothing.")
print(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""

Text = tuple[str, str, str]
"""Body, title and dateline."""


def texts() -> Iterator[Text]:
    """Articles of 300 words, the same in every run."""
    data = reuters_folder()
    if data is None:
        articles = [(one.body, one.title, one.dateline) for one in searcher.read([TOP / "corpus"])]
        yield from cycle(articles)
    from quality.reuters import stories  # needs pycountry, as the test extra has it

    for story in chain.from_iterable(map(stories, sorted(data.glob("*.sgm.gz")))):
        words = list(islice(re.finditer(r"\S+", story.body), WORDS))
        if len(words) == WORDS:
            yield story.body[: words[-1].end()], story.title, story.dateline


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the extractor.")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    loads = [_load() for _ in range(LOADS)]
    print(f"load: {statistics.median(load[0] for load in loads):.2f} s, {loads[0][1] / 1024:.0f} MB")
    articles = list(islice(texts(), given.articles))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(given.rounds):
        started = time.process_time()
        for body, title, dateline in articles:
            extract(body, title, dateline)
        print(f"round {number + 1}: {len(articles) / (time.process_time() - started):.0f} articles a second")
    added = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"memory added with its caches: {added / 1024:.0f} MB")


def _load() -> tuple[float, int]:
    """CPU seconds to load the extractor, and the kilobytes that takes."""
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True, cwd=TOP)
    seconds, kilobytes = done.stdout.split()
    return float(seconds), int(kilobytes)


if __name__ == "__main__":
    main()
