"""A typed query cut into symbols. Nothing is refused here: every character ends up in a symbol or between two."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from searcher.analysis.fold import UNSEEN

__all__ = ["Symbol", "clean", "symbols"]

# Quotation marks of all keyboards; “ and ” first of all, which word processors put in by themselves.
_QUOTES = re.compile("[“”„‟«»″＂❝❞〝〞〟「」『』]")
_SINGLE_QUOTED = re.compile(r"(?<!\w)[‘‚‹]([^‘’‚‹›]+)[’‘›](?!\w)")
_UNSEEN = re.compile(f"[{UNSEEN}]")
_SYMBOL = re.compile(
    r"""(?P<space>\s+)
      | (?P<open>[-+]?(?:[A-Za-z]+:)?\()
      | (?P<close>\)(?:\^(?P<power>\d+(?:\.\d+)?))?)
      | (?P<sign>[-+])?(?P<field>[A-Za-z]+:)?(?P<exact>=)?"(?P<quoted>[^"]*)(?P<end>"?)
            (?P<near>~(?P<slop>\d*))?(?:\^(?P<boost>\d+(?:\.\d+)?))?
      | (?P<word>[^\s"()]+)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol: `kind` is open, close, quoted or word; `text` as typed.

    Of a quoted one, `inner` is what stands between the quotes, `closed` says whether there was a second one, and
    `slop` is the number after `~`: 0 where there is no `~`, None where no number follows it.
    """

    kind: str
    text: str
    inner: str = ""
    closed: bool = True
    negated: bool = False
    field: str = ""
    exact: bool = False
    slop: int | None = 0
    boost: float = 1.0


def clean(text: str) -> str:
    """The query without control and direction characters, in NFC, with every kind of quotation mark as `"`."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    text = "".join(" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in text)
    return _QUOTES.sub('"', _SINGLE_QUOTED.sub(r'"\1"', text))


def symbols(text: str) -> Iterator[Symbol]:
    """The symbols of a cleaned query, in order."""
    for found in _SYMBOL.finditer(text):
        if found["open"]:
            opening = found["open"]
            yield Symbol("open", opening, negated=opening[0] == "-", field=opening.strip("-+(:"))
        elif found["close"]:
            yield Symbol("close", ")", boost=float(found["power"] or 1))
        elif found["quoted"] is not None:
            yield _quoted(found)
        elif found["word"]:
            word = found["word"]
            yield Symbol("word", word, negated=word[0] == "-" and len(word) > 1)


def _quoted(found: re.Match[str]) -> Symbol:
    slop = found["slop"][:4] if found["near"] else "0"
    return Symbol(
        "quoted",
        found[0],
        inner=found["quoted"].strip(),
        closed=bool(found["end"]),
        negated=found["sign"] == "-",
        field=(found["field"] or "").rstrip(":"),
        exact=bool(found["exact"]),
        slop=int(slop) if slop else None,
        boost=float(found["boost"] or 1),
    )
