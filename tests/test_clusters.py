"""An archive in a cluster: the same methods, with settings and aliases that all share who use it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.shell import Shell

from searcher import Archive
from searcher.errors import ArchiveMissing, ReadError, UsageError
from searcher.models import AddReport, Article, Skipped

WITHOUT_THE_LIBRARY = """
import sys
sys.modules["opensearchpy"] = None
from searcher import Archive
from searcher.errors import MissingExtra
try:
    Archive.open("opensearch://127.0.0.1:9200/news")
except MissingExtra as error:
    print(error)
"""


@pytest.fixture
def archive(address: str) -> Iterator[Archive]:
    """An archive that is not there yet."""
    with Archive.open(address) as made:
        yield made


def write(path: Path, title: str, body: str, date: str = "2017-10-31") -> Path:
    """An article as a JSON file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"title": title, "body": body, "date": date}), encoding="utf-8")
    return path


def known(archive: Archive) -> dict[str, Article]:
    """Every article by its id, without the story it tells."""
    return {article.id: article for article in archive.articles()}


def test_a_missing_library_is_one_line() -> None:
    """With the command that installs it; an archive in a directory does without."""
    done = subprocess.run([sys.executable, "-c", WITHOUT_THE_LIBRARY], capture_output=True, text=True, check=True)
    assert done.stdout == "opensearch-py is not installed: pip install 'searcher[opensearch]'\n"


@pytest.mark.parametrize("url", ["opensearch://user:secret@host:9200/news", "opensearchs://token@host/news"])
def test_a_secret_has_no_place_in_an_address(url: str) -> None:
    """And is not printed; the message says where it goes."""
    with pytest.raises(UsageError, match="SEARCHER_OPENSEARCH_PASSWORD_FILE") as refused:
        Archive.open(url)
    assert [word for word in ("user", "secret", "token") if word in str(refused.value).partition("set ")[0]] == []


@pytest.mark.cluster
def test_the_main_line_is_that_of_a_directory(archive: Archive, tmp_path: Path, corpus: Path) -> None:
    """Files come in, are searched, known again, removed: with the same outcome."""
    with Archive.open(tmp_path / "index") as here:
        assert archive.add(corpus) == here.add(corpus)
        assert known(archive) == known(here)
        for query in ("Kalibr Abu Kamal", "syria", "kalibr zeppelin", "*"):
            found, expected = archive.search(query, limit=100), here.search(query, limit=100)
            assert (found.total, found.stories, found.facets) == (expected.total, expected.stories, expected.facets)
            assert {hit.id for hit in found.hits} == {hit.id for hit in expected.hits}
            assert {one.id for one in archive.articles(query)} == {one.id for one in here.articles(query)}
        assert archive.add(corpus) == here.add(corpus)
        assert archive.pending(corpus) == here.pending(corpus)
        path = corpus / "html" / "kalibr-submarine-abu-kamal.html"
        assert archive.remove(path=path) == here.remove(path=path) == 1
        assert archive.stats().articles == here.stats().articles
    assert archive.check(deep=True) == ()


@pytest.mark.cluster
def test_a_place_without_an_archive_is_told_apart(archive: Archive, tmp_path: Path) -> None:
    """Nothing is made of a question, nor by adding what is not there."""
    assert not archive.exists
    for ask in (archive.stats, archive.check, archive.rebuild, lambda: archive.add_alias("Abu Kamal", "Ebu Kemal")):
        with pytest.raises(ArchiveMissing, match=r"archive add PATH -i opensearch://"):
            ask()
    assert [skipped.reason for skipped in archive.add(tmp_path / "none").skipped] != []
    assert not archive.exists


@pytest.mark.cluster
def test_settings_and_aliases_are_shared(archive: Archive, tmp_path: Path) -> None:
    """Who opens the archive later sees what others have said; an archive that is open has read it once."""
    archive.add(write(tmp_path / "a.json", "Storm", "A storm at Abu Kamal."), day_first=False, columns={"body": "Text"})
    archive.add_alias("Abu Kamal", "Ebu Kemal", "Bou-Kemal")
    with Archive.open(str(archive.location)) as other:
        assert (other.settings, other.aliases) == (archive.settings, archive.aliases)
        assert (other.settings.day_first, other.settings.columns) == (False, (("body", "Text"),))
        assert other.remove_alias("Abu Kamal", "Ebu Kemal") == ("Ebu Kemal",)
        assert [entry.spellings for entry in other.alias_entries()] == [("Bou-Kemal",)]
        assert [entry.spellings for entry in archive.alias_entries()] == [("Ebu Kemal", "Bou-Kemal")]
        assert archive.add_alias("Abu Kamal", "Abou Kemal").spellings == ("Bou-Kemal", "Abou Kemal")  # not undone
    archive.close()
    assert [entry.spellings for entry in archive.alias_entries()] == [("Bou-Kemal", "Abou Kemal")]


