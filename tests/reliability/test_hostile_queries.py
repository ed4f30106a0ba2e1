"""A query cannot hurt: whatever is asked has an answer or a UsageError, in little time and memory.

With --soak there are 10,000 queries on 100,000 articles, and the time they take is bounded too: of all by the time
limit, of those that are hostile by their form alone to a quarter of a second for 99 of 100.
"""

import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import quote

import pytest
from cli.shell import Shell
from conftest import Effort
from engines.large import batches, vocabulary
from reliability.hostile_options import REFUSED, odd_options
from reliability.hostile_queries import CLASSES, HEAVY, HostileQuery, hostile_queries
from reliability.many_articles import make_archive
from starlette.testclient import TestClient

from searcher.archive import Archive
from searcher.engines.whoosh import WhooshEngine
from searcher.errors import UsageError
from searcher.web.app import make_app

ARTICLES = 100_000
QUERIES = 10_000
SHORT = 3 * len(CLASSES)
MEGABYTES = 200
P99_MS, MOST_MS = 250, 2_500
# An argument of a command holds less than this on Linux (MAX_ARG_STRLEN), and no NUL.
LONGEST_ARGUMENT = 100_000


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, effort: Effort) -> Path:
    """The index that is searched."""
    folder = tmp_path_factory.mktemp("hostile") / "index"
    if effort(0, 1):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:  # whose memory is not measured
            other.submit(make_archive, folder, ARTICLES).result()
        return folder
    engine = WhooshEngine.create(folder)
    for batch in batches():
        with engine.writer() as writer:
            for name, article in batch:
                writer.remove(name) if article is None else writer.add(article)
    engine.close()
    return folder


@pytest.fixture(scope="module")
def archive(place: Path) -> Iterator[Archive]:
    """The archive, warm."""
    with Archive.open(place) as opened:
        for query in ("the", "oil price", '"the company"', "a*", "location:a", "Syria"):
            opened.search(query)
        yield opened


@pytest.fixture(scope="module")
def words(archive: Archive, effort: Effort) -> list[str]:
    """Words of the archive, common ones first."""
    if not effort(0, 1):
        return [word for word in vocabulary()[:300] if word.isascii()]
    begun = [archive.suggest(letter, 20) for letter in "tosfabcdmprwi"]
    return [word for row in zip(*begun, strict=True) for word in row]


@dataclass
class Outcome:
    """What queries took, by class, in milliseconds."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    partial: int = 0

    def every(self) -> list[float]:
        """All of them, in order."""
        return sorted(ms for one in self.took.values() for ms in one)

    def light(self) -> list[float]:
        """Those of the classes that ask for little, in order."""
        return sorted(ms for kind, one in self.took.items() for ms in one if kind not in HEAVY)

    def report(self, grown: int, mapped: int) -> str:
        """One line on all, and one on each class, the slowest first."""
        every = self.every()
        p50, p99 = _share(every, 0.5), _share(every, 0.99)
        told = f"{len(every)} queries: p50 {p50:.1f} ms, p99 {p99:.1f} ms, max {every[-1]:.1f} ms"
        told += f"; without the heavy classes p99 {_share(self.light(), 0.99):.1f} ms"
        lines = [f"{told}; {self.partial} partial; memory +{grown} MB, mapped files +{mapped} MB"]
        for kind, took in sorted(self.took.items(), key=lambda entry: -max(entry[1])):
            took.sort()
            lines.append(
                f"  {kind:20} p50 {_share(took, 0.5):8.1f}  p99 {_share(took, 0.99):8.1f}  max {took[-1]:8.1f}"
            )
        return "\n".join(lines)


def _share(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def test_ten_thousand_hostile_queries(
    archive: Archive, words: list[str], effort: Effort, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each has an answer, in words that can be written; memory stays within bounds and, with --soak, so does time."""
    outcome = Outcome()
    before = _memory()
    for query in hostile_queries(words, effort(SHORT, QUERIES)):
        _ask(archive, query, {}, outcome)
    after = _memory()
    mapped = after["RssFile"] - before["RssFile"]  # pages of the index: the system's to take back
    grown = after["VmHWM"] - before["VmHWM"] - mapped
    with capsys.disabled():
        print("\n" + outcome.report(grown, mapped) if effort(0, 1) else "", end="")
    assert grown < MEGABYTES
    if effort(0, 1):
        assert outcome.every()[-1] < MOST_MS
        assert _share(outcome.light(), 0.99) < P99_MS


