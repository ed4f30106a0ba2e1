"""The ledger of an archive: batches of changes beside the commits of the index.

A batch is written and synced, then the index commits, then the table names the file. What a kill leaves between these
steps is settled by the next writer: a file that the table does not name belongs to the ledger if the index holds what
it says, and is deleted if not. So the ledger has what the index acknowledged, no more and no less.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from math import log
from pathlib import Path

from searcher import disk
from searcher.errors import ArchiveDamaged
from searcher.ledger.contents import file_name, file_number, read_contents, write_contents
from searcher.ledger.lines import LineWriter, Note, article_of, damaged, id_of, line_of, lines_of, removal_of
from searcher.models import Article

__all__ = ["Ledger"]

# Files are put together when so many of about one size stand at the end: an article is rewritten once for each size.
FANOUT = 8
SMALL_BYTES = 64 * 1024
LINE_BITS = 40  # a file has fewer lines than this can count


class Ledger:
    """The ledger in a folder, which is made when something is written. Its lock is that of the index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._writer: LineWriter | None = None
        self._written: Note | None = None

    @property
    def exists(self) -> bool:
        """Whether anything was ever written here."""
        return bool(read_contents(self.folder))

    def add(self, article: Article) -> None:
        """An article, in place of any with its id."""
        with disk.mapped(self.folder):
            self._open().add(line_of(article))

    def remove(self, article_id: str) -> None:
        """An article is gone."""
        with disk.mapped(self.folder):
            self._open().add(removal_of(article_id))

    def write(self) -> None:
        """Make the batch durable; the index commits after this."""
        if self._writer:
            with disk.mapped(self.folder):
                self._written, self._writer = self._writer.finish(), None

    def seal(self) -> None:
        """The index has committed: the batch belongs to the ledger."""
        if self._written:
            notes = (*read_contents(self.folder), self._written)
            self._written = None
            with disk.mapped(self.folder):
                write_contents(self.folder, notes)
                self._put_together(notes)

    def discard(self) -> None:
        """The batch is given up. One that was written stays: whether the index has it, the next writer finds out."""
        if self._writer:
            self._writer.discard()
        self._writer = self._written = None

    def settle(self, held: Callable[[str], bool] | None) -> None:
        """Take in what was committed and not yet named, delete what was not; `held` says what the index holds.

        Without it every file that is whole is taken in: what is sound of an archive whose index nobody can ask.
        """
        if self.folder.is_dir():
            with disk.mapped(self.folder):
                self._settle(held)

    def _settle(self, held: Callable[[str], bool] | None) -> None:
        notes = read_contents(self.folder)
        last = max((file_number(note.name) for note in notes), default=0)
        for path in self._unnamed(notes):
            note = _committed(path, held)
            if note and file_number(path.name) > last:
                notes = (*notes, note)
                write_contents(self.folder, notes)
            else:
                disk.remove(path)

    def _unnamed(self, notes: Sequence[Note]) -> list[Path]:
        """Files of lines that the table does not name, in order."""
        named = {note.name for note in notes}
        found = sorted(self.folder.iterdir()) if self.folder.is_dir() else []
        return [path for path in found if path.name not in named and file_number(path.name) >= 0]

    def articles(self) -> Iterator[Article]:
        """Every article that is left, in the order in which they were added last.

        Raises:
            ArchiveDamaged: a file is not what was written; it says which, and from where on.
        """
        notes = read_contents(self.folder)
        last = self._last_lines(notes, removals=False)
        for place, line in self._lines(notes):
            if place in last:
                yield article_of(line)

    def ids(self, *, unsettled: bool = False) -> set[str]:
        """The articles that are left; with those that a kill left `unsettled`, if there are any."""
        left: set[str] = set()
        notes = read_contents(self.folder)
        unnamed = [path for path in self._unnamed(notes) if _committed(path, None)] if unsettled else []
        lines = chain((line for _, line in self._lines(notes)), *map(lines_of, unnamed))
        for article_id, removed in map(id_of, lines):
            (left.discard if removed else left.add)(article_id)
        return left

    def check(self, *, deep: bool = False) -> tuple[str, ...]:
        """What is wrong with the files, one line each; `deep` reads them."""
        try:
            notes = read_contents(self.folder)
        except ArchiveDamaged as error:
            return (str(error),)
        return tuple(fault for note in notes if (fault := _fault(self.folder / note.name, note, deep=deep)))

    def _open(self) -> LineWriter:
        if self._writer is None:
            disk.make_folder(self.folder)
            numbers = (file_number(path.name) for path in self.folder.iterdir())
            self._writer = LineWriter(self.folder / file_name(max(numbers, default=0) + 1))
        return self._writer

    def _put_together(self, notes: Sequence[Note]) -> None:
        """Files at the end that are of one size become one, without lines that a later one makes idle."""
        tail = _tail(notes)
        if len(tail) < FANOUT:
            return
        last = self._last_lines(tail, removals=len(tail) < len(notes))  # with nothing before there is nothing to remove
        writer = LineWriter(self.folder / file_name(file_number(tail[-1].name) + 1))
        for place, line in self._lines(tail):
            if place in last:
                writer.add(line)
        write_contents(self.folder, (*notes[: -len(tail)], writer.finish()))
        for note in tail:
            disk.remove(self.folder / note.name)

    def _lines(self, notes: Sequence[Note]) -> Iterator[tuple[int, bytes]]:
        """Every line with its place: the file's, then the line's."""
        for file, note in enumerate(notes):
            found = 0
            for number, line in enumerate(lines_of(self.folder / note.name)):
                yield file << LINE_BITS | number, line
                found += 1
            if found != note.lines:
                raise damaged(self.folder / note.name, f"{found:,} lines, {note.lines:,} were written")

    def _last_lines(self, notes: Sequence[Note], *, removals: bool) -> set[int]:
        """Of each article the place of its last line, where that holds it or `removals` are wanted too.

        An id is known by its hash: two of a million articles have one in common once in 40 million archives.
        """
        last: dict[int, int] = {}
        for place, line in self._lines(notes):
            article_id, removed = id_of(line)
            if removed and not removals:
                last.pop(hash(article_id), None)
            else:
                last[hash(article_id)] = place
        return set(last.values())


def _tail(notes: Sequence[Note]) -> list[Note]:
    """The last files that are of the size of the last."""
    tail: list[Note] = []
    for note in reversed(notes):
        if _tier(note.size) > _tier(notes[-1].size):
            break
        tail.insert(0, note)
    return tail


def _tier(size: int) -> int:
    return 0 if size <= SMALL_BYTES else 1 + int(log(size / SMALL_BYTES, FANOUT))


def _committed(path: Path, held: Callable[[str], bool] | None) -> Note | None:
    """The note of a whole file whose changes the index has made; None of any other."""
    lines = 0
    last: dict[str, bool] = {}
    try:
        for line in lines_of(path):
            article_id, removed = id_of(line)
            last[article_id] = removed
            lines += 1
    except ArchiveDamaged:  # cut short before the commit that would have followed
        return None
    if not lines or (held and any(held(article_id) == removed for article_id, removed in last.items())):
        return None
    return Note(path.name, path.stat().st_size, lines, _sha256(path))


def _fault(path: Path, note: Note, *, deep: bool) -> str:
    try:
        size = path.stat().st_size
        if size != note.size:
            return str(damaged(path, f"{size} bytes, {note.size} were written"))
        if deep and _sha256(path) != note.sha256:
            return str(damaged(path, "its bytes are not those that were written"))
    except OSError as error:
        return str(damaged(path, f"cannot be read ({error.strerror or error})"))
    return ""


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
