"""The table of the ledger's files: written under another name, synced and renamed, so it is whole or not there."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from searcher import disk
from searcher.ledger.lines import Note, damaged

__all__ = ["FILE_NAME", "file_name", "file_number", "read_contents", "write_contents"]

TABLE = "contents.json"
VERSION = 1
FILE_NAME = re.compile(r"(\d{6,})\.jsonl\.zst")


def file_name(number: int) -> str:
    """The name of a file of lines."""
    return f"{number:06}.jsonl.zst"


def file_number(name: str) -> int:
    """The number of a file by its name; -1 where it is none."""
    found = FILE_NAME.fullmatch(name)
    return int(found[1]) if found else -1


def read_contents(folder: Path) -> tuple[Note, ...]:
    """The files in the order in which they were written; none where there is no table yet, only a first batch.

    Raises:
        ArchiveDamaged: the table is not what was written.
    """
    path = folder / TABLE
    try:
        held = json.loads(path.read_bytes())
    except FileNotFoundError:
        if folder.is_dir() and any(file_number(entry.name) > 1 for entry in folder.iterdir()):
            raise damaged(path, "is missing") from None
        return ()
    except (OSError, ValueError) as error:
        raise damaged(path, f"cannot be read ({error})") from error
    try:
        if held["sum"] != _sum(held["files"]) or held["version"] != VERSION:
            raise damaged(path, "its checksum is another")
        notes = tuple(Note(**entry) for entry in held["files"])
    except (KeyError, TypeError) as error:
        raise damaged(path, "is not a table of files") from error
    if not all(FILE_NAME.fullmatch(note.name) for note in notes):  # a name that leads out of the folder
        raise damaged(path, "names files that are none of its own")
    return notes


def write_contents(folder: Path, notes: Sequence[Note]) -> None:
    """Make these the files of the ledger."""
    files = [asdict(note) for note in notes]
    table = {"version": VERSION, "sum": _sum(files), "files": files}
    disk.write_whole(folder / TABLE, json.dumps(table, indent=1).encode())


def _sum(files: object) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
