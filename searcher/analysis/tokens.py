"""Words of a text with their positions and offsets.

What counts as a word:

- letters and digits with their marks; no stop list, so positions are true; scripts without spaces stay whole runs;
- dotted acronyms are one word (`U.S.` is `us`), numbers keep their fraction and lose their commas (`1,500`, `3.5`);
- a possessive ending is dropped (`Russia's`), a French elision is a word of its own (`l'armée`), any other
  apostrophe is left out (`Da'esh` is `daesh`);
- a compound is its parts at successive positions and, at the position of the first, the whole without its hyphens:
  `cease-fire` is found as `ceasefire`, `cease fire` and `fire`. A designator is a compound however it is written:
  `S-300`, `S300` and `S 300` are found by each other and by `300`, `Tu-95MS` by `Tu-95`.
"""

import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

from searcher.analysis.fold import fold
from searcher.analysis.grammar import NUMBER_OF_PLURAL, PART, POSSESSIVE, THOUSANDS, Grammar, grammar_for
from searcher.analysis.stem import stem

__all__ = ["Token", "exact_word", "forms", "tokens", "words"]

# One compound of more parts than this is a slogan or a machine's name: its whole is not worth a term.
MAX_PARTS_OF_WHOLE = 4
# Distinct spellings kept; 100,000 news articles have about 400,000, each entry takes some 300 bytes. Longer ones are
# seldom words and never come twice.
MAX_CACHED = 400_000
LONGEST_CACHED = 60


class Token(NamedTuple):
    """One word: folded (`word`), stemmed (`term`), its position in the text and its offsets [start, end)."""

    word: str
    term: str
    position: int
    start: int
    end: int


class _Piece(NamedTuple):
    """One token of a spelling, relative to where the spelling stands."""

    word: str
    term: str
    position: int
    start: int
    end: int


class _Spellings(dict[str, tuple[tuple[_Piece, ...], int]]):
    """Spelling as written -> (its tokens, positions it takes): each spelling is taken apart once."""

    def __missing__(self, spelling: str) -> tuple[tuple[_Piece, ...], int]:
        if len(self) >= MAX_CACHED:
            self.clear()
        taken = _take_apart(spelling)
        if len(spelling) <= LONGEST_CACHED:
            self[sys.intern(spelling)] = taken
        return taken


def _take_apart(spelling: str) -> tuple[tuple[_Piece, ...], int]:
    parts = [part for part in _parts(spelling) if part[0]]
    pieces = [_Piece(word, stem(word), n, start, end) for n, (word, start, end) in enumerate(parts)]
    if 1 < len(parts) <= MAX_PARTS_OF_WHOLE and not all(word.isdigit() for word, _, _ in parts):
        whole = "".join(word for word, _, _ in parts)
        pieces.insert(0, _Piece(whole, stem(whole), 0, parts[0][1], parts[-1][2]))
    return tuple(pieces), len(parts)


def _parts(spelling: str) -> Iterator[tuple[str, int, int]]:
    if spelling.isascii() and spelling.isalpha():  # most words: nothing in them to take apart
        yield fold(spelling), 0, len(spelling)
        return
    grammar = grammar_for(spelling)
    match = grammar.token.fullmatch(spelling)
    if match and match["number"]:
        yield fold(spelling.replace(",", "") if THOUSANDS.match(spelling) else spelling), 0, len(spelling)
        return
    start = 0
    if match and match["acronym"]:
        yield fold(match["acronym"].replace(".", "")), 0, match.end("acronym")
        start = match.start("rest") if match["rest"] else len(spelling)
    for part in PART.finditer(spelling, start):
        yield from _words_of_part(part[0], part.start(), grammar)


def _words_of_part(part: str, at: int, grammar: Grammar) -> Iterator[tuple[str, int, int]]:
    plural = NUMBER_OF_PLURAL.match(part) if at else None  # after a hyphen: T-72s are T-72; mid-1990s stay
    possessive = POSSESSIVE.search(part)
    if plural:
        part = plural[1]
    elif possessive:
        part = part[: possessive.start()]
    elision = grammar.elision.match(part)
    if elision:
        yield fold(part[: elision.end()]), at, at + elision.end()
        at, part = at + elision.end(), part[elision.end() :]
    designator = grammar.designator.match(part) or (grammar.variant.match(part) if at else None)
    for start, end in _groups(designator) if designator else [(0, len(part))]:
        yield fold(part[start:end]), at + start, at + end


def _groups(designator: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Where the letters and numbers of `S300` or, after a hyphen, `95MS` stand; the plural ending of `T72s` is left."""
    for number, group in enumerate(designator.groups(), 1):
        if group and (group != "s" or number == 1):
            yield designator.span(number)


_SPELLINGS = _Spellings()


def tokens(text: str) -> Iterator[Token]:
    """Every word of `text` in order; the whole of a compound comes before its parts, at the same position."""
    position = 0
    for match in grammar_for(text).token.finditer(text):
        pieces, width = _SPELLINGS[match[0]]
        start = match.start()
        for piece in pieces:
            yield Token(piece.word, piece.term, position + piece.position, start + piece.start, start + piece.end)
        position += width


def words(text: str) -> list[str]:
    """The folded words of `text`, compounds by their parts: what two texts are compared by."""
    found: dict[int, str] = {}
    for token in tokens(text):
        found[token.position] = token.word  # the parts overwrite the whole
    return list(found.values())


def exact_word(text: str) -> str | None:
    """The one folded word that `text` is: `"s300"` for `S-300`; None where it is no word or several."""
    spelled = [_SPELLINGS[match[0]] for match in grammar_for(text).token.finditer(text)]
    spelled = [(pieces, width) for pieces, width in spelled if width]
    if len(spelled) != 1:
        return None
    pieces, width = spelled[0]
    return pieces[0].word if width == 1 or len(pieces) > width else None


def forms(text: str) -> list[tuple[str, ...]]:
    """The term sequences by which a typed word or phrase is found, the likeliest first.

    One sequence for plain words. Each compound is looked for as its parts side by side and as its whole, since
    `cease-fire` is written both ways; a phrase with several compounds has at most four forms.
    """
    sequences: list[tuple[str, ...]] = [()]
    for match in grammar_for(text).token.finditer(text):
        pieces, width = _SPELLINGS[match[0]]
        named = [piece.term for piece in pieces]
        if len(pieces) > width and len(sequences) <= 2:  # the whole, then its parts
            sequences = [done + tail for tail in (tuple(named[1:]), (named[0],)) for done in sequences]
        else:
            sequences = [done + tuple(named[-width:] if width else ()) for done in sequences]
    return [sequence for sequence in sequences if sequence]