@pytest.mark.cluster
def test_what_is_known_of_files_stays_on_this_machine(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the user's folder, one for each archive; without it files are read again and nothing is there twice."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = write(tmp_path / "in" / "a.json", "Storm", "A storm.")
    assert archive.add(path).added == 1
    (notes,) = (tmp_path / "state" / "searcher" / "clusters").iterdir()
    name = str(archive.location).rpartition("/")[2]
    assert ([file.name for file in notes.iterdir()], name in notes.name) == (["files.sqlite"], True)
    assert archive.pending(path).unchanged == 1
    (notes / "files.sqlite").unlink()
    assert archive.pending(path).new == (str(path),)
    assert (archive.add(path).unchanged, archive.stats().articles) == (1, 1)


@pytest.mark.cluster
def test_an_index_is_made_anew_of_itself(archive: Archive, tmp_path: Path) -> None:
    """Entities with the aliases of now, stories from the earliest article on; the files are not needed."""
    text = (
        "The storm took the roof of the market at Tell Hazim on Monday night, and nobody was hurt by it, they said. "
        * 3
    )
    later = write(tmp_path / "later.json", "Storm", text + "Later.", "2017-11-02")
    first = write(tmp_path / "first.json", "Storm", text, "2017-11-01")
    archive.add(later)
    archive.add(first)
    assert archive.stats().stories == 1
    for path in (later, first):
        path.unlink()
    before = known(archive)
    archive.add_alias("Tell Hazim", "Tal Hazem", kind="LOC", country="SY")
    assert (archive.rebuild().added, archive.stats().stories) == (2, 1)
    told = sorted(archive.articles(), key=lambda article: str(article.date))
    assert {article.id for article in told} == set(before)
    assert [article.story for article in told] == ["", told[0].id]
    assert all("Tell Hazim" in article.locations for article in told)
    assert archive.search("storm").total == 2
    assert archive.check(deep=True) == ()


@pytest.mark.cluster
def test_an_index_that_would_lose_an_article_is_not_made(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else keeps it: the old index stays, and can be written to again."""
    archive.add(write(tmp_path / "a.json", "Storm", "A storm."))
    lost = Skipped("/a.json", "reading it ended 2 processes (Killed)")
    monkeypatch.setattr("searcher.ingest.fill", lambda *_, **__: AddReport(skipped=(lost,)))  # as after such kills
    with pytest.raises(ReadError, match=r"^/a\.json: reading it ended 2 processes .*the index stays as it was"):
        archive.rebuild()
    assert archive.search("storm").total == 1
    assert archive.add(write(tmp_path / "b.json", "Calm", "No storm.")).added == 1


@pytest.mark.cluster
def test_what_is_damaged_beside_the_index_is_named(archive: Archive, tmp_path: Path) -> None:
    """Settings and aliases that cannot be read, each with where it is."""
    archive.add(write(tmp_path / "a.json", "Storm", "A storm."))
    archive._home.keep("settings.json", b"{")
    assert [f"{archive.location}/settings.json" in fault for fault in archive.check()] == [True]
    archive._home.keep("settings.json", b"")
    archive._home.keep("aliases.toml", b"[[alias]\n")
    assert [f"{archive.location}/aliases.toml" in fault for fault in archive.check()] == [True]


@pytest.mark.cluster
def test_the_commands_take_the_address(address: str, tmp_path: Path, corpus: Path) -> None:
    """Each ends as it does with a directory; no search fills a cluster unasked."""
    (tmp_path / "corpus").symlink_to(corpus)
    shell = Shell(tmp_path, Path("unused"), {"SEARCHER_INDEX": address})
    missing = shell.search("kalibr")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert shell.archive("add", "corpus").stdout.startswith("80 added, ")
    hit = shell.found("Kalibr Abu Kamal")["hits"][0]["id"]
    for command, says in (
        (["show", hit], "Submarine fires Kalibr missiles"),
        (["story", hit], f"story {hit}: 1 article"),
        (["status"], "articles:  80"),
        (["check", "--deep"], "sound"),
        (["export", "Kalibr Abu Kamal"], f'{{"id": "{hit}"'),
        (["alias", "add", "Abu Kamal", "Ebu Kemal"], "Abu Kamal (LOC, SY): Ebu Kemal"),
        (["alias", "list"], "Abu Kamal (LOC, SY): Ebu Kemal"),
        (["alias", "apply"], "0 changed, 80 unchanged"),
        (["rebuild"], "80 added, "),
        (["remove", hit], "1 removed"),
        (["add", "--dry-run", "corpus"], "changed corpus/html/kalibr-submarine-abu-kamal.html"),
    ):
        done = shell.archive(*command)
        assert (done.returncode, done.stdout.startswith(says)) == (0, True), (command, done.stdout, done.stderr)
    assert os.listdir(tmp_path) == ["corpus"]  # noqa: PTH208 - names alone
