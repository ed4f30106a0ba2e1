"""Damage in any file is found by a deep check, and a search on it gives the right answer or says what is wrong."""

import json
import os
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Effort
from samples import article

from searcher import Archive
from searcher.engines.whoosh import WhooshEngine
from searcher.errors import ArchiveDamaged, DiskError
from searcher.render.data import results_dict

ARTICLES = 60
PAGE = 4096
# What is not data of the archive: the lock says which process has it, for people.
NO_DATA = {"MAIN_WRITELOCK"}
# Without these everything is there: they are notes on files that were read, and read again where they are wrong.
NOTES = {"files.sqlite"}
QUERIES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("frigate", {}),
    ('"grey harbour"', {}),
    ("harb* -night", {"facets": ("location", "actor", "date", "source")}),
    ("", {"sort": "newest", "limit": 100}),
    ("location:Syria trawler", {"location": ["Syria"]}),
    ("word17~ OR harbour", {"limit": 3, "offset": 2}),
)

Harm = Callable[[bytes, random.Random], bytes]


def flipped(data: bytes, chance: random.Random) -> bytes:
    """One bit is another."""
    place = chance.randrange(8 * len(data))
    changed = bytearray(data)
    changed[place // 8] ^= 1 << place % 8
    return bytes(changed)


def zeroed(data: bytes, chance: random.Random) -> bytes:
    """A page was never written."""
    pages = [start for start in range(0, len(data), PAGE) if any(data[start : start + PAGE])]
    start = chance.choice(pages)
    end = min(start + PAGE, len(data))
    return data[:start] + bytes(end - start) + data[end:]


def cut(data: bytes, chance: random.Random) -> bytes:
    """The end is missing, or all of it."""
    return data[: chance.randrange(len(data))]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of several segments with deletions, added from files, and one commit kept before the last."""
    top = tmp_path_factory.mktemp("sound")
    files = top / "in"
    files.mkdir()
    with Archive.open(top / "index") as archive:
        for part in range(3):
            for number in range(part, ARTICLES, 3):
                text = f"The grey harbour saw a frigate near Syria by night {number % 7}. Trawler word{number} passed."
                made = {"title": f"Harbour {number}", "text": text * 8, "date": f"2017-10-{1 + number % 28:02}"}
                (files / f"{number}.json").write_text(json.dumps(made))
            archive.add(files, memory_mb=64)
        for number in (1, 2, 3):
            archive.remove(path=files / f"{number}.json")
        archive.add_alias("Harbour City", "Port Grey", kind="LOC", country="SY")
        assert archive.check(deep=True) == ()
    return top / "index"


@pytest.fixture(scope="module")
def answers(sound: Path) -> list[str]:
    """What an archive without damage answers."""
    return [answered(sound, number) for number in range(len(QUERIES))]


def answered(place: Path, number: int) -> str:
    """The answer to one of the queries, without how long it took."""
    query, options = QUERIES[number]
    with Archive.open(place) as archive:
        found = results_dict(archive.search(query, **options))
    return json.dumps({**found, "took_ms": 0}, sort_keys=True)


def victims(place: Path) -> list[Path]:
    """The files that hold something."""
    held = [path for path in sorted(place.rglob("*")) if path.is_file() and path.stat().st_size]
    return [path for path in held if path.name not in NO_DATA | {"aliases.toml"}]


def test_there_is_a_file_of_each_kind(sound: Path) -> None:
    """Else damage to some would not be tried."""
    assert {path.suffix for path in victims(sound)} == {
        ".postings", ".columns", ".stored", ".deletions", ".toc", ".zst", ".json", ".sqlite",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("harm", "short", "long"), [(flipped, 80, 1_000), (zeroed, 30, 200), (cut, 30, 200)], ids=["flip", "page", "cut"]
)
def test_damage_is_found_and_never_served(
    harm: Harm, short: int, long: int, sound: Path, answers: list[str], tmp_path: Path, effort: Effort
) -> None:
    """Every file in turn, at a random place of it."""
    chance = random.Random(harm.__name__)
    place = tmp_path / "index"
    shutil.copytree(sound, place)
    found = victims(sound)
    silent = []
    for number in range(effort(short, long)):
        victim = found[number % len(found)]
        damaged = place / victim.relative_to(sound)
        data = victim.read_bytes()
        damaged.write_bytes(harm(data, chance))
        if victim.name not in NOTES and not named(place, damaged):
            silent.append((victim.name, number))
        at = number % len(QUERIES)
        assert answer_or_error(place, at) in (answers[at], ""), f"{victim.name}, try {number}"
        damaged.write_bytes(data)
    assert silent == []
    assert Archive.open(place).check(deep=True) == ()


def named(place: Path, damaged: Path) -> bool:
    """Whether a deep check names the file that is damaged."""
    return any(str(damaged) in line or damaged.suffix == ".toc" for line in Archive.open(place).check(deep=True))


def answer_or_error(place: Path, number: int) -> str:
    """The answer; empty where the error or a note says what is damaged."""
    try:
        answer = answered(place, number)
    except (ArchiveDamaged, DiskError) as error:
        assert str(place) in str(error)  # noqa: PT017 - both outcomes are right, what is said has to be
        return ""
    return "" if "this is what the commit before it held" in answer else answer


def test_a_check_that_is_not_deep_sees_sizes_and_what_is_missing(sound: Path, tmp_path: Path) -> None:
    """In a moment; what has changed within is for the deep one."""
    for victim in victims(sound):
        if victim.name in NOTES | {"settings.json"}:
            continue
        place = tmp_path / victim.name
        shutil.copytree(sound, place)
        damaged = place / victim.relative_to(sound)
        os.truncate(damaged, victim.stat().st_size - 1)
        assert named_by(Archive.open(place).check(), damaged)
        damaged.unlink()
        if damaged.suffix != ".toc":
            assert named_by(Archive.open(place).check(), damaged)


def named_by(lines: tuple[str, ...], damaged: Path) -> bool:
    return any(damaged.name in line for line in lines)


def test_damaged_notes_on_files_are_read_past(sound: Path, tmp_path: Path, effort: Effort) -> None:
    """Whatever a bit of them is, adding the same files again leaves the same archive."""
    place = tmp_path / "sound" / "index"
    shutil.copytree(sound.parent, place.parent)
    data = (place / "files.sqlite").read_bytes()
    before = contents(place)
    chance = random.Random(5)
    for _ in range(effort(12, 200)):
        (place / "files.sqlite").write_bytes(flipped(data, chance))
        with Archive.open(place) as archive:
            archive.add(sound.parent / "in", processes=1)
        assert contents(place).keys() >= before.keys()
        assert {key: contents(place)[key] for key in before} == before


def contents(place: Path) -> dict[str, str]:
    with closing(WhooshEngine.open(place)) as engine:
        return {each.id: each.body for each in engine.articles()}


def test_the_commit_before_answers_for_a_damaged_one(tmp_path: Path) -> None:
    """With a note; nothing can be added to it; rebuilding it mends it."""
    place, files = tmp_path / "index", tmp_path / "in"
    files.mkdir()
    with Archive.open(place) as archive:
        for number in (1, 2):
            (files / f"{number}.json").write_text(json.dumps({"title": f"Frigate {number}", "text": "Harbour."}))
            archive.add(files)
    newest = max(place.glob("*.stored"), key=lambda path: path.stat().st_mtime_ns)
    data = newest.read_bytes()
    newest.write_bytes(data[:-60] + bytes(1) + data[-59:])
    with Archive.open(place) as archive:
        results = archive.search("frigate")
        assert [hit.title for hit in results.hits] == ["Frigate 1"]
        assert [newest.name in note and "the commit before it" in note for note in results.notes] == [True]
        with pytest.raises(ArchiveDamaged, match=newest.name):
            archive.add(article_file(files))
        assert archive.rebuild().added == 2
        assert archive.search("frigate").total == 2
        assert archive.check(deep=True) == ()


def article_file(files: Path) -> Path:
    (files / "3.json").write_text(json.dumps({"title": "Frigate 3", "text": "Harbour."}))
    return files


def test_a_commit_heals_what_only_the_one_before_has(tmp_path: Path) -> None:
    """Damage to the commit that is kept in reserve is told, does no harm, and goes with the next commit."""
    engine = WhooshEngine.create(tmp_path)
    for number in range(2):
        with engine.writer() as writer:
            writer.add(article("a", body=f"frigate {number}"))
    (old,) = (name for name in names(tmp_path, 1) if name not in names(tmp_path, 2) and name.endswith(".stored"))
    (tmp_path / old).write_bytes(b"")
    assert ["kept in reserve" in line for line in WhooshEngine(tmp_path).check()] == [True]
    with engine.writer() as writer:
        writer.add(article("a", body="frigate 3"))
    assert WhooshEngine(tmp_path).check(deep=True) == ()


def names(place: Path, generation: int) -> set[str]:
    toc = json.loads((place / f"_MAIN_{generation}.toc").read_text())["toc"]
    return {name for segment in toc["segments"] for name in segment["files"]}


def test_a_deep_check_compares_the_index_with_what_is_kept(sound: Path, tmp_path: Path) -> None:
    """Files that are all as they were written, of which some are from another day."""
    place = tmp_path / "index"
    shutil.copytree(sound, place)
    shutil.rmtree(place / "articles")
    assert [f"of the articles of the index {ARTICLES - 3} are not kept here" in line for line in deep(place)] == [True]
    shutil.copytree(sound / "articles", place / "articles")
    with closing(WhooshEngine.open(place)) as engine, engine.writer() as writer:
        writer.remove(next(engine.articles()).id)
    assert ["of the articles kept here 1 are not in the index" in line for line in deep(place)] == [True]
    with Archive.open(place) as archive:
        archive.rebuild()
    assert deep(place) == ()


def deep(place: Path) -> tuple[str, ...]:
    with Archive.open(place) as archive:
        return archive.check(deep=True)
