"""What does aliases.toml say? Read and checked as a whole: a file with a fault is refused with the place and the cure.

An entry is a table of the array `alias`: `name`, the value shown in facets, of the lists or new; `spellings`; of a new
name the `kind`, and if wanted `country`, `lat` and `lon`. docs/aliases.md shows one.
"""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from searcher.choices import ALIAS_KINDS
from searcher.entities.aliases import NO_ALIASES, Alias, Aliases
from searcher.entities.keys import key
from searcher.entities.meant import main_name, meant
from searcher.entities.tables import rows
from searcher.entities.text import LEADING, has_no_capitals, read
from searcher.errors import ReadError

__all__ = ["decoded", "load_aliases", "read_aliases"]

FIELDS = ("name", "spellings", "kind", "country", "lat", "lon")
# Small words before which a capital need not stand: al-Bab, de Gaulle.


def load_aliases(path: Path) -> Aliases:
    """The aliases of a file; none where there is no file.

    Raises:
        ReadError: the file cannot be read, or says what cannot be meant; its message names the entry.
    """
    try:
        now = path.stat()
        return _loaded(path, now.st_ino, now.st_mtime_ns, now.st_size)
    except FileNotFoundError:
        return NO_ALIASES
    except OSError as error:
        raise ReadError(str(path), f"{error.strerror or error}; check the permissions of the file") from error


@lru_cache(maxsize=4)
def _loaded(path: Path, _inode: int, _changed_ns: int, _size: int) -> Aliases:
    """The aliases of a file as it is, read once: a program or the page searches many times."""
    return read_aliases(decoded(path.read_bytes(), str(path)), str(path))


def decoded(data: bytes, path: str) -> str:
    """The text of a file; ReadError where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(path, f"not UTF-8 ({error.reason}); save it as UTF-8") from error


def read_aliases(text: str, path: str) -> Aliases:
    """The aliases of a text in the form above; errors name `path`, see `load_aliases`."""
    try:
        said = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError alone
        raise ReadError(path, f"not TOML ({error}); mend it there, or move the file away") from error
    tables = said.pop("alias", [])
    if said or not isinstance(tables, list):
        other = next(iter(said), "alias")
        raise ReadError(path, f"{other} is not expected here; every entry begins with a line [[alias]]")
    aliases = tuple(_alias(table, _Entry(path, number, table)) for number, table in enumerate(tables, 1))
    _check_together(aliases, path)
    return Aliases(aliases)


class _Entry:
    """Where something is wrong."""

    def __init__(self, path: str, number: int, table: object) -> None:
        name = table.get("name") if isinstance(table, dict) else None
        self.path, self.record = path, f"entry {number}" + (f' ("{name}")' if isinstance(name, str) else "")

    def fault(self, reason: str) -> ReadError:
        return ReadError(self.path, reason, self.record)


def _alias(table: Any, entry: _Entry) -> Alias:
    """One entry, each of its parts checked."""
    if not isinstance(table, dict):
        raise entry.fault("not a table; every entry begins with a line [[alias]]")
    unknown = [field for field in table if field not in FIELDS]
    if unknown:
        raise entry.fault(f"{unknown[0]} is not known here: use one of {', '.join(FIELDS)}")
    spellings = table.get("spellings", [])
    if not isinstance(table.get("name"), str) or not isinstance(spellings, list):
        raise entry.fault('give a name and a list of spellings: name = "..." and spellings = ["...", "..."]')
    name, *others = (_name(text, entry) for text in [table["name"], *spellings])
    kind = table.get("kind")
    if kind not in (None, *ALIAS_KINDS):
        raise entry.fault(f"kind {kind!r} is not known: use one of {', '.join(ALIAS_KINDS)}")
    lat, lon = _degrees(table, "lat", 90, entry), _degrees(table, "lon", 180, entry)
    if (lat is None) != (lon is None):
        raise entry.fault("lat and lon are degrees of one place: give both or neither")
    alias = Alias(name, tuple(others), kind, _country(table, entry), lat, lon)
    if meant(alias) is None:
        raise entry.fault(f"no list has this name: give its kind, one of {', '.join(ALIAS_KINDS)}")
    return alias


def _name(text: object, entry: _Entry) -> str:
    """A name or spelling that can be found in a text."""
    if not isinstance(text, str):
        raise entry.fault(f"{text!r} is no text; put names between quotation marks")
    name = " ".join(text.split())
    found = read("body", name)
    if not found.words or not all(found.joined[1:]):
        raise entry.fault(f'"{name}" is not one name: give words with nothing but spaces or hyphens between them')
    if not any(_begins(found.words[place], capital=found.capital[place]) for place in _first(found.folds)):
        raise entry.fault(f'"{name}" does not begin as a name in a text does: write it with a capital')
    return name


def _first(folds: list[str]) -> range:
    """The words of which one needs a capital: the first, or the second after a small word (al-Bab)."""
    return range(2 if folds[0] in LEADING and len(folds) > 1 else 1)


def _begins(word: str, *, capital: bool) -> bool:
    return capital or has_no_capitals(word)


def _country(table: dict[str, Any], entry: _Entry) -> str:
    country = table.get("country", "")
    if not isinstance(country, str) or (country and country not in _countries()):
        raise entry.fault(f'country {country!r} is no code of two capital letters that is in use, such as "SY"')
    return country


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(row["iso2"] for row in rows("countries.tsv"))


def _degrees(table: dict[str, Any], field: str, most: int, entry: _Entry) -> float | None:
    degrees = table.get(field)
    if degrees is None:
        return None
    if isinstance(degrees, bool) or not isinstance(degrees, int | float) or not -most <= degrees <= most:
        raise entry.fault(f"{field} is {degrees!r}: give degrees from -{most} to {most}")
    return float(degrees)


def _check_together(aliases: tuple[Alias, ...], path: str) -> None:
    """No entity has two entries, and no name stands for two entities."""
    entities: dict[str, int] = {}
    owners: dict[str, int] = {}
    for number, alias in enumerate(aliases, 1):
        entry = _Entry(path, number, {"name": alias.name})
        found = meant(alias)
        entity = found.id if found else ""
        if entities.setdefault(entity, number) != number:
            raise entry.fault(f"the same as entry {entities[entity]}: put its spellings there")
        for name in (alias.name, *alias.spellings):
            if owners.setdefault(key(name), number) != number:
                other = aliases[owners[key(name)] - 1].name
                raise entry.fault(f'"{name}" is a name of "{other}" too (entry {owners[key(name)]}): keep one of them')
        for name in _taken(alias, entity):
            raise entry.fault(f'"{name}" is the name of something else in the lists: a spelling cannot take it away')


def _taken(alias: Alias, entity: str) -> Iterator[str]:
    """The spellings that are the main name of another entity of the lists."""
    return (text for text in alias.spellings if main_name(text) not in ("", entity))
