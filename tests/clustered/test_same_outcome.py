"""Workers of a cluster bring about what one process does: articles, places, stories, counts and notes."""

from pathlib import Path

import pytest
from clustered.dasks import Dask
from clustered.runs import added_alone, added_by_workers, articles_of, words_of, write
from clustered.tabled import REFUSED, Table

from searcher.ingest.cluster import packing
from searcher.models import AddReport


@pytest.fixture(autouse=True)
def small_parcels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few articles make several parcels."""
    monkeypatch.setattr(packing, "PARCEL_BYTES", 20_000)


def each_file_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """One file, one parcel."""
    monkeypatch.setattr(packing, "PARCEL_FILES", 1)


def test_the_samples(workers: Dask, corpus: Path, tmp_path: Path) -> None:
    """Every article is the same, its mentions and story included, both workers had some; adding again reads nothing."""
    report = added_by_workers(tmp_path, workers.scheduler_address, corpus)
    assert report == added_alone(tmp_path / "alone", corpus)
    assert report.added > 50
    assert articles_of(tmp_path) == articles_of(tmp_path / "alone")
    pids = Table(tmp_path / "table.sqlite").rows("SELECT DISTINCT pid FROM commits")
    assert len(pids) == 2
    again = added_by_workers(tmp_path, workers.scheduler_address, corpus)
    assert again == AddReport(unchanged=report.added)
    assert Table(tmp_path / "table.sqlite").rows("SELECT DISTINCT pid FROM commits") == pids


def test_the_report_tells_how_many_worked_and_how_long(workers: Dask, tmp_path: Path) -> None:
    """Two workers of one thread."""
    report = added_by_workers(tmp_path, workers.scheduler_address, write(tmp_path / "a.jsonl", ("A", words_of(1))))
    assert (report.added, report.workers) == (1, 2)
    assert report.seconds > 0


def test_what_neither_of_two_workers_could_see_is_put_right(
    workers: Dask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same bytes in two files, and copies of one text, committed at one moment: the order of files decides."""
    each_file_apart(monkeypatch)
    inbox = tmp_path / "in"
    write(inbox / "a.jsonl", ("Twice", words_of(1)), ("Copied", words_of(2)), ("Own", words_of(3)))
    write(inbox / "b.jsonl", ("Copied once more", words_of(2)), ("Twice", words_of(1)), ("Also own", words_of(4)))
    report = added_by_workers(tmp_path, workers.scheduler_address, inbox, together=2)
    assert report == added_alone(tmp_path / "alone", inbox)
    assert (report.added, report.duplicates, report.stories) == (5, 1, 4)
    assert articles_of(tmp_path) == articles_of(tmp_path / "alone")
    again = added_by_workers(tmp_path, workers.scheduler_address, inbox)
    assert again == AddReport(unchanged=5, duplicates=1)


def test_a_changed_file_replaces_what_it_held(workers: Dask, tmp_path: Path) -> None:
    """What it no longer holds is removed."""
    before, after = [("Old", words_of(1)), ("Kept", words_of(2))], [("Kept", words_of(2)), ("New", words_of(3))]
    path = write(tmp_path / "in" / "a.jsonl", *before)
    added_by_workers(tmp_path, workers.scheduler_address, path)
    added_alone(tmp_path / "alone", path)
    write(path, *after)
    report = added_by_workers(tmp_path, workers.scheduler_address, path)
    assert report == added_alone(tmp_path / "alone", path) == AddReport(updated=1, unchanged=1, stories=1)
    assert articles_of(tmp_path) == articles_of(tmp_path / "alone")


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")], ids=["from first to second", "from second to first"])
def test_an_article_that_moved_to_another_file_is_not_lost(
    workers: Dask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: tuple[str, str]
) -> None:
    """One worker sees that it is gone from a file, another one that it is in the archive already."""
    each_file_apart(monkeypatch)
    inbox = tmp_path / "in"
    old, new = (inbox / f"{name}.jsonl" for name in names)
    write(old, ("Moves", words_of(1)), ("Stays", words_of(2)))
    added_by_workers(tmp_path, workers.scheduler_address, inbox)
    write(old, ("Stays", words_of(2)))
    write(new, ("Moves", words_of(1)))
    added_by_workers(tmp_path, workers.scheduler_address, inbox)
    assert {article.title: Path(article.path).name for article in articles_of(tmp_path).values()} == {
        "Moves": new.name,
        "Stays": old.name,
    }


def test_files_that_are_gone_are_named_then_pruned(workers: Dask, tmp_path: Path) -> None:
    """As without workers."""
    inbox = tmp_path / "in"
    gone = write(inbox / "a.jsonl", ("Gone", words_of(1)))
    write(inbox / "b.jsonl", ("Stays", words_of(2)))
    added_by_workers(tmp_path, workers.scheduler_address, inbox)
    gone.unlink()
    assert added_by_workers(tmp_path, workers.scheduler_address, inbox) == AddReport(unchanged=1, missing=(str(gone),))
    assert added_by_workers(tmp_path, workers.scheduler_address, inbox, prune=True).removed == 1
    assert [article.title for article in articles_of(tmp_path).values()] == ["Stays"]


def test_what_cannot_be_read_is_named(workers: Dask, tmp_path: Path) -> None:
    """By the client where it cannot be found, by a worker where it holds no article; the rest is in."""
    (tmp_path / "broken.json").write_text("{")
    whole = write(tmp_path / "whole.jsonl", ("Whole", words_of(1)))
    report = added_by_workers(
        tmp_path, workers.scheduler_address, tmp_path / "absent.txt", tmp_path / "broken.json", whole
    )
    assert (report.added, [Path(skip.path).name for skip in report.skipped]) == (1, ["absent.txt", "broken.json"])


def test_what_the_engine_refuses_is_named_each_time(workers: Dask, tmp_path: Path) -> None:
    """With its path and the reason; its file is read again by every later run."""
    path = write(tmp_path / "in" / "a.jsonl", (REFUSED, words_of(1)), ("Taken", words_of(2)))
    report = added_by_workers(tmp_path, workers.scheduler_address, path)
    assert report == added_alone(tmp_path / "alone", path)
    assert (report.added, [skip.reason for skip in report.skipped]) == (1, ["too much for a table"])
    again = added_by_workers(tmp_path, workers.scheduler_address, path)
    assert (again.added, again.unchanged, again.skipped) == (0, 1, report.skipped)
    assert [article.title for article in articles_of(tmp_path).values()] == ["Taken"]
