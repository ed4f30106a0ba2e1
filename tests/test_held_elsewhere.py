"""An article that stands in two files is there as long as one of them holds it, and is read only where that decides."""

import io
import json
import os
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from clustered.runs import write
from spies import files_read_by

from searcher import Archive, ingest
from searcher.ingest import gone
from searcher.models import AddReport

BOTH, OWN, NEW = ("Both", "Frigate."), ("Own", "Trawler."), ("New", "Tugboat.")


def aged(path: Path) -> Path:
    """A file that is older than the tick of any clock."""
    then = time.time() - 100
    os.utime(path, (then, then))
    return path


def in_zip(path: Path) -> Path:
    """Both articles as a file in a ZIP."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("deep/both.jsonl", json.dumps({"title": BOTH[0], "text": BOTH[1]}) + "\n")
    return aged(path)


def in_tar(path: Path) -> Path:
    """The same in a tar."""
    data = json.dumps({"title": BOTH[0], "text": BOTH[1]}).encode() + b"\n"
    with tarfile.open(path, "w:gz") as file:
        member = tarfile.TarInfo("deep/both.jsonl")
        member.size = len(data)
        file.addfile(member, io.BytesIO(data))
    return aged(path)


def in_lines(path: Path) -> Path:
    """As a line of a file."""
    return write(path, BOTH)


HOLDERS = [("b.zip", in_zip, "b.zip!/deep/both.jsonl"), ("b.tar.gz", in_tar, "b.tar.gz!/deep/both.jsonl")]
holders = pytest.mark.parametrize(
    ("name", "pack", "place"), [("b.jsonl", in_lines, "b.jsonl"), *HOLDERS], ids=["lines", "zip", "tar"]
)
Pack = Callable[[Path], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A file with an article that a second file is going to hold, and one of its own."""
    write(tmp_path / "in" / "a.jsonl", BOTH, OWN)
    return tmp_path / "in"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An empty one."""
    return Archive.open(tmp_path / "index")


@pytest.fixture
def looked_into(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read only to see whether they hold what is gone elsewhere."""
    return files_read_by(gone, monkeypatch)


def places(archive: Archive, folder: Path) -> dict[str, str]:
    """Each article by its title, and where it is below the folder."""
    return {article.title: article.path.removeprefix(f"{folder}/") for article in archive.articles()}


@holders
def test_what_a_changed_file_drops_stays_where_another_holds_it(
    folder: Path, archive: Archive, name: str, pack: Pack, place: str
) -> None:
    """At the place of the other file, which is not read by later adds, and named with its article once it is gone."""
    with archive:
        pack(folder / name)
        assert archive.add(folder) == AddReport(added=2, duplicates=1, stories=2)
        write(folder / "a.jsonl", OWN)
        archive.add(folder)
        assert places(archive, folder) == {"Both": place, "Own": "a.jsonl"}
        assert archive.add(folder) == AddReport(unchanged=2)
        (folder / name).unlink()
        assert archive.add(folder) == AddReport(unchanged=1, missing=(str(folder / name),))
        assert archive.add(folder, prune=True) == AddReport(unchanged=1, removed=1)
        assert places(archive, folder) == {"Own": "a.jsonl"}
        assert archive.check(deep=True) == ()


@holders
def test_what_a_pruned_file_held_stays_where_another_holds_it(
    folder: Path, archive: Archive, name: str, pack: Pack, place: str
) -> None:
    """Only what no file holds is removed and counted."""
    with archive:
        pack(folder / name)
        archive.add(folder)
        (folder / "a.jsonl").unlink()
        assert archive.add(folder, prune=True) == AddReport(duplicates=1, removed=1, stories=1)
        assert places(archive, folder) == {"Both": place}
        assert archive.add(folder, prune=True) == AddReport(unchanged=1)


