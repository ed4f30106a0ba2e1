"""The main line: from files to answers, through the programmatic API."""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import searcher
from searcher import Archive
from searcher.errors import ArchiveMissing, ArticleMissing, UsageError
from searcher.models import AddReport


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Iterator[Archive]:
    """The sample articles, indexed once."""
    with Archive.open(tmp_path_factory.mktemp("samples") / "index") as archive:
        assert archive.add(corpus).skipped == ()
        yield archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive at a place where nothing is yet."""
    with Archive.open(tmp_path / "index") as made:
        yield made


def write(path: Path, title: str, body: str) -> Path:
    """An article as a JSON file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"title": title, "body": body, "date": "2017-10-31"}), encoding="utf-8")
    return path


def values(results: searcher.Results, field: str) -> dict[str, int]:
    """Facet counts by value."""
    return {count.value: count.count for count in results.facets[field]}


def test_the_article_on_the_events_comes_first(samples: Archive) -> None:
    """Three words as the shell hands them over: the article that reports just that, with its places and actors."""
    results = samples.search("Kalibr Abu Kamal")
    assert results.hits[0].title == "Submarine fires Kalibr missiles at Islamic State near Abu Kamal, Moscow says"
    assert {"Syria", "Deir az-Zour", "Abu Kamal"} <= values(results, "location").keys()
    assert "Islamic State" in values(results, "actor")
    hit = results.hits[0]
    assert {hit.snippet[start:end] for start, end in hit.marks} == {"Kalibr", "Abu Kamal"}


def test_what_an_article_tells_of_has_a_date_of_its_own(archive: Archive, tmp_path: Path) -> None:
    """Reckoned from the publication, kept with the article, found and counted apart from it."""
    told = write(tmp_path / "told.json", "Storm", "The mole broke on Monday. It will be mended in May, it was said.")
    archive.add([told, write(tmp_path / "none.json", "Calm", "Nothing broke last week.")])
    (hit,) = archive.search("event:2017-10-30", facets=("event", "date")).hits
    assert [(event.text, event.day) for event in archive.get(hit.id).events] == [
        ("Monday", "2017-10-30"),
        ("May", "2018-05"),
    ]
    assert archive.search("event:2017-10-31").total == 0
    assert values(archive.search("*", facets=("event",)), "event") == {"2017-10-30": 1, "undated": 1}


def test_a_name_finds_its_other_spellings(samples: Archive) -> None:
    """The note says which; `exact` turns it off."""
    wide, narrow = samples.search('"Abu Kamal"'), samples.search('"Abu Kamal"', exact=True)
    assert any("Al-Bukamal" in note for note in wide.notes)
    assert narrow.notes == ()
    assert wide.total > narrow.total > 0
    assert all("Abu Kamal" in samples.get(hit.id).title + samples.get(hit.id).body for hit in narrow.hits)


@pytest.mark.parametrize(
    ("query", "options", "expected"),
    [
        ("kalibr", {"location": "SYRIA"}, True),  # whatever the case
        ("kalibr", {"actor": ["Daesh"]}, True),  # a spelling stands for its value
        ("army", {"not_location": "Syria", "not_actor": "Islamic State"}, True),
        ("kalibr", {"location": "Atlantis"}, False),
        ("kalibr", {"after": "2017-10", "before": "2017-12"}, True),
        ("kalibr", {"before": "2009"}, False),
    ],
)
def test_options_narrow(samples: Archive, query: str, options: dict[str, object], expected: bool) -> None:
    """Filters hold for every hit, or nothing is found."""
    results = samples.search(query, **options)  # type: ignore[arg-type]  # a table of options
    assert bool(results.total) == expected
    for hit in results.hits:
        if options.get("location") == "SYRIA":
            assert "Syria" in hit.locations
        if "actor" in options:
            assert "Islamic State" in hit.actors
        if "not_location" in options:
            assert "Syria" not in hit.locations
        if "after" in options:
            assert hit.date is not None
            assert "2017-10" <= hit.date.text[:7] <= "2017-12"


