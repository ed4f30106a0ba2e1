"""Workers and clients that are killed: no article is lost, none is there twice, and what was done is not done again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
from clustered.dasks import Dask
from clustered.runs import added_alone, added_by_workers, articles_of, words_of, write
from clustered.tabled import DEADLY, FATAL, Table
from processes import children, until

from searcher.ingest.cluster import packing, run
from searcher.ingest.cluster.parcels import Parcel
from searcher.ingest.manifest import Manifest
from searcher.models import AddReport

FILES, EACH = 24, 20
PATIENCE = 120.0  # seconds: processes start, and load the lists of names, on machines that do other things
CLIENT = """
import sys
from pathlib import Path
sys.path[:] = sys.argv[4:]
from clustered.runs import added_by_workers
from searcher.ingest.cluster import packing
packing.PARCEL_FILES = 1
if __name__ == "__main__":
    added_by_workers(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
"""


@pytest.fixture(autouse=True)
def each_file_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """One file, one parcel."""
    monkeypatch.setattr(packing, "PARCEL_FILES", 1)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Files of articles; each text stands in two of them."""
    for number in range(FILES):
        first = number // 2 * EACH
        titled = [(f"Item {number} {text}", words_of(text)) for text in range(first, first + EACH)]
        write(tmp_path / "in" / f"{number:02}.jsonl", *titled)
    return tmp_path / "in"


def state_of(folder: Path) -> dict[str, tuple[object, ...]]:
    """What every article is but for its story, and which articles tell one story with it."""
    articles = articles_of(folder).values()
    told = {
        article.tells: frozenset(other.id for other in articles if other.tells == article.tells) for article in articles
    }
    return {article.id: (article.title, article.path, article.mentions, told[article.tells]) for article in articles}


def committed(folder: Path) -> int:
    """How many articles are in so far."""
    table = folder / "table.sqlite"
    return len(Table(table).rows("SELECT id FROM articles")) if table.exists() else 0


@pytest.mark.parametrize("victim", ["worker", "the process beside it"])
def test_a_worker_that_is_killed_costs_nothing(workers: Dask, tmp_path: Path, inbox: Path, victim: str) -> None:
    """Another one does its parcels again; what it had committed is counted as there."""
    reports: list[AddReport] = []
    adding = Thread(target=lambda: reports.append(added_by_workers(tmp_path, workers.scheduler_address, inbox)))
    adding.start()
    until(lambda: committed(tmp_path) > 2 * EACH, PATIENCE)
    pid = workers.pids()[0]
    os.kill(pid if victim == "worker" else max(children(pid)), signal.SIGKILL)
    adding.join(120)
    added_alone(tmp_path / "alone", inbox)
    assert [(report.added + report.unchanged, report.skipped) for report in reports] == [(FILES * EACH, ())]
    assert state_of(tmp_path) == state_of(tmp_path / "alone")


def test_a_client_that_is_killed_goes_on_from_there(
    workers: Dask, tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was noted is not read again; every article is in once, its story that of a run without a kill."""
    command = [sys.executable, "-c", CLIENT, str(tmp_path), workers.scheduler_address, str(inbox), *sys.path]
    with subprocess.Popen(command) as client:
        until(lambda: len(noted(tmp_path)) > 3, PATIENCE)
        client.send_signal(signal.SIGKILL)
    before = noted(tmp_path)
    assert 3 < len(before) < FILES, "killed too late"
    handed_out: set[str] = set()

    def packed(paths: Iterable[Path], manifest: Manifest) -> Iterator[Parcel]:
        for parcel in packing.packed(paths, manifest):
            handed_out.update(parcel.paths)
            yield parcel

    monkeypatch.setattr(run, "packed", packed)
    report = added_by_workers(tmp_path, workers.scheduler_address, inbox)
    assert handed_out == {str(path) for path in inbox.iterdir()} - before
    added_alone(tmp_path / "alone", inbox)
    assert (report.added + report.unchanged, report.skipped) == (FILES * EACH, ())
    assert state_of(tmp_path) == state_of(tmp_path / "alone")


def noted(folder: Path) -> set[str]:
    """The files that need not be read again."""
    if not (folder / "files.sqlite").exists():
        return set()
    with closing(Manifest(folder / "files.sqlite", ())) as manifest:
        return {str(path) for path in (folder / "in").iterdir() if manifest.find(os.fsencode(path))}


@pytest.mark.parametrize("title", [DEADLY, pytest.param(FATAL, marks=pytest.mark.soak)])
def test_a_file_that_kills_whoever_reads_it_costs_itself_alone(
    workers: Dask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, title: str
) -> None:
    """It is named with the reason, whether the process beside the worker dies or the worker too; the rest is in."""
    monkeypatch.setattr(packing, "PARCEL_FILES", 3)
    inbox = tmp_path / "in"
    for number in range(9):
        write(inbox / f"{number}.jsonl", (title if number == 4 else f"Item {number}", words_of(number)))
    report = added_by_workers(tmp_path, workers.scheduler_address, inbox)
    assert [Path(skip.path).name for skip in report.skipped] == ["4.jsonl"]
    assert "leave it out" in report.skipped[0].reason
    assert {article.title for article in articles_of(tmp_path).values()} == {f"Item {n}" for n in range(9) if n != 4}
    assert added_by_workers(tmp_path, workers.scheduler_address, inbox).unchanged == 8
