"""Changing aliases.toml: what its user wrote, comments and order included, stays as it is.

The changed text is read before it is written, so that a change never leaves a file that cannot be read; it is written
beside the old one and takes its place, so that whoever reads sees one or the other.
"""

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT

from searcher.entities.aliases import Alias, Aliases
from searcher.entities.aliasfile import decoded, load_aliases, read_aliases
from searcher.entities.keys import key
from searcher.entities.meant import meant
from searcher.errors import ReadError, UsageError

__all__ = ["add_alias", "remove_alias", "with_alias", "without_alias"]

HEAD = """\
# Spellings of names, beside those that are known. Each entry: the name shown in facets, its other spellings and,
# of a name that no list has, its kind (LOC, PER, ORG, ACTOR or VESSEL) and, if wanted, its country ("SY").
"""
_HEADER = re.compile(r"\s*\[\[\s*alias\s*\]\]")


def add_alias(path: Path, wanted: Alias) -> Alias:
    """Let a name have more spellings, in the entry of its entity or in a new one; the entry as it is then.

    Raises:
        ReadError: the file as it is cannot be read.
        UsageError: the name or a spelling cannot be meant; the message says why.
    """
    text, entry = with_alias(_text(path), wanted, str(path))
    _write(path, text)
    return entry


def remove_alias(path: Path, name: str, spellings: Iterable[str] = ()) -> tuple[str, ...]:
    """Take spellings away from a name, or its whole entry where none is given; the spellings that went.

    An entry that has no spelling left goes too.

    Raises:
        ReadError: the file as it is cannot be read.
        UsageError: the file has no such name or spelling, or is written in a way that cannot be edited.
    """
    text, gone = without_alias(_text(path), name, spellings, str(path))
    _write(path, text)
    return gone


def with_alias(text: str, wanted: Alias, path: str) -> tuple[str, Alias]:
    """The text with more spellings of a name, and its entry; see `add_alias`. Errors name `path`."""
    aliases = read_aliases(text, path)
    document = _document(text or HEAD, path)
    at = _place(aliases, wanted)
    if at is None:
        at = len(aliases.entries)
        document.setdefault("alias", tomlkit.aot()).append(_table(_under_its_value(wanted)))
    else:
        known = (aliases.entries[at].name, *aliases.entries[at].spellings)
        document["alias"][at].setdefault("spellings", []).extend(_new(wanted.spellings, known))
    changed = tomlkit.dumps(document)
    try:
        return changed, read_aliases(changed, path).entries[at]
    except ReadError as error:
        raise UsageError(f"{wanted.name}: {error.reason}") from error


def without_alias(text: str, name: str, spellings: Iterable[str], path: str) -> tuple[str, tuple[str, ...]]:
    """The text without spellings of a name, and those that went; see `remove_alias`. Errors name `path`."""
    aliases = read_aliases(text, path)
    at = _place(aliases, Alias(name))
    if at is None:
        raise UsageError(f"{path}: no entry for {name}; `archive alias list` shows what there is")
    alias, unwanted = aliases.entries[at], {key(spelling): spelling for spelling in spellings}
    missing = [typed for text_key, typed in unwanted.items() if text_key not in map(key, alias.spellings)]
    if missing:
        raise UsageError(f"{path}: {alias.name} has no spelling {missing[0]}; `archive alias list` shows those it has")
    going = [number for number, spelling in enumerate(alias.spellings) if not unwanted or key(spelling) in unwanted]
    document = _document(text, path)
    whole = len(going) == len(alias.spellings)
    changed = _without_entry(document, aliases, at, path) if whole else _without_spellings(document, at, going)
    return changed, tuple(alias.spellings[number] for number in going)


def _text(path: Path) -> str:
    """What the file says; nothing where there is none."""
    load_aliases(path)  # its errors say what is wrong with the file
    return decoded(path.read_bytes(), str(path)) if path.exists() else ""


def _document(text: str, path: str) -> Any:
    """The text as tomlkit sees it."""
    document = tomlkit.parse(text)
    if not isinstance(document.get("alias", tomlkit.aot()), AoT):
        raise UsageError(f"{path}: its entries stand in one list; put a line [[alias]] before each, or edit it by hand")
    return document


def _place(aliases: Aliases, wanted: Alias) -> int | None:
    """The entry of an entity: by what is meant, else by any of its names; None where it has none."""
    found = meant(wanted)
    for number, alias in enumerate(aliases.entries):
        own = meant(alias)
        if own and found and own.id == found.id:
            return number
    if wanted.kind or wanted.country:  # then another of that name may be meant
        return None
    owners = {
        key(text): number for number, alias in enumerate(aliases.entries) for text in (alias.name, *alias.spellings)
    }
    return owners.get(key(wanted.name))


def _under_its_value(wanted: Alias) -> Alias:
    """The alias under the name that facets show, where that leads to the same entity."""
    found = meant(wanted)
    if found is None or not found.known:
        return wanted
    if not _new(wanted.spellings, [found.name]):
        raise UsageError(f"{wanted.name} is known already: give other spellings of it")
    shown = wanted._replace(name=found.name)
    return shown if meant(shown) == found else wanted


def _table(alias: Alias) -> Any:
    table = tomlkit.table()
    table.trivia.indent = "\n"  # an empty line before it
    table["name"] = alias.name
    table["spellings"] = _new(alias.spellings, [alias.name])
    table.update({field: said for field in ("kind", "country") if (said := getattr(alias, field))})
    return table


def _new(spellings: Iterable[str], known: Iterable[str]) -> list[str]:
    """The spellings that are not known yet, each once."""
    found = {key(text): text for text in spellings}
    return [text for name_key, text in found.items() if name_key not in set(map(key, known))]


def _without_spellings(document: Any, at: int, going: list[int]) -> str:
    for number in reversed(going):
        del document["alias"][at]["spellings"][number]
    return tomlkit.dumps(document)


def _without_entry(document: Any, aliases: Aliases, at: int, path: str) -> str:
    """The text without the lines of an entry; a comment after it stays, since it may be about the next."""
    lines = tomlkit.dumps(document).splitlines(keepends=True)
    heads = [number for number, line in enumerate(lines) if _HEADER.match(line)]
    first, *rest = [*heads[at:], len(lines)]
    end = rest[0] if rest else first
    while end > first and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    text = "".join(lines[:first] + lines[end:])
    left = aliases.entries[:at] + aliases.entries[at + 1 :]
    if read_aliases(text, path).entries != left:
        raise UsageError(f"{path}: the lines of entry {at + 1} cannot be told from others; take them out by hand")
    return text


def _write(path: Path, text: str) -> None:
    """Put the text in place of the file at once, and on the disk before that; a link still leads to it."""
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