def test_a_country_includes_what_happens_in_its_places(archive: Archive, tmp_path: Path) -> None:
    """An article that names a town alone is one about its country; excluding the country excludes it."""
    write(
        tmp_path / "in" / "town.json",
        "Abu Kamal bridge opens",
        "The bridge at Abu Kamal was opened. Abu Kamal cheered.",
    )
    write(tmp_path / "in" / "other.json", "Oslo ferry sails", "The ferry left Oslo in Norway. Norway waved.")
    archive.add(tmp_path / "in")
    found = archive.search(location="Syria")
    assert [hit.title for hit in found.hits] == ["Abu Kamal bridge opens"]
    assert archive.search(not_location="Syria").total == 1
    countries = {count.value: count.country for count in found.facets["location"]}
    assert countries == {"Abu Kamal": "Syria", "Syria": "", "Oslo": "Norway", "Norway": ""}


def test_a_passing_mention_is_no_location(archive: Archive, tmp_path: Path) -> None:
    """What is named once, far down, is found by `mention` alone: a place, and the country it lies in."""
    about = "The harbour of Tartus was closed by a storm in Syria. Tartus waited for Syria. " * 12
    write(tmp_path / "a.json", "Storm closes Tartus", f"{about}A captain from Bergen laughed.")
    archive.add(tmp_path / "a.json")
    assert [archive.search(location=name).total for name in ("Syria", "Bergen", "Norway")] == [1, 0, 0]
    assert [archive.search(mention=name).total for name in ("Syria", "Bergen", "Norway")] == [1, 1, 1]
    assert archive.search('mention:"Norway" harbour').total == 1
    assert archive.search("location:norway OR actor:norway").total == 0
    assert archive.search("harbour", not_mention="Norvège").total == 0  # under any of its names


def test_each_hit_tells_by_which_spelling_it_was_found(samples: Archive) -> None:
    """That of the article, in whatever script; the one typed is not told, and `exact` finds no other."""
    hits = samples.search('"Abu Kamal"').hits
    assert {"Al-Bukamal", "Albu Kamal", "البوكمال"} <= {spelling for hit in hits for spelling in hit.matched}
    for hit in hits:
        article = samples.get(hit.id)
        text = f"{article.title} {article.body}"
        assert all(spelling in text for spelling in hit.matched)
        assert bool(hit.matched) == ("Abu Kamal" not in text)
    assert {hit.matched for hit in samples.search("Al-Bukamal", exact=True).hits} == {()}


def test_where_no_article_has_all_words_some_are_shown(samples: Archive) -> None:
    """With a note; and not for a phrase."""
    results = samples.search("kalibr lighthouse")
    assert results.total > 0
    assert any("no article has all of that" in note for note in results.notes)
    assert samples.search("kalibr lighthouse", phrase=True).total == 0


def test_a_misspelt_word_brings_a_suggestion(samples: Archive) -> None:
    """Only where nothing was found."""
    assert samples.search("kalbir").suggestion == "kalibr"
    assert samples.search("kalibr").suggestion is None


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("kalibr", "a word"),
        ("kalbir", "a misspelt word: nobody knows whether it is there"),
        ("kalibr lighthouse", "words that no article has together"),
        ("-kalibr", "a word refused"),
        ("mis* OR (port AND NOT navy)", "several"),
    ],
)
def test_a_search_without_time_says_so_and_claims_nothing(samples: Archive, query: str, reason: str) -> None:
    """No suggestion, no filter blamed, no count of a clause that was not counted, no article."""
    results = samples.search(query, time_limit=1e-9, explain=True, location="Syria")
    assert results.partial, reason
    assert [note for note in results.notes if "was stopped after 1e-09 s" in note] == [results.notes[-1]]
    assert (results.total, results.hits, results.suggestion, results.explain) == (0, (), None, ())
    assert not any(note.startswith("no article has") for note in results.notes)


def test_a_search_with_time_enough_is_whole(samples: Archive) -> None:
    """With the limit that every search has, with none, and where all articles are walked through."""
    usual = samples.search("missile OR navy")
    assert not usual.partial
    assert samples.search("missile OR navy", time_limit=0).hits == usual.hits
    assert len(list(samples.articles("missile OR navy", time_limit=1e-9))) == usual.total


@pytest.mark.parametrize(
    ("query", "options", "expected"),
    [
        ("kalibr", {"location": "Atlantis"}, "no article has the location Atlantis"),
        ("missile", {"language": "klingon"}, "no article has the language klingon"),
        (
            "kalibr",
            {"after": "2019", "before": "2018"},
            "after 2019-01-01 and before 2018-12-31 leave no day between them",
        ),
    ],
)
def test_a_filter_that_leaves_nothing_is_named(
    samples: Archive, query: str, options: dict[str, str], expected: str
) -> None:
    """And the words, which are right, are not rewritten."""
    results = samples.search(query, **options)  # type: ignore[arg-type]  # a table of options
    assert (results.total, results.suggestion) == (0, None)
    assert expected in results.notes


