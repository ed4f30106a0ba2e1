#!/usr/bin/env python
"""Compare the default engine with others: the same articles, fields and queries, side by side in one run.

    scripts/bench.py                                     100,000 articles: a while
    scripts/bench.py --quick                             2,000: less than a minute
    scripts/bench.py --articles 1000000 --engines searcher,tantivy --json figures.json

Engines: this one (searcher), tantivy (pip install 'searcher[bench]'), Lucene (where a JDK is and LUCENE_JARS names the
folder of its jars), SQLite FTS5 with tables of facets, and Whoosh's own codec, on fewer articles as it is slow. Those
that are not there are left out, and said so.

**Articles** have about 300 words, 3 places, 2.5 actors and a day in six years. They are made of the sentences of
Reuters-21578 where that is present (SEARCHER_TEST_DATA), else by a seeded generator fitted to it. Texts hold letters
and full stops alone, and no word on which English stemmers disagree: so each engine does its own lower-casing, cutting
and stemming, and all of them find the same.

**Fields**: title and body with positions, a word in the title counting double; location and actor, several values each;
the day; an id; the text stored, as each engine stores text by default.

**Indexing** happens in a process of its own with one thread that takes articles in, beside which an engine may write
and merge in the background as it does by itself, and 256 MB for buffers where that can be said, up to a commit that is
safe on disk and until merges are done. No engine is asked to merge more than it does itself.

**Searching**: every query is built beforehand and asked a few times to warm up (Lucene 20 times). Then engines answer
in turn, class by class, in as many rounds as asked, each on one thread of a process of its own that times itself: the
best ten by score with the exact total, and again with the counts of both facets over all that match: of all values, or
of those with most articles (--facet-values), exact in either case. Stored text is not read. No engine keeps answers. A
misspelt word is found in SQLite by going through its list of words.

Before anything is timed, totals and counts of all engines are compared for every query; a difference ends the run with
status 1 and names the query.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmark.compare import AnswersDiffer, compare, say
from benchmark.corpus import KINDS, write_corpus
from benchmark.engines import ENGINES, OURS, WHOOSH, missing
from benchmark.engines.base import EVERY_VALUE
from benchmark.figures import Comparison
from benchmark.processes import WorkerFailed, bare_memory
from benchmark.report import readme_rows, tables
from benchmark.reuters import reuters_folder

QUICK, QUICK_WHOOSH = 2_000, 500


def main() -> None:
    """Run what the command line asks for."""
    arguments = _arguments()
    engines = _present(arguments.engines)
    if arguments.readme and OURS not in engines:
        sys.exit(f"scripts/bench.py: --readme shows ratios to {OURS}: name it among the engines")
    bare = bare_memory()
    comparisons = []
    try:
        for articles, chosen in _parts(arguments, engines):
            comparisons.append(_comparison(arguments, articles, chosen))
    except AnswersDiffer as error:
        sys.exit(f"engines do not find the same:\n{error}")
    except (WorkerFailed, ValueError, FileNotFoundError) as error:
        sys.exit(f"scripts/bench.py: {error}")
    if arguments.json:
        arguments.json.write_text(json.dumps(_raw(arguments, comparisons, bare)) + "\n", encoding="utf-8")
    if arguments.readme:
        print(readme_rows(comparisons, bare), end="")
    else:
        print(*(tables(made, bare) for made in comparisons), sep="\n", end="")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=_count, metavar="N", default=100_000, help="how many (100000)")
    parser.add_argument(
        "--whoosh-articles", type=_count, metavar="N", default=10_000, help="how many for Whoosh (10000)"
    )
    parser.add_argument("--corpus", choices=KINDS, help="reuters where it is present, else generated")
    parser.add_argument("--engines", default=",".join(ENGINES), help="which of them, with commas (all that are there)")
    parser.add_argument(
        "--facet-values", type=_count, metavar="N", default=EVERY_VALUE, help="of each facet, the largest (all of them)"
    )
    parser.add_argument("--rounds", type=_count, metavar="N", default=9, help="how often each query is timed (9)")
    parser.add_argument("--seed", type=int, default=1, help="other articles and queries (1)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all raw figures there")
    parser.add_argument("--readme", action="store_true", help="print the rows of the README alone")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} generated articles, 3 rounds")
    arguments = parser.parse_args()
    if arguments.quick:
        arguments.articles, arguments.whoosh_articles = QUICK, QUICK_WHOOSH
        arguments.corpus, arguments.rounds = "generated", 3
    arguments.corpus = arguments.corpus or KINDS[reuters_folder() is None]
    return arguments


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give 1 or more")
    return number


def _present(named: str) -> list[str]:
    """Those of the engines named that are there, this one first."""
    asked = named.split(",")
    unknown = sorted(set(asked) - set(ENGINES))
    if unknown:
        sys.exit(f"scripts/bench.py: no engine {', '.join(unknown)}; there are {', '.join(ENGINES)}")
    absent = {name: missing(name) for name in asked}
    for name, reason in absent.items():
        if reason:
            say(f"without {name}: {reason}")
    present = [name for name in ENGINES if name in asked and not absent[name]]
    if not present:
        sys.exit("scripts/bench.py: none of the engines named is there")
    return present


def _parts(arguments: argparse.Namespace, engines: list[str]) -> list[tuple[int, list[str]]]:
    """Sizes, and the engines compared at each: Whoosh at a size of its own if that is smaller."""
    smaller = min(arguments.whoosh_articles, arguments.articles)
    if WHOOSH not in engines or smaller == arguments.articles:
        return [(arguments.articles, engines)]
    others = [name for name in engines if name != WHOOSH]
    parts = [(arguments.articles, others), (smaller, [name for name in engines if name in (OURS, WHOOSH)])]
    return [(articles, chosen) for articles, chosen in parts if chosen]


def _comparison(arguments: argparse.Namespace, articles: int, engines: list[str]) -> Comparison:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        say(f"{articles:,} articles are written ({arguments.corpus})")
        corpus = write_corpus(arguments.corpus, articles, arguments.seed, Path(folder))
        values, rounds, seed = arguments.facet_values, arguments.rounds, arguments.seed
        return compare(corpus, engines, Path(folder), values=values, rounds=rounds, seed=seed)


def _raw(arguments: argparse.Namespace, comparisons: list[Comparison], bare: dict[str, int]) -> dict[str, object]:
    return {
        "machine": {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()},
        "arguments": {name: str(value) for name, value in vars(arguments).items()},
        "bare": bare,
        "comparisons": [asdict(made) for made in comparisons],
    }


if __name__ == "__main__":
    main()
