#!/usr/bin/env python3
"""Find the weights of searcher/entities/data/about.tsv on stories whose countries indexers have marked.

    python scripts/fit_about.py SEARCHER_TEST_DATA/reuters21578/reut2-00[0-5].sgm.gz [--out FILE]

Logistic regression over the evidence of about.py: none of it is the name of a country.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from fitting import fit  # noqa: E402
from quality.reuters import stories  # noqa: E402

from searcher.entities import extract  # noqa: E402
from searcher.entities.about import evidence, gather  # noqa: E402
from searcher.entities.lexicon import lexicon  # noqa: E402
from searcher.entities.tables import DATA  # noqa: E402

PENALTY = 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the weights by which an article is about a country.")
    parser.add_argument("files", type=Path, nargs="+", help="files of Reuters-21578, gzipped")
    parser.add_argument("--out", type=Path, default=DATA / "about.tsv", help="where to write (default: %(default)s)")
    given = parser.parse_args()
    seen, marked = [], []
    countries = lexicon().countries
    for story in (story for path in given.files for story in stories(path) if story.countries):
        found = gather(extract(story.body, story.title, story.dateline).mentions, countries)
        for code in found:
            seen.append(evidence(code, found, len(story.body)))
            marked.append((int(code in story.countries),))
    table = fit(seen, marked, [1.0] * len(seen), 2, PENALTY)
    lines = ["evidence\tweight", *(f"{name}\t{row[1] - row[0]:.3f}" for name, row in sorted(table.items()))]
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{given.out}: {len(table)} pieces of evidence from {len(seen):,} countries in stories")


if __name__ == "__main__":
    main()