def test_the_typed_spelling_of_a_name_comes_first(samples: Archive) -> None:
    """Its rarer spellings, each rare in itself, do not add up to more."""
    hits = samples.search("syria").hits
    assert "Syria" in hits[0].title + samples.get(hits[0].id).body
    assert "Islamic State" in samples.search("actor:daesh").hits[0].actors


def test_explain_counts_each_part(samples: Archive) -> None:
    """Which clause kills the query is seen at a glance."""
    results = samples.search("kalibr zeppelin", explain=True)
    assert dict(results.explain)["kalibr"] > 0
    assert dict(results.explain)["zeppelin"] == 0


def test_suggest_completes_a_word(samples: Archive) -> None:
    """The words in most articles first."""
    assert "kalibr" in samples.suggest("kalib")
    assert samples.suggest("") == ()


def test_similar_articles_share_telling_words(samples: Archive) -> None:
    """The wire copies of a story find each other; the article itself is not among them."""
    first = samples.search("grain corridor").hits[0]
    similar = samples.similar(first.id, limit=3)
    assert first.id not in [hit.id for hit in similar]
    assert "grain" in (similar[0].title + similar[0].snippet).lower()


def test_mentions_point_into_the_text(samples: Archive) -> None:
    """Every mention of every sample stands where it says."""
    for article in samples.articles():
        for mention in article.mentions:
            assert getattr(article, mention.field)[mention.start : mention.end] == mention.text


def test_articles_can_be_had_by_query(samples: Archive) -> None:
    """All that a search finds, in its order."""
    wanted = [hit.id for hit in samples.search("syria", limit=500).hits]
    assert [article.id for article in samples.articles("syria")] == wanted
    assert [article.id for article in samples.articles("syria", limit=1, offset=1)] == wanted


def test_articles_with_some_of_a_query_come_where_none_has_all_of_it(samples: Archive) -> None:
    """As in a search; and not where a search would show none either."""
    some = [hit.id for hit in samples.search("kalibr zeppelin", limit=500).hits]
    assert some == [hit.id for hit in samples.search("kalibr", limit=500).hits]
    assert [article.id for article in samples.articles("kalibr zeppelin")] == some
    assert list(samples.articles("kalibr zeppelin", phrase=True)) == []
    assert list(samples.articles("zeppelin")) == []


