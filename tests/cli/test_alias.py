"""`archive alias`: spellings of names that a user adds, as a person types it."""

import json
import shlex
import sys

import pytest
from cli.shell import Shell, program

APPLY = "searches use it now; for the facets of articles that are in already run `archive alias apply`\n"
ARTICLES = [
    ("Convoy", "Syria's army said a convoy had reached Abu Kamal on Monday."),
    ("Market", "The market of Ebu Kemal in Syria opened. Traders in Ebu Kemal were glad."),
    ("Bridge", "The bridge at Bou Kemal in eastern Syria was hit."),
    ("Front", "The Qyrun Front was seen in Syria. The Front of Qyrun left on Friday."),
]


@pytest.fixture
def desk(shell: Shell) -> Shell:
    """A shell with an index of articles that spell one town in three ways."""
    lines = [json.dumps({"title": title, "text": text}) for title, text in ARTICLES]
    (shell.folder / "desk.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert shell.archive("add", "desk.jsonl").returncode == 0
    return shell


def told(shell: Shell, *arguments: str) -> str:
    """What `archive alias` prints when it succeeds and has nothing to remark."""
    done = shell.archive("alias", *arguments)
    assert (done.returncode, done.stderr.replace(APPLY, "")) == (0, "")
    return done.stdout


def counts(shell: Shell, field: str) -> dict[str, int]:
    """The counts of a facet over everything."""
    return {value["value"]: value["count"] for value in shell.found("*")["facets"][field]}


def test_from_a_proposal_to_one_value(desk: Shell) -> None:
    """Propose, copy the command, search, apply: two spellings, one place."""
    assert told(desk, "suggest", "Abu Kamal") == (
        "articles  spelling   likeness         counted as\n"
        "       1  Bou Kemal  same skeleton    -\n"
        "       1  Ebu Kemal  same consonants  -\n"
        "\n"
        "to add those with the same skeleton: archive alias add 'Abu Kamal' 'Bou Kemal'\n"
    )
    done = desk.run("sh", "-c", f"{shlex.join(program('archive'))} alias add 'Abu Kamal' 'Bou Kemal' 'Ebu Kemal'")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Abu Kamal (LOC, SY): Bou Kemal, Ebu Kemal\n", APPLY)

    assert set(desk.titles("ebu", "kemal")) == {"Convoy", "Market", "Bridge"}
    (note,) = desk.found("Ebu Kemal")["notes"]
    assert note.startswith("Ebu Kemal also matches Abu Kamal, Bou Kemal, ")
    assert desk.titles("--exact", "Ebu Kemal") == ["Market"]
    assert desk.titles('="Ebu Kemal"') == ["Market"]
    assert desk.found("--exact", "Ebu Kemal")["notes"] == []

    assert counts(desk, "location")["Abu Kamal"] == 2  # Bou Kemal is found by its skeleton
    assert told(desk, "apply") == "2 changed, 2 unchanged\n"
    assert counts(desk, "location")["Abu Kamal"] == 3
    assert set(desk.titles("-l", "Ebu Kemal", "*")) == {"Convoy", "Market", "Bridge"}
    assert json.loads(told(desk, "apply", "--json"))["unchanged"] == 4
    assert desk.archive("check", "--deep").stdout == "sound\n"


def test_suggest_for_programs(desk: Shell) -> None:
    """An array of objects, with status 1 where it is empty."""
    assert json.loads(told(desk, "suggest", "Abu Kamal", "--json", "-n", "1")) == [
        {"spelling": "Bou Kemal", "articles": 1, "likeness": "same skeleton", "known": ""}
    ]
    done = desk.archive("alias", "suggest", "Zzyzx", "--json")
    assert (done.returncode, done.stdout, done.stderr) == (1, "[]\n", "")
    done = desk.archive("alias", "suggest", "Zzyzx")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


def test_suggest_adds_the_sure_ones_when_told_to(desk: Shell) -> None:
    """Those with the same skeleton, no others; what is counted already is shown as such."""
    assert told(desk, "suggest", "Abu Kamal", "--add").endswith("\nAbu Kamal (LOC, SY): Bou Kemal\n")
    table = told(desk, "suggest", "Abu Kamal")
    assert "       1  Bou Kemal  same skeleton    Abu Kamal\n" in table
    assert table.endswith("to add one: archive alias add 'Abu Kamal' SPELLING\n")


def test_a_new_name(desk: Shell) -> None:
    """Needs its kind; the message says so, and the file is as it was."""
    done = desk.archive("alias", "add", "Qyrun Front", "Front of Qyrun")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "archive: Qyrun Front: no list has this name: give its kind, one of LOC, PER, ORG, ACTOR, VESSEL\n"
    )
    assert told(desk, "list") == ""
    assert told(desk, "add", "Qyrun Front", "Front of Qyrun", "--kind", "actor", "--country", "sy") == (
        "Qyrun Front (ACTOR, SY, new): Front of Qyrun\n"
    )
    told(desk, "apply")
    assert counts(desk, "actor") == {"Qyrun Front": 1, "Syrian army": 1}


