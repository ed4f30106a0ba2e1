"""Texts to numbers: each distinct piece of writing is analysed once, however often it stands in the archive.

A text is cut at white space, which no word contains; what lies between (`Kamal,` or `"cease-fire"`) is a piece. Most
articles are made of pieces seen before, so cutting a text and looking its pieces up, both in C, is nearly all of the
analysis: 100,000 articles of 314 words hold 30 million pieces, of which one in a hundred is new. A run of a script
without spaces is cut into its characters, each with the next one.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from searcher.analysis import algorithm_of, characters, cut, has_grams, stem, tokens
from searcher.engines.whoosh.codec.container import Array
from searcher.engines.whoosh.codec.packing import ranges, starts_of

__all__ = ["Pieces", "Tokens", "Vocabulary"]

# What may stand around a word and is no part of it.
AROUND = '.,;:!?"()[]'
# Distinct pieces kept before all are forgotten: about 250 bytes each with their words.
MAX_PIECES = 400_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of many texts, one text after the other.

    `words` are numbers of entries in the vocabulary, `docs` the number of the text each stands in, `positions` its
    place there; shape (tokens,). `lengths` is the number of tokens of each text; shape (texts,).
    """

    words: npt.NDArray[np.uint32]
    docs: npt.NDArray[np.uint32]
    positions: npt.NDArray[np.uint32]
    lengths: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a vocabulary knows at one moment, as arrays: it may go on growing.

    Piece p holds the entries `words[starts[p]:starts[p + 1]]` at `offsets` from where the piece begins, and takes
    `widths[p]` positions. An entry is a word and its stem in one language: `name_of` leads to the word among `names`,
    `term_of` to the stem among `terms`.
    """

    names: list[str]
    terms: list[str]
    name_of: npt.NDArray[np.uint32]
    term_of: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.uint32]
    words: npt.NDArray[np.uint32]
    offsets: npt.NDArray[np.uint32]
    widths: npt.NDArray[np.uint32]

    def tokens(self, pieces: npt.NDArray[np.uint32], counts: npt.NDArray[np.int64]) -> Tokens:
        """The words of texts given as pieces; `counts` is how many pieces each text has."""
        docs = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
        places = self._places(pieces, counts)
        sizes = np.diff(self.starts)
        words = np.append(self.words, 0).astype(np.uint32).take(self.starts[:-1]).take(pieces)
        if not sizes.all():  # pieces without a word: dashes and the like
            kept = np.flatnonzero((sizes > 0).take(pieces))
            pieces, words, docs, places = pieces[kept], words[kept], docs[kept], places[kept]
        several = np.flatnonzero((sizes > 1).take(pieces))
        if len(several):
            more = sizes.take(pieces[several]).astype(np.int64) - 1
            flat = ranges(self.starts.take(pieces[several]) + 1, more)
            spots = ranges(several + starts_of(more) + 1, more)
            words = _with(words, spots, self.words[flat])
            heads = np.repeat(docs[several], more)
            places = _with(places, spots, np.repeat(places[several], more) + self.offsets[flat])
            docs = _with(docs, spots, heads)
        return Tokens(words, docs, places, np.bincount(docs, minlength=len(counts)))

    def _places(self, pieces: npt.NDArray[np.uint32], counts: npt.NDArray[np.int64]) -> npt.NDArray[np.uint32]:
        """The position at which each piece begins."""
        widths = self.widths.take(pieces)
        places = np.cumsum(widths, dtype=np.uint32)
        places -= widths
        begins = starts_of(counts)
        before = np.append(places, 0)[begins].astype(np.uint32)
        places -= np.repeat(before, counts)
        return places


def _with(values: npt.NDArray[np.uint32], spots: npt.NDArray[np.int64], more: Array) -> npt.NDArray[np.uint32]:
    """The values with more of them, which come to stand at `spots`."""
    joined = np.empty(len(values) + len(more), dtype=np.uint32)
    others = np.ones(len(joined), dtype=bool)
    others[spots] = False
    joined[spots] = more
    joined[others] = values
    return joined


class _Numbers(dict[str, int]):
    """Text -> its number, in the order in which they were first seen; `texts` are in that order."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self.texts)
        self.texts.append(text)
        return number


