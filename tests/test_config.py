"""What the package leaves in the environment of its process."""

import os
import subprocess
import sys

import pytest

from searcher.config import one_thread_for_algebra


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
