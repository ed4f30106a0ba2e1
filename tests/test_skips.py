"""On CI nothing is skipped; a cluster that the machine cannot start is the one exception, and has to be declared."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
PROGRAM = """
import pytest
from conftest import NO_CLUSTER

def test_url(cluster_url):
    pass

@pytest.mark.cluster
def test_marked():
    pass

def test_unmarked():
    pytest.skip(NO_CLUSTER)

@pytest.mark.skip(reason="something else")
def test_for_another_reason(cluster_url):
    pass
"""


@pytest.mark.parametrize(
    ("environment", "outcome"),
    [
        ({}, "4 skipped"),
        ({"CI": "true"}, "1 failed, 3 errors"),
        ({"CI_WITHOUT_CLUSTER": "true"}, "4 skipped"),
        ({"CI": "true", "CI_WITHOUT_CLUSTER": "true"}, "1 failed, 2 skipped, 1 error"),
        ({"CI": "true", "SEARCHER_CLUSTER": "http://127.0.0.1:1"}, "1 failed, 2 passed, 1 error"),
    ],
)
def test_what_is_skipped_and_what_fails(environment: dict[str, str], outcome: str, tmp_path: Path) -> None:
    """By what .ci/run has said of the machine: that lets tests of a cluster be skipped for that reason alone.

    A test that fails for being skipped by a mark, before it begins, is an error to pytest.
    """
    (tmp_path / "test_some.py").write_text(PROGRAM)
    ours = ("CI", "CI_WITHOUT_CLUSTER", "SEARCHER_CLUSTER")
    clean = {name: value for name, value in os.environ.items() if name not in ours} | {"PYTHONPATH": str(TESTS)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "conftest", "-c", TESTS.parent / "pyproject.toml", tmp_path],
        capture_output=True,
        text=True,
        env=clean | environment,
        cwd=tmp_path,
    )
    assert f" {outcome} in " in done.stdout.splitlines()[-1], done.stdout + done.stderr
