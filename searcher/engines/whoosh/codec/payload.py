"""What a format of Whoosh keeps of a posting beside how often, as JSON.

Whoosh's formats write positions, characters and boosts as pickles. Those are read when they come from Whoosh's own
analysis, kept as numbers, and made again when somebody asks for the bytes: no file holds a pickle.
"""

import json
from base64 import b64decode, b64encode
from typing import Any

from whoosh import formats
from whoosh.system import pack_uint

__all__ = ["LARGEST_COUNT", "implied", "numbers_of", "unwrap", "wrap"]

# Whoosh writes frequencies with 32 bits.
LARGEST_COUNT = 2**32 - 1
# A format is decoded as the richest thing it keeps; the most special class first.
_RICHEST = (
    (formats.CharacterBoosts, "character_boosts"),
    (formats.Characters, "characters"),
    (formats.PositionBoosts, "position_boosts"),
    (formats.Positions, "positions"),
)
# Where the pickle begins in what such a format writes, and with which bytes.
_OFFSETS = (4, 8)
_BEGINNING = b"\x80\x02"


def implied(format_: Any, weight: float) -> bytes:
    """What a format keeps that is known from the weight alone: a frequency, or nothing."""
    counted = isinstance(format_, formats.Frequency) and 0 <= weight <= LARGEST_COUNT
    return bytes(pack_uint(int(weight))) if counted else b""


def numbers_of(format_: Any, value: bytes) -> list[Any] | None:
    """What a value of one of Whoosh's formats says as numbers; None where it does not say it, or not all of it."""
    kind = next((name for known, name in _RICHEST if isinstance(format_, known)), None)
    if kind is None or not any(value[offset : offset + 2] == _BEGINNING for offset in _OFFSETS):
        return None
    found = list(format_.decode_as(kind, value))
    return found if _encoded(format_, found) == value else None


def wrap(format_: Any, value: bytes) -> bytes:
    """The value as JSON: a list of numbers, else its bytes in base 64."""
    numbers = numbers_of(format_, value)
    return json.dumps(b64encode(value).decode() if numbers is None else numbers, separators=(",", ":")).encode()


def unwrap(format_: Any, kept: bytes) -> bytes:
    """The value that `wrap` was given."""
    found = json.loads(kept)
    if isinstance(found, str):
        return b64decode(found, validate=True)
    return _encoded(format_, [tuple(entry) if isinstance(entry, list) else entry for entry in found])


def _encoded(format_: Any, numbers: list[Any]) -> bytes:
    found = format_.encode(numbers)
    return bytes(found[0] if isinstance(found, tuple) else found)  # CharacterBoosts gives the sum of boosts besides
