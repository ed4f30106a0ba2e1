"""An index made by somebody who means harm is data: its checksums fit, and nothing of it is run, or read elsewhere."""

import json
import pickle
import random
import shutil
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from conftest import Effort
from forged import retold, with_arrays, with_directory
from samples import article, whole_article

from searcher import Archive
from searcher.engines.whoosh import WhooshEngine
from searcher.errors import ArchiveDamaged, SearcherError, UsageError
from searcher.models import EventDate
from searcher.query import SearchRequest, parse

QUERIES = ("frigate", '"grey harbour"', "harb*", "location:Syria", "event:2017", "*", "-frigate", "wrod~")


class Harm:
    """Leaves a file when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return Path.touch, (self.mark,)  # type: ignore[return-value]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with everything that an index can have."""
    place = tmp_path_factory.mktemp("made") / "index"
    event = EventDate(text="then", start=0, end=4, field="body", day="2017-10-31", confidence=0.9)
    with closing(WhooshEngine.create(place)) as engine:
        for part in range(2):
            with engine.writer() as writer:
                writer.add(whole_article(f"whole{part}"))
                for number in range(40):
                    body = f"A grey harbour. Frigate word{number} passed a frigate at night. " * (1 + number % 3)
                    places = ("Syria", "Norway")[: 1 + number % 2]
                    writer.add(
                        article(
                            f"p{part}n{number}",
                            body=body,
                            locations=places,
                            events=(event,),
                            sketch=bytes([number]) * 128,
                        )
                    )
        with engine.writer() as writer:
            writer.remove("p0n3")
    return place


def seal(place: Path, path: Path, data: bytes) -> None:
    """Write a file and let the table of contents say that it is so."""
    path.write_bytes(data)

    def note(toc: Any) -> None:
        for segment in toc["segments"]:
            if path.name in segment["files"]:
                segment["files"][path.name] = [len(data), zlib.crc32(data)]

    retold(place, note)


def use(place: Path) -> None:
    """All that can be asked of an index: only errors of the package come out of it."""
    for query in QUERIES:
        ask(
            lambda engine, query=query: engine.search(
                SearchRequest(node=parse(query).node, facets=("location", "date"))
            ),
            place,
        )
    for name in ("stats", "articles", "words", "find", "ids", "alike"):
        ask(ASKED[name], place)


ASKED: dict[str, Callable[[WhooshEngine], object]] = {
    "stats": lambda engine: engine.stats(),
    "articles": lambda engine: list(engine.articles()),
    "words": lambda engine: list(engine.words_from("f")),
    "find": lambda engine: engine.find("p1n7"),
    "ids": lambda engine: engine.ids("story", "p1n7"),
    "alike": lambda engine: engine.alike([bytes([7]) * 128], 100),
}


def ask(question: Callable[[WhooshEngine], object], place: Path) -> None:
    """An answer is right, and so is an error with a name; any other comes out."""
    with suppress(SearcherError), closing(WhooshEngine.open(place)) as engine:
        question(engine)


def test_numbers_that_fit_no_other_are_errors_of_the_package(made: Path, tmp_path: Path, effort: Effort) -> None:
    """Any byte of the arrays is any other, and every checksum is right: an answer or an error, never something raw."""
    place = tmp_path / "index"
    chance = random.Random(3)
    shutil.copytree(made, place)
    files = [
        path for path in sorted(made.iterdir()) if path.suffix in (".postings", ".columns", ".stored", ".deletions")
    ]
    for number in range(effort(60, 2_000)):
        path = files[number % len(files)]

        def changed(arrays: bytearray) -> None:
            for _ in range(chance.randint(1, 4)):
                arrays[chance.randrange(16, len(arrays))] = chance.choice((0, 1, 127, 128, 255, chance.randrange(256)))

        seal(place, place / path.name, with_arrays(path.read_bytes(), changed))
        use(place)
        ask(lambda engine: engine.check(deep=True), place)
        seal(place, place / path.name, path.read_bytes())


