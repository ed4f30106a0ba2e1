"""What cannot be done by workers is told in one line: what, where, and what to do."""

import socket
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from clustered.dasks import Dask, started
from clustered.runs import TODAY, added_by_workers, words_of, write
from clustered.tabled import OpensTable, Table

from searcher import Archive
from searcher.archive.directory import Directory
from searcher.config import Settings
from searcher.engines import Engine
from searcher.entities import NO_ALIASES
from searcher.errors import ArchiveDamaged, MissingExtra, UsageError, WorkersMissing
from searcher.ingest import cluster
from searcher.ingest.cluster import dasked
from searcher.ingest.cluster.parcels import Fault, Job, Parcel
from searcher.ingest.cluster.work import perform
from searcher.ingest.manifest import Manifest
from searcher.models import Skipped


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with an article."""
    return write(tmp_path / "in" / "a.jsonl", ("A", words_of(1)))


def job_at(folder: Path, version: str = "0.1.0") -> Job:
    return Job(OpensTable(folder / "table.sqlite"), Settings(), TODAY, NO_ALIASES, version)


def test_an_archive_in_a_directory_has_one_writer(tmp_path: Path, path: Path) -> None:
    """And nothing is made there."""
    with pytest.raises(UsageError, match=r"one writer.*opensearch://"), Archive.open(tmp_path / "index") as archive:
        archive.add(path, dask="tcp://127.0.0.1:8786")
    assert not (tmp_path / "index").exists()


def test_a_wrong_address(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens there."""
    monkeypatch.setattr(dasked, "CONNECT_SECONDS", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
    with pytest.raises(WorkersMissing, match=rf"{address}: no Dask scheduler answers there.*dask scheduler") as caught:
        added_by_workers(tmp_path, address, path)
    assert len(str(caught.value).splitlines()) == 1


class Shared(Directory):
    """A directory that claims to be one that many may write to."""

    def shared(self) -> Callable[[], Engine]:
        return self._open


def test_a_wrong_address_makes_no_archive(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither an index nor settings: it may be the address of the archive that is wrong as well."""
    monkeypatch.setattr(dasked, "CONNECT_SECONDS", 1)
    with pytest.raises(WorkersMissing), Archive(Shared(tmp_path / "index")) as archive:
        archive.add(path, dask="tcp://127.0.0.1:9", day_first=False)
    assert not (tmp_path / "index").exists()


def test_what_is_no_address(tmp_path: Path, path: Path) -> None:
    """Dask knows no such kind."""
    with pytest.raises(WorkersMissing, match="nonsense://x: no Dask scheduler answers"):
        added_by_workers(tmp_path, "nonsense://x", path)


def test_a_scheduler_without_workers(tmp_path: Path, path: Path) -> None:
    """The line that starts one is named."""
    with (
        started(tmp_path, workers=0) as empty,
        pytest.raises(WorkersMissing, match=f"no worker; start some with: dask worker {empty.scheduler_address}"),
    ):
        added_by_workers(tmp_path, empty.scheduler_address, path)


def test_a_missing_extra(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra, match=r"pip install 'searcher\[distributed\]'"):
        added_by_workers(tmp_path, "tcp://127.0.0.1:8786", path)


def test_a_file_that_a_worker_does_not_see(tmp_path: Path, path: Path) -> None:
    """It is skipped, the others are in, and nothing is noted of it."""
    absent = str(tmp_path / "only here.jsonl")
    done = perform(job_at(tmp_path), Parcel(0, (absent, str(path))))
    assert not isinstance(done, Fault)
    assert [skip.path for skip in done.found.skipped] == [absent]
    assert "does not see this file" in done.found.skipped[0].reason
    assert (done.found.counts["added"], len(done.known)) == (1, 1)


def test_a_worker_of_another_version(tmp_path: Path, path: Path) -> None:
    """What it would make might be something else."""
    done = perform(job_at(tmp_path, "0.0.9"), Parcel(0, (str(path),)))
    assert isinstance(done, Fault)
    assert (done.kind, "this is 0.0.9: install the same" in done.message) == ("WorkersMissing", True)


class Broken(OpensTable):
    """An archive that cannot be opened."""

    def __call__(self) -> Table:
        raise ArchiveDamaged.at(self.path, "it is broken")


def test_an_error_of_the_engine_ends_the_run_with_its_words(workers: Dask, tmp_path: Path, path: Path) -> None:
    """A worker meets it; here it is the same error."""
    job = Job(Broken(tmp_path / "table.sqlite"), Settings(), TODAY, NO_ALIASES, "0.1.0")
    with (
        dasked.connected(workers.scheduler_address) as crew,
        pytest.raises(ArchiveDamaged, match="it is broken"),
        closing(crew.finished(job, [Parcel(0, (str(path),))])) as finished,
    ):
        list(finished)


def test_skips_are_told_as_they_come(workers: Dask, tmp_path: Path, path: Path) -> None:
    """One call for each article and each thing skipped."""
    (tmp_path / "in" / "broken.json").write_text("{")
    told: list[object] = []
    address = workers.scheduler_address
    with closing(Manifest(tmp_path / "files.sqlite", ())) as manifest, cluster.connected(address) as crew:
        opener = OpensTable(tmp_path / "table.sqlite")
        cluster.add(
            opener,
            [tmp_path / "in"],
            Settings(),
            crew,
            manifest,
            today=TODAY,
            progress=told.append,
        )
    assert sorted(isinstance(item, Skipped) for item in told) == [False, True]
