"""A folder as it is found: what is bad costs itself alone, each with its path and its reason."""

import gzip
import json
import os
import sys
from pathlib import Path

import pytest
from cli.shell import LIKE_ANYONE, Shell, program

GOOD = "Lighthouse lit again\n\nThe lighthouse of the cape was lit again on Monday after nine weeks.\n"
# A little more than one article may have: 32 MB is the bound.
TOO_LONG = 33 * 1024 * 1024
REASONS = {
    "empty.txt": "empty file",
    "broken.txt": "not valid UTF-8",
    "cut.txt.gz": "damaged or cut short",
    "locked": "permission denied",
    "long.jsonl": "longer than 33,554,432 bytes",
    "picture.jpg": "JPEG image",
}


def make_mess(folder: Path) -> None:
    """Two good articles among everything that can be wrong with files."""
    folder.mkdir()
    (folder / "a-good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "z-good.json").write_text(
        json.dumps({"title": "Canal dredged", "text": "The canal was dredged."}), encoding="utf-8"
    )
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + os.urandom(5000))
    (folder / "empty.txt").touch()
    (folder / "broken.txt").write_bytes(b"Port closed\n\nThe port of M\xe9tis \xff\xfe closed.\n")
    (folder / "cut.txt.gz").write_bytes(gzip.compress((GOOD + os.urandom(2000).hex()).encode())[:-400])
    with (folder / "long.jsonl").open("wb") as file:
        file.write(b'{"title": "Long", "text": "')
        file.write(b"word " * (TOO_LONG // 5))
    (folder / "locked").mkdir(mode=0)


def test_a_mess_costs_only_itself(shell: Shell) -> None:
    """Exactly one entry for each bad thing, both good articles found, status 2."""
    if sys.platform != "linux":
        pytest.skip("capabilities are Linux's")
    make_mess(shell.folder / "mess")
    done = shell.run(*LIKE_ANYONE, *program("archive"), "add", "--json", "mess")
    (shell.folder / "mess" / "locked").chmod(0o700)
    report = json.loads(done.stdout)
    skipped = {Path(entry["path"]).name: entry["reason"] for entry in report["skipped"]}
    assert (done.returncode, done.stderr) == (2, "")
    assert (report["added"], len(report["skipped"])) == (2, len(REASONS))
    assert sorted(skipped) == sorted(REASONS)
    assert [(name, skipped[name]) for name, reason in REASONS.items() if reason not in skipped[name]] == []
    assert shell.titles("lighthouse") == ["Lighthouse lit again"]
    assert shell.titles("dredged") == ["Canal dredged"]


def test_names_that_would_steer_a_terminal(shell: Shell) -> None:
    """Escapes in a file's name, title or body reach no terminal, be the file taken or skipped."""
    bad = shell.folder / "in"
    bad.mkdir()
    text = {"title": "Red \x1b[31malert", "text": "A harbour \x1b]0;owned\x07 and a harbour.", "source": "\x1b[2J"}
    (bad / "\x1b[31mred.json").write_text(json.dumps(text), encoding="utf-8")
    (bad / "\x1b[2Jempty.txt").touch()
    os.mkfifo(bad / "pipe\u202etxt.exe")
    report = shell.archive("add", "in")
    found = shell.search("harbour")
    shown = shell.archive("show", shell.found("harbour")["hits"][0]["id"])
    assert report.returncode == 2
    assert "*harbour*" in found.stdout
    for done in (report, found, shown):
        assert [sign for sign in done.stdout + done.stderr if sign in "\x1b\x07\u202e\x9b"] == []


def test_a_file_name_that_is_no_text(shell: Shell) -> None:
    """A name in another encoding is shown with a sign for what cannot be read, and its article found."""
    folder = shell.folder / "in"
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(GOOD, encoding="utf-8")
    assert shell.archive("add", "in").returncode == 0
    assert "caf\ufffd.txt" in shell.search("lighthouse").stdout


def test_a_folder_of_a_journalist(shell: Shell) -> None:
    """Every file but hidden ones is an article or one of the skipped, each time anew; nothing is raised."""
    folder = shell.folder / "in"
    folder.mkdir()
    page = f"<!DOCTYPE html><html><head><title>Saved</title></head><body><p>{GOOD * 3}</p></body></html>"
    taken = {
        "page.txt": page,
        "page.doc": page.replace("Saved", "Word"),
        'it\'s "so".txt': GOOD,
        "new\nline.txt": GOOD + "1",
    }
    taken |= {
        "rtl\u202etxt.txt": GOOD + "2",
        "noext": GOOD + "3",
        "json.html": json.dumps({"title": "A", "text": GOOD}),
    }
    refused = {
        "empty.html": b"",
        "~$x.docx": b"\x05Jane" + bytes(160),
        "Thumbs.db": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    }
    refused |= {"x.7z": b"7z\xbc\xaf\x27\x1c" + bytes(60), "excel.csv": "title;text\nA;\xd6l\n".encode("cp1252")}
    for name, text in taken.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, content in refused.items():
        (folder / name).write_bytes(content)
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (folder / "utf16.txt").write_text(GOOD + "4", encoding="utf-16")
    (folder / "loop").symlink_to("loop")
    (folder / "up").symlink_to(".")
    for number, option in enumerate(([], [], ["--prune"])):
        done = shell.archive("add", "--json", *option, "in")
        report = json.loads(done.stdout)
        assert (done.returncode, done.stderr) == (2, "")
        names = sorted(Path(entry["path"]).name for entry in report["skipped"])
        assert names == sorted([*refused, "loop"])
        held = len(taken) + 1
        assert (report["added"], report["unchanged"]) == ((0, held) if number else (held, 0))
