"""Adding: the same outcome with any number of processes, every record where it belongs, nothing lost on the way."""

import json
import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import AtOnce, DiesAt, Fails
from processes import children
from unasked import Unasked

from searcher import Archive, ingest
from searcher.config import Settings
from searcher.engines import Copy, Engine, Key, Writer
from searcher.errors import UsageError
from searcher.ingest import changes, line
from searcher.models import AddReport, Article, RawArticle, Skipped

TODAY = date(2026, 1, 1)


class Shelf(Unasked):
    """An engine that keeps articles in memory and searches nothing; it counts commits, and is full at so many."""

    name = "shelf"

    def __init__(self, room: int = 1_000_000) -> None:
        self.kept: dict[str, Article] = {}
        self.commits = 0
        self.room = room

    def writer(self) -> Writer:
        return ShelfWriter(self)

    def find(self, article_id: str) -> Article | None:
        return self.kept.get(article_id)

    def path_of(self, article_id: str) -> str | None:
        """The path of the article with that id."""
        found = self.find(article_id)
        return found.path if found else None

    def ids(self, key: Key, value: str) -> tuple[str, ...]:
        return tuple(sorted(article.id for article in self.kept.values() if getattr(article, key) == value))

    def alike(self, sketches: Sequence[bytes], least: int) -> list[tuple[int, Copy]]:
        """Every article, for every sketch."""
        kept = [Copy(article.id, article.story or article.id, article.sketch) for article in self.kept.values()]
        return [(number, copy) for number in range(len(sketches)) for copy in kept]

    def articles(self) -> Iterator[Article]:
        return iter(self.kept.values())


class ShelfWriter(Writer):
    """A batch for the shelf: what was said last of an id counts."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.changed: dict[str, Article | None] = {}

    def add(self, article: Article) -> None:
        if len(self.shelf.kept) + len(self.changed) >= self.shelf.room:
            raise OSError(28, "No space left on device")
        self.changed[article.id] = article

    def remove(self, article_id: str) -> None:
        self.changed[article_id] = None

    def commit(self) -> None:
        merged = {**self.shelf.kept, **self.changed}
        self.shelf.kept = {article_id: article for article_id, article in merged.items() if article}
        self.shelf.commits += 1

    def discard(self) -> None:
        self.changed = {}


Told = list[tuple[str, str, str]]


def add(engine: Engine, path: Path | list[Path], processes: int) -> tuple[AddReport, Told]:
    """Add a path or several; the report, and what progress was told of each record."""
    told: Told = []

    def progress(record: RawArticle | Skipped) -> None:
        told.append((record.path, record.record, record.reason if isinstance(record, Skipped) else ""))

    paths = path if isinstance(path, list) else [path]
    report = ingest.add(engine, paths, Settings(), today=TODAY, processes=processes, progress=progress)
    return report, told


def lines(path: Path, *words: object) -> Path:
    """A file with an article a line."""
    path.write_text("".join(json.dumps({"title": f"On {word}", "body": f"The {word} text."}) + "\n" for word in words))
    return path


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers start for a single article."""
    monkeypatch.setattr(line, "START_RECORDS", 1)


def test_two_processes_do_what_one_does_on_the_samples(eager: None, corpus: Path) -> None:
    """The same report, the same records told in the same order, the same articles; and a second time as well."""
    alone, shared = Shelf(), Shelf()
    for _ in range(2):
        assert add(alone, corpus, 1) == add(shared, corpus, 2)
        assert alone.kept == shared.kept
    assert len(alone.kept) == 80


def test_two_processes_do_what_one_does_on_reuters(test_data: Path) -> None:
    """A thousand items are enough for workers to be started without being asked for."""
    file = test_data / "reuters21578" / "reut2-000.sgm.gz"
    alone, shared = Shelf(), Shelf()
    first = add(alone, file, 1)
    assert first == add(shared, file, 2)
    assert alone.kept == shared.kept
    assert first[0].added == len(alone.kept) == 1000
    assert add(shared, file, 2)[0] == AddReport(unchanged=1000)


FILES = ("a.jsonl", "b.jsonl", "c.jsonl")
Folder = dict[str, list[int]]
folders = st.fixed_dictionaries({name: st.lists(st.integers(0, 12), max_size=8) for name in FILES})


again = st.lists(st.sampled_from(FILES), max_size=3)
orders = st.tuples(st.permutations(FILES), again).map(lambda two: [*two[0], *two[1]])
small = st.integers(1, 9)