@pytest.mark.parametrize("prune", [False, True])
def test_messages_of_two_mailboxes(tmp_path: Path, archive: Archive, prune: bool) -> None:
    """Dropped from one that has changed, or gone with it."""
    folder = tmp_path / "in"
    folder.mkdir()

    def mail(name: str, *subjects: str) -> None:
        said = "From a@b.example Thu Jan  1 00:00:00 2015\nFrom: a@b.example\nSubject: {0}\n\nThe {0} sailed.\n\n"
        (folder / name).write_text("".join(said.format(subject) for subject in subjects))
        aged(folder / name)

    mail("a.mbox", "Frigate", "Trawler")
    mail("b.mbox", "Frigate")
    with archive:
        assert archive.add(folder).duplicates == 1
        if prune:
            (folder / "a.mbox").unlink()
        else:
            mail("a.mbox", "Trawler")
        archive.add(folder, prune=prune)
        held = {"Frigate": "b.mbox"} | ({} if prune else {"Trawler": "a.mbox"})
        assert places(archive, folder) == held


def test_a_file_that_comes_first_holds_it(tmp_path: Path, archive: Archive) -> None:
    """It was added later, and is passed over before the other one is read."""
    folder = tmp_path / "in"
    with archive:
        archive.add(write(folder / "b.jsonl", BOTH, OWN))
        archive.add(write(folder / "a.jsonl", BOTH))
        write(folder / "b.jsonl", OWN)
        archive.add(folder)
        assert places(archive, folder) == {"Both": "a.jsonl", "Own": "b.jsonl"}


@pytest.mark.parametrize("prune", [False, True])
def test_a_file_that_is_not_among_those_named_holds_it(tmp_path: Path, archive: Archive, prune: bool) -> None:
    """As where a folder is watched, and the one file that changed is added."""
    first, second = tmp_path / "one" / "a.jsonl", tmp_path / "two" / "b.jsonl"
    write(first, BOTH, OWN)
    write(first.with_name("c.jsonl"), NEW)
    write(second, BOTH)
    with archive:
        archive.add([first.parent, second.parent])
        if prune:
            first.unlink()
        else:
            write(first, OWN)
        archive.add(first.parent, prune=prune)
        assert places(archive, tmp_path)["Both"] == "two/b.jsonl"
        assert archive.add([first.parent, second.parent]).duplicates == 0


def test_a_file_that_is_gone_and_not_pruned_keeps_what_it_had(
    folder: Path, archive: Archive, looked_into: list[str]
) -> None:
    """It is named each time, its articles stay where they were, and nothing is read for that."""
    with archive:
        write(folder / "b.jsonl", BOTH)
        archive.add(folder)
        (folder / "a.jsonl").unlink()
        for _ in range(2):
            assert archive.add(folder) == AddReport(duplicates=1, missing=(str(folder / "a.jsonl"),))
        assert places(archive, folder) == {"Both": "a.jsonl", "Own": "a.jsonl"}
        assert looked_into == []


@pytest.mark.parametrize("prune", [False, True])
def test_what_no_file_holds_any_more_is_removed(folder: Path, archive: Archive, prune: bool) -> None:
    """Gone from both; where the second file comes back as it was, so does its article."""
    with archive:
        write(folder / "b.jsonl", BOTH)
        archive.add(folder)
        (folder / "b.jsonl").rename(folder.parent / "b.jsonl")
        write(folder / "a.jsonl", OWN)
        archive.add(folder, prune=prune)
        assert places(archive, folder) == {"Own": "a.jsonl"}
        (folder.parent / "b.jsonl").rename(folder / "b.jsonl")
        archive.add(folder)
        assert places(archive, folder) == {"Both": "b.jsonl", "Own": "a.jsonl"}


def test_what_two_deleted_files_held_is_removed(folder: Path, archive: Archive) -> None:
    """Once."""
    with archive:
        write(folder / "b.jsonl", BOTH)
        write(folder / "c.jsonl", NEW)
        archive.add(folder)
        (folder / "a.jsonl").unlink()
        (folder / "b.jsonl").unlink()
        assert archive.add(folder, prune=True) == AddReport(unchanged=1, removed=2)
        assert places(archive, folder) == {"New": "c.jsonl"}


