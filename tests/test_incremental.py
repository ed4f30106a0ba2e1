"""Adding again: only what changed is read; what is gone is told; what was killed goes on; what was kept is enough."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from spies import files_read_by

from searcher import Archive
from searcher.engines.whoosh import lock
from searcher.errors import ArchiveDamaged, ArchiveMissing
from searcher.ingest import files as ingest_files
from searcher.models import AddReport, Pending


def write(path: Path, title: str, text: str) -> Path:
    """An article in a file of its own, older than the tick of any clock."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"title": title, "text": text}), encoding="utf-8")
    age(path)
    return path


def age(path: Path, seconds: int = 100) -> None:
    """Let a file be older."""
    then = time.time() - seconds
    os.utime(path, (then, then))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read."""
    return files_read_by(ingest_files, monkeypatch)


def test_what_has_not_changed_is_not_read(tmp_path: Path, opened: list[str]) -> None:
    """By size and time, else by its bytes; what has changed is read and replaces what was there."""
    folder = tmp_path / "in"
    for name in "abcd":
        write(folder / f"{name}.json", f"Title {name}", f"Text of {name}.")
    with Archive.open(tmp_path / "index") as archive:
        assert archive.add(folder).added == 4
        opened.clear()
        assert archive.add(folder) == AddReport(unchanged=4)
        assert opened == []
        age(folder / "a.json", 50)  # another time, the same bytes
        write(folder / "b.json", "Title b", "Text of B.")  # the same size, the same time, other bytes
        age(folder / "b.json", 60)
        (folder / "c.json").unlink()
        report = archive.add(folder)
        assert opened == ["b.json"]
        assert (report.updated, report.unchanged) == (1, 2)
        assert [Path(path).name for path in report.missing] == ["c.json"]
        assert archive.search("text").total == 4


def test_a_file_changed_within_the_tick_of_the_clock_is_read(tmp_path: Path) -> None:
    """A time that was not past when the file was read says nothing."""
    path = tmp_path / "in" / "a.json"
    write(path, "Title", "Frigate.")
    os.utime(path)
    with Archive.open(tmp_path / "index") as archive:
        archive.add(path.parent)
        status = path.stat()
        path.write_text(json.dumps({"title": "Title", "text": "Trawler."}), encoding="utf-8")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert path.stat().st_size == status.st_size
        assert archive.add(path.parent).updated == 1


def test_what_the_index_no_longer_has_is_read_again(tmp_path: Path) -> None:
    """The index is the truth, not what was noted of files."""
    write(tmp_path / "in" / "a.json", "Title", "Text.")
    with Archive.open(tmp_path / "index") as archive:
        archive.add(tmp_path / "in")
        archive.remove(path=tmp_path / "in" / "a.json")
        assert archive.add(tmp_path / "in").added == 1
        archive.close()
        (tmp_path / "index" / "files.sqlite").write_bytes(b"not a database at all" * 100)
        assert archive.add(tmp_path / "in") == AddReport(unchanged=1)


def test_what_could_not_be_read_is_told_every_time(tmp_path: Path, opened: list[str]) -> None:
    """A file that gave nothing is tried again, a bad record of a good file is told without reading it."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bad.json").write_text('{"nothing": 1}', encoding="utf-8")
    lines = folder / "lines.jsonl"
    lines.write_text('{"title": "A", "text": "One."}\nnonsense\n{"title": "B", "text": "Two."}\n', encoding="utf-8")
    age(lines)
    with Archive.open(tmp_path / "index") as archive:
        first = archive.add(folder)
        opened.clear()
        again = archive.add(folder)
        assert (first.added, again.unchanged) == (2, 2)
        assert set(first.skipped) == set(again.skipped)
        assert len(again.skipped) == 2
        assert opened == ["bad.json"]


def test_what_is_gone_is_dropped_where_that_is_wanted(tmp_path: Path) -> None:
    """Told until then; what was moved is where it is now."""
    folder = tmp_path / "in"
    for name in "abc":
        write(folder / "deep" / f"{name}.json", f"Title {name}", f"Text of {name}.")
    with Archive.open(tmp_path / "index") as archive:
        archive.add(folder)
        (folder / "deep" / "a.json").rename(folder / "moved.json")
        (folder / "deep" / "b.json").unlink()
        for _ in range(2):
            report = archive.add(folder)
            assert [Path(path).name for path in report.missing] == ["b.json"]
            assert (report.added, report.removed) == (0, 0)
        assert [Path(hit.path).name for hit in archive.search("title:a").hits] == ["moved.json"]
        assert archive.add(folder, prune=True) == AddReport(removed=1, unchanged=2)
        assert archive.add(folder) == AddReport(unchanged=2)
        assert archive.search("text").total == 2
        shutil.rmtree(folder)  # or its disk is not mounted
        folder.mkdir()
        report = archive.add(folder, prune=True)
        assert (report.removed, len(report.missing)) == (0, 2)


