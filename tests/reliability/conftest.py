"""Servers that run, and the archives behind them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.shell import Shell, serving
from conftest import Effort
from reliability.clients import Place


@pytest.fixture(scope="session")
def sample_shell(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell with an archive of the sample articles."""
    folder = tmp_path_factory.mktemp("served")
    shell = Shell(folder, folder / "index")
    assert shell.archive("add", str(corpus)).returncode == 0
    return shell


@pytest.fixture(scope="session")
def news_shell(test_data: Path, effort: Effort, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell with an archive of 2,000 news items; of all 15,000 in the long form."""
    folder = tmp_path_factory.mktemp("news")
    shell = Shell(folder, folder / "index", seconds=300)
    files = sorted((test_data / "reuters21578").glob("*.sgm.gz"))[: effort(2, 15)]
    assert shell.archive("add", *map(str, files)).returncode in (0, 2)  # one of the items has no text
    return shell


@pytest.fixture(scope="module")
def server(sample_shell: Shell) -> Iterator[Place]:
    """Where a server of the sample articles listens, which has to be there at the end too."""
    with serving(sample_shell) as (address, running):
        yield Place.of(address)
        assert running.poll() is None
