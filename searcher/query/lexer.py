"""A typed query cut into symbols. Nothing is refused here: every character ends up in a symbol or between two."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Symbol", "clean", "symbols"]

# Quotation marks of all keyboards; “ and ” first of all, which word processors put in by themselves.
_QUOTES = re.compile("[“”„‟«»″＂]")
_SINGLE_QUOTED = re.compile(r"(?<!\w)‘([^‘’]+)’(?!\w)")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SYMBOL = re.compile(
    r"""(?P<space>\s+)
      | (?P<open>[-+]?(?:[A-Za-z]+:)?\((?=.))
      | (?P<close>\)(?:\^(?P<power>\d+(?:\.\d+)?))?)
      | (?P<sign>[-+])?(?P<field>[A-Za-z]+:)?(?P<exact>=)?"(?P<quoted>[^"]*)(?P<end>"?)
            (?:~(?P<slop>\d+))?(?:\^(?P<boost>\d+(?:\.\d+)?))?
      | (?P<word>[^\s"()]+)
      | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol: `kind` is open, close, quoted or word; `text` as typed; `at` its position, from 1.

    Of a quoted one, `inner` is what stands between the quotes and `closed` says whether there was a second one.
    """

    kind: str
    text: str
    at: int
    inner: str = ""
    closed: bool = True
    negated: bool = False
    field: str = ""
    exact: bool = False
    slop: int = 0
    boost: float = 1.0


def clean(text: str) -> str:
    """The query without control and direction characters, in NFC, with every kind of quotation mark as `"`."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    text = "".join(" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in text)
    return _QUOTES.sub('"', _SINGLE_QUOTED.sub(r'"\1"', text))


def symbols(text: str) -> Iterator[Symbol]:
    """The symbols of a cleaned query, in order."""
    for found in _SYMBOL.finditer(text):
        kind = found.lastgroup or ""
        at = found.start() + 1
        if found["open"]:
            opening = found["open"]
            yield Symbol("open", opening, at, negated=opening[0] == "-", field=opening.strip("-+(:"))
        elif found["close"]:
            yield Symbol("close", ")", at, boost=float(found["power"] or 1))
        elif found["quoted"] is not None:
            yield _quoted(found, at)
        elif found["word"]:
            yield Symbol("word", found["word"], at)
        elif kind == "other":
            yield Symbol("word", found[0], at)


def _quoted(found: re.Match[str], at: int) -> Symbol:
    return Symbol(
        "quoted",
        found[0],
        at,
        inner=found["quoted"].strip(),
        closed=bool(found["end"]),
        negated=found["sign"] == "-",
        field=(found["field"] or "").rstrip(":"),
        exact=bool(found["exact"]),
        slop=int((found["slop"] or "0")[:4]),
        boost=float(found["boost"] or 1),
    )