def test_list_and_remove(desk: Shell) -> None:
    """A line or an object for each name; what is removed is named."""
    told(desk, "add", "Al-Bukamal", "Ebu Kemal", "Bou Kemal")
    told(desk, "add", "Qyrun Front", "--kind", "ACTOR")
    assert told(desk, "list") == "Abu Kamal (LOC, SY): Ebu Kemal, Bou Kemal\nQyrun Front (ACTOR, new)\n"
    town, front = json.loads(told(desk, "list", "--json"))
    assert town == {
        "name": "Abu Kamal", "spellings": ["Ebu Kemal", "Bou Kemal"], "id": "geo:174448", "kind": "LOC",
        "country": "SY", "known": True,
    }  # fmt: skip
    assert (front["id"], front["known"]) == ("user:qyrun-front", False)
    assert told(desk, "remove", "Abu Kamal", "Ebu Kemal") == "removed Ebu Kemal\n"
    assert told(desk, "remove", "Qyrun Front") == "removed Qyrun Front\n"
    assert told(desk, "list") == "Abu Kamal (LOC, SY): Bou Kemal\n"
    done = desk.archive("alias", "remove", "Qyrun Front")
    assert (done.returncode, done.stderr) == (
        2, "archive: index/aliases.toml: no entry for Qyrun Front; `archive alias list` shows what there is\n",
    )  # fmt: skip


def test_a_file_edited_by_hand(desk: Shell) -> None:
    """Is what counts; a fault in it is one line with the entry, for a search as for everything else."""
    path = desk.folder / "index" / "aliases.toml"
    path.write_text('[[alias]]\nname = "Abu Kamal"\nspellings = ["Ebu Kemal"]  # Turkish\n', encoding="utf-8")
    assert set(desk.titles("Ebu Kemal")) == {"Convoy", "Market"}
    told(desk, "add", "Abu Kamal", "Bou Kemal")
    assert "# Turkish" in path.read_text(encoding="utf-8")
    path.write_text('[[alias]]\nname = "Abu Kamal"\ncountry = "Syria"\n', encoding="utf-8")
    fault = "index/aliases.toml, entry 1 (\"Abu Kamal\"): country 'Syria' is no code of two capital letters"
    for done in (desk.search("kamal"), desk.archive("add", "desk.jsonl"), desk.archive("alias", "list")):
        assert (done.returncode, done.stdout) == (2, "")
        assert fault in done.stderr
        assert done.stderr.count("\n") == 1


def test_aliases_before_an_index(shell: Shell) -> None:
    """May be added, and there is nothing to apply them to; proposals need articles."""
    done = shell.archive("alias", "add", "Abu Kamal", "Ebu Kemal")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Abu Kamal (LOC, SY): Ebu Kemal\n", "")
    for command in (["suggest", "Abu Kamal"], ["apply"]):
        done = shell.archive("alias", *command)
        assert (done.returncode, done.stdout) == (2, "")
        assert "no index here; make one with `archive add" in done.stderr


@pytest.mark.parametrize("added", [False, True])
def test_searching_loads_no_editor(desk: Shell, added: bool) -> None:
    """What edits the file and compares spellings is loaded by the commands that do; reading it, where there is one."""
    if added:
        told(desk, "add", "Abu Kamal", "Ebu Kemal")
    command = [sys.executable, "-X", "importtime", "-c", "from searcher.cli.search import main; main()", "Ebu Kemal"]
    done = desk.run(*command)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert done.returncode == 0
    assert "searcher.entities.naming" in loaded
    assert {"tomlkit", "rapidfuzz"} & loaded == set()
    assert ("tomllib" in loaded, "searcher.entities.aliasfile" in loaded) == (added, added)