def test_the_last_of_three_files_holds_it(folder: Path, archive: Archive) -> None:
    """It goes from one to the next, by change and by deletion, and at last."""
    with archive:
        write(folder / "b.jsonl", BOTH)
        write(folder / "c.jsonl", BOTH, NEW)
        archive.add(folder)
        write(folder / "a.jsonl", OWN)
        archive.add(folder)
        assert places(archive, folder) == {"Both": "b.jsonl", "Own": "a.jsonl", "New": "c.jsonl"}
        (folder / "b.jsonl").unlink()
        assert archive.add(folder, prune=True).removed == 0
        assert places(archive, folder) == {"Both": "c.jsonl", "Own": "a.jsonl", "New": "c.jsonl"}
        write(folder / "c.jsonl", NEW)
        archive.add(folder)
        assert places(archive, folder) == {"Own": "a.jsonl", "New": "c.jsonl"}


def test_what_is_held_elsewhere_was_not_replaced(folder: Path, archive: Archive) -> None:
    """A new article beside it is an added one; where the old one is removed, the new one is an update."""
    with archive:
        write(folder / "b.jsonl", BOTH)
        archive.add(folder)
        write(folder / "a.jsonl", OWN, NEW)
        report = archive.add(folder)
        assert (report.added, report.updated, report.unchanged) == (1, 0, 1)
        write(folder / "a.jsonl", OWN, ("Newer", "Pilot."))
        report = archive.add(folder)
        assert (report.added, report.updated, report.unchanged) == (0, 1, 2)


def test_files_are_looked_into_only_where_that_decides(folder: Path, archive: Archive, looked_into: list[str]) -> None:
    """Something is to be removed that no file read now holds; and of the others only those that held duplicates."""
    write(folder / "b.jsonl", BOTH)
    write(folder / "c.jsonl", ("Other", "Ferry."))
    write(folder / "d.jsonl", ("More", "Barge."), ("Other", "Ferry."))
    with archive:
        archive.add(folder)
        write(folder / "c.jsonl", ("Other", "Ferry."), NEW)  # nothing is gone
        write(folder / "e.jsonl", OWN)
        archive.add(folder)
        write(folder / "a.jsonl", BOTH)  # what is gone is in a file that is read now
        write(folder / "e.jsonl", OWN, ("Another", "Sloop."))
        archive.add(folder)
        assert looked_into == []
        write(folder / "a.jsonl", ("Else", "Cutter."))  # found in the first
        archive.add(folder)
        assert looked_into == ["b.jsonl"]
        looked_into.clear()
        write(folder / "a.jsonl", ("Other", "Ferry."))  # in none: the one that is read now is not read again
        archive.add(folder)
        assert looked_into == ["d.jsonl"]


def test_a_file_that_changed_unseen_is_left_to_the_add_that_reads_it(
    tmp_path: Path, archive: Archive, looked_into: list[str]
) -> None:
    """What it holds by now comes in then."""
    first, second = tmp_path / "one" / "a.jsonl", tmp_path / "two" / "b.jsonl"
    write(first, BOTH, OWN)
    write(second, BOTH)
    with archive:
        archive.add([first, second])
        write(first, OWN)
        write(second, BOTH, NEW)
        archive.add(first)
        assert looked_into == []
        archive.add(second)
        assert places(archive, tmp_path) == {"Own": "one/a.jsonl", "Both": "two/b.jsonl", "New": "two/b.jsonl"}


def test_an_add_that_ends_before_its_removals_is_made_up_for(
    tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though its files are noted already, and one of them holds nothing but duplicates."""
    folder = tmp_path / "in"
    write(folder / "a.jsonl", OWN)
    write(folder / "b.jsonl", BOTH)

    def end(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    with archive:
        archive.add(folder)
        write(folder / "b.jsonl", OWN)
        write(folder / "c.jsonl", NEW)
        with monkeypatch.context() as patch:
            patch.setattr(ingest, "BATCH", 1)
            patch.setattr(ingest, "see_to_gone", end)
            with pytest.raises(KeyboardInterrupt):
                archive.add(folder)
        assert places(archive, folder) == {"Own": "a.jsonl", "Both": "b.jsonl", "New": "c.jsonl"}
        archive.add(folder)
        assert places(archive, folder) == {"Own": "a.jsonl", "New": "c.jsonl"}
