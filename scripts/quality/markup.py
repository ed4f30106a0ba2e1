"""The form of the labelled texts: a head of `key: value` lines, then text with its names marked in place.

    The mayor, [PER Jane Roe], left for [LOC Tripoli @LB]; [ORG IS = Islamic State] stayed.

tests/entities/labelled/README.md tells the form to those who write such texts. Nothing is guessed: what is not in
that form is an error with file and line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quality.errors import MarkupBroken

__all__ = ["Entry", "Name", "entries", "marked"]

KINDS = ("LOC", "PER", "ORG", "VESSEL")
MARKED_KEYS = ("title", "dateline")
LIST_KEYS = ("countries", "locations", "actors")

_START = "== "
_REMARK = "#"
_MARK = re.compile(
    rf"\[(?P<kind>{'|'.join(KINDS)})(?P<doubt>\??) (?P<text>[^\[\]=@]*[^\[\]=@ ])"
    r"(?: = (?P<name>[^\[\]=@]*[^\[\]=@ ]))?(?: @(?P<country>[A-Z]{2}))?\]"
)


@dataclass(frozen=True, slots=True)
class Name:
    """One marked name; `name` and `country` are empty where none is given, `optional` where readers may differ."""

    start: int
    end: int
    kind: str
    name: str = ""
    country: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One text as it is written: its head by key, its body as lines, each value and line with its number."""

    path: Path
    slug: str
    head: dict[str, tuple[int, str]]
    body: tuple[tuple[int, str], ...]


def entries(path: Path) -> Iterator[Entry]:
    """The texts of a file, in order."""
    slug, seen = "", set()
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith(_START):
            if slug:
                yield _entry(path, slug, lines)
            slug, lines = line.removeprefix(_START).strip(), []
            if not slug or slug in seen:
                raise broken(path, number, "a text needs a name that no other text of the file has: == some-name")
            seen.add(slug)
        elif slug:
            lines.append((number, line.strip()))
        elif line.strip() and not line.startswith(_REMARK):
            raise broken(path, number, "only remarks (#) may stand before the first text (== some-name)")
    if not slug:
        raise broken(path, 1, "there is no text in it; one begins with == some-name")
    yield _entry(path, slug, lines)


def _entry(path: Path, slug: str, lines: list[tuple[int, str]]) -> Entry:
    """The head ends at the first blank line."""
    head: dict[str, tuple[int, str]] = {}
    end = next((index for index, (_, line) in enumerate(lines) if not line), len(lines))
    for number, line in lines[:end]:
        key, colon, value = line.partition(":")
        if not colon or key not in (*MARKED_KEYS, *LIST_KEYS):
            known = ", ".join((*MARKED_KEYS, *LIST_KEYS))
            raise broken(path, number, f"{line[:40]!r} is no line of a head ({known}); a blank line ends the head")
        if key in head:
            raise broken(path, number, f"{key} is there twice; keep one")
        head[key] = (number, value.strip())
    body = tuple(lines[end:])
    if not any(line for _, line in body):
        raise broken(path, lines[0][0] if lines else 1, f"{slug} has no text; it follows the head after a blank line")
    return Entry(path, slug, head, body)


def marked(path: Path, number: int, line: str) -> tuple[str, list[Name]]:
    """A line without its marks, and the names that they mark."""
    text, last, names = "", 0, []
    for mark in _MARK.finditer(line):
        text += _plain(path, number, line[last : mark.start()])
        start = len(text)
        text += mark["text"]
        doubt = bool(mark["doubt"])
        names.append(Name(start, len(text), mark["kind"], mark["name"] or "", mark["country"] or "", doubt))
        last = mark.end()
    return text + _plain(path, number, line[last:]), names


def _plain(path: Path, number: int, text: str) -> str:
    """Text between marks, which holds no brackets."""
    bracket = re.search(r"[\[\]]", text)
    if bracket:
        near = text[bracket.start() :][:40]
        kinds = ", ".join(KINDS)
        raise broken(path, number, f"no mark: {near!r}; write [KIND text], [KIND text = Name @CC], KIND one of {kinds}")
    return text


def broken(path: Path, number: int, what: str) -> MarkupBroken:
    """The error for one line of a file."""
    return MarkupBroken(f"{path}:{number}: {what}")
