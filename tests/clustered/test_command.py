"""`archive add --dask` with an archive in a real cluster: what it prints, what is found, and what it refuses."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from clustered.dasks import Dask

from searcher import Archive
from searcher.engines.opensearch import OpenSearchEngine

COMMAND = [sys.executable, "-c", "import sys; from searcher.cli.archive import main; sys.argv[0] = 'archive'; main()"]


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """What the command prints, and how it ends."""
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False)


@pytest.fixture
def url(cluster_url: str, tmp_path: Path) -> Iterator[str]:
    """The address of an archive that is not there yet; what is made of it is deleted."""
    address = f"opensearch://{cluster_url.partition('://')[2]}/dask-command"
    if OpenSearchEngine.exists(address):
        OpenSearchEngine.delete(address)
    yield address
    if OpenSearchEngine.exists(address):
        OpenSearchEngine.delete(address)


@pytest.mark.cluster
def test_the_samples_are_added_and_found(workers: Dask, url: str, corpus: Path, tmp_path: Path) -> None:
    """The articles of a directory, the rate in the report, and nothing to do the second time."""
    done = run("add", "--dask", workers.scheduler_address, "-i", url, corpus)
    assert (done.returncode, done.stderr) == (0, "")
    first, rate = done.stdout.splitlines()
    assert first == "80 added, 0 updated, 0 unchanged, 0 duplicates, 0 skipped (78 stories)"
    assert re.fullmatch(r"[\d,]+ articles a second, 2 workers, [\d.]+ s", rate)
    again = json.loads(run("add", "--json", "--dask", workers.scheduler_address, "-i", url, corpus).stdout)
    assert (again["added"], again["unchanged"], again["workers"]) == (0, 80, 2)
    with Archive.open(url) as there, Archive.open(tmp_path / "index") as here:
        here.add(corpus)
        assert {article.id: article for article in there.articles()} == {
            article.id: article for article in here.articles()
        }
        found = [archive.search("Kalibr Abu Kamal", location="Syria") for archive in (there, here)]
        assert found[0].total == found[1].total > 0


def test_a_directory_is_refused_in_one_line(tmp_path: Path, corpus: Path) -> None:
    """With what to do."""
    done = run("add", "--dask", "tcp://127.0.0.1:8786", "-i", tmp_path / "index", corpus)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "has one writer, so --dask cannot be used" in done.stderr


@pytest.mark.cluster
def test_a_wrong_address_is_one_line(url: str, corpus: Path) -> None:
    """Libraries that log say nothing beside it."""
    done = run("add", "--dask", "tcp://127.0.0.1:9", "-i", url, corpus)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert done.stderr.startswith("archive: tcp://127.0.0.1:9: no Dask scheduler answers there")
    assert not OpenSearchEngine.exists(url)
