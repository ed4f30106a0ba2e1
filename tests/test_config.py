"""What the package leaves in the environment of its process, and what it keeps of settings and of consent."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from searcher.archive.consent import allow, carry, require
from searcher.config import SUM, Settings, one_thread_for_algebra
from searcher.errors import ArchiveDamaged, DiskError, UsageError


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "1"),  # nothing here is faster with more
        ("4", "4"),  # whoever set it has a reason
    ],
)
def test_algebra_has_one_thread_unless_set(monkeypatch: pytest.MonkeyPatch, before: str | None, after: str) -> None:
    """The variable that OpenBLAS reads when numpy is imported."""
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", before or "")  # put back after the test, whatever happens in it
    if before is None:
        del os.environ["OPENBLAS_NUM_THREADS"]
    one_thread_for_algebra()
    assert after == os.environ["OPENBLAS_NUM_THREADS"]


def test_commands_set_it_before_numpy_is_there() -> None:
    """Afterwards it would have no effect."""
    program = (
        "import sys, searcher.cli.run as run\n"
        "run.one_thread_for_algebra = lambda: print('numpy' in sys.modules)\n"
        "from searcher.cli.search import command\n"
        "sys.argv = ['search', '--no-such-option']\n"
        "run.run(command)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["False"]


def test_settings_come_back_as_they_were_kept(tmp_path: Path) -> None:
    """Each of them, with a checksum that is not asked for where it is not there."""
    made = Settings(day_first=False, encoding="windows-1251", memory_mb=64, columns=(("body", "Text"),))
    made.save(tmp_path / "settings.json")
    assert Settings.load(tmp_path / "settings.json") == made
    kept = json.loads((tmp_path / "settings.json").read_text())
    (tmp_path / "settings.json").write_text(json.dumps({name: kept[name] for name in kept if name != SUM}))
    assert Settings.load(tmp_path / "settings.json") == made


@pytest.mark.parametrize("text", ["windows-1252", "windows-1251x"])
def test_settings_that_were_changed_are_told(tmp_path: Path, text: str) -> None:
    """By one who has a right to it, or by a disk that has not: the line says what to do in either case."""
    path = tmp_path / "settings.json"
    Settings(encoding="windows-1251").save(path)
    path.write_text(path.read_text().replace("windows-1251", text))
    with pytest.raises(ArchiveDamaged, match='are not what was written; if that was by hand, take out its line "sum"'):
        Settings.load(path)


def test_a_model_is_allowed_for_one_archive_and_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not for the same archive elsewhere, nor for another model; what is kept of it is in the user's own folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    require(tmp_path / "a", "rules")
    allow(tmp_path / "a", "rules")
    assert not (tmp_path / "state").exists()
    allow(tmp_path / "a", "spacy:x")
    require(tmp_path / "b" / ".." / "a", "spacy:x")
    for place, entities in (("a", "spacy:y"), ("b", "spacy:x")):
        with pytest.raises(UsageError, match="say so once with --entities"):
            require(tmp_path / place, entities)
    (tmp_path / "state" / "searcher" / "models.json").write_text("{")
    with pytest.raises(UsageError, match=r"models\.json: cannot be read"):
        require(tmp_path / "a", "spacy:x")


def test_what_is_allowed_for_an_archive_is_for_its_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a cluster, which is known by its address, too; where nothing was allowed nothing is."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    carry(tmp_path / "a", tmp_path / "b")
    with pytest.raises(UsageError, match="say so once with --entities"):
        require(tmp_path / "b", "spacy:x")
    allow(tmp_path / "a", "spacy:x")
    carry(tmp_path / "a", "opensearch://host:9200/news")
    require("opensearch://host:9200/news", "spacy:x")
    with pytest.raises(UsageError, match=r"^opensearch://host:9200/old: this archive asks for"):
        require("opensearch://host:9200/old", "spacy:x")


def test_settings_that_may_not_be_read_are_no_damage(tmp_path: Path) -> None:
    """To delete them would help nobody; here a folder has their name."""
    (tmp_path / "settings.json").mkdir()
    with pytest.raises(DiskError, match=r"settings\.json: Is a directory"):
        Settings.load(tmp_path / "settings.json")
    assert Settings.load(tmp_path / "none" / "settings.json") == Settings()