def test_reading_indexes_nothing(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`searcher.read` gives articles with their mentions; what it skips it hands over."""
    monkeypatch.chdir(tmp_path)
    skipped: list[searcher.Skipped] = []
    articles = list(searcher.read([corpus / "html", tmp_path / "absent"], skipped=skipped))
    assert (len(articles), [skip.path for skip in skipped]) == (27, [str(tmp_path / "absent")])
    assert any(article.mentions for article in articles)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_encoding_is_refused_and_not_kept(archive: Archive, corpus: Path) -> None:
    """Otherwise every later add would fail on it."""
    with pytest.raises(UsageError, match="windows-1251"):
        archive.add(corpus, encoding="nonsense")
    assert archive.settings.encoding == "utf-8"


def test_a_file_is_no_archive(tmp_path: Path) -> None:
    """Neither read nor written."""
    (tmp_path / "file").write_text("x")
    archive = Archive.open(tmp_path / "file")
    for action in (lambda: archive.search("x"), lambda: archive.add(tmp_path), lambda: archive.exists):
        with pytest.raises(ArchiveMissing, match="a file, not the directory"):
            action()


def test_a_place_without_an_archive_is_told_apart(archive: Archive) -> None:
    """Searching says so; opening does not fail."""
    assert not archive.exists
    with pytest.raises(ArchiveMissing, match="archive add"):
        archive.search("x")


def test_unknown_ids_and_options_are_errors_with_a_next_step(samples: Archive) -> None:
    """One line each."""
    with pytest.raises(ArticleMissing, match="search --json"):
        samples.get("nobody")
    with pytest.raises(UsageError, match="relevance, newest, oldest"):
        samples.search("x", sort="best")
    with pytest.raises(UsageError, match="2017-10-31"):
        samples.search("x", after="soon")
    with pytest.raises(UsageError, match="give a path, opensearch://HOST"):
        Archive.open("elastic://localhost:9200/news")
    with pytest.raises(UsageError, match="give it as text"):
        Archive.open(Path("opensearch://localhost:9200/news"))


def test_adding_what_is_not_there_makes_no_index(archive: Archive, tmp_path: Path) -> None:
    """The report says so, and searching still says that there is no index."""
    report = archive.add([tmp_path / "absent", tmp_path / "gone"])
    assert [skip.reason for skip in report.skipped] == ["no such file or folder; check the spelling of the path"] * 2
    assert not archive.exists


def test_adding_again_changes_nothing(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From another directory and by another name neither: a file is one place."""
    folder = write(tmp_path / "in" / "a.json", "One", "First text.").parent
    assert archive.add(folder).added == 1
    monkeypatch.chdir(folder)
    report = archive.add(["a.json", "../in", str(folder / "a.json")])
    assert (report.added, report.updated, report.unchanged, report.duplicates) == (0, 0, 1, 0)


def test_the_index_is_no_article(tmp_path: Path) -> None:
    """An archive inside the folder that is added leaves its own files out."""
    write(tmp_path / "a.json", "One", "First text.")
    with Archive.open(tmp_path / "index") as archive:
        archive.add(tmp_path)
        assert archive.add(tmp_path) == AddReport(unchanged=1)


def test_a_changed_file_replaces_its_article(archive: Archive, tmp_path: Path) -> None:
    """The old text is gone, one article stays."""
    path = write(tmp_path / "a.json", "One", "Frigate.")
    archive.add(path)
    write(path, "One", "Submarine.")
    report = archive.add(path)
    assert (report.added, report.updated) == (0, 1)
    assert (archive.search("frigate").total, archive.search("submarine").total) == (0, 1)


def test_a_file_of_many_is_compared_record_by_record(archive: Archive, tmp_path: Path) -> None:
    """Lines that moved are unchanged; a line that went takes its article along."""
    path = tmp_path / "many.jsonl"
    lines = [json.dumps({"title": f"T{number}", "body": f"word{number} text"}) for number in range(4)]
    path.write_text("\n".join(lines))
    archive.add(path)
    path.write_text("\n".join([lines[3], json.dumps({"title": "New", "body": "fresh text"}), lines[0], lines[1]]))
    report = archive.add(path)
    assert (report.added, report.updated, report.unchanged) == (0, 1, 3)
    assert [archive.search(f"word{number}").total for number in range(4)] == [1, 1, 0, 1]


def test_a_record_that_moved_to_another_file_is_not_lost(archive: Archive, tmp_path: Path) -> None:
    """Whichever of the two files is read first."""
    stays, moves = (json.dumps({"title": name, "body": f"{name} text"}) for name in ("stays", "moves"))
    first, last = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    for source, target in ((last, first), (first, last)):
        source.write_text(f"{stays}\n{moves}\n")
        target.write_text("")
        archive.add(tmp_path)
        source.write_text(f"{stays}\n")
        target.write_text(f"{moves}\n")
        archive.add(tmp_path)
        assert (archive.search("moves").total, archive.search("stays").total) == (1, 1)
        assert archive.search("moves").hits[0].path == str(target)


def test_a_file_of_more_than_a_batch_is_compared_too(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Committed in parts, known as one file: a changed line replaces, the others stay."""
    monkeypatch.setattr("searcher.ingest.BATCH", 3)
    path = tmp_path / "many.jsonl"
    lines = [json.dumps({"title": f"T{number}", "body": f"word{number} text"}) for number in range(10)]
    path.write_text("\n".join(lines))
    assert archive.add(path) == AddReport(added=10, stories=10)
    path.write_text("\n".join([*lines[:4], json.dumps({"title": "New", "body": "fresh text"}), *lines[5:]]))
    assert archive.add(path) == AddReport(updated=1, unchanged=9, stories=1)
    assert (archive.search("word4").total, archive.search("text").total) == (0, 10)


def test_a_file_that_cannot_be_read_to_its_end_loses_nothing(archive: Archive, tmp_path: Path) -> None:
    """What it held before stays, since nobody knows whether it still holds it."""
    path = tmp_path / "many.jsonl"
    path.write_text('{"title": "A", "body": "alpha text"}\n{"title": "B", "body": "beta text"}\n')
    archive.add(path)
    path.write_text('{"title": "A", "body": "alpha text"}\n{"title": "B", "bo')
    report = archive.add(path)
    assert (report.unchanged, len(report.skipped)) == (1, 1)
    assert archive.search("beta").total == 1


def test_the_same_bytes_elsewhere_are_reported_not_added(archive: Archive, tmp_path: Path) -> None:
    """A copied file is one article; another article with the same text is two."""
    first = write(tmp_path / "a.json", "One", "Same text.")
    (tmp_path / "b.json").write_bytes(first.read_bytes())
    (tmp_path / "c.json").write_text(json.dumps({"title": "One", "body": "Same text.", "source": "Other"}))
    report = archive.add([tmp_path / name for name in ("a.json", "b.json", "c.json")])
    assert report == AddReport(added=2, duplicates=1, stories=1)
    assert [hit.duplicates for hit in archive.search("same").hits] == [1, 1]


def test_settings_are_kept_with_the_archive(archive: Archive, tmp_path: Path) -> None:
    """Day or month first is the archive's habit, not that of one command."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"title": "One", "body": "Some text.", "date": "03/04/2017"}))
    archive.add(path, day_first=False)
    with Archive.open(archive.location) as again:
        path.write_text(json.dumps({"title": "Two", "body": "Some text.", "date": "05/06/2017"}))
        again.add(path)
        hit = again.search("text").hits[0]
    assert hit.date is not None
    assert (hit.date.text, hit.date.ambiguous) == ("2017-05-06", True)


def test_articles_are_removed_by_id_or_by_file(archive: Archive, tmp_path: Path) -> None:
    """Files stay where they are."""
    for name in "abc":
        write(tmp_path / f"{name}.json", name, f"text {name}")
    archive.add([tmp_path / f"{name}.json" for name in "abc"])
    hit = archive.search("title:a").hits[0]
    assert archive.remove(hit.id, "unknown") == 1
    assert archive.remove(path=tmp_path / "b.json") == 1
    assert [article.title for article in archive.articles()] == ["c"]
    assert (tmp_path / "a.json").exists()


def test_the_seed_article(archive: Archive, test_data: Path) -> None:
    """Its true title, date and body; found by title words, body phrase, place and actor."""
    report = archive.add(test_data / "seed")
    assert (report.added, report.skipped) == (1, ())
    (article,) = archive.articles()
    assert article.title.startswith("Russian missiles 'destroy' Islamic State base")
    assert str(article.date) == "2017-10-31"
    assert "min read" not in article.body
    assert "Getty" not in article.body
    assert any("Getty" in caption for caption in article.captions)
    for query, options in (
        ("title:missiles title:base", {}),
        ('"weapons and ammunition depot"', {}),
        ("", {"location": "Abu Kamal"}),
        ("", {"location": "Syria", "actor": "Islamic State"}),
        ("Kalibr Abu Kamal", {}),
    ):
        assert archive.search(query, **options).total == 1, query  # type: ignore[arg-type]  # a table of options


def test_the_shipped_samples_name_the_places_and_actors_of_their_manifest(samples: Archive, corpus: Path) -> None:
    """Each is mentioned; nearly all are what the article is about (passing mentions are kept out of facets)."""
    by_record = {(Path(a.path).relative_to(corpus).as_posix(), a.record): a for a in samples.articles()}
    header, *rows = (corpus / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()
    names = header.split("\t")
    listed = about = 0
    for row in rows:
        cells = dict(zip(names, row.split("\t"), strict=True))
        article = by_record[cells["path"], cells["record"]]
        for column, found in (("locations", article.locations), ("actors", article.actors)):
            for wanted in filter(None, cells[column].split("|")):
                mentioned = {mention.name for mention in article.mentions} | set(found)
                assert wanted in mentioned, (cells["path"], cells["record"], column, wanted)
                listed += 1
                about += wanted in found
    assert about / listed >= 0.97


def mess(folder: Path) -> set[str]:
    """A folder of what archives are full of; the names of what cannot be read."""
    write(folder / "good.json", "Good", "A readable text.")
    (folder / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "empty.html").write_bytes(b"")
    (folder / "broken.txt").write_bytes("Título\n\nUna ".encode() + b"\xff\xfe\xf1")
    (folder / "line.jsonl").write_bytes(b'{"title": "' + b"x" * 100_000_000 + b'", "body": "y"}\n')
    whole = gzip.compress(json.dumps({"title": "Cut", "body": "Cut off. " * 5000}).encode())
    (folder / "cut.json.gz").write_bytes(whole[: len(whole) // 2])
    write(folder / "last.json", "Last", "Another readable text.")
    return {"photo.txt", "empty.html", "broken.txt", "line.jsonl", "cut.json.gz"}


def test_bad_input_costs_only_itself(archive: Archive, tmp_path: Path) -> None:
    """Each is one line with its path and reason; everything else is in."""
    bad = mess(tmp_path / "mess")
    report = archive.add(tmp_path / "mess")
    assert sorted(Path(skip.path).name for skip in report.skipped) == sorted(bad)
    assert all(skip.reason for skip in report.skipped)
    assert report.added == 2
    assert archive.search("readable").total == 2


# As root first, so that every module is loaded: nobody may not be able to read where Python is installed.
AS_NOBODY = """
import os, sys, tempfile
from searcher import Archive
with tempfile.TemporaryDirectory() as warm:
    Archive.open(warm).add(sys.argv[2] + "/good.json")
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
report = Archive.open(sys.argv[1]).add(sys.argv[2])
print(report.added, *[f"{skip.path}|{skip.reason}" for skip in report.skipped], sep="\\n")
"""


def test_a_directory_without_permission_is_one_line(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Run by somebody who is not root, since root may read everything."""
    place = tmp_path_factory.mktemp("public")
    write(place / "in" / "good.json", "Good", "A readable text.")
    write(place / "in" / "closed" / "hidden.json", "Hidden", "Not to be read.")
    (place / "index").mkdir()
    (place / "index").chmod(0o777)
    for folder in (place, *place.parents):
        if folder.stat().st_uid == os.geteuid() and folder not in (Path("/"), Path(tempfile.gettempdir())):
            folder.chmod(0o755)
    (place / "in" / "closed").chmod(0o000)
    command = [sys.executable, "-c", AS_NOBODY, str(place / "index"), str(place / "in")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=place)
    (place / "in" / "closed").chmod(0o755)
    added, *skipped = done.stdout.splitlines()
    assert (added, len(skipped)) == ("1", 1)
    assert skipped[0].startswith(f"{place}/in/closed|")


def test_reuters_is_indexed_and_searched_with_every_option(archive: Archive, test_data: Path) -> None:
    """Fifteen files, some fifteen thousand items: all of them in, and every option answers as it should."""
    report = archive.add(test_data / "reuters21578")
    assert report.added > 14_900
    assert len(report.skipped) <= 1  # one item of the collection has neither title nor text
    assert archive.stats().articles == report.added
    everything = archive.search("", facets=("location", "date", "source"), facet_size=5)
    assert everything.total == report.added
    assert sum(values(everything, "date").values()) == report.added
    plain = archive.search("oil price", limit=20)
    assert archive.search("oil price", limit=10, offset=10).hits == plain.hits[10:]
    assert archive.search('"oil price"').total == archive.search("oil price", phrase=True).total < plain.total
    assert archive.search("oil price", match="any").total > plain.total
    dated = archive.search("oil", after="1987-03", before="1987-03")
    assert dated.total == archive.search("oil date:1987-03").total
    assert 0 < dated.total < archive.search("oil").total
    newest = archive.search("oil", sort="newest").hits
    oldest = archive.search("oil", sort="oldest").hits
    assert str(newest[0].date) > str(oldest[0].date)
    kuwait = archive.search("oil", location="Kuwait", facets=("location",), facet_size=100)
    assert values(kuwait, "location")["Kuwait"] == kuwait.total
    assert archive.search("oil", not_location="Kuwait").total == archive.search("oil").total - kuwait.total
    assert archive.search("opec").total > archive.search("opec", exact=True).total > 0
    assert archive.search("grain*").total >= archive.search("grain").total > 0
    assert archive.search("whaet~").total > 0
    assert archive.search("title:OPEC actor:opec -kuwait").total > 0
    assert archive.check() == ()


def test_memory_for_articles_is_a_setting_that_is_kept(tmp_path: Path) -> None:
    """Given once it holds for every later add; nothing is no memory."""
    (tmp_path / "a.txt").write_text("Harbour reopened\n\nThe harbour reopened on Monday after the storm had passed.")
    with Archive.open(tmp_path / "index") as archive:
        archive.add(tmp_path / "a.txt", memory_mb=7)
        assert (archive.settings.memory_mb, archive.stats().articles) == (7, 1)
        with pytest.raises(UsageError, match="memory"):
            archive.add(tmp_path / "a.txt", memory_mb=0)
    with Archive.open(tmp_path / "index") as archive:
        assert archive.add(tmp_path / "a.txt").unchanged == 1
        assert archive.settings.memory_mb == 7
