#!/usr/bin/env python
"""How fast does an archive take articles in, and in how much memory?

    scripts/bench_ingest.py                     every part: three minutes
    scripts/bench_ingest.py --only lines        one of pages, lines, again, copies
    scripts/bench_ingest.py --articles 100000   lines of so many articles made of Reuters sentences

pages   the saved pages of article-extraction-benchmark, from HTML to the commit, one process: pages for a second of CPU
lines   Reuters-21578 as JSON lines, entities and all, two processes: articles for a second of the clock, and the most
        memory that the processes had together
again   the same added again, nothing changed: seconds
copies  sketches of the same articles looked for in an archive of as many others: articles for a second of CPU, the
        making of the sketches with and without cutting texts into runs of words

Parts whose data is absent (SEARCHER_TEST_DATA, else ../shared/data) are named and left out. Measure on a quiet machine.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TOP), str(TOP / "scripts")]

from benchmark.reuters import reuters_texts  # noqa: E402
from quality.sets import data_folder  # noqa: E402

from searcher import Archive  # noqa: E402
from searcher.config import Settings  # noqa: E402
from searcher.models import Article, RawArticle  # noqa: E402
from searcher.readers import read_paths  # noqa: E402

ADD = "import sys; from searcher.cli.archive import main; sys.argv[0] = 'archive'; main()"
SAMPLE_SECONDS = 0.1
PAGES = "html/article-extraction-benchmark"
REUTERS = "reuters21578"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=list(PARTS))
    parser.add_argument("--articles", type=int, help="so many made ones instead of Reuters' own")
    given = parser.parse_args()
    for name, (needed, measure) in PARTS.items():
        if given.only and name not in given.only:
            continue
        folder = data_folder() / needed
        if not folder.is_dir():
            print(f"{name}: left out, no {needed} below {data_folder()}")
            continue
        with tempfile.TemporaryDirectory() as place:
            print(f"{name}: {measure(folder, Path(place), given.articles)}", flush=True)


def _pages(folder: Path, place: Path, _: int | None) -> str:
    count = sum(1 for _ in folder.rglob("*.html.gz"))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _, peak = _add(place, folder, processes=1)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return f"{count} pages, {count / seconds:.1f} for a second of CPU, {peak:.0f} MB"


def _lines(folder: Path, place: Path, articles: int | None) -> str:
    count = _write(folder, place / "articles.jsonl", articles)
    seconds, peak = _add(place, place / "articles.jsonl", processes=2)
    return f"{count:,} articles, {count / seconds:.0f} a second, {peak:.0f} MB at most in all processes"


def _again(folder: Path, place: Path, articles: int | None) -> str:
    count = _write(folder, place / "articles.jsonl", articles)
    first, _ = _add(place, place / "articles.jsonl", processes=2)
    second, _ = _add(place, place / "articles.jsonl", processes=2)
    return f"{count:,} articles, {first:.1f} s at first, {second:.2f} s again"


def _copies(folder: Path, place: Path, _: int | None) -> str:
    from searcher.ingest.stories import Stories
    from searcher.normalize.sketch import sketch_of

    texts = [(raw.title, raw.body) for raw in _records(folder)]
    started = time.process_time()
    made = [
        Article(id=f"{number:016x}", title=title, body=body, sketch=sketch_of(title, body))
        for number, (title, body) in enumerate(texts)
    ]
    sketched = time.process_time()
    half = len(made) // 2
    with Archive.open(place / "index") as archive:
        engine = archive._writable()
        with engine.writer() as writer:
            for article in made[:half]:
                writer.add(article)
        stories = Stories(engine)
        looked = time.process_time()
        for at in range(half, len(made), 1024):
            stories.told(made[at : at + 1024])
        done = time.process_time()
    per_sketch, per_look = (sketched - started) / len(made), (done - looked) / (len(made) - half)
    return (
        f"{len(made) - half:,} articles against {half:,}: store {1 / per_look:,.0f} a second, sketches with cutting "
        f"{1 / per_sketch:,.0f}, both {1 / (per_look + per_sketch):,.0f}"
    )


def _write(folder: Path, path: Path, articles: int | None) -> int:
    """JSON lines of the collection, or of so many articles made of its sentences; how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for title, body in _texts(folder, articles):
            file.write(json.dumps({"title": title, "text": body, "date": "1987-03-02", "n": count}) + "\n")
            count += 1
    return count


def _texts(folder: Path, articles: int | None) -> Iterator[tuple[str, str]]:
    if articles:
        yield from islice(reuters_texts(folder, seed=1), articles)
    else:
        yield from ((raw.title, raw.body) for raw in _records(folder))


def _records(folder: Path) -> Iterator[RawArticle]:
    return (raw for raw in read_paths([folder], Settings()) if isinstance(raw, RawArticle) and raw.body)


def _add(place: Path, given: Path, processes: int) -> tuple[float, float]:
    """Seconds that `archive add` takes, and the most megabytes that its processes have together."""
    command = [sys.executable, "-c", ADD, "add", "-i", str(place / "index"), "--processes", str(processes), str(given)]
    started = time.monotonic()
    peak = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=TOP) as process:
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            time.sleep(SAMPLE_SECONDS)
        return time.monotonic() - started, peak


def _memory(process: int) -> float:
    """Megabytes that a process and those it started have in memory."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*"):
        try:
            status = dict(line.split(":", 1) for line in (path / "status").read_text().splitlines() if ":" in line)
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
        if int(path.name) == process or int(status["PPid"]) == process:
            total += int(status.get("VmRSS", "0 kB").split()[0]) / 1024
    return total


PARTS: dict[str, tuple[str, Callable[[Path, Path, int | None], str]]] = {
    "pages": (PAGES, _pages),
    "lines": (REUTERS, _lines),
    "again": (REUTERS, _again),
    "copies": (REUTERS, _copies),
}


if __name__ == "__main__":
    main()
