"""Spellings that were added and spellings that are proposed, as they are shown."""

import json
import shlex

import pytest
from render.values import HOSTILE

from searcher.models import AliasEntry, AliasSuggestion
from searcher.render.aliases import (
    add_command,
    entries_json,
    entries_text,
    entry_text,
    suggestions_json,
    suggestions_text,
)

TOWN = AliasEntry(name="Abu Kamal", spellings=("Ebu Kemal", "Bou Kamal"), id="geo:174448", kind="LOC", country="SY")
FRONT = AliasEntry(name="Qyrun Front", spellings=(), id="user:qyrun-front", kind="ACTOR", known=False)
MANY = AliasSuggestion(spelling="Bou Kamal", articles=1_234, likeness="same skeleton")
ONE = AliasSuggestion(spelling="Kemal", articles=1, likeness="close letters", known="Ankara")


def test_entries_as_lines() -> None:
    """The value, what it is, its other spellings."""
    assert entries_text([TOWN, FRONT]) == "Abu Kamal (LOC, SY): Ebu Kemal, Bou Kamal\nQyrun Front (ACTOR, new)"


def test_entries_as_objects() -> None:
    """With the id of the entity."""
    assert json.loads(entries_json([TOWN, FRONT])) == [
        {"name": "Abu Kamal", "spellings": ["Ebu Kemal", "Bou Kamal"], "id": "geo:174448", "kind": "LOC",
         "country": "SY", "known": True},
        {"name": "Qyrun Front", "spellings": [], "id": "user:qyrun-front", "kind": "ACTOR", "country": "",
         "known": False},
    ]  # fmt: skip


def test_suggestions_as_a_table() -> None:
    """Columns as wide as their widest cell, the counts to the right."""
    assert suggestions_text([MANY, ONE]).splitlines() == [
        "articles  spelling   likeness       counted as",
        "   1,234  Bou Kamal  same skeleton  -",
        "       1  Kemal      close letters  Ankara",
    ]


def test_suggestions_as_objects() -> None:
    """Of none an empty array."""
    assert json.loads(suggestions_json([ONE])) == [
        {"spelling": "Kemal", "articles": 1, "likeness": "close letters", "known": "Ankara"}
    ]
    assert json.loads(suggestions_json([])) == []


@pytest.mark.parametrize("text", [*HOSTILE, "Côte d'Ivoire", "a b", "$(reboot)"])
def test_the_command_says_what_is_meant(text: str) -> None:
    """A shell takes each name as one argument."""
    assert shlex.split(add_command("Abu Kamal", [text], text))[2:] == ["add", "-i", text, "Abu Kamal", text]
    assert shlex.split(add_command(text, []))[2:] == ["add", text]


@pytest.mark.parametrize("text", HOSTILE)
def test_terminals_obey_no_name(text: str) -> None:
    """Escapes in a name of a stranger's file are shown, not sent."""
    shown = entry_text(AliasEntry(name=text, spellings=(text,), id="", kind="LOC"))
    shown += suggestions_text([AliasSuggestion(spelling=text, articles=1, likeness="close letters", known=text)])
    assert "\x1b" not in shown
    assert "\x9b" not in shown
