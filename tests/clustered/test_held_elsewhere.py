"""What a file drops or is deleted with, and another one holds: workers do as one process does, and report the same."""

import zipfile
from pathlib import Path

import pytest
from clustered.dasks import Dask
from clustered.runs import added_alone, added_by_workers, articles_of, words_of, write

from searcher.ingest.cluster import packing
from searcher.models import AddReport

BOTH, OWN, NEW = ("Both", words_of(1)), ("Own", words_of(2)), ("New", words_of(3))


@pytest.fixture(autouse=True)
def each_file_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """One file, one parcel."""
    monkeypatch.setattr(packing, "PARCEL_FILES", 1)


class Inbox:
    """A folder, and two archives that it is added to: by workers, and by this process."""

    def __init__(self, folder: Path, address: str) -> None:
        self.files = folder / "in"
        self._folder = folder
        self._address = address

    def put(self, name: str, *articles: tuple[str, str]) -> None:
        """Let a file hold these articles, and be gone where there are none."""
        path = self.files / name
        if not articles:
            path.unlink()
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path, "w") as file:
                file.write(write(self._folder / "in.jsonl", *articles), "deep/in.jsonl")
        else:
            write(path, *articles)

    def add(self, *, prune: bool = False) -> AddReport:
        """Add it to both; the report is the same."""
        report = added_by_workers(self._folder, self._address, self.files, prune=prune)
        assert report == added_alone(self._folder / "alone", self.files, prune=prune)
        return report

    def places(self) -> dict[str, str]:
        """Each article by its title, and where it is below the folder; the same in both."""
        articles = articles_of(self._folder)
        assert articles == articles_of(self._folder / "alone")
        return {one.title: one.path.removeprefix(f"{self.files}/") for one in articles.values()}


@pytest.fixture
def inbox(tmp_path: Path, workers: Dask) -> Inbox:
    """With a file of two articles."""
    inbox = Inbox(tmp_path, workers.scheduler_address)
    inbox.put("a.jsonl", BOTH, OWN)
    return inbox


HOLDERS = [("b.jsonl", "b.jsonl"), ("b.zip", "b.zip!/deep/in.jsonl")]
holders = pytest.mark.parametrize(("name", "place"), HOLDERS, ids=["lines", "zip"])


@holders
def test_what_a_changed_file_drops(inbox: Inbox, name: str, place: str) -> None:
    """It stays at the place of the file that was not read; what comes in its stead is added."""
    inbox.put(name, BOTH)
    assert inbox.add().duplicates == 1
    inbox.put("a.jsonl", OWN, NEW)
    report = inbox.add()
    assert (report.added, report.updated, report.unchanged) == (1, 0, 1)
    assert inbox.places() == {"Both": place, "Own": "a.jsonl", "New": "a.jsonl"}
    assert inbox.add() == AddReport(unchanged=3)


@holders
def test_what_a_deleted_file_held(inbox: Inbox, name: str, place: str) -> None:
    """Named until it is pruned; then only what no file holds is removed."""
    inbox.put(name, BOTH)
    inbox.add()
    inbox.put("a.jsonl")
    assert inbox.add() == AddReport(duplicates=1, missing=(str(inbox.files / "a.jsonl"),))
    assert inbox.places() == {"Both": "a.jsonl", "Own": "a.jsonl"}
    assert inbox.add(prune=True).removed == 1
    assert inbox.places() == {"Both": place}
    inbox.put("c.jsonl", NEW)
    inbox.put(name)
    assert inbox.add(prune=True) == AddReport(added=1, removed=1, stories=1)


def test_what_neither_holds_any_more(inbox: Inbox) -> None:
    """Dropped from one, and the other is deleted: it is removed, and is back with the deleted file."""
    inbox.put("b.jsonl", BOTH)
    inbox.add()
    inbox.put("a.jsonl", OWN)
    inbox.put("b.jsonl")
    inbox.add()
    assert inbox.places() == {"Own": "a.jsonl"}
    inbox.put("b.jsonl", BOTH)
    inbox.add(prune=True)
    assert inbox.places() == {"Both": "b.jsonl", "Own": "a.jsonl"}


def test_what_three_files_hold(inbox: Inbox) -> None:
    """It goes from one to the next, by change and by deletion."""
    inbox.put("b.jsonl", BOTH)
    inbox.put("c.jsonl", BOTH, NEW)
    inbox.add()
    inbox.put("a.jsonl", OWN)
    inbox.add()
    assert inbox.places() == {"Both": "b.jsonl", "Own": "a.jsonl", "New": "c.jsonl"}
    inbox.put("b.jsonl")
    assert inbox.add(prune=True).removed == 0
    assert inbox.places() == {"Both": "c.jsonl", "Own": "a.jsonl", "New": "c.jsonl"}
    inbox.put("c.jsonl", NEW)
    inbox.add()
    assert inbox.places() == {"Own": "a.jsonl", "New": "c.jsonl"}
