"""One index for every Python that the package runs on, and for every process of one: the same ids and scores."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reliability.asked import QUERIES

from searcher import Archive

TOP = Path(__file__).resolve().parent.parent.parent
ASKED = Path(__file__).with_name("asked.py")
VERSIONS = ("3.11", "3.12", "3.13")
MINUTES = 10 * 60  # seconds that an installation may take


@pytest.fixture(scope="module")
def place(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample articles in two segments, some of them removed."""
    place = tmp_path_factory.mktemp("pythons") / "index"
    with Archive.open(place) as archive:
        archive.add(corpus / "html", processes=1)
        archive.add(corpus, processes=1)
        archive.remove(*(hit.id for hit in archive.search("oil", limit=3).hits))
    return place


def asked(python: str | Path, place: Path, **environment: str) -> Any:
    """What a Python that has the package finds in the index."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONHASHSEED", "LC_ALL", "LANG", "TZ")}
    command = [python, "-W", "error", ASKED, place]
    done = subprocess.run(
        command, env=kept | environment, cwd=place, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_whoever_asks_finds_the_same(
    place: Path, tmp_path_factory: pytest.TempPathFactory, effort: Callable[[int, int], int]
) -> None:
    """Whatever the hash seed, the locale and the time zone of a process.

    The long form asks every other Python there is on the path, and prints which; installing takes a minute each.
    """
    here = asked(sys.executable, place, PYTHONPATH=str(TOP), PYTHONHASHSEED="1")
    assert set(here["answers"]) == set(QUERIES)
    assert sum(bool(answer["hits"]) for answer in here["answers"].values()) > len(QUERIES) / 2
    assert here["check"] == []
    for environment in (
        {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "Asia/Kathmandu"},
        {"PYTHONHASHSEED": "3", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0", "TZ": "America/St_Johns"},
    ):
        assert asked(sys.executable, place, PYTHONPATH=str(TOP), **environment) == here
    others = _others() if effort(0, 1) else {}
    for version, python in others.items():
        installed = _installed(python, tmp_path_factory.mktemp(f"python-{version}") / "venv")
        assert asked(installed, place) == here, version
    print("asked:", ", ".join(("{}.{}".format(*sys.version_info[:2]), *others)))


def _others() -> dict[str, str]:
    """The Pythons on the path, but for the version that runs this."""
    found = {}
    for version in VERSIONS:
        python = shutil.which(f"python{version}")
        if python and version != "{}.{}".format(*sys.version_info[:2]) and _runs(python, version):
            found[version] = python
    return found


def _runs(python: str, version: str) -> bool:
    """Whether it is that Python, and not a name that only says that it is not installed."""
    code = "import sys; print('{}.{}'.format(*sys.version_info[:2]))"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() == version


def _installed(python: str, folder: Path) -> Path:
    """The package in an environment of its own; a Python that has it."""
    subprocess.run([python, "-m", "venv", folder], check=True, capture_output=True)
    made = folder / "bin" / "python"
    command = [made, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", TOP]
    done = subprocess.run(command, capture_output=True, text=True, timeout=MINUTES, check=False)
    assert done.returncode == 0, done.stderr
    return made
