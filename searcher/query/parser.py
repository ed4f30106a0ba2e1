"""A typed query read into nodes. It never raises for what a person types: what cannot be read is searched as words,
and a note says which part and how.

    query   = choice
    choice  = run ("OR" run)*
    run     = ["AND"] unit (["AND"] unit)*       units side by side: all (or, with match="any", at least one)
    unit    = ("NOT" | "-") unit | "(" choice ")" | word | "phrase"
"""

import re
from dataclasses import dataclass, field

from searcher.analysis import exact_word, forms, words
from searcher.choices import DATE_FIELD, TEXT_FIELDS, VALUE_FIELDS
from searcher.query.combine import all_of, any_of, boosted, in_field
from searcher.query.lexer import Symbol, clean, symbols
from searcher.query.nodes import (
    And,
    DateRange,
    Everything,
    Fuzzy,
    Leaf,
    Node,
    Not,
    Nothing,
    Phrase,
    Prefix,
    Term,
    Wildcard,
)
from searcher.query.periods import span

__all__ = ["MAX_CHARACTERS", "MAX_DEPTH", "MAX_UNITS", "ParsedQuery", "parse"]

# Nobody types more than this; what a program pastes beyond it is cut, with a note. 64 words and 32 levels keep the
# slowest query at 100,000 articles under a second.
MAX_CHARACTERS = 2_000
MAX_UNITS = 64
MAX_DEPTH = 32
MAX_FUZZY = 2
# Two letters changed in a word of five make another word: 1 up to here, 2 beyond.
FUZZY_ONE_UP_TO = 5

