"""Words of a text with their positions and offsets.

What counts as a word:

- letters and digits with their marks; no stop list, so positions are true; of scripts without spaces every character
  and every pair of them, wherever in a text they stand (`searcher.analysis.grams`);
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
from searcher.analysis.grams import cut, grams, has_grams
from searcher.analysis.stem import algorithm_of, stem

__all__ = ["Token", "exact_word", "forms", "tokens", "words"]

# One compound of more parts than this is a slogan or a machine's name: its whole is not worth a term.
MAX_PARTS_OF_WHOLE = 4
# Distinct spellings kept; 100,000 news articles have about 400,000, each entry takes some 300 bytes. Longer ones are
# seldom words and never come twice.
MAX_CACHED = 400_000
LONGEST_CACHED = 60
# Of each language with an algorithm of its own, of which an archive may have twenty.
MAX_CACHED_OF_LANGUAGE = 50_000


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


class _Taken(NamedTuple):
    """A spelling taken apart: its tokens, the positions it takes, and the terms by which it is looked for.

    A compound has two `readings`: its parts, and its whole. A `run` is one of a script without spaces.
    """

    pieces: tuple[_Piece, ...]
    width: int
    readings: tuple[tuple[str, ...], ...]
    run: bool = False


class _Spellings(dict[str, _Taken]):
    """Spelling as written -> its tokens, stemmed by an `algorithm`: each spelling is taken apart once."""

    def __init__(self, algorithm: str) -> None:
        super().__init__()
        self._algorithm = algorithm
        self._most = MAX_CACHED_OF_LANGUAGE if algorithm else MAX_CACHED

    def __missing__(self, spelling: str) -> _Taken:
        if len(self) >= self._most:
            self.clear()
        taken = _take_apart(spelling, self._algorithm)
        if len(spelling) <= LONGEST_CACHED:
            self[sys.intern(spelling)] = taken
        return taken


class _OfLanguages(dict[str, _Spellings]):
    """Algorithm -> the spellings of texts that it stems."""

    def __missing__(self, algorithm: str) -> _Spellings:
        made = self[algorithm] = _Spellings(algorithm)
        return made


def _take_apart(spelling: str, algorithm: str) -> _Taken:
    parts = [part for part in _parts(spelling) if part[0]]
    pieces = [_Piece(word, stem(word, algorithm), n, start, end) for n, (word, start, end) in enumerate(parts)]
    terms = tuple(piece.term for piece in pieces)
    if 1 < len(parts) <= MAX_PARTS_OF_WHOLE and not all(word.isdigit() for word, _, _ in parts):
        whole = "".join(word for word, _, _ in parts)
        pieces.insert(0, _Piece(whole, stem(whole, algorithm), 0, parts[0][1], parts[-1][2]))
        return _Taken(tuple(pieces), len(parts), (terms, (pieces[0].term,)))
    return _Taken(tuple(pieces), len(parts), (terms,))


def _take_run(run: str) -> _Taken:
    """The pairs of a run; its last character alone keeps the place of what comes after it."""
    pieces = [_Piece(word, word, position, start, end) for word, position, start, end in grams(run)]
    first = {piece.position: piece.term for piece in reversed(pieces)}
    return _Taken(tuple(pieces), len(first), (tuple(first[position] for position in range(len(first))),), run=True)


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


_SPELLINGS = _OfLanguages()


def _taken_apart(text: str, language: str) -> Iterator[tuple[int, _Taken]]:
    """Where each spelling of a text begins, and its tokens; a run of a script without spaces is one spelling."""
    known = _SPELLINGS[algorithm_of(language)]
    for at, stretch, is_run in cut(text) if has_grams(text) else ((0, text, False),):
        if is_run:
            yield at, _take_run(stretch)
        else:
            for match in grammar_for(stretch).token.finditer(stretch):
                yield at + match.start(), known[match[0]]


def tokens(text: str, language: str = "") -> Iterator[Token]:
    """Every word of a text in a language, in order; the whole of a compound comes before its parts, at one position."""
    position = 0
    for start, taken in _taken_apart(text, language):
        for piece in taken.pieces:
            yield Token(piece.word, piece.term, position + piece.position, start + piece.start, start + piece.end)
        position += taken.width


def words(text: str) -> list[str]:
    """The folded words of `text`, compounds by their parts: what two texts are compared by."""
    found: dict[int, str] = {}
    for token in tokens(text):
        found[token.position] = token.word  # the parts overwrite the whole
    return list(found.values())


def exact_word(text: str) -> str | None:
    """The one folded word that `text` is: `"s300"` for `S-300`; None where it is no word or several."""
    spelled = [taken.pieces for _, taken in _taken_apart(text, "") if taken.width]
    if len(spelled) != 1:
        return None
    first, *_, last = (*spelled[0], spelled[0][-1])
    return first.word if first.end == last.end else None  # the only one, or the whole of all


def forms(text: str, language: str = "") -> list[tuple[str, ...]]:
    """The term sequences by which a typed word or phrase is found in texts in a language, the likeliest first.

    One sequence for plain words. Each compound is looked for as its parts side by side and as its whole, since
    `cease-fire` is written both ways; a phrase with several compounds has at most four forms. A run of a script without
    spaces is looked for by its pairs and, where another word follows, by its last character too, whose place counts.
    """
    sequences: list[tuple[str, ...]] = [()]
    last = None
    for _, taken in _taken_apart(text, language):
        last = taken if taken.width else last
        tails = taken.readings if len(sequences) <= 2 else taken.readings[:1]
        sequences = [done + tail for tail in tails for done in sequences]
    if last and last.run and last.width > 1:
        sequences = [sequence[:-1] for sequence in sequences]
    return [sequence for sequence in sequences if sequence]
