"""A typed query read into nodes. It never raises for what a person types: what cannot be read is searched as words,
and a note says which part and how.

    query   = choice
    choice  = run ("OR" run)*
    run     = ["AND"] unit (["AND"] unit)*       units side by side: all (or, with match="any", at least one)
    unit    = ("NOT" | "-") unit | "(" choice ")" | word | "phrase"

This module reads how units are put together; `leaves` reads each of them.
"""

import re
from dataclasses import dataclass, field

from searcher.choices import DATE_FIELD, EVENT_FIELD
from searcher.query.combine import all_of, any_of, boosted, in_field, narrows, negated
from searcher.query.leaves import FIELDS, LeafReader, known_field
from searcher.query.lexer import Symbol, clean, symbols
from searcher.query.nodes import Everything, Node, Nothing

__all__ = ["MAX_CHARACTERS", "MAX_DEPTH", "MAX_UNITS", "ParsedQuery", "parse"]

# Nobody types more than this; what a program pastes beyond it is cut, with a note. 64 words and 32 levels keep the
# slowest query at 100,000 articles under a second.
MAX_CHARACTERS = 2_000
MAX_UNITS = 64
MAX_DEPTH = 32

_SPACED_FIELD = re.compile(rf"\b({'|'.join(FIELDS)}):\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What a query means and, in `notes`, how it was read where that is not obvious."""

    node: Node
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Unit:
    node: Node
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

    def query(self) -> Node | None:
        """Everything there is: a closing parenthesis that none opened ends a choice, not the query."""
        found: list[Node] = []
        while self.peek():
            node = self.choice()
            if node is not None:
                found.append(node)
            if self.peek():
                self.note("a closing parenthesis without an opening one was left out")
                self.at += 1
        return any_of(found) if self.any else all_of(found)

    def choice(self) -> Node | None:
        runs = [self.run()]
        while self.operator() == "OR":
            self.at += 1
            runs.append(self.run())
        found = [node for node in (self.together(run) for run in runs) if node is not None]
        if len(found) < len(runs) > 1:
            self.note("OR with nothing on one side was left out")
        if len(found) > 1 and not self.any and any(len(run) > 1 for run in runs):
            self.note("AND binds tighter than OR: put the alternatives in parentheses to group them otherwise")
        return any_of(found)

    def run(self) -> list[_Unit]:
        units: list[_Unit] = []
        joined = False
        while (symbol := self.peek()) and symbol.kind != "close" and self.operator() != "OR":
            if self.operator() == "AND":
                if joined or not units:
                    self.lone_and()
                self.at += 1
                joined = bool(units)
                continue
            node = self.unit()
            if node is not None:
                units.append(_Unit(node, joined))
                joined = False
        if joined:
            self.lone_and()
        return units

    def lone_and(self) -> None:
        self.note("AND with nothing on one side was left out")

    def unit(self) -> Node | None:
        refused = False
        while self.operator() == "NOT":
            self.at += 1
            refused = not refused
        symbol = self.peek()
        if symbol is None or symbol.kind == "close" or self.operator():
            self.note("NOT with nothing after it was left out")
            return None
        self.at += 1
        node = self.group(symbol) if symbol.kind == "open" else self.leaf(symbol)
        return negated(node) if node is not None and refused != symbol.negated else node

    def group(self, opening: Symbol) -> Node | None:
        if self.depth >= MAX_DEPTH:
            self.note(f"parentheses deeper than {MAX_DEPTH} were left out")
            return None
        self.depth += 1
        inner = self.choice()
        self.depth -= 1
        closing = self.peek()
        if closing:
            self.at += 1
        else:
            self.note("a parenthesis is not closed: read to the end")
        if opening.field and inner is not None:
            inner = self.in_field(opening.field, inner)
        return boosted(inner, closing.boost if closing else 1.0)

    def in_field(self, name: str, node: Node) -> Node:
        known = known_field(name)
        if not known or known in (DATE_FIELD, EVENT_FIELD):
            self.note(f"{name}:(…) is no field with words: searched everywhere")
            return node
        return in_field(node, known)

    def leaf(self, symbol: Symbol) -> Node | None:
        if self.units >= MAX_UNITS:
            self.note(f"a query has at most {MAX_UNITS} words and phrases: the rest was left out")
            return None
        node = LeafReader(self.note).read(symbol)
        if node is not None:
            self.units += 1
        return node

    def together(self, units: list[_Unit]) -> Node | None:
        """Units side by side: all of them; with match="any" one of them, but all that only narrow."""
        if not self.any:
            return all_of([unit.node for unit in units])
        groups: list[list[Node]] = []
        for unit in units:
            if unit.joined and groups:
                groups[-1].append(unit.node)
            else:
                groups.append([unit.node])
        nodes = [node for node in map(all_of, groups) if node is not None]
        wanted = any_of([node for node in nodes if not narrows(node)])
        return all_of([*([wanted] if wanted else []), *(node for node in nodes if narrows(node))])


def parse(text: str, *, match: str = "all") -> ParsedQuery:
    """Read a query. With `match="any"` words side by side are alternatives; an empty query is Everything."""
    notes = []
    if len(text) > MAX_CHARACTERS:
        notes.append(f"a query has at most {MAX_CHARACTERS} characters: the rest was left out")
        text = text[:MAX_CHARACTERS]
    parser = _Parser(list(symbols(_SPACED_FIELD.sub(r"\1:", clean(text)))), any=match == "any", notes=notes)
    node = parser.query()
    if node is None and text.strip():
        parser.note("nothing in the query is a word")
        node = Nothing()
    return ParsedQuery(node if node is not None else Everything(), tuple(parser.notes))
