"""One word or phrase of a query read into a node, with its field, pattern, distance and boost.

What cannot be read as what it looks like is searched as words, and a note says so.
"""

import re
from collections.abc import Callable

from searcher.analysis import exact_word, forms, has_grams, words
from searcher.choices import DATE_FIELD, EVENT_FIELD, TEXT_FIELDS, VALUE_FIELDS
from searcher.languages import language_code
from searcher.query.combine import all_of, boosted
from searcher.query.lexer import Symbol
from searcher.query.nodes import DateRange, Everything, Fuzzy, Node, Nothing, Phrase, Prefix, Term, Wildcard
from searcher.query.periods import span

__all__ = ["FIELDS", "LeafReader", "known_field"]

FIELDS = (*TEXT_FIELDS, *VALUE_FIELDS, DATE_FIELD, EVENT_FIELD)
MAX_FUZZY = 2
# Two letters changed in a word of five make another word: 1 up to here, 2 beyond.
FUZZY_ONE_UP_TO = 5

_ALIASES = {"lang": "language", "mentions": "mention", "place": "location"}
_BOOST = re.compile(r"(?<=.)\^(\d+(?:\.\d+)?)$")
_FUZZY = re.compile(r"(?<=\w)~([\d.]*)[?!,;:]*$")
_FIELD = re.compile(r"([A-Za-z]+):(?=.)")
_TRAILING = re.compile(r"[?!.,;:]+$")
_STAR_AT_WORD = re.compile(r"\w\*|\*\w")


def known_field(name: str) -> str | None:
    """The field that is meant by a name before a colon; None where there is none."""
    lowered = name.lower()
    lowered = _ALIASES.get(lowered, lowered)
    return lowered if lowered in FIELDS else None


class LeafReader:
    """Reads words and phrases; each note is handed to `note`."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note

    def read(self, symbol: Symbol) -> Node | None:
        """The node for a quoted symbol or a word; None where there is nothing to look for in it."""
        return self._quoted(symbol) if symbol.kind == "quoted" else self._word(symbol.text)

    def _quoted(self, symbol: Symbol) -> Node | None:
        inner = symbol.inner
        name = known_field(symbol.field) if symbol.field else None
        if symbol.field and not name:
            self._no_field(symbol.field)
            return boosted(Phrase(f"{symbol.field} {inner}"), symbol.boost)
        if name in (DATE_FIELD, EVENT_FIELD):
            return self._date(inner, name)
        if name == "language":
            inner = language_code(inner) or inner
        if not forms(inner):
            return None
        if not symbol.closed:
            self._note(f'a quotation mark is not closed: read as the phrase "{inner}"')
        if _STAR_AT_WORD.search(inner):
            self._note(f'"{inner}": between quotation marks * stands for no letters')
        if symbol.slop is None:
            self._note(f'"{inner}"~ does not say how near: searched as a phrase, "{inner}"~5 allows five other words')
        return boosted(Phrase(inner, name, slop=symbol.slop or 0, exact=symbol.exact), symbol.boost)

    def _word(self, text: str) -> Node | None:
        text = text.lstrip("+-") if len(text) > 1 else text
        boost = _BOOST.search(text)
        if boost:
            text = text[: boost.start()]
        node = self._fielded(text)
        return boosted(node, float(boost[1])) if boost else node

    def _fielded(self, text: str) -> Node | None:
        named = _FIELD.match(text)
        if not named or text[named.end() :].startswith("//"):
            return self._plain(text, None)
        rest = text[named.end() :]
        name = known_field(named[1])
        if name is None:
            self._no_field(named[1])
            return all_of([node for node in (self._plain(named[1], None), self._plain(rest, None)) if node])
        if name in (DATE_FIELD, EVENT_FIELD):
            return self._date(rest, name)
        return self._plain(language_code(rest) or rest if name == "language" else rest, name)

    def _no_field(self, name: str) -> None:
        self._note(f"there is no field {name}: searched as words (fields: {', '.join(FIELDS)})")

    def _plain(self, text: str, name: str | None) -> Node | None:
        if text in ("*", "**") and name is None:
            return Everything()
        if text.startswith("="):
            return self._exactly(text[1:], name)
        fuzzy = _FUZZY.search(text)
        if fuzzy:
            return self._fuzzy(text[: fuzzy.start()], fuzzy[1].rstrip("."), name)
        if "//" not in text and ("*" in text or "?" in text.rstrip("?!")):
            return self._pattern(text.rstrip("!"), name)
        text = _TRAILING.sub("", text)
        return Term(text, name) if forms(text) else None

    def _exactly(self, text: str, name: str | None) -> Node | None:
        word = exact_word(text)
        if word:
            return Term(word, name, exact=True)
        return Phrase(text, name, exact=True) if forms(text) else None

    def _fuzzy(self, text: str, distance: str, name: str | None) -> Node | None:
        found = words(text)
        if len(found) != 1:
            self._note(f"{text}~ is more than one word: searched as a phrase")
            return Phrase(text, name) if found else None
        usual = 1 if len(found[0]) <= FUZZY_ONE_UP_TO else MAX_FUZZY
        if distance in ("", "1", "2"):
            return Fuzzy(found[0], name, distance=int(distance or usual))
        if not distance.strip("0."):
            return self._exactly(text, name)
        wanted = usual if "." in distance else MAX_FUZZY
        self._note(f"{text}~{distance}: 1 to {MAX_FUZZY} letters may differ, {wanted} is taken")
        return Fuzzy(found[0], name, distance=wanted)

    def _pattern(self, text: str, name: str | None) -> Node | None:
        if has_grams(text):  # every stretch of a run is found already, whatever stands around it
            plain = " ".join(re.split(r"[*?]+", text)).strip()
            if "*" in text.strip("*") or "?" in text:
                self._note(f"{text}: * and ? stand for nothing in a script without spaces: searched as a phrase")
            return Phrase(plain, name) if forms(plain) else None
        pieces = [piece for piece in re.split(r"([*?])", text) if piece]
        folded = "".join(piece if piece in "*?" else "".join(words(piece)) for piece in pieces)
        folded = re.sub(r"\*+", "*", folded)
        if not folded.strip("*?"):
            self._note(f"{text} stands for every word: left out")
            return None
        start = folded[:-1]
        if folded.endswith("*") and "*" not in start and "?" not in start:
            return Prefix(start, name)
        return Wildcard(folded, name)

    def _date(self, text: str, name: str) -> Node | None:
        days = span(text)
        if days is None:
            self._note(f"{name}:{text} is no year, month, day or range of them (2017-10..2017-12): searched as words")
            return Phrase(text) if forms(text) else None
        first, last = days
        if first and last and first > last:
            self._note(f"{name}:{text} ends before it begins: no article can match")
            return Nothing()
        return DateRange(first, last, name)
