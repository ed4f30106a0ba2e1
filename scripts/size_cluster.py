#!/usr/bin/env python
"""What 1, 10, 100 million and 1 billion articles need, reckoned from what some need.

    scripts/size_cluster.py measure opensearch://127.0.0.1:9250/scale > docs/scale.json     an hour
    scripts/size_cluster.py tables                                                   the tables of docs/scale.md

**measure** deletes the archive, and fills it with synthetic articles (text, places, actors and days as the benchmark
of engines makes them; mentions, events and sources as articles of corpus/ have them). At each of --sizes it asks the
cluster for the sizes of its files and its heap, and times searches with facets.

**tables** puts the figures of docs/scale.json into the model of scripts/sizing/model.py. It is checked by what it says
of the largest size from the two before.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from benchmark.corpus import KINDS
from benchmark.reuters import reuters_folder
from sizing.model import cluster_for, predicted

TOP = Path(__file__).resolve().parent.parent
FIGURES = TOP / "docs" / "scale.json"
ASKED = (10**6, 10**7, 10**8, 10**9)


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    measure = commands.add_parser("measure")
    measure.add_argument("url")
    measure.add_argument("--sizes", default="10000,100000,1000000")
    measure.add_argument("--corpus", choices=KINDS, default="reuters" if reuters_folder() else "generated")
    measure.add_argument("--seed", type=int, default=1)
    commands.add_parser("tables")
    given = parser.parse_args()
    if given.command == "measure":
        json.dump(_measured(given), sys.stdout, indent=1)
    else:
        print(tables(json.loads(FIGURES.read_text(encoding="utf-8"))), end="")


def _measured(given: argparse.Namespace) -> dict[str, Any]:
    from sizing.measure import fill_and_measure  # opensearch-py, only where something is measured

    figures = []
    sizes = [int(size) for size in given.sizes.split(",")]
    for held in fill_and_measure(given.url, sizes, TOP / "corpus", given.corpus, given.seed):
        figures.append(held)
        print(f"{held['articles']:,} articles: {held['bytes'] / 10**6:,.0f} MB", file=sys.stderr)
    return {"corpus": given.corpus, "figures": figures}


def tables(measured: dict[str, Any]) -> str:
    """The measured figures, the check of the model, and what it says of more, as Markdown."""
    figures = measured["figures"]
    return "\n".join([*_sizes(figures), "", *_checked(figures), "", *_times(figures), "", *_needed(figures), ""])


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _head(*cells: str) -> list[str]:
    return [_row(*cells), _row("---", *["---:"] * (len(cells) - 1))]


def _sizes(figures: list[dict[str, Any]]) -> list[str]:
    rows = _head("bytes an article", *(f"{held['articles']:,}" for held in figures))
    for part in figures[0]["parts"]:
        rows.append(_row(part, *(f"{held['parts'][part] / held['articles']:,.0f}" for held in figures)))
    rows.append(_row("**all files**", *(f"**{held['bytes'] / held['articles']:,.0f}**" for held in figures)))
    rows.append(_row("on disk before", *(f"{held['bytes_unmerged'] / held['articles']:,.0f}" for held in figures)))
    rows.append(_row("heap in use, MB", *(held["heap_mb"] for held in figures)))
    rows.append(_row("added a second", *(f"{held['per_second']:,}" for held in figures)))
    return rows


def _checked(figures: list[dict[str, Any]]) -> list[str]:
    """What the model says of the largest size, from those before it."""
    before, largest = figures[:-1], figures[-1]
    sizes = [held["articles"] for held in before]
    parts = {part: [held["parts"][part] for held in before] for part in largest["parts"]}
    said = predicted(parts, sizes, largest["articles"])
    rows = _head(f"MB at {largest['articles']:,}", "model", "measured", "difference")
    both = {part: (said[part], largest["parts"][part]) for part in said}
    both["**all files**"] = sum(said.values()), sum(largest["parts"].values())
    for part, (model, found) in both.items():
        off = f"{(model - found) / found:+.0%}" if found else "-"
        rows.append(_row(part, f"{model / 10**6:,.0f}", f"{found / 10**6:,.0f}", off))
    return rows


def _times(figures: list[dict[str, Any]]) -> list[str]:
    rows = _head("ms, search with facets", *(f"{held['articles']:,}" for held in figures))
    for kind in figures[0]["milliseconds"]:
        rows.append(_row(kind, *(f"{held['milliseconds'][kind]:,.0f}" for held in figures)))
    return rows


def _needed(figures: list[dict[str, Any]]) -> list[str]:
    clusters = [cluster_for(articles, figures) for articles in ASKED]
    rows = _head("articles", *(f"{made.articles:,}" for made in clusters))
    rows.append(_row("primary shards, GB", *(f"{made.primary_gb:,.0f}" for made in clusters)))
    rows.append(_row("number of primary shards", *(made.shards for made in clusters)))
    rows.append(_row("disk with a copy of each, GB", *(f"{made.disk_gb:,.0f}" for made in clusters)))
    rows.append(_row("data nodes of 8 cores, 64 GB", *(made.nodes for made in clusters)))
    rows.append(_row("dollars a month", *(f"{made.dollars_a_month:,.0f}" for made in clusters)))
    rows.append(_row("hours to load", *(f"{made.load_hours:,.1f}" for made in clusters)))
    rows.append(_row("slowest class of query, s", *(f"{made.slowest_seconds:.1f}" for made in clusters)))
    return rows


if __name__ == "__main__":
    main()