def test_folders_beside_those_named_are_left_alone(tmp_path: Path) -> None:
    """What is gone elsewhere is not told, and not dropped."""
    for name in ("in", "in2", "other"):
        write(tmp_path / name / "a.json", f"Title {name}", f"Text of {name}.")
        write(tmp_path / name / "b.json", f"Second {name}", f"More text of {name}.")
    with Archive.open(tmp_path / "index") as archive:
        archive.add([tmp_path / "in", tmp_path / "in2", tmp_path / "other"])
        (tmp_path / "in2" / "a.json").unlink()
        (tmp_path / "other" / "a.json").unlink()
        assert archive.add(tmp_path / "in", prune=True) == AddReport(unchanged=2)
        assert archive.add(tmp_path / "in2", prune=True).removed == 1


def test_a_dry_run_tells_and_changes_nothing(tmp_path: Path, opened: list[str]) -> None:
    """No index is made, no article is read."""
    folder = tmp_path / "in"
    for name in "abc":
        write(folder / f"{name}.json", f"Title {name}", f"Text of {name}.")
    archive = Archive.open(tmp_path / "index")
    with archive:
        assert [Path(path).name for path in archive.pending(folder).new] == ["a.json", "b.json", "c.json"]
        assert not archive.exists
        archive.add(folder)
        opened.clear()
        write(folder / "a.json", "Title a", "Another text.")
        (folder / "b.json").unlink()
        write(folder / "d.json", "Title d", "Text of d.")
        pending = archive.pending(folder)
        assert pending == Pending(
            new=(str(folder / "d.json"),),
            changed=(str(folder / "a.json"),),
            unchanged=1,
            missing=(str(folder / "b.json"),),
        )
        assert opened == []
        assert archive.search("text").total == 3


