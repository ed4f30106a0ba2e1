#!/usr/bin/env python
"""How fast do the workers of Dask add articles to OpenSearch, beside the process pool of one machine?

    scripts/bench_workers.py http://127.0.0.1:9250                     20,000 articles, four ways: some minutes
    scripts/bench_workers.py http://127.0.0.1:9250 --articles 2000

The articles are made of Reuters sentences (about 300 words), in files of 500 JSON lines. Each way begins with an empty
archive, which is deleted again: the pool with 1 and 2 processes, workers with 1 and 2 of them, all on this machine. The
lists of names are loaded before the clock starts, as on workers that have been at work. Measure on a quiet machine:
cluster, workers and this process share its cores.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from benchmark.reuters import reuters_folder, reuters_texts
from distributed import LocalCluster

from searcher import ingest
from searcher.config import Settings
from searcher.engines.opensearch import OpenSearchEngine
from searcher.ingest import cluster
from searcher.ingest.manifest import Manifest
from searcher.models import AddReport

EACH = 500
ONE, TWO = 1, 2


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cluster", help="where an OpenSearch listens, such as http://127.0.0.1:9250")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--name", default="bench-workers", help="of the archive that is made and deleted")
    given = parser.parse_args()
    reuters = reuters_folder()
    if reuters is None:
        sys.exit("bench_workers: no Reuters-21578; set SEARCHER_TEST_DATA to the folder that has it")
    url = f"{given.cluster.replace('http', 'opensearch', 1)}/{given.name}"
    with tempfile.TemporaryDirectory() as scratch:
        files, warm = Path(scratch) / "articles", Path(scratch) / "warm"
        _write(files, reuters, given.articles)
        _write(warm, reuters, EACH)
        for count in (ONE, TWO):
            _show(f"{count} of the pool", _timed(url, partial(_by_pool, processes=count), files, warm))
        for count in (ONE, TWO):
            with LocalCluster(n_workers=count, threads_per_worker=1, processes=True, dashboard_address=":0") as workers:
                adds = partial(_by_workers, address=workers.scheduler_address)
                _show(f"{count} of Dask", _timed(url, adds, files, warm))


def _write(folder: Path, reuters: Path, articles: int) -> None:
    """Files of JSON lines."""
    folder.mkdir()
    texts = islice(reuters_texts(reuters, seed=articles), articles)
    for number in range(0, articles, EACH):
        with (folder / f"{number:09}.jsonl").open("w", encoding="utf-8") as file:
            for title, body in islice(texts, EACH):
                file.write(json.dumps({"title": title, "text": body, "date": "1987-03-02"}) + "\n")


def _timed(url: str, add: Callable[[str, Path], AddReport], files: Path, warm: Path) -> tuple[AddReport, float]:
    """What an add of the files reports, and how many seconds it takes; a small one warms everything before."""
    for given in (warm, files):
        with closing(OpenSearchEngine.create(url)):
            pass
        started = time.monotonic()
        report = add(url, given)
        seconds = time.monotonic() - started
        OpenSearchEngine.delete(url)
    return report, seconds


def _by_pool(url: str, files: Path, processes: int) -> AddReport:
    with tempfile.TemporaryDirectory() as place, closing(Manifest(Path(place) / "files.sqlite", ())) as manifest:
        engine = OpenSearchEngine.open(url)
        with closing(engine):
            return ingest.add(engine, [files], Settings(), today=date.today(), processes=processes, manifest=manifest)


def _by_workers(url: str, files: Path, address: str) -> AddReport:
    with (
        tempfile.TemporaryDirectory() as place,
        closing(Manifest(Path(place) / "files.sqlite", ())) as manifest,
        cluster.connected(address) as workers,
    ):
        opener = partial(OpenSearchEngine.open, url)
        return cluster.add(opener, [files], Settings(), workers, manifest, today=date.today())


def _show(name: str, measured: tuple[AddReport, float]) -> None:
    report, seconds = measured
    load = os.getloadavg()[0]
    print(f"{name:<14}{report.added:>8,} articles  {seconds:6.1f} s  {report.added / seconds:6.0f} a second", end="")
    print(f"  {len(report.skipped)} skipped, load {load:.1f} at the end", flush=True)


if __name__ == "__main__":
    main()
