"""Articles that an engine cannot hold: named with their reasons, counted nowhere else, tried again by every run."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from samples import article

from searcher import ingest
from searcher.config import Settings
from searcher.engines.base import Refused
from searcher.engines.whoosh import WhooshEngine
from searcher.engines.whoosh.writer import WhooshWriter
from searcher.ingest import changes
from searcher.ingest.manifest import Manifest
from searcher.models import AddReport, Article, Skipped

Add = Callable[[], AddReport]


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WhooshEngine]:
    """An engine that cannot hold what tells of gorse."""

    class Picky(WhooshWriter):
        def add(self, article: Article) -> None:
            if "orse" in article.body:
                self.refused += (Refused(article.id, "gorse"),)
            else:
                super().add(article)

    monkeypatch.setattr("searcher.engines.whoosh.writer.WhooshWriter", Picky)
    with closing(WhooshEngine.create(tmp_path / "index")) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files of two articles, of which the first holds one that is refused."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.jsonl").write_text('{"body": "The gorse burns."}\n{"body": "The heather burns."}\n')
    (folder / "b.jsonl").write_text('{"body": "The ferry sails."}\n{"body": "The harbour freezes."}\n')
    return folder


@pytest.fixture
def add(engine: WhooshEngine, folder: Path, tmp_path: Path) -> Add:
    """Adds the files, with what is noted of them."""

    def run() -> AddReport:
        with closing(Manifest(tmp_path / "files.sqlite", ())) as manifest:
            return ingest.add(engine, [folder], Settings(), today=date(2020, 1, 1), manifest=manifest)

    return run


@pytest.mark.parametrize("batch", [1, 2, 20_000])
def test_a_refused_article_is_named_and_tried_again(
    batch: int, add: Add, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether its batch ends before its file or after it: the rest is in, and its file alone is read again."""
    monkeypatch.setattr(ingest, "BATCH", batch)
    refused = (Skipped(str(folder / "a.jsonl"), "gorse", "line 1"),)
    assert add() == AddReport(added=3, stories=3, skipped=refused)
    assert add() == AddReport(unchanged=3, skipped=refused)
    monkeypatch.setattr("searcher.engines.whoosh.writer.WhooshWriter", WhooshWriter)
    assert add() == AddReport(added=1, unchanged=3, stories=1)
    assert add() == AddReport(unchanged=4)


def test_a_copy_and_a_rebuild_count_what_is_there(engine: WhooshEngine, caplog: pytest.LogCaptureFixture) -> None:
    """What is refused on the way is no article of the new index."""
    told = [article("a", body="Gorse: gorse.", path="a.txt"), article("b", body="Heather.", path="b.txt")]
    assert ingest.copy(engine, told) == (1, 0)
    assert "skipped a.txt : gorse" in caplog.text
    with changes.Changes(engine, 10) as batch:
        batch.remove("b")
    report = ingest.fill(engine, told, lambda article: article)  # type: ignore[arg-type, return-value]
    assert report == AddReport(added=1, stories=1, skipped=(Skipped("a.txt", "gorse"),))
