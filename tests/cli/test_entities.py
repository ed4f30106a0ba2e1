"""`archive add --entities`: the choice is kept with the archive, used by every later add, and never by a search."""

import json
import sys

import pytest
from cli.shell import Shell, program
from entities.spacy_models import ruled

ARTICLES = {
    "one.txt": "Ferry sails\n\nThe ferry sailed from zarvik on Tuesday, and norvik yards cheered.\n",
    "two.txt": "Ferry stays\n\nThe ferry stayed in zarvik on Friday, and norvik yards mourned.\n",
}


@pytest.fixture
def model(shell: Shell) -> str:
    """A model in the folder of the shell, as a person names it there; two articles lie beside it."""
    for name, text in ARTICLES.items():
        (shell.folder / name).write_text(text, encoding="utf-8")
    ruled(shell.folder / "model", {"GPE": ["zarvik"], "ORG": ["norvik yards"]})
    return "spacy:./model"


def test_the_archive_keeps_what_finds_its_entities(shell: Shell, model: str) -> None:
    """Given once, it holds for later adds from elsewhere; the status says it; articles that are in stay as they are."""
    first = shell.archive("add", "--entities", model, "one.txt")
    assert (first.returncode, first.stderr) == (0, "")
    elsewhere = shell.folder / "elsewhere"
    elsewhere.mkdir()
    second = Shell(elsewhere, shell.folder / "index").archive("add", "../two.txt")
    assert (second.returncode, second.stderr) == (0, "")
    facets = shell.found("ferry")["facets"]
    assert [(entry["value"], entry["count"]) for entry in facets["location"]] == [("zarvik", 2)]
    assert [(entry["value"], entry["count"]) for entry in facets["actor"]] == [("norvik yards", 2)]
    kept = f"spacy:{(shell.folder / 'model').resolve()}"
    assert json.loads(shell.archive("status", "--json").stdout)["entities"] == kept
    assert f"\nentities:  {kept}\n" in shell.archive("status").stdout


def test_without_a_choice_the_rules_read(shell: Shell, model: str) -> None:
    """And they come back when they are asked for."""
    shell.archive("add", "one.txt")
    assert "\nentities:  rules\n" in shell.archive("status").stdout
    shell.archive("add", "--entities", model, "two.txt")
    shell.archive("add", "--entities", "rules", "one.txt")
    assert json.loads(shell.archive("status", "--json").stdout)["entities"] == "rules"
    assert shell.titles("location:zarvik") == ["Ferry stays"]


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ("best", "entities 'best' are not known: give rules, or spacy:MODEL with the name or the folder of an"),
        ("spacy:en_core_web_none", 'no spaCy model "en_core_web_none" is installed: python -m spacy download en_core'),
        ("spacy:./one.txt", 'no spaCy model is at "./one.txt": give the folder that holds its meta.json'),
        ("spacy:..", "cannot be used: "),  # a folder of something else
    ],
)
def test_what_cannot_be_used_is_said_before_anything_is_read(
    shell: Shell, model: str, choice: str, message: str
) -> None:
    """One line, status 2, and no archive is made or changed for it."""
    done = shell.archive("add", "--entities", choice, "one.txt")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("archive: ")
    assert message in done.stderr
    assert not (shell.folder / "index").exists()


def test_a_model_that_is_gone_is_said_before_anything_is_read(shell: Shell, model: str) -> None:
    """The archive names it, and goes on when it is told to do without."""
    shell.archive("add", "--entities", model, "one.txt")
    (shell.folder / "model").rename(shell.folder / "moved")
    done = shell.archive("add", "two.txt")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert str(shell.folder / "model") in done.stderr
    assert shell.titles("ferry") == ["Ferry sails"]
    assert shell.archive("add", "--entities", "rules", "two.txt").returncode == 0


def test_without_spacy_the_line_that_installs_it(shell: Shell, model: str) -> None:
    """The library is an extra; a folder that hides it stands for its absence."""
    hidden = shell.folder / "hidden"
    hidden.mkdir()
    (hidden / "spacy.py").write_text("raise ModuleNotFoundError(\"No module named 'spacy'\", name='spacy')\n")
    without = Shell(shell.folder, extra={"PYTHONPATH": f"{hidden}:{shell.environment['PYTHONPATH']}"})
    done = without.archive("add", "--entities", model, "one.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "archive: spaCy is not installed: pip install 'searcher[spacy]'\n"
    assert without.archive("add", "one.txt").returncode == 0


@pytest.mark.parametrize("command", ["search", "archive"])
def test_searching_such_an_archive_loads_no_model(shell: Shell, model: str, command: str) -> None:
    """Nor does showing what it holds: a model is for articles on their way in."""
    shell.archive("add", "--entities", model, "one.txt")
    arguments = ["ferry", "zarvik"] if command == "search" else ["status"]
    started = f"from searcher.cli.{command} import main; main()"
    done = shell.run(sys.executable, "-X", "importtime", "-c", started, *arguments)
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert (done.returncode, "numpy" in imported, "spacy" in imported) == (0, True, False)


def test_help_says_what_is_possible(shell: Shell) -> None:
    """Both choices stand beside the option."""
    assert "--entities rules|spacy:MODEL" in shell.run(*program("archive"), "add", "--help").stdout