@pytest.mark.parametrize(
    ("array", "entry", "reason"),
    [
        ("body.count", ["<u4", 16, 1 << 60], "more than any memory"),
        ("body.count", ["<u4", "16", 4], "a place that is no number"),
        ("body.text", ["|O", 16, 4], "objects"),
        ("body.bounds", ["<f8", 16, 4], "places between places"),
        ("body.kind", [], "nothing"),
        ("body.kind", {"dtype": "|u1"}, "not a list"),
    ],
)
def test_a_directory_that_leads_astray(array: str, entry: object, reason: str, made: Path, tmp_path: Path) -> None:
    """It is not believed."""
    place = tmp_path / "index"
    shutil.copytree(made, place)
    for path in made.glob("*.postings"):
        whole = path.read_bytes()
        directory = json.loads(whole[whole.index(b'{"meta"') : whole.rindex(b"}") + 1])
        directory["arrays"][array] = entry
        seal(place, place / path.name, with_directory(whole, directory))
    use(place)
    with closing(WhooshEngine(place)) as engine, pytest.raises(ArchiveDamaged):
        engine.search(SearchRequest(node=parse("frigate").node))
    assert WhooshEngine(place).check(deep=True) != (), reason


def test_no_pickle_is_opened(made: Path, tmp_path: Path) -> None:
    """Wherever Whoosh would have one: in place of any file, and of any article."""
    place, mark = tmp_path / "index", tmp_path / "ran"
    for path in made.iterdir():
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(made, place)
        (place / path.name).write_bytes(pickle.dumps(Harm(mark)))
        use(place)
        assert not mark.exists(), path.name


def test_a_link_out_of_the_archive_is_not_written_through(made: Path, tmp_path: Path) -> None:
    """Files are made anew under their names, whatever lies there."""
    place, outside = tmp_path / "index", tmp_path / "outside"
    shutil.copytree(made, place)
    outside.write_text("mine")
    for name in ("settings.json", "settings.json.new", "_MAIN_4.toc.new", "_MAIN_4.toc"):
        (place / name).unlink(missing_ok=True)
        (place / name).symlink_to(outside)
    (place / "_MAIN_4.toc").unlink()
    (tmp_path / "a.json").write_text(json.dumps({"title": "Frigate", "text": "A grey harbour."}))
    (place / "settings.json").unlink()
    with Archive.open(place) as archive:
        archive.add(tmp_path / "a.json", day_first=False)
    assert outside.read_text() == "mine"


@pytest.mark.parametrize(
    "settings",
    [
        {"day_first": "no"},
        {"max_record_bytes": -1},
        {"max_record_bytes": 1e9},
        {"memory_mb": "256"},
        {"encoding": "rot13\0"},
        {"columns": 5},
        {"columns": [["nothing", "Text"]]},
        [],
        None,
    ],
)
def test_settings_that_cannot_be_are_told(made: Path, tmp_path: Path, settings: Any) -> None:
    """By the file, in one line; the search does not need them to be right."""
    place = tmp_path / "index"
    shutil.copytree(made, place)
    (place / "settings.json").write_text(json.dumps(settings))
    with Archive.open(place) as archive, pytest.raises(ArchiveDamaged, match=r"settings\.json: settings"):
        _ = archive.settings


def test_a_model_that_the_archive_asks_for_is_not_loaded(made: Path, tmp_path: Path) -> None:
    """Before its user has named it: loading one runs what is in it. The message says how."""
    place = tmp_path / "index"
    shutil.copytree(made, place)
    (place / "settings.json").write_text(json.dumps({"entities": "spacy:./harmful"}))
    (tmp_path / "a.json").write_text(json.dumps({"title": "Frigate", "text": "A grey harbour."}))
    with Archive.open(place) as archive:
        for ask_it in (lambda: archive.add(tmp_path / "a.json"), archive.apply_aliases, archive.rebuild):
            with pytest.raises(UsageError, match=r"asks for the language model 'spacy:\./harmful'.*--entities rules"):
                ask_it()
        assert archive.search("frigate").total > 0
        assert archive.add(tmp_path / "a.json", entities="rules").added == 1
