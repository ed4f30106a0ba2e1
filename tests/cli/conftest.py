"""The sample articles, indexed once through the real command."""

import csv
from pathlib import Path

import pytest
from cli.shell import Shell


@pytest.fixture(scope="session")
def built(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell in an empty folder whose index holds the sample articles; tests must not change it."""
    folder = tmp_path_factory.mktemp("built")
    shell = Shell(folder, folder / "index")
    done = shell.archive("add", str(corpus))
    assert (done.returncode, done.stderr) == (0, "")
    return shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell in an empty folder, no index named."""
    return Shell(tmp_path)


@pytest.fixture(scope="session")
def manifest(corpus: Path) -> list[dict[str, str]]:
    """What the sample articles are: one row each."""
    with (corpus / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="session")
def kalibr_title(manifest: list[dict[str, str]]) -> str:
    """The title of the article on the submarine and the town."""
    return next(row["title"] for row in manifest if row["path"] == "html/kalibr-submarine-abu-kamal.html")
