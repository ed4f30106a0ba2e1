"""Asking for help costs nothing: what is heavy is imported where it is used."""

import sys

import pytest
from cli.shell import Shell, program

HEAVY = {
    "numpy", "whoosh", "bs4", "lxml", "jinja2", "starlette", "uvicorn", "dateutil", "Stemmer", "tqdm", "anyascii",
    "spacy", "tomlkit", "tomllib", "rapidfuzz",
}  # fmt: skip


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-X", "importtime", "-c", "import searcher"],
        [sys.executable, "-X", "importtime", "-c", "from searcher.cli.search import main; main()", "--help"],
        [sys.executable, "-X", "importtime", "-c", "from searcher.cli.archive import main; main()", "--help"],
        [sys.executable, "-X", "importtime", "-c", "from searcher.cli.archive import main; main()", "add", "--help"],
        [sys.executable, "-X", "importtime", "-c", "from searcher.cli.archive import main; main()", "alias", "--help"],
    ],
    ids=lambda command: " ".join(command[4:]),
)
def test_help_imports_nothing_heavy(shell: Shell, command: list[str]) -> None:
    """The modules that Python reports as imported."""
    done = shell.run(*command)
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert done.returncode == 0
    assert "searcher" in imported
    assert imported & HEAVY == set()


@pytest.mark.parametrize(
    ("command", "options"),
    [
        (
            ["search"],
            """--index --limit --offset --location --actor --not-location --not-actor --source --language --after
            --before --sort --match --facet --facet-size --format --json --open --phrase --exact --explain""",
        ),
        (["archive", "add"], "--index --json --day-first --encoding --entities"),
        (["archive", "check"], "--index --deep"),
        (["archive", "serve"], "--index --host --port --open"),
        (["archive", "export"], "--index --format"),
        (["archive", "remove"], "--index --path"),
        (["archive", "alias", "suggest"], "--index --limit --add --kind --country --json"),
        (["archive", "alias", "add"], "--index --kind --country"),
        (["archive", "alias", "remove"], "--index"),
        (["archive", "alias", "list"], "--index --json"),
        (["archive", "alias", "apply"], "--index --processes --json"),
    ],
)
def test_help_names_every_option(shell: Shell, command: list[str], options: str) -> None:
    """Each with words of explanation or its choices."""
    name, *rest = command
    done = shell.run(*program(name), *rest, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert [option for option in options.split() if option not in done.stdout] == []
