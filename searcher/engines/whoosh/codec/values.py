"""Stored values as JSON: what JSON has no word for is an object with one key, the tag, that says its kind.

datetime(2017, 10, 31)    {"!": ["datetime", "2017-10-31T00:00:00"]}
("a", 1)                  {"!": ["tuple", ["a", 1]]}
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from searcher.errors import ArchiveDamaged, UsageError

__all__ = ["line_of", "tagged", "untagged"]

# A mapping that has it among its own keys is tagged itself.
TAG = "!"
# Numbers beyond these are floats to some readers of JSON.
LEAST, LARGEST = -(2**63), 2**63 - 1

_WRITERS: dict[type, tuple[str, Callable[[Any], Any]]] = {
    datetime: ("datetime", datetime.isoformat),
    date: ("date", date.isoformat),
    time: ("time", time.isoformat),
    timedelta: ("timedelta", lambda value: [value.days, value.seconds, value.microseconds]),
    Decimal: ("decimal", str),
    float: ("float", repr),  # the infinite and the undefined
    int: ("int", hex),  # of more than 64 bits
    str: (
        "text",
        lambda value: b64encode(value.encode("utf-8", "surrogatepass")).decode(),
    ),  # with halves of characters
    bytes: ("bytes", lambda value: b64encode(value).decode()),
    tuple: ("tuple", lambda value: [tagged(each) for each in value]),
    set: ("set", lambda value: [tagged(each) for each in value]),
    frozenset: ("frozenset", lambda value: [tagged(each) for each in value]),
    dict: ("dict", lambda value: [[tagged(key), tagged(held)] for key, held in value.items()]),
}
_READERS: dict[str, Callable[[Any], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda kept: timedelta(*kept),
    "decimal": Decimal,
    "float": float,
    "int": lambda kept: int(kept, 16),
    "text": lambda kept: b64decode(kept, validate=True).decode("utf-8", "surrogatepass"),
    "bytes": lambda kept: b64decode(kept, validate=True),
    "tuple": lambda kept: tuple(map(untagged, kept)),
    "set": lambda kept: set(map(untagged, kept)),
    "frozenset": lambda kept: frozenset(map(untagged, kept)),
    "dict": lambda kept: {untagged(key): untagged(held) for key, held in kept},
}


def line_of(fields: dict[str, Any]) -> bytes:
    """The stored fields of a document as one line; every value is `tagged` already."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def tagged(value: Any) -> Any:
    """The value as JSON has it.

    Raises:
        UsageError: it is of a type that could be kept as a pickle only.
    """
    kind = type(value)
    if value is None or kind is bool or _is_plain(kind, value):
        return value
    if kind is list:
        return [tagged(each) for each in value]
    if kind is dict and TAG not in value and all(type(key) is str and _is_plain(str, key) for key in value):
        return {key: tagged(held) for key, held in value.items()}
    if kind not in _WRITERS:
        raise UsageError(
            f"{value!r:.80}: a stored value of type {kind.__name__} cannot be kept; give it as text, a number, a date, "
            "bytes, or a collection of them"
        )
    name, write = _WRITERS[kind]
    return {TAG: [name, write(value)]}


def _is_plain(kind: type, value: Any) -> bool:
    """Whether every reader of JSON reads the number or text as it is."""
    if kind is str:
        return bool(value.isascii()) or not any("\ud800" <= letter <= "\udfff" for letter in value)
    if kind is int:
        return bool(LEAST <= value <= LARGEST)
    return kind is float and isfinite(value)


def untagged(value: Any) -> Any:
    """The value that `tagged` was given.

    Raises:
        ArchiveDamaged: it is none.
    """
    if isinstance(value, list):
        return [untagged(each) for each in value]
    if not isinstance(value, dict):
        return value
    if TAG not in value:
        return {key: untagged(held) for key, held in value.items()}
    try:
        name, kept = value[TAG]
        return _READERS[name](kept)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise ArchiveDamaged(
            f"a stored value {value!r:.80} cannot be read; restore the index from a copy, or make it again"
        ) from error
