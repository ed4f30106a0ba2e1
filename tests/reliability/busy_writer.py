"""A process that changes an archive until it is killed, and says in a journal what it is about to do and has done.

`python -m reliability.busy_writer` loads what a writer needs once and forks a writer for each order on its stdin: a
JSON object of `work`'s arguments. It answers with the writer's process id, and with a second line when that has ended.
"""

import json
import os
import random
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from reliability.news import LONG_MARK, Held, line_of, lines_in, state_of, write_lines

from searcher import Archive

__all__ = ["INBOX", "INDEX", "JOURNAL", "STATE", "work"]

INBOX, INDEX, JOURNAL, STATE = "in", "index", "journal.jsonl", "state.json"
PLENTY = 150  # articles; with more of them there is more removing than adding
State = dict[str, list[str]]


class _Busy:
    """The archive of a folder and what it must hold."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.archive = Archive.open(folder / INDEX)
        self.state: State = json.loads((folder / STATE).read_text())
        self.journal = (folder / JOURNAL).open("w", encoding="utf-8")
        self.serial = seed * 1_000_000

    def say(self, **what: Any) -> None:
        """A line of the journal; it is with the kernel when this returns, so a kill does not take it away."""
        self.journal.write(json.dumps(what) + "\n")
        self.journal.flush()

    def change(self, name: str, after: Held, do: Callable[[], object]) -> None:
        """One batch of changes."""
        self.say(begin=name, after=after)
        do()
        self.say(done=name)
        self.state = {article_id: list(what) for article_id, what in after.items()}

    def files(self) -> list[Path]:
        """The files that there are to be added."""
        return sorted((self.folder / INBOX).iterdir())

    def fresh(self, count: int, ending: str = "") -> list[str]:
        """Records that nobody has seen."""
        self.serial += count
        return [line_of(f"Story {number} {ending}".strip()) for number in range(self.serial - count, self.serial)]

    def add(self, path: Path, lines: Sequence[str]) -> None:
        """A file with these records takes the place of what it was."""
        write_lines(path, lines)
        kept = {article_id: what for article_id, what in self.state.items() if what[0] != path.name}
        self.change("add", kept | state_of([path]), lambda: _added(self.archive, path))

    def add_new(self) -> None:
        """A new file, its first record twice."""
        lines = self.fresh(self.chance.randint(1, 8))
        self.add(self.folder / INBOX / f"{self.serial}.jsonl", [*lines, lines[0]])

    def add_long(self) -> None:
        """More than fits the memory: several segments in one batch."""
        self.add(self.folder / INBOX / f"{self.serial}.jsonl", self.fresh(30, LONG_MARK))

    def update(self) -> None:
        """Some records of a file go, others come."""
        path = self.chance.choice(self.files())
        kept = [line for line in lines_in(path) if self.chance.random() < 0.7]
        self.add(path, [*kept, *self.fresh(self.chance.randint(1, 3))])

    def remove_file(self) -> None:
        """What came from a file goes; the file stays."""
        path = self.chance.choice(self.files())
        after = {article_id: what for article_id, what in self.state.items() if what[0] != path.name}
        self.change("remove file", after, lambda: self.archive.remove(path=path))

    def remove_some(self) -> None:
        """Articles by their ids."""
        ids = self.chance.sample(sorted(self.state), min(len(self.state), 4))
        after = {article_id: what for article_id, what in self.state.items() if article_id not in ids}
        self.change("remove", after, lambda: self.archive.remove(*ids))

    def prune(self) -> None:
        """Half of the files are deleted: the archive holds what is left, all of it.

        They are added first: of a file that came with the commit before a kill nothing may have been noted yet.
        """
        files = self.files()
        names = {path.name for path in files}
        gone = {article_id: what for article_id, what in self.state.items() if what[0] not in names}
        self.change("add all", gone | state_of(files), lambda: _added(self.archive, self.folder / INBOX))
        for path in self.chance.sample(files, len(files) // 2):
            path.unlink()
        self.change("prune", state_of(self.files()), lambda: _added(self.archive, self.folder / INBOX, prune=True))

    def rebuild(self) -> None:
        """The index is made anew of what is kept beside it."""
        self.change("rebuild", self.state, lambda: self.archive.rebuild(processes=1))

    def go_on(self) -> None:
        """The next change, whatever it is."""
        if len(self.files()) < 2:
            self.add_new()
            return
        adding = (self.add_new, self.add_new, self.add_new, self.add_long, self.update, self.update)
        removing = (self.remove_file, self.remove_some, self.prune)
        self.chance.choice((*removing, self.rebuild, *(adding if len(self.state) < PLENTY else removing)))()


def work(folder: str, seed: int) -> None:
    """Change the archive of a folder, time and again."""
    busy = _Busy(Path(folder), seed)
    try:
        while True:
            busy.go_on()
    except Exception:  # noqa: BLE001 - whatever it is, the test has to be told
        busy.say(error=traceback.format_exc())


def add_inbox(folder: str, processes: int) -> None:
    """Add all files in one go, which is one batch."""
    busy = _Busy(Path(folder), 0)
    with busy.journal:
        try:
            add = partial(_added, busy.archive, busy.folder / INBOX, processes=processes)
            busy.change("add", state_of(busy.files()), add)
        except Exception:  # noqa: BLE001 - as above
            busy.say(error=traceback.format_exc())


def _added(archive: Archive, path: Path, processes: int = 1, **options: Any) -> None:
    report = archive.add(path, memory_mb=1, processes=processes, **options)
    assert report.skipped == (), report.skipped


def _warm_up() -> None:
    """Load all that is loaded when it is first used, so that a writer begins at once."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / INBOX).mkdir()
        (folder / STATE).write_text("{}")
        busy = _Busy(folder, 0)
        for change in (busy.add_new, busy.add_new, busy.update, busy.rebuild, busy.prune, busy.remove_file):
            change()
        busy.archive.close()
        busy.journal.close()


def main() -> None:
    """Fork a writer for each order."""
    _warm_up()
    jobs: Mapping[str, Callable[..., None]] = {"work": work, "add_inbox": add_inbox}
    for line in sys.stdin:
        order = json.loads(line)
        job = jobs[order.pop("job")]
        pid = os.fork()
        if pid == 0:
            job(**order)
            os._exit(0)
        print(pid, flush=True)
        print(os.waitpid(pid, 0)[1], flush=True)


if __name__ == "__main__":
    main()