_FIELDS = (*TEXT_FIELDS, *VALUE_FIELDS, DATE_FIELD)
_ALIASES = {"lang": "language", "place": "location"}
_BOOST = re.compile(r"(?<=.)\^(\d+(?:\.\d+)?)$")
_FUZZY = re.compile(r"(?<=\w)~(\d?)$")
_FIELD = re.compile(r"([A-Za-z]+):(?=.)")
_SPACED_FIELD = re.compile(rf"\b({'|'.join(_FIELDS)}):\s+(?=\S)", re.IGNORECASE)
_TRAILING = re.compile(r"[?!.,;:]+$")


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What a query means and, in `notes`, how it was read where that is not obvious."""

    node: Node
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Unit:
    node: Node
    negated: bool
    joined: bool  # an explicit AND stands before it


@dataclass(slots=True)
class _Parser:
    symbols: list[Symbol]
    any: bool
    notes: list[str] = field(default_factory=list)
    at: int = 0
    depth: int = 0
    units: int = 0

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def peek(self) -> Symbol | None:
        return self.symbols[self.at] if self.at < len(self.symbols) else None

    def operator(self) -> str:
        symbol = self.peek()
        return symbol.text if symbol and symbol.kind == "word" and symbol.text in ("AND", "OR", "NOT") else ""

    def choice(self) -> Node | None:
        runs = [self.run()]
        while self.operator() == "OR":
            self.at += 1
            runs.append(self.run())
        found = [run for run in runs if run is not None]
        if len(runs) > 1 and len(found) < len(runs):
            self.note("OR with nothing on one side was left out")
        if len(found) > 1 and not self.any and any(isinstance(run, And) for run in found):
            self.note("AND binds tighter than OR: put the alternatives in parentheses to group them otherwise")
        return any_of(found)

    def run(self) -> Node | None:
        units: list[_Unit] = []
        joined = False
        while (symbol := self.peek()) and symbol.kind != "close" and self.operator() != "OR":
            if self.operator() == "AND":
                self.at += 1
                joined = bool(units)
                continue
            unit = self.unit(joined=joined)
            joined = False
            if unit:
                units.append(unit)
        return self.combine(units)

    def unit(self, *, joined: bool) -> _Unit | None:
        negated = False
        while self.operator() == "NOT":
            self.at += 1
            negated = not negated
        symbol = self.peek()
        if symbol is None or symbol.kind == "close" or self.operator():
            if negated:
                self.note("NOT with nothing after it was left out")
            return None
        self.at += 1
        node = self.group(symbol) if symbol.kind == "open" else self.leaf(symbol)
        minus = symbol.kind == "word" and symbol.text[0] == "-" and len(symbol.text) > 1
        negated ^= minus or symbol.negated
        return _Unit(node, negated, joined) if node is not None else None

    def group(self, opening: Symbol) -> Node | None:
        if self.depth >= MAX_DEPTH:
            self.note(f"parentheses deeper than {MAX_DEPTH} were left out")
            return None
        self.depth += 1
        inner = self.choice()
        self.depth -= 1
        closing = self.peek()
        boost = 1.0
        if closing and closing.kind == "close":
            boost = closing.boost
            self.at += 1
        else:
            self.note("a parenthesis is not closed: read to the end")
        if opening.field and inner is not None:
            inner = self.in_field(opening.field, inner)
        return boosted(inner, boost) if inner is not None else None

    def in_field(self, name: str, node: Node) -> Node:
        known = self.known_field(name)
        if not known or known == DATE_FIELD:
            self.note(f"{name}:(…) is no field with words: searched everywhere")
            return node
        return in_field(node, known)

    def leaf(self, symbol: Symbol) -> Node | None:
        if self.units >= MAX_UNITS:
            self.note(f"a query has at most {MAX_UNITS} words and phrases: the rest was left out")
            return None
        node = self.quoted(symbol) if symbol.kind == "quoted" else self.word(symbol.text)
        if node is not None:
            self.units += 1
        return node

    def quoted(self, symbol: Symbol) -> Node | None:
        if not symbol.closed:
            self.note(f"the quotation mark at character {symbol.at} is not closed: read as a phrase to the end")
        name = self.known_field(symbol.field) if symbol.field else None
        if symbol.field and not name:
            self.note(f"there is no field {symbol.field}: searched as words (fields: {', '.join(_FIELDS)})")
            return boosted(Phrase(f"{symbol.field} {symbol.inner}"), symbol.boost)
        if name == DATE_FIELD:
            return self.date(symbol.inner)
        if not forms(symbol.inner):
            return None
        return boosted(Phrase(symbol.inner, name, slop=symbol.slop, exact=symbol.exact), symbol.boost)

    def word(self, text: str) -> Node | None:
        text = text.lstrip("+-") if len(text) > 1 else text
        boost = _BOOST.search(text)
        if boost:
            text = text[: boost.start()]
        node = self.fielded(text)
        return boosted(node, float(boost[1])) if boost else node

    def fielded(self, text: str) -> Node | None:
        named = _FIELD.match(text)
        if not named or text[named.end() :].startswith("//"):
            return self.plain(text, None)
        rest = text[named.end() :]
        name = self.known_field(named[1])
        if name is None:
            self.note(f"there is no field {named[1]}: searched as words (fields: {', '.join(_FIELDS)})")
            return all_of([node for node in (self.plain(named[1], None), self.plain(rest, None)) if node])
        return self.date(rest) if name == DATE_FIELD else self.plain(rest, name)

    def known_field(self, name: str) -> str | None:
        lowered = name.lower()
        lowered = _ALIASES.get(lowered, lowered)
        return lowered if lowered in _FIELDS else None

    def plain(self, text: str, name: str | None) -> Node | None:
        if text in ("*", "**") and name is None:
            return Everything()
        if text.startswith("="):
            return self.exactly(text[1:], name)
        fuzzy = _FUZZY.search(text)
        if fuzzy:
            return self.fuzzy(text[: fuzzy.start()], fuzzy[1], name)
        if "//" not in text and ("*" in text or "?" in text.rstrip("?!")):
            return self.pattern(text.rstrip("!"), name)
        text = _TRAILING.sub("", text)
        return Term(text, name) if forms(text) else None

    def exactly(self, text: str, name: str | None) -> Node | None:
        word = exact_word(text)
        if word:
            return Term(word, name, exact=True)
        return Phrase(text, name, exact=True) if forms(text) else None

    def fuzzy(self, text: str, distance: str, name: str | None) -> Node | None:
        found = words(text)
        if len(found) != 1:
            self.note(f"{text}~ is more than one word: searched as a phrase")
            return Phrase(text, name) if found else None
        wanted = int(distance) if distance else (1 if len(found[0]) <= FUZZY_ONE_UP_TO else 2)
        if wanted > MAX_FUZZY:
            self.note(f"{text}~{distance}: at most {MAX_FUZZY} letters may differ")
        return Fuzzy(found[0], name, distance=min(wanted, MAX_FUZZY)) if wanted else self.exactly(text, name)

    def pattern(self, text: str, name: str | None) -> Node | None:
        pieces = [piece for piece in re.split(r"([*?])", text) if piece]
        folded = "".join(piece if piece in "*?" else "".join(words(piece)) for piece in pieces)
        folded = re.sub(r"\*+", "*", folded)
        if not folded.strip("*?"):
            self.note(f"{text} stands for every word: left out")
            return None
        stem = folded[:-1]
        if folded.endswith("*") and "*" not in stem and "?" not in stem:
            return Prefix(stem, name)
        return Wildcard(folded, name)

    def date(self, text: str) -> Node | None:
        days = span(text)
        if days is None:
            self.note(f"date:{text} is no year, month, day or range of them (2017-10..2017-12): searched as words")
            return Term(text) if forms(text) else None
        first, last = days
        return Nothing() if first and last and first > last else DateRange(first, last)

    def combine(self, units: list[_Unit]) -> Node | None:
        if not units:
            return None
        groups: list[list[Node]] = []
        for unit in units:
            node = Not(unit.node) if unit.negated else unit.node
            if unit.joined and groups:
                groups[-1].append(node)
            else:
                groups.append([node])
        if not self.any:
            return all_of([node for group in groups for node in group])
        narrowing = [group[0] for group in groups if len(group) == 1 and _narrows(group[0])]
        wanted = [all_of(group) for group in groups if not (len(group) == 1 and _narrows(group[0]))]
        found = any_of([node for node in wanted if node is not None])
        return all_of([*([found] if found else []), *narrowing])


def parse(text: str, *, match: str = "all") -> ParsedQuery:
    """Read a query. With `match="any"` words side by side are alternatives; an empty query is Everything."""
    notes = []
    if len(text) > MAX_CHARACTERS:
        notes.append(f"a query has at most {MAX_CHARACTERS} characters: the rest was left out")
        text = text[:MAX_CHARACTERS]
    parser = _Parser(list(symbols(_SPACED_FIELD.sub(r"\1:", clean(text)))), any=match == "any", notes=notes)
    found: list[Node] = []
    while parser.peek():
        node = parser.choice()
        if node is not None:
            found.append(node)
        if parser.peek():  # only a closing parenthesis ends a choice
            parser.note("a closing parenthesis without an opening one was left out")
            parser.at += 1
    node = any_of(found) if match == "any" else all_of(found)
    if node is None and text.strip():
        parser.note("nothing in the query is a word: every article is shown")
    return ParsedQuery(node if node is not None else Everything(), tuple(parser.notes))


def _narrows(node: Node) -> bool:
    """Parts that say where to look rather than what for: with match="any" too, all of them hold."""
    return isinstance(node, Not | DateRange) or (isinstance(node, Leaf) and node.field in VALUE_FIELDS)
