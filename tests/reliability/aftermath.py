"""What a killed writer left: what is in the archive, and which files nobody needs."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from reliability.news import held_by

from searcher import Archive

__all__ = ["LOCK_SECONDS", "Journal", "assert_sound", "litter", "lock_seconds"]

LOCK_SECONDS = 1.0
# What lies beside the files of the index and belongs there.
BESIDE = {"MAIN_WRITELOCK", "settings.json", "files.sqlite", "aliases.toml", "articles"}


class Journal(NamedTuple):
    """What the archive held when the last batch was acknowledged, and what it holds if the one in flight got through.

    `doing` is what was in flight, empty where nothing was; `error` is what ended the writer, if it was not killed.
    """

    acknowledged: dict[str, list[str]]
    in_flight: dict[str, list[str]]
    doing: str
    error: str

    @classmethod
    def read(cls, path: Path, before: dict[str, list[str]]) -> "Journal":
        """Read what a writer wrote that began with `before`."""
        acknowledged, begun, doing, error = before, before, "", ""
        for line in path.read_bytes().splitlines(keepends=True) if path.exists() else ():
            if not line.endswith(b"\n"):
                break  # killed in the middle of the line: it had not begun
            said = json.loads(line)
            error = said.get("error", error)
            if "begin" in said:
                begun, doing = said["after"], said["begin"]
            elif "done" in said:
                acknowledged, doing = begun, ""
        return cls(acknowledged, begun, doing, error)


def lock_seconds(archive: Archive) -> float:
    """How long the next writer waits."""
    started = time.monotonic()
    writer = archive._writable().writer()
    waited = time.monotonic() - started
    writer.discard()
    return waited


def assert_sound(archive: Archive) -> dict[str, list[str]]:
    """The archive opens, searches, reads and checks well; what it holds."""
    found = held_by(archive.articles())
    assert archive.search("*").total == len(found) == archive.stats().articles
    for _, title in list(found.values())[:3]:
        assert title in [hit.title for hit in archive.search(title, phrase=True, limit=100).hits]
    problems = archive.check(deep=True)
    assert problems == (), problems
    return found


def litter(place: Path) -> set[str]:
    """Files that neither the current table of contents nor the one before names, here and among the articles."""
    tables = sorted(place.glob("_MAIN_*.toc"), key=lambda path: int(path.stem.rpartition("_")[2]))
    known = {path.name for path in tables[-2:]} | BESIDE
    known.update(name for path in tables[-2:] for name in _strings(json.loads(path.read_bytes())))
    beside = place / "articles" / "contents.json"
    kept = {beside.name, *_strings(json.loads(beside.read_bytes()))} if beside.exists() else set()
    left = {path.name for path in place.iterdir()} - known
    return left | {path.name for path in beside.parent.glob("*")} - kept


def _strings(value: Any) -> Iterator[str]:
    """Every text in a JSON value, the names of its fields too: whatever the format, a file is known by its name."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        yield from (text for inner in value.values() for text in _strings(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in _strings(inner))
