"""Whoosh's own tests, from its source distribution, on indexes that this project's codec writes and reads."""

import json
import os
import re
import subprocess
import sys
import tarfile
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import whoosh

TOP = Path(__file__).resolve().parents[2]
VERSION = version("whoosh3")
# Codec, searching, queries, matchers and sorting; then what else writes indexes and reads them.
FILES = (
    *("codecs", "searching", "queries", "matching", "sorting"),
    *("indexing", "reading", "vectors", "spans", "results", "quality", "nested", "fields", "spelling", "collector"),
)
# These are about the files of Whoosh's own codec.
LEFT_OUT = {
    "tests/test_codecs.py::test_corrupt_postings_block_raises_clear_error": "it damages a block in a file of W3Codec",
    "tests/test_codecs.py::test_tiny_blocks_stored_uncompressed_round_trip": "it counts the blocks W3Codec compresses",
}
NEEDED = re.compile(rf"whoosh3-{re.escape(VERSION)}/((?:tests/)?[\w.-]+)")


@pytest.fixture(scope="module")
def source(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tests and settings of the version of Whoosh that is installed, unpacked; its archive is kept in the cache."""
    cache = pytestconfig.cache
    folder = Path(cache.mkdir("whoosh3")) if cache else tmp_path_factory.mktemp("whoosh3")
    name = f"whoosh3-{VERSION}.tar.gz"
    if not (folder / name).exists():
        download = ("pip", "download", "--quiet", "--no-deps", "--no-binary", "whoosh3", f"whoosh3=={VERSION}")
        fetched = tmp_path_factory.mktemp("fetched")
        command = [sys.executable, "-m", *download, "--dest", str(fetched)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not (fetched / name).exists():
            pytest.skip(f"the source of whoosh3 {VERSION} cannot be had: {done.stderr.strip()[-300:]}")
        (folder / name).write_bytes((fetched / name).read_bytes())
    return unpacked(folder / name, tmp_path_factory.mktemp("source"))


def unpacked(archive: Path, folder: Path) -> Path:
    """The folder with the tests of an archive and its settings in it."""
    (folder / "tests").mkdir()
    with tarfile.open(archive) as held:
        for member in held:
            found = NEEDED.fullmatch(member.name)
            content = held.extractfile(member) if found and member.isfile() else None
            if found and content:
                (folder / found[1]).write_bytes(content.read())
    assert f"\nVersion: {VERSION}\n" in (folder / "PKG-INFO").read_text(encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def report(source: Path) -> dict[str, Any]:
    """What came of Whoosh's tests under its own settings, with this codec as its default."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    paths = {
        "PYTHONPATH": os.pathsep.join([str(TOP), str(TOP / "tests")]),
        "ARRAY_CODEC_REPORT": str(source / "report"),
    }
    options = ("-q", "-p", "array_codec_plugin", "-p", "no:cacheprovider", "-c", "pyproject.toml", "--rootdir", ".")
    files = (f"tests/test_{name}.py" for name in FILES)
    command = [sys.executable, "-m", "pytest", *options, *(f"--deselect={name}" for name in LEFT_OUT), *files]
    done = subprocess.run(command, cwd=source, env={**kept, **paths}, capture_output=True, text=True, check=False)
    assert (source / "report").exists(), done.stdout + done.stderr
    found: dict[str, Any] = json.loads((source / "report").read_text(encoding="utf-8"))
    return {**found, "printed": done.stdout}


def test_all_of_whooshs_own_tests_pass(report: dict[str, Any]) -> None:
    """Every one of them but those left out: none fails, none is skipped."""
    counts = Counter(report["outcomes"].values())
    assert set(counts) == {"passed"}, report["printed"]
    assert counts["passed"] > 300


def test_they_tested_this_codec_under_the_installed_whoosh(report: dict[str, Any]) -> None:
    """Nearly every test writes a segment; the package under test is the one that the engine runs on."""
    assert (report["version"], report["file"]) == (VERSION, whoosh.__file__)
    assert report["begun"] > len(report["outcomes"])


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_is_there(report: dict[str, Any], name: str) -> None:
    """The list names tests that exist: what a later version of Whoosh no longer has is taken off it."""
    assert report["left_out"].count(name) == 1
