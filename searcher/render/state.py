"""A search as the query string of a URL: whole, so that a link to a page is a link to its results."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from searcher.choices import TIME_LIMIT, VALUE_FIELDS

__all__ = ["PAGE_SIZE", "PARAMETERS", "State"]

PAGE_SIZE = 10

_MANY = tuple(prefix + name for name in VALUE_FIELDS for prefix in ("", "not_"))
_FLAGS = ("phrase", "exact")
_CHOICES = ("sort", "match", "copies")
_ONE = ("after", "before", *_CHOICES, "time_limit", *_FLAGS)
PARAMETERS = ("q", *_MANY, *_ONE, "page")
# What need not stand in a URL because it is so anyway.
_USUAL = {"sort": "relevance", "match": "all", "copies": "all"}
_SECONDS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,6})?")
_OFF = ("", "0", "no", "off", "false")


@dataclass(frozen=True, slots=True)
class State:
    """Parameters in a fixed order: q, then picked and excluded values, then one of each option, then the page."""

    params: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, params: Iterable[tuple[str, str]]) -> "State":
        """The state in a query string; names it does not know are left out, hyphens count as underscores."""
        named = [(name.replace("-", "_"), value) for name, value in params]
        given = [(name, value if name in _CHOICES else value.strip()) for name, value in named]
        last = {name: _tidy(name, value) for name, value in given}
        many = ((name, value) for wanted in _MANY for name, value in dict.fromkeys(given) if name == wanted and value)
        one = ((name, last[name]) for name in (*_ONE, "page") if last.get(name))
        return cls((*(("q", text) for text in [last.get("q")] if text), *many, *one))

    @classmethod
    def of(cls, query: str, options: Mapping[str, Any]) -> "State":
        """The state of a search made by `Archive.search(query, **options)`."""
        params: list[tuple[str, str]] = [("q", query)]
        for name, value in options.items():
            if name in _MANY:
                params += [(name, item) for item in ([value] if isinstance(value, str) else value or ())]
            elif name in _ONE and value:
                params.append((name, "1" if value is True else str(value)))
        return cls.read(params)

    @property
    def query(self) -> str:
        """The words typed."""
        return self.one("q")

    @property
    def page(self) -> int:
        """The page, from 1."""
        return int(self.one("page") or 1)

    def one(self, name: str) -> str:
        """The value of a parameter, empty where it is not given."""
        return dict(self.params).get(name, "")

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a parameter."""
        return tuple(value for given, value in self.params if given == name)

    def options(self) -> dict[str, Any]:
        """What to hand to `Archive.search` besides the query."""
        made: dict[str, Any] = {name: self.all(name) for name in _MANY if self.all(name)}
        made |= {name: self.one(name) for name in ("after", "before", *_CHOICES) if self.one(name)}
        made |= {name: True for name in ("phrase", "exact") if self.one(name)}
        made |= {"time_limit": float(self.one("time_limit"))} if self.one("time_limit") else {}
        return made | {"limit": PAGE_SIZE, "offset": (self.page - 1) * PAGE_SIZE}

    def plus(self, name: str, value: str) -> "State":
        """With one more value, on the first page."""
        return State.read([*self._but("page"), (name, value)])

    def minus(self, name: str, value: str) -> "State":
        """Without one value, on the first page."""
        return State.read([entry for entry in self._but("page") if entry != (name, value)])

    def set(self, **values: str) -> "State":
        """With parameters set or, where empty, unset; on the first page unless a page is set."""
        return State.read([*self._but("page", *values), *((name, value) for name, value in values.items() if value)])

    def hidden(self) -> tuple[tuple[str, str], ...]:
        """What a form must carry along: the values picked and excluded."""
        return tuple(entry for entry in self.params if entry[0] in _MANY)

    def url(self, path: str = "/") -> str:
        """A link to this state."""
        return f"{path}?{urlencode(self.params)}" if self.params else path

    def _but(self, *names: str) -> list[tuple[str, str]]:
        return [entry for entry in self.params if entry[0] not in names]


def _tidy(name: str, value: str) -> str:
    """The value of a parameter as it is kept: empty for the usual one and for what cannot be meant."""
    if name in _FLAGS:
        return "" if value.lower() in _OFF else "1"
    if name == "page":
        number = int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1
        return str(number) if number > 1 else ""
    if name == "time_limit":  # a stranger may ask for less time, not for more
        return value if _SECONDS.fullmatch(value) and 0 < float(value) < TIME_LIMIT else ""
    return "" if value == _USUAL.get(name) else value