@settings(deadline=None)  # an example is up to twenty-four adds, and the first of a process loads the lists of names
@given(st.lists(st.tuples(folders, orders), min_size=1, max_size=4), small, small, small)
def test_every_record_is_where_a_file_holds_it(
    states: list[tuple[Folder, list[str]]], chunk: int, window: int, batch: int
) -> None:
    """Whatever moves, goes, comes or is doubled between adds, in whatever order files are named, and wherever chunks,
    the line and batches end.

    An article for each record that some file holds, at a path that holds it, and no other; the same with workers.
    """
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as place:
        patch.setattr(line, "Crew", AtOnce)
        for module, name, value in (
            (line, "START_RECORDS", 1),
            (line, "CHUNK_RECORDS", chunk),
            (line, "WINDOW_RECORDS", window),
            (ingest, "BATCH", batch),
        ):
            patch.setattr(module, name, value)
        alone, shared = Shelf(), Shelf()
        for state, order in states:
            for name, words in state.items():
                lines(Path(place) / name, f"lasting {name}", *words)
            named = [Path(place) / name for name in order]
            assert add(alone, named, 1) == add(shared, named, 2)
            assert alone.kept == shared.kept
            held = {
                (f"The {word} text.", name) for name, words in state.items() for word in (f"lasting {name}", *words)
            }
            found = {(article.body, Path(article.path).name) for article in shared.kept.values()}
            assert {body for body, _ in found} == {body for body, _ in held}
            assert found <= held
            assert len(found) == len(shared.kept)


@given(st.lists(folders, min_size=2, max_size=2), small)
def test_the_counts_add_up(states: list[Folder], batch: int) -> None:
    """Each record of a file, counted once for the file, is added, an update, unchanged or a duplicate."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as place:
        patch.setattr(ingest, "BATCH", batch)
        shelf = Shelf()
        for state in states:
            for name, words in state.items():
                lines(Path(place) / name, f"lasting {name}", *words)
            report, told = add(shelf, Path(place), 1)
            assert report.added + report.updated + report.unchanged + report.duplicates == sum(
                len({f"lasting {name}", *words}) for name, words in state.items()
            )
            assert len(told) == sum(1 + len(words) for words in state.values())


def test_a_record_that_kills_workers_is_one_line_of_the_report(
    eager: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With its file and line; the rest is in, and the file is taken for one not read to its end."""
    file = lines(tmp_path / "many.jsonl", "alpha", "beta", "gamma")
    shelf = Shelf()
    add(shelf, lines(file, "old", "alpha"), 1)
    lines(file, "alpha", "beta", "gamma", "delta")
    monkeypatch.setattr(ingest, "Maker", lambda settings, today, aliases: DiesAt("The gamma text."))
    report, told = add(shelf, file, 2)
    assert (report.added, report.unchanged) == (2, 1)
    (skipped,) = report.skipped
    assert (skipped.path, skipped.record) == (str(file), "line 3")
    assert [record for _, record, _ in told] == ["line 1", "line 2", "line 3", "line 4"]
    assert sorted(article.body for article in shelf.kept.values()) == [
        f"The {word} text." for word in ("alpha", "beta", "delta", "old")
    ]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_fault_of_the_program_is_raised_here(
    eager: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, processes: int
) -> None:
    """As it is with one process, and nothing of the batch is kept."""
    monkeypatch.setattr(ingest, "Maker", lambda settings, today, aliases: Fails("The beta text."))
    shelf = Shelf()
    with pytest.raises(ZeroDivisionError, match="beta"):
        add(shelf, lines(tmp_path / "many.jsonl", "alpha", "beta", "gamma"), processes)
    assert (shelf.kept, children(os.getpid())) == ({}, set())


def test_an_error_of_the_engine_ends_the_workers(eager: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It leaves as it is; what was committed stays, the open batch is gone."""
    monkeypatch.setattr(ingest, "BATCH", 20)
    shelf = Shelf(room=50)
    with pytest.raises(OSError, match="No space left"):
        add(shelf, lines(tmp_path / "many.jsonl", *range(200)), 2)
    assert (len(shelf.kept), shelf.commits, children(os.getpid())) == (40, 2, set())


@pytest.mark.parametrize(
    ("batch", "seconds", "commits"),
    [
        (1000, 60.0, 1),  # all at once
        (4, 60.0, 3),  # 4, 4 and 2
        (1000, 0.0, 10),  # so slow that each is on its own
    ],
)
def test_a_batch_ends_when_it_is_large_or_old(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, batch: int, seconds: float, commits: int
) -> None:
    """So that an interrupt costs little; and what is there already makes no commit."""
    monkeypatch.setattr(ingest, "BATCH", batch)
    monkeypatch.setattr(changes, "SECONDS", seconds)
    shelf = Shelf()
    file = lines(tmp_path / "many.jsonl", *range(10))
    for _ in range(2):
        add(shelf, file, 1)
        assert (len(shelf.kept), shelf.commits) == (10, commits)


def test_an_archive_takes_the_number_of_processes(eager: None, tmp_path: Path) -> None:
    """Less than one is refused before anything is made."""
    file = lines(tmp_path / "many.jsonl", *range(10))
    with Archive.open(tmp_path / "index") as archive:
        with pytest.raises(UsageError, match="give 1 or more"):
            archive.add(file, processes=0)
        assert not archive.exists
        assert archive.add(file, processes=2).added == archive.stats().articles == 10
