"""A user's own spellings, from the file to the answers, through the programmatic API."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from makers import raw
from processes import children

from searcher import Archive, Results, extract
from searcher.config import Settings
from searcher.engines.whoosh import WhooshEngine
from searcher.entities import NO_ALIASES, Alias, Aliases
from searcher.errors import ArchiveMissing, ReadError, UsageError
from searcher.ingest import Again, again, extract_again
from searcher.ingest.crew import Crew
from searcher.ingest.maker import Maker
from searcher.models import AliasEntry, AliasSuggestion, Article

ARTICLES = {
    "Convoy": "Syria's army said a convoy had reached Abu Kamal on Monday. The road to Abu Kamal was open.",
    "Market": "The market of Ebu Kemal in Syria opened. As Ebu Kemal's traders said, Ebu Kemal is quiet.",
    "Bridge": "The bridge at Bou Kemal in eastern Syria was hit.",
    "Column": "The Qyrun Front was seen in Syria. The Front of Qyrun left on Friday.",
    "School": "Mustafa Kemal and Abdul Gamal taught in Damascus.",
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive of a few articles that spell one town in three ways."""
    lines = [json.dumps({"title": title, "body": body}) for title, body in ARTICLES.items()]
    (tmp_path / "desk.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with Archive.open(tmp_path / "index") as made:
        assert made.add(tmp_path / "desk.jsonl").added == len(ARTICLES)
        yield made


def values(results: Results, field: str) -> dict[str, int]:
    """Facet counts by value."""
    return {count.value: count.count for count in results.facets[field]}


def titles(results: Results) -> set[str]:
    """The titles on the page."""
    return {hit.title for hit in results.hits}


def test_an_alias_is_searched_at_once_and_counted_when_applied(archive: Archive) -> None:
    """Both spellings find both articles and a note says so; facets merge once the articles are read again."""
    assert titles(archive.search("Ebu Kemal")) == {"Market"}
    entry = archive.add_alias("Abu Kamal", "Ebu Kemal")
    expected = AliasEntry(name="Abu Kamal", spellings=("Ebu Kemal",), id="geo:174448", kind="LOC", country="SY")
    assert (entry, archive.alias_entries()) == (expected, (expected,))
    assert archive.aliases == Aliases((Alias("Abu Kamal", ("Ebu Kemal",)),))

    for query, other in (('"Ebu Kemal"', "Abu Kamal"), ("abu kamal", "Ebu Kemal")):
        found = archive.search(query)
        assert titles(found) == {"Convoy", "Market"}
        assert any("also matches" in note and other in note for note in found.notes)
        exact = archive.search(query, exact=True)
        assert (len(exact.hits), exact.notes) == (1, ())
    assert titles(archive.search('="Ebu Kemal"')) == {"Market"}
    assert values(archive.search("*"), "location")["Abu Kamal"] == 2  # Bou Kemal is found by its skeleton

    report = archive.apply_aliases()
    assert (report.updated, report.unchanged, report.skipped) == (1, len(ARTICLES) - 1, ())
    assert values(archive.search("*"), "location")["Abu Kamal"] == 3
    assert titles(archive.search("", location="ebu kemal")) == {"Convoy", "Market", "Bridge"}
    assert archive.apply_aliases().updated == 0
    assert archive.check(deep=True) == ()


def test_what_is_added_later_is_read_with_the_aliases(archive: Archive, tmp_path: Path) -> None:
    """And searcher.extract reads as the archive does."""
    archive.add_alias("Qyrun Front", "Front of Qyrun", kind="ACTOR", country="SY")
    again_path = tmp_path / "again.jsonl"
    again_path.write_text(json.dumps({"title": "Later", "body": "The Front of Qyrun is back."}), encoding="utf-8")
    archive.add(again_path)
    (later,) = archive.articles("later")
    assert later.actors == ("Qyrun Front",)
    (mention,) = extract(later.body, aliases=archive.aliases).mentions
    assert mention == later.mentions[0]
    assert (mention.id, mention.country, mention.rule) == ("user:qyrun-front", "SY", "alias")


def test_workers_read_with_the_aliases() -> None:
    """They get them with what they are to do."""
    make = Maker(Settings(), date(2026, 1, 1), Aliases((Alias("Abu Kamal", ("Ebu Kemal",)),)))
    record = raw("A convoy from Syria has reached Ebu Kemal, where it stays.")
    with Crew(1, make) as crew:
        (made,) = crew.submit([record]).result(timeout=30)
    assert isinstance(made, Article)
    assert made == make(record)
    assert made.locations == ("Syria", "Abu Kamal")


def test_removed_spellings_are_forgotten(archive: Archive) -> None:
    """By searches at once, by facets when applied again."""
    archive.add_alias("Abu Kamal", "Ebu Kemal", "Bou Kemal")
    archive.apply_aliases()
    assert values(archive.search("*"), "location")["Abu Kamal"] == 3
    assert archive.remove_alias("Abu Kamal", "Bou Kemal") == ("Bou Kemal",)
    assert archive.remove_alias("Abu Kamal") == ("Ebu Kemal",)
    assert archive.aliases == NO_ALIASES
    assert titles(archive.search("Ebu Kemal")) == {"Market"}
    assert archive.apply_aliases().updated == 2
    assert values(archive.search("*"), "location")["Abu Kamal"] == 2


def test_suggestions(archive: Archive) -> None:
    """The spellings that stand in the articles, counted over all, and what each has in common with the name."""
    bou = AliasSuggestion(spelling="Bou Kemal", articles=1, likeness="same skeleton")
    ebu = AliasSuggestion(spelling="Ebu Kemal", articles=1, likeness="same consonants")
    assert archive.suggest_aliases("Abu Kamal") == (bou, ebu)
    assert archive.suggest_aliases("Abu Kamal", limit=1) == (bou,)
    assert archive.suggest_aliases("Zzyzx") == ()
    assert archive.suggest_aliases("") == ()
    assert archive.aliases == NO_ALIASES  # nothing is added by asking

    archive.add_alias("Abu Kamal", "Ebu Kemal")
    known = replace(ebu, known="Abu Kamal", likeness="same skeleton")
    assert set(archive.suggest_aliases("Al-Bukamal")) == {
        bou, known, AliasSuggestion(spelling="Abu Kamal", articles=1, likeness="same skeleton", known="Abu Kamal"),
    }  # fmt: skip


def test_the_word_for_a_people_is_no_spelling(archive: Archive, tmp_path: Path) -> None:
    """Kuwaiti has the consonants of Kuwait, and is no other spelling of it."""
    path = tmp_path / "kuwait.txt"
    path.write_text("Kuwait votes\n\nKuwaiti voters in Kuweit went to the polls.\n", encoding="utf-8")
    archive.add(path)
    assert [one.spelling for one in archive.suggest_aliases("Kuwait")] == ["Kuweit"]


def test_a_broken_file_stops_what_depends_on_it(archive: Archive) -> None:
    """A search with other spellings than the user has set would be a wrong answer; the error names the file."""
    (archive.location / "aliases.toml").write_text("[[alias]\n", encoding="utf-8")
    for use in (lambda: archive.search("kamal"), archive.apply_aliases, lambda: archive.suggest_aliases("Kamal")):
        with pytest.raises(ReadError, match=r"aliases\.toml: not TOML"):
            use()


def test_aliases_may_come_before_articles(tmp_path: Path) -> None:
    """They need no index, and none is made for them; what needs one says so."""
    with Archive.open(tmp_path / "index") as archive:
        archive.add_alias("Abu Kamal", "Ebu Kemal")
        assert not archive.exists
        with pytest.raises(ArchiveMissing):
            archive.suggest_aliases("Abu Kamal")
        path = tmp_path / "market.txt"
        path.write_text(f"Market\n\n{ARTICLES['Market']}\n", encoding="utf-8")
        archive.add(path)
        assert values(archive.search("*"), "location") == {"Syria": 1, "Abu Kamal": 1}


def test_an_archive_in_a_file_has_no_aliases(tmp_path: Path) -> None:
    """As it has nothing else."""
    path = tmp_path / "file"
    path.write_text("", encoding="utf-8")
    archive = Archive.open(path)
    with pytest.raises(ArchiveMissing):
        archive.add_alias("Abu Kamal", "Ebu Kemal")
    with pytest.raises(UsageError, match="0 processes"):
        Archive.open(tmp_path).apply_aliases(processes=0)


def test_processes_find_the_same_again(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """With workers the outcome is that of one process, and none of them is left."""
    monkeypatch.setattr(again, "FEW", 2)
    monkeypatch.setattr(again, "CHUNK_RECORDS", 1)
    seen: list[str] = []
    archive.add_alias("Abu Kamal", "Ebu Kemal", "Bou Kemal")
    report = archive.apply_aliases(processes=2, progress=lambda article: seen.append(article.title))
    assert (report.updated, report.unchanged) == (2, len(ARTICLES) - 2)
    assert sorted(seen) == sorted(ARTICLES)
    assert values(archive.search("*"), "location")["Abu Kamal"] == 3
    assert children(os.getpid()) == set()


def test_articles_removed_meanwhile_do_not_come_back(archive: Archive) -> None:
    """What another process removes while articles are read again stays removed."""
    archive.add_alias("Abu Kamal", "Ebu Kemal", "Bou Kemal")
    market = archive.search("market").hits[0].id
    other = Archive.open(archive.location)
    removed: list[int] = []

    def remove_once(_article: object) -> None:
        if not removed:
            removed.append(other.remove(market, archive.search("bridge").hits[0].id))

    engine = WhooshEngine.open(archive.location)
    extract_again(engine, Again(archive.settings.entities, archive.aliases), progress=remove_once)
    assert removed == [2]
    assert titles(archive.search("*")) == {"Convoy", "Column", "School"}