def test_hostile_queries_with_odd_options(archive: Archive, words: list[str], effort: Effort) -> None:
    """Ten thousand hits on a page take longer to show, and no longer than the time limit; nothing else is worse."""
    outcome = Outcome()
    for number, query in enumerate(hostile_queries(words, effort(len(CLASSES), 1_000), seed=4)):
        _ask(archive, query, odd_options(random.Random(number)), outcome)
    if effort(0, 1):
        assert outcome.every()[-1] < MOST_MS


def _ask(archive: Archive, query: HostileQuery, options: dict[str, Any], outcome: Outcome) -> None:
    started = perf_counter()
    found = archive.search(query.text, **options)
    outcome.took[query.kind].append((perf_counter() - started) * 1000)
    outcome.partial += found.partial
    assert len(found.hits) <= min(found.total, options.get("limit", 10)), query
    assert all(note and "\n" not in note for note in found.notes), query
    assert not found.partial or any("was stopped" in note for note in found.notes), query


def _memory() -> dict[str, int]:
    """What this process holds, in MB: the most since it was asked last (VmHWM), and mapped files (RssFile)."""
    if sys.platform != "linux":
        pytest.skip("only Linux tells what a process held at most")
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    Path("/proc/self/clear_refs").write_text("5")  # the high-water mark falls to what is held now
    return {name: int(status[name].split()[0]) // 1024 for name in ("VmHWM", "RssFile")}


@pytest.mark.parametrize("options", REFUSED, ids=lambda options: str(options)[:40].encode("unicode_escape").decode())
def test_options_that_cannot_be_meant_are_refused(archive: Archive, options: dict[str, object]) -> None:
    """With a UsageError of one readable line, however long what was asked for."""
    with pytest.raises(UsageError) as refused:
        archive.search("oil", **options)  # type: ignore[arg-type]  # that is the point
    message = str(refused.value)
    assert "\n" not in message
    assert len(message) < 500


def test_hostile_queries_at_the_command_line(place: Path, words: list[str], effort: Effort, tmp_path: Path) -> None:
    """A real process ends with 0, 1 or 2; what it says of an error is one line, and never a traceback."""
    shell = Shell(tmp_path, place)
    sample = filter(_is_argument, hostile_queries(words, 10 * len(CLASSES) + 1, seed=2))
    step = effort(40, 3)
    for query in islice(sample, 0, None, step):
        done = shell.search("--json", "--", query.text)
        assert done.returncode in (0, 1, 2), (query, done.stderr)
        assert "Traceback" not in done.stderr, query
        assert done.stderr.count("\n") == (done.returncode == 2), (query, done.stderr)


def _is_argument(query: HostileQuery) -> bool:
    """Whether the system can hand it to a process."""
    try:
        return len(os.fsencode(query.text)) < LONGEST_ARGUMENT and "\0" not in query.text
    except UnicodeEncodeError:
        return False


def test_hostile_queries_in_a_url(archive: Archive, words: list[str], effort: Effort) -> None:
    """The API and the page answer each, or say with 400 what cannot be meant."""
    with TestClient(make_app(archive), base_url="http://127.0.0.1:8000") as client:
        for number, query in enumerate(hostile_queries(words, effort(len(CLASSES), 20 * len(CLASSES)), seed=3)):
            asked = quote(query.text.encode("utf-8", "surrogatepass")[:9_000])  # an address has 32 kB
            path = ("/api/search", "/")[number % 2]
            answer = client.get(f"{path}?q={asked}&page={number % 3}&time-limit=1")
            assert answer.status_code in (200, 400), (query, answer.text[:200])
            if path == "/api/search" and answer.status_code == 200:
                assert isinstance(answer.json()["partial"], bool), query