def run(*arguments: str | Path) -> "subprocess.Popen[str]":
    """The command, started."""
    program = Path(sys.executable).parent / "archive"
    return subprocess.Popen([program, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_killed_add_goes_on(tmp_path: Path) -> None:
    """Kill -9 at some moments: the index opens, the next run adds the rest, and nothing is there twice."""
    folder, index = tmp_path / "in", tmp_path / "index"
    count = 600
    for number in range(count):
        write(folder / f"{number:03}.json", f"Title {number}", f"Ship number{number} sailed from Odesa to Tartus.")
    for seconds in (0.6, 0.9, 1.2):
        with run("add", "-i", index, "--processes", "1", folder) as process:
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
            process.communicate()
    with Archive.open(index) as archive:
        report = archive.add(folder)
        assert report.added + report.unchanged == count
        assert archive.search("ship").total == count
        assert archive.check(deep=True) == ()
        archive.close()
        for path in index.glob("_MAIN*"):
            path.unlink()
        assert archive.rebuild().added == count


def test_an_index_is_made_again_without_its_files(tmp_path: Path, corpus: Path) -> None:
    """From what is kept beside it: the same articles, entities, stories and facets, whatever became of the old one."""
    shutil.copytree(corpus, tmp_path / "in")
    with Archive.open(tmp_path / "index") as archive:
        added = archive.add(tmp_path / "in")
        archive.remove(archive.search("zeppelin OR kalibr").hits[0].id)
        before = archive.search("*", limit=100)
        articles = {article.id: article for article in archive.articles()}
        archive.close()
        shutil.rmtree(tmp_path / "in")
        for path in (tmp_path / "index").glob("*MAIN*"):
            path.write_bytes(b"damaged")
        with pytest.raises(ArchiveDamaged):
            archive.search("*")
        archive.close()
        report = archive.rebuild()
        assert (report.added, report.skipped) == (added.added - 1, ())
        after = archive.search("*", limit=100)
        assert (after.total, after.stories, after.facets) == (before.total, before.stories, before.facets)
        again = {article.id: article for article in archive.articles()}
        assert {name: (one.mentions, one.locations) for name, one in again.items()} == {
            name: (one.mentions, one.locations) for name, one in articles.items()
        }
        assert archive.check(deep=True) == ()
        assert sorted(path.name for path in (tmp_path / "index").iterdir() if path.is_dir()) == ["articles"]


def test_an_index_that_is_made_again_reads_days_as_before(tmp_path: Path) -> None:
    """Those of events too, where the archive has the month first."""
    write(tmp_path / "a.json", "Title", "The bridge fell on 03/04/2017 and was mended.")
    with Archive.open(tmp_path / "index") as archive:
        archive.add(tmp_path / "a.json", day_first=False)
        archive.rebuild()
        assert [[event.day for event in article.events] for article in archive.articles()] == [["2017-03-04"]]


def test_what_is_kept_and_damaged_is_not_rebuilt_from(tmp_path: Path) -> None:
    """The index stays as it was; without anything kept there is nothing to make it of."""
    write(tmp_path / "a.json", "Title", "Text.")
    with Archive.open(tmp_path / "index") as archive:
        with pytest.raises(ArchiveMissing, match="add the files again"):
            archive.rebuild()
        archive.add(tmp_path / "a.json")
        (kept,) = (tmp_path / "index" / "articles").glob("*.zst")
        kept.write_bytes(kept.read_bytes()[:-5])
        assert [kept.name in fault for fault in archive.check()] == [True]
        with pytest.raises(ArchiveDamaged, match=kept.name):
            archive.rebuild()
        assert archive.search("text").total == 1


def test_a_folder_is_kept_up_with(tmp_path: Path) -> None:
    """New files, changed ones and, where it is wanted, deleted ones; a bad file costs itself."""
    folder = tmp_path / "in"
    write(folder / "a.json", "Title a", "Frigate.")
    reports: list[AddReport] = []
    stop = threading.Event()

    def told(expected: dict[str, int]) -> None:
        """Wait for a report."""
        until = time.monotonic() + 30
        while not reports and time.monotonic() < until:
            time.sleep(0.05)
        report = reports.pop(0)
        assert {name: getattr(report, name) for name in expected} == expected

    with Archive.open(tmp_path / "index") as archive:
        watching = threading.Thread(
            target=archive.watch, args=([folder],), kwargs={"prune": True, "stop": stop, "told": reports.append}
        )
        watching.start()
        try:
            told({"added": 1})
            (folder / "noise.png").write_bytes(b"\x89PNG\r\n\x1a\n")
            write(folder / "new" / "b.json", "Title b", "Trawler.")
            report_of_b = {"added": 1}
            told(report_of_b)
            write(folder / "a.json", "Title a", "Submarine.")
            told({"updated": 1})
            (folder / "a.json").unlink()
            told({"removed": 1})
        finally:
            stop.set()
            watching.join(20)
        assert not watching.is_alive()
        assert [hit.title for hit in archive.search("*").hits] == ["Title b"]


def test_ctrl_c_ends_watching(tmp_path: Path) -> None:
    """With status 0, and what came before it is in."""
    folder, index = tmp_path / "in", tmp_path / "index"
    write(folder / "a.json", "Title a", "Frigate.")
    with run("watch", "-i", index, folder) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("1 added")
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert process.returncode == 0


def test_what_is_noted_of_files_runs_nothing(tmp_path: Path) -> None:
    """A stranger's archive may bring a database with triggers: it is thrown away, and every file is read again."""
    write(tmp_path / "a.json", "Title", "Text.")
    with Archive.open(tmp_path / "index") as archive:
        archive.add(tmp_path / "a.json")
        archive.close()
        database = sqlite3.connect(tmp_path / "index" / "files.sqlite")
        database.execute("CREATE TRIGGER harm AFTER INSERT ON known BEGIN SELECT load_extension('harm'); END")
        database.commit()
        database.close()
        write(tmp_path / "a.json", "Title", "Another text.")
        assert archive.add(tmp_path / "a.json").updated == 1
        assert archive.search("another").total == 1
        assert archive.check(deep=True) == ()


def test_an_archive_of_files_is_one_file(tmp_path: Path, opened: list[str]) -> None:
    """It is read again where it has changed, and goes with all that is in it."""
    folder = tmp_path / "in"
    folder.mkdir()

    def pack(**texts: str) -> None:
        with zipfile.ZipFile(folder / "all.zip", "w") as file:
            for name, text in texts.items():
                file.writestr(f"{name}.json", json.dumps({"title": name, "text": text}))
        age(folder / "all.zip", len(texts))

    pack(a="Frigate.", b="Trawler.")
    write(folder / "c.json", "c", "Tugboat.")
    with Archive.open(tmp_path / "index") as archive:
        assert archive.add(folder).added == 3
        opened.clear()
        assert archive.add(folder) == AddReport(unchanged=3)
        assert opened == []
        pack(a="Frigate.", b="Trawler.", d="Ferry.")
        assert archive.add(folder).added == 1
        assert archive.remove(path=folder / "all.zip") == 3
        assert archive.add(folder).added == 3
        (folder / "all.zip").unlink()
        assert archive.add(folder, prune=True).removed == 3
        assert archive.search("*").total == 1


def test_watching_waits_for_another_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written meanwhile is added when the archive is free again."""
    monkeypatch.setattr(lock, "LOCK_WAIT", 0.1)
    folder = tmp_path / "in"
    write(folder / "a.json", "Title a", "Frigate.")
    stop = threading.Event()
    reports: list[AddReport] = []
    with Archive.open(tmp_path / "index") as archive, Archive.open(tmp_path / "index") as other:
        given = {"stop": stop, "told": reports.append}
        watching = threading.Thread(target=archive.watch, args=([folder],), kwargs=given)
        watching.start()
        try:
            _until(lambda: len(reports) == 1)
            with other._readable().writer():
                write(folder / "b.json", "Title b", "Trawler.")
                time.sleep(3)
                assert len(reports) == 1
            _until(lambda: sum(report.added for report in reports) == 2)
        finally:
            stop.set()
            watching.join(20)
        assert not watching.is_alive()


def _until(done: Callable[[], bool]) -> None:
    """Wait, within reason."""
    until = time.monotonic() + 30
    while not done() and time.monotonic() < until:
        time.sleep(0.05)
    assert done()
