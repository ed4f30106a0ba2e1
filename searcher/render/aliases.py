"""Spellings that a user has added, and those that an archive proposes: for people and for programs."""

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from searcher.models import AliasEntry, AliasSuggestion
from searcher.render.data import to_json
from searcher.render.pieces import printable

__all__ = ["add_command", "entries_json", "entries_text", "entry_text", "suggestions_json", "suggestions_text"]

_HEADER = ("articles", "spelling", "likeness", "counted as")


def entry_text(entry: AliasEntry) -> str:
    """One line: the value that facets show, what it is, and its other spellings."""
    what = [entry.kind, entry.country, "" if entry.known else "new"]
    spellings = f": {', '.join(entry.spellings)}" if entry.spellings else ""
    return printable(f"{entry.name} ({', '.join(filter(None, what))}){spellings}")


def entries_text(entries: Iterable[AliasEntry]) -> str:
    """A line for each."""
    return "\n".join(map(entry_text, entries))


def entries_json(entries: Iterable[AliasEntry]) -> str:
    """An array of objects: name, spellings, id, kind, country, known."""
    return to_json([asdict(entry) for entry in entries], indent=2)


def suggestions_text(suggestions: Sequence[AliasSuggestion]) -> str:
    """A table in the order given; a spelling that is counted under no value has a dash there."""
    rows = [
        (f"{one.articles:,}", printable(one.spelling), one.likeness, printable(one.known) or "-") for one in suggestions
    ]
    widths = [max(map(len, column)) for column in zip(_HEADER, *rows, strict=True)]
    lines = []
    for count, *texts in (_HEADER, *rows):
        cells = [count.rjust(widths[0]), *(text.ljust(width) for text, width in zip(texts, widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def suggestions_json(suggestions: Iterable[AliasSuggestion]) -> str:
    """An array of objects: spelling, articles, likeness, known."""
    return to_json([asdict(one) for one in suggestions], indent=2)


def add_command(name: str, spellings: Iterable[str], index: str = "") -> str:
    """The command that adds spellings to a name, for a shell; with the index where one has to be named."""
    return shlex.join(["archive", "alias", "add", *(["-i", index] if index else []), name, *spellings])
