"""What a deep check finds that no checksum shows: lists that do not fit each other, or not the stored articles."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from forged import retold
from samples import article

from searcher.articlejson import dump
from searcher.engines.whoosh import WhooshEngine
from searcher.engines.whoosh.codec.container import Container, ContainerWriter
from searcher.engines.whoosh.codec.stored import StoredWriter
from searcher.models import Article

WORDS = "grey harbour frigate night trawler"
Arrays = dict[str, Any]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An index of one segment, one of its articles deleted."""
    with closing(WhooshEngine.create(tmp_path)) as engine:
        with engine.writer() as writer:
            for number in range(20):
                writer.add(made(number))
        with engine.writer() as writer:
            writer.remove("a3")
        assert engine.check(deep=True) == ()
    return tmp_path


def made(number: int) -> Article:
    """One of the articles."""
    body = f"The {WORDS} and word{number} by the harbour. " * (1 + number % 2)
    return article(f"a{number}", title=f"Harbour {number}", body=body, locations=("Norway",), date="2017-10-31")


def rewritten(place: Path, ending: str, change: Callable[[Arrays, Any], object]) -> None:
    """A file of the segment written anew with other arrays, as a program with a fault would: its checksums fit."""
    (path,) = place.glob(f"*{ending}")
    opened = Container(path.read_bytes(), path.name)
    arrays: Arrays = {name: opened.get(name).copy() for name in opened.names()}
    writer = ContainerWriter()
    writer.meta.update(json.loads(json.dumps(opened.meta)))
    change(arrays, writer.meta)
    for name, values in arrays.items():
        writer.put(name, values)
    with path.open("wb") as file:
        digest = writer.finish(file)
    note = [digest.size, digest.crc]
    retold(place, lambda toc: toc["segments"][0]["files"].update({path.name: note}))


def set_at(name: str, place: int, value: Any) -> Callable[[Arrays, Any], object]:
    """One number is another."""
    return lambda arrays, _: arrays[name].__setitem__(place, value)


def swapped(name: str) -> Callable[[Arrays, Any], object]:
    """The first two different numbers of an array change places."""

    def change(arrays: Arrays, _: Any) -> None:
        values = arrays[name]
        other = int(np.flatnonzero(values != values[0])[0])
        values[[0, other]] = values[[other, 0]]

    return change


@pytest.mark.parametrize(
    ("ending", "change", "said"),
    [
        (".postings", set_at("body.text", 0, ord("z")), "the terms of body"),
        (".postings", set_at("body.first", 0, 200), "documents of body"),
        (".postings", set_at("body.steps1", 0, 0), "documents of body"),
        (".postings", set_at("location.first", 0, 1), "of location"),
        (".columns", swapped("length.body"), "the lengths of body"),
        (".columns", set_at("moment", 2, 5), "moment of article a2"),
        (".columns", set_at("told", 2, 5), "told of article a2"),
        (".columns", swapped("values.id"), "the values of id"),
        (".columns", lambda _, meta: meta["totals"].update(body=5), "the number of words of body"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_found(
    place: Path, ending: str, change: Callable[[Arrays, Any], object], said: str
) -> None:
    """Each by its name; a check that is not deep has nothing to say."""

    def renamed(arrays: Arrays, meta: Any) -> None:
        numbers = {name.removeprefix("number."): name for name in arrays if name.startswith("number.")}
        for short, name in numbers.items():
            arrays[short] = arrays.pop(name)
        change(arrays, meta)
        for short, name in numbers.items():
            arrays[name] = arrays.pop(short)

    rewritten(place, ending, renamed)
    assert WhooshEngine(place).check() == ()
    assert [said in line for line in WhooshEngine(place).check(deep=True)] == [True]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda found: replace(found, locations=("Sweden",)), "the values of location"),
        (lambda found: replace(found, id="a9", story="a0"), "article a9: there twice"),
        (lambda found: replace(found, body="Another text."), "document 0"),
        (lambda found: replace(found, title="Harbour 00"), "of title"),
    ],
)
def test_an_article_of_which_the_index_says_other_things_is_found(
    place: Path, change: Callable[[Article], Article], said: str
) -> None:
    """Its values, its id, its words."""

    def stored(arrays: Arrays, meta: Any) -> None:
        writer = ContainerWriter()
        lines = StoredWriter(writer)
        for number in range(20):
            lines.add(dump(change(made(number)) if not number else made(number)))
        lines.finish()
        arrays.clear()
        sink = BytesIO()
        writer.finish(sink)
        opened = Container(sink.getvalue(), "made")
        arrays.update({name: opened.get(name) for name in opened.names()})

    rewritten(place, ".stored", stored)
    assert [said in line for line in WhooshEngine(place).check(deep=True)] == [True]
