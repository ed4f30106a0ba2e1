"""`archive`: what becomes of files, and what can be done with what is in."""

import csv
import io
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from cli.shell import Shell

REPORT = {"added", "updated", "unchanged", "duplicates", "stories", "skipped", "removed", "missing"}
LINES = [
    {"title": "Harbour reopens", "text": "The harbour reopened on Monday after a storm.", "date": "2021-03-01"},
    {"title": "Ferry sails", "text": "The ferry sailed again on Tuesday.", "date": "2021-03-02"},
]


def write_lines(path: Path, articles: list[dict[str, str]]) -> None:
    """Articles as JSON lines."""
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")


def added(shell: Shell, *arguments: str) -> dict[str, Any]:
    """The report of `archive add --json` without its zeros."""
    report = json.loads(shell.archive("add", "--json", *arguments).stdout)
    assert set(report) == REPORT
    return {key: value for key, value in report.items() if value}


@pytest.fixture
def two(shell: Shell) -> Shell:
    """A shell with a file of two articles, added."""
    write_lines(shell.folder / "desk.jsonl", LINES)
    assert added(shell, "desk.jsonl") == {"added": 2, "stories": 2}
    return shell


def test_the_report_of_a_first_add(shell: Shell, corpus: Path, manifest: list[dict[str, str]]) -> None:
    """In words by default; everything of the samples is in, three of them in one story."""
    done = shell.archive("add", str(corpus))
    count = len(manifest)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (f"{count} added, 0 updated, 0 unchanged, 0 duplicates, 0 skipped ({count - 2} stories)\n")


def test_adding_again_changes_nothing(two: Shell) -> None:
    """The same file, named in another way, is known."""
    assert added(two, str(two.folder)) == {"unchanged": 2}
    assert two.search("harbour").stdout.startswith("1 article, 1 story ")


def test_a_changed_article_takes_the_place_of_the_old(two: Shell) -> None:
    """One line changed: one updated, one unchanged, and the old words are gone."""
    changed = LINES[0] | {"text": "The harbour stays closed after a landslide."}
    write_lines(two.folder / "desk.jsonl", [changed, LINES[1]])
    assert added(two, "desk.jsonl") == {"updated": 1, "unchanged": 1, "stories": 1}
    assert (two.search("storm").returncode, two.search("landslide").returncode) == (1, 0)


def test_an_article_gone_from_its_file_is_gone(two: Shell) -> None:
    """What a file no longer holds is removed when it is added again."""
    write_lines(two.folder / "desk.jsonl", LINES[:1])
    assert added(two, "desk.jsonl") == {"unchanged": 1}
    assert two.search("ferry").returncode == 1


def test_the_same_bytes_under_another_name_are_a_duplicate(two: Shell) -> None:
    """Nothing is found twice."""
    shutil.copy(two.folder / "desk.jsonl", two.folder / "copy.jsonl")
    assert added(two, "copy.jsonl") == {"duplicates": 2}
    assert two.search("harbour").stdout.startswith("1 article, 1 story ")


def test_a_path_that_is_not_there_is_skipped(two: Shell) -> None:
    """One line with path and reason, status 2, and what else was named is in."""
    (two.folder / "new.txt").write_text("Bridge opens\n\nThe bridge opened on Friday.\n", encoding="utf-8")
    done = two.archive("add", "missing.txt", "new.txt")
    assert done.returncode == 2
    assert done.stdout.splitlines() == [
        "1 added, 0 updated, 0 unchanged, 0 duplicates, 1 skipped (1 story)",
        "skipped missing.txt: no such file or folder; check the spelling of the path",
    ]


@pytest.mark.parametrize(("option", "date"), [("--day-first", "2021-04-03"), ("--month-first", "2021-03-04")])
def test_the_archive_keeps_how_days_are_read(shell: Shell, option: str, date: str) -> None:
    """03/04/2021 is read as the archive was told once, in every later add."""
    write_lines(shell.folder / "a.jsonl", [LINES[0] | {"date": "03/04/2021"}])
    write_lines(shell.folder / "b.jsonl", [LINES[1] | {"date": "03/04/2021"}])
    added(shell, option, "a.jsonl")
    added(shell, "b.jsonl")
    assert {hit["date"] for hit in shell.found("*")["hits"]} == {date}


def test_the_encoding_of_text_files(shell: Shell) -> None:
    """A file that is not UTF-8 is skipped until its encoding is named."""
    (shell.folder / "elle.txt").write_bytes("Élection\n\nLe maire a été réélu dimanche.\n".encode("cp1251", "replace"))
    (shell.folder / "ru.txt").write_bytes("Порт открыт\n\nПорт снова открыт в понедельник.\n".encode("cp1251"))
    assert shell.archive("add", "ru.txt").returncode == 2
    assert added(shell, "--encoding", "windows-1251", "ru.txt") == {"added": 1, "stories": 1}
    assert shell.search("порт").returncode == 0


