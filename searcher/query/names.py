"""Names in a query also match their other spellings.

Who knows the spellings is handed in: this module knows queries, not gazetteers.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from searcher.analysis import words
from searcher.choices import NAME_FIELDS
from searcher.query.nodes import And, Boost, Node, Not, Or, Phrase, Prefer, Term, Value

__all__ = ["MAX_NAME_WORDS", "MAX_SPELLINGS", "Spell", "as_written", "expand_names"]

# "Organisation for the Prohibition of Chemical Weapons" has seven words.
MAX_NAME_WORDS = 7
# The usual spellings come first; a name with more has them for scripts and centuries that an archive seldom mixes.
MAX_SPELLINGS = 12
# What a note names; the marks show the rest.
SHOWN = 6
# A spelling that was not typed counts for less, so that the typed one comes first. Rare spellings score high by being
# rare: with 1 in 10 articles naming Syria and 1 in 10,000 in another script, three times as high.
OTHER_SPELLING = 0.3

Spell = Callable[[str], Sequence[str]]
"""The other spellings of a name, most usual first; empty for what is no name."""


def expand_names(node: Node, spell: Spell) -> tuple[Node, tuple[str, ...]]:
    """The node with every name also in its other spellings, and a note for each name."""
    notes: list[str] = []
    return _expand(node, spell, notes), tuple(notes)


def _expand(node: Node, spell: Spell, notes: list[str]) -> Node:
    match node:
        case Prefer(inner):
            return replace(node, node=_expand(inner, spell, notes))
        case And(nodes):
            expanded = _expand_run(nodes, spell, notes)
            return And(tuple(expanded)) if len(expanded) > 1 else expanded[0]
        case Or(nodes):
            return replace(node, nodes=tuple(_expand(child, spell, notes) for child in nodes))
        case Not(inner):
            return Not(_expand(inner, spell, notes))
        case Boost(inner, factor):
            return Boost(_expand(inner, spell, notes), factor)
        case Term(text, None, False) | Phrase(text, None, 0, False):
            return _named(node, text, spell, notes) or node
        case Term(text, str(field), False) | Phrase(text, str(field), 0, False) if field in NAME_FIELDS:
            others = _others(text, spell, notes)
            return Or((node, *(Value(other, field) for other in others)), best=True) if others else node
        case _:
            return node


def _expand_run(nodes: tuple[Node, ...], spell: Spell, notes: list[str]) -> list[Node]:
    """Neighbouring words that are one name are taken together, the longest name first."""
    done: list[Node] = []
    at = 0
    while at < len(nodes):
        for width in range(min(MAX_NAME_WORDS, len(nodes) - at), 1, -1):
            run = nodes[at : at + width]
            if not all(isinstance(child, Term) and child.field is None and not child.exact for child in run):
                continue
            text = " ".join(child.text for child in run if isinstance(child, Term))
            named = _named(Prefer(And(run), Phrase(text)), text, spell, notes)
            if named:
                done.append(named)
                at += width
                break
        else:
            done.append(_expand(nodes[at], spell, notes))
            at += 1
    return done


def _named(node: Node, text: str, spell: Spell, notes: list[str]) -> Node | None:
    """The name in all its spellings; of several in one article the best counts, since they are one name."""
    others = _others(text, spell, notes)
    if not others:
        return None
    return Or((node, *(Boost(as_written(other), OTHER_SPELLING) for other in others)), best=True)


def _others(text: str, spell: Spell, notes: list[str]) -> tuple[str, ...]:
    others = tuple(spell(text))[:MAX_SPELLINGS]
    if others:
        shown = ", ".join(others[:SHOWN]) + (f" and {len(others) - SHOWN} more" if len(others) > SHOWN else "")
        typed = f'"{text}"' if " " in text else text
        note = f"{text} also matches {shown} (={typed} turns it off)"
        notes += [note] if note not in notes else []
    return others


def as_written(spelling: str) -> Node:
    """A spelling as it is, a word without its stem: Paris is no form of pari."""
    parts = words(spelling)
    return Term(parts[0], exact=True) if len(parts) == 1 else Phrase(spelling, exact=True)