class _Entries:
    """Words with their stems, and the pieces that hold them."""

    def __init__(self) -> None:
        self.names = _Numbers()
        self.terms = _Numbers()
        self.name_of = array("I")
        self.term_of = array("I")
        self.starts = array("I", [0])
        self.words = array("I")
        self.offsets = array("I")
        self.widths = array("I")

    def entry(self, word: str, term: str) -> int:
        """The number of a new entry."""
        self.name_of.append(self.names[word])
        self.term_of.append(self.terms[term])
        return len(self.name_of) - 1

    def piece(self, entries: Iterable[int], positions: Sequence[int]) -> int:
        """The number of a new piece, which holds these entries at these positions."""
        self.words.extend(entries)
        self.offsets.extend(positions)
        self.starts.append(len(self.words))
        self.widths.append(max(positions, default=-1) + 1)
        return len(self.widths) - 1

    def piece_of_one(self, entry: int) -> int:
        """The number of a new piece, which holds one entry: most pieces do."""
        self.words.append(entry)
        self.offsets.append(0)
        self.starts.append(len(self.words))
        self.widths.append(1)
        return len(self.widths) - 1


class _PiecesOfLanguage(dict[str, int]):
    """Piece -> its number, in texts that one algorithm stems."""

    def __init__(self, algorithm: str, known: _Entries) -> None:
        super().__init__()
        self._algorithm = algorithm
        self._known = known
        self._entries: dict[str, int] = {}

    def __missing__(self, piece: str) -> int:
        bare = piece.strip(AROUND)
        plain = bare.isascii() and bare.isalpha()
        if plain and bare != piece:  # `Kamal,` is read as `Kamal` is
            number = self[piece] = self[bare]
        elif plain:  # nothing to be taken apart: .6 us instead of 9
            word = bare.lower()
            entry = self._entries.get(word)
            if entry is None:
                entry = self._entry(word, stem(word, self._algorithm))
            number = self[piece] = self._known.piece_of_one(entry)
        else:
            found = list(tokens(piece, self._algorithm))
            entries = [self._entry(token.word, token.term) for token in found]
            number = self[piece] = self._known.piece(entries, [token.position for token in found])
        return number

    def _entry(self, word: str, term: str) -> int:
        number = self._entries.get(word)
        if number is None:
            number = self._entries[word] = self._known.entry(word, term)
        return number


class _Places(dict[tuple[str, str], int]):
    """A character and the next one, none at the end of a run -> the number of the piece with its words."""

    def __init__(self, known: _Entries) -> None:
        super().__init__()
        self._known = known
        self._entries: dict[str, int] = {}

    def __missing__(self, here: tuple[str, str]) -> int:
        character, after = here
        words = (character + after, character) if after else (character,)
        for word in words:
            if word not in self._entries:
                self._entries[word] = self._known.entry(word, word)
        number = self[here] = self._known.piece(map(self._entries.__getitem__, words), [0] * len(words))
        return number

    def of_run(self, run: str) -> Iterable[int]:
        """The numbers of the pieces of a run."""
        found = characters(run)
        return map(self.__getitem__, zip(found, (*found[1:], ""), strict=True))


class Vocabulary:
    """Numbers the pieces of texts, in every language apart."""

    def __init__(self) -> None:
        self._known = _Entries()
        self._languages: dict[str, _PiecesOfLanguage] = {}
        self._places = _Places(self._known)

    @property
    def full(self) -> bool:
        """Whether it holds so much that a new one should be begun."""
        return len(self._known.widths) >= MAX_PIECES

    def pieces(self, text: str, language: str = "") -> list[int]:
        """The numbers of the pieces of a text, in order."""
        algorithm = algorithm_of(language)
        known = self._languages.get(algorithm)
        if known is None:
            known = self._languages[algorithm] = _PiecesOfLanguage(algorithm, self._known)
        if not has_grams(text):
            return list(map(known.__getitem__, text.split()))
        numbers: list[int] = []
        for _, stretch, is_run in cut(text):
            numbers += self._places.of_run(stretch) if is_run else map(known.__getitem__, stretch.split())
        return numbers

    def frozen(self) -> Pieces:
        """What is known by now."""
        known = self._known
        arrays = (known.name_of, known.term_of, known.starts, known.words, known.offsets, known.widths)
        numbers = (np.array(values, dtype=np.uint32) for values in arrays)
        return Pieces(known.names.texts, known.terms.texts, *numbers)