def test_show_an_article(built: Shell, kalibr_title: str) -> None:
    """As text with what is known of it, and as JSON with its mentions."""
    article_id = built.found("Kalibr Abu Kamal")["hits"][0]["id"]
    text = built.archive("show", article_id).stdout
    assert text.startswith(kalibr_title)
    assert "\ndate:      2017-10-31 19:05 +03:00\n" in text
    article = json.loads(built.archive("show", article_id, "--json").stdout)
    assert (article["title"], article["date"]) == (kalibr_title, "2017-10-31T19:05+03:00")
    assert "2017-10-31 (Tuesday" in text
    for event in article["events"]:
        assert article[event["field"]][event["start"] : event["end"]] == event["text"]
    assert "2017-10-31" in {event["day"] for event in article["events"]}
    assert article["mentions"]
    for mention in article["mentions"]:
        assert {"text", "name", "kind", "start", "end", "country", "lat", "lon"} <= mention.keys()
        assert article[mention["field"]][mention["start"] : mention["end"]] == mention["text"]


def test_remove_by_id_and_by_path(two: Shell) -> None:
    """The files stay; what is removed is no longer found; removing nothing is an error."""
    article_id = two.found("harbour")["hits"][0]["id"]
    assert two.archive("remove", article_id).stdout == "1 removed\n"
    assert two.search("harbour").returncode == 1
    again = two.archive("remove", article_id)
    assert (again.returncode, again.stdout) == (2, "0 removed\n")
    assert "nothing in this index has that id" in again.stderr
    assert two.archive("remove", "--path", "desk.jsonl").stdout == "1 removed\n"
    assert json.loads(two.archive("status", "--json").stdout)["articles"] == 0
    assert (two.folder / "desk.jsonl").is_file()


def test_status_counts(built: Shell, manifest: list[dict[str, str]]) -> None:
    """As many articles, languages and undated ones as the samples have; the size is that of the folder."""
    status = json.loads(built.archive("status", "--json").stdout)
    languages = [row["language"] for row in manifest]
    assert status["articles"] == len(manifest)
    assert status["undated"] == sum(not row["date"] for row in manifest)
    assert status["languages"] == {name: languages.count(name) for name in set(languages)}
    assert built.index
    assert status["size_bytes"] == sum(path.stat().st_size for path in built.index.rglob("*") if path.is_file())
    assert status["format_version"] >= 1
    assert f"articles:  {len(manifest)}\n" in built.archive("status").stdout


@pytest.mark.parametrize("arguments", [(), ("--deep",)])
def test_a_sound_index(built: Shell, arguments: tuple[str, ...]) -> None:
    """`check` says so and exits 0."""
    done = built.archive("check", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, "sound\n", "")


def test_copy_to_another_place(built: Shell, tmp_path: Path) -> None:
    """The same articles by the same digest; what stands there already is an error."""
    target = str(tmp_path / "copy")
    done = built.archive("copy", str(built.index), target, "--json")
    report = json.loads(done.stdout)
    count = json.loads(built.archive("status", "--json").stdout)["articles"]
    assert (done.returncode, done.stderr) == (0, "")
    assert (report["articles"], report["copied"], report["present"]) == (count, count, 0)
    again = built.archive("copy", target, str(tmp_path / "again"))
    assert again.stdout == f"{count} copied; {count} articles in both, the same by {report['digest']}\n"
    copies, originals = (built.archive("export", "-i", place).stdout for place in (target, str(built.index)))
    assert sorted(copies.splitlines()) == sorted(originals.splitlines())
    refused = built.archive("copy", str(built.index), target)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == f"archive: {target}: there are {count} articles already; name a place where nothing is\n"


def test_a_copy_that_was_broken_off_is_named(built: Shell, tmp_path: Path) -> None:
    """By `check`, and with the option that goes on with it."""
    target = tmp_path / "copy"
    assert built.archive("copy", str(built.index), str(target)).returncode == 0
    (target / "copying.txt").write_bytes(os.fsencode(str(built.index)))  # as a kill before the end leaves it
    assert built.archive("check", "-i", str(target)).returncode == 2
    assert "--resume" in built.archive("copy", str(built.index), str(target)).stderr
    resumed = built.archive("copy", str(built.index), str(target), "--resume")
    assert (resumed.returncode, resumed.stdout.startswith("0 copied, ")) == (0, True)
    assert built.archive("check", "-i", str(target)).stdout == "sound\n"


def test_export_everything(built: Shell, manifest: list[dict[str, str]]) -> None:
    """Every article on one line, whole."""
    done = built.archive("export")
    articles = [json.loads(line) for line in done.stdout.splitlines()]
    assert sorted(article["title"] for article in articles) == sorted(row["title"] for row in manifest)
    assert all(article["body"] for article in articles)
    assert any(article["mentions"] for article in articles)


def test_export_what_a_query_finds(built: Shell) -> None:
    """The articles of the search, in its order, as JSON lines and as CSV with their whole body."""
    titles = built.titles("submarine")
    lines = [json.loads(line) for line in built.archive("export", "submarine").stdout.splitlines()]
    rows = list(csv.DictReader(io.StringIO(built.archive("export", "--format", "csv", "submarine").stdout)))
    assert [line["title"] for line in lines] == [row["title"] for row in rows] == titles
    assert [row["body"] for row in rows] == [line["body"] for line in lines]
