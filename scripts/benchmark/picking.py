"""Queries that find something, and of which every engine can be asked the same.

A word is picked by the share of articles that have its stem, a phrase by how many of a sample of articles have it, a
beginning or a misspelt word by the words it stands for. Those are looked for among words as written by this engine and
among stems by the others: only such are picked as stand for the same words either way, begin with the same letter, and
are changed by no stemmer. None is a mere swap of letters away from a word: to Whoosh that is two letters, not one.
"""

import random
from bisect import bisect_left
from string import ascii_lowercase

from benchmark.census import Census
from benchmark.queries import CLASSES, PER_CLASS, Query
from benchmark.values import DAYS, FIRST_DAY
from benchmark.words import agreed_stem

__all__ = ["edits", "pick_queries"]

Share = tuple[float, float]
# Shares of articles that have a word: 20 to 60 in 100,000; the subject of most; what one would combine, or look for.
RARE: Share = (0.0002, 0.0006)
COMMON: Share = (0.25, 0.70)
COMBINED: Share = (0.08, 0.40)
ALTERNATIVE: Share = (0.02, 0.10)
# A word that is misspelt, before it is.
MISSPELT: Share = (0.0003, 0.02)
# Shares of articles that have a phrase: such as "interest rates", then such as "of the".
PHRASE: Share = (0.005, 0.06)
COMMON_PHRASE: Share = (0.10, 0.95)
TRIPLE: Share = (0.001, 0.02)
# Class -> form, share of articles, words; class -> words of a phrase, share of articles.
OF_WORDS = {
    "rare word": ("all", RARE, 1),
    "common word": ("all", COMMON, 1),
    "two words, all": ("all", COMBINED, 2),
    "two words, any": ("any", ALTERNATIVE, 2),
    "four words, all": ("all", COMBINED, 4),
    "four words, any": ("any", COMBINED, 4),
}
OF_RUNS = {"phrase of two": (2, PHRASE), "common phrase": (2, COMMON_PHRASE), "phrase of three": (3, TRIPLE)}
# How many words a beginning or a misspelt word stands for. This engine takes 1,000 at most; a person seldom means more
# than these.
BEGINNING_WORDS = (8, 200)
BEGINNING_LETTERS = (4, 6)
FUZZY_WORDS = (1, 30)
FUZZY_LETTERS = 5
# The days asked for, of those that articles are spread over.
STRETCH = DAYS // 8
# Words tried until enough are found that will do.
TRIES = 5_000


def pick_queries(census: Census, seed: int) -> list[Query]:
    """PER_CLASS queries of each class, the same for the same articles and seed.

    Raises ValueError where the articles hold too few words that would do.
    """
    picker = _Picker(census, random.Random(seed))  # noqa: S311 - to be repeated, not to be secret
    picked = [query._replace(kind=kind) for kind in CLASSES for query in picker.queries(kind)]
    return [query._replace(number=number) for number, query in enumerate(picked)]


class _Picker:
    def __init__(self, census: Census, chance: random.Random) -> None:
        self._census = census
        self._chance = chance
        self._spellings = census.spellings()
        self._stems = sorted(self._spellings)
        self._words = sorted(census.words)
        self._having = {stem: sum(census.words[word] for word in words) for stem, words in self._spellings.items()}

    def queries(self, kind: str) -> list[Query]:
        if kind in OF_WORDS:
            return self._of_words(*OF_WORDS[kind])
        if kind in OF_RUNS:
            return self._phrases(*OF_RUNS[kind])
        match kind:
            case "prefix":
                return self._beginnings()
            case "fuzzy":
                return self._misspelt()
            case "word and dates":
                return [self._dated(query) for query in self._of_words("dated", COMMON, 1)]
            case _:
                return [Query(0, "", "everything")] * PER_CLASS

    def _of_words(self, form: str, share: Share, count: int) -> list[Query]:
        wanted = self._within(share)
        if len(wanted) < count:
            raise ValueError(f"only {len(wanted)} words stand in {share} of the articles: generate more articles")
        chosen = [self._chance.sample(wanted, count) for _ in range(PER_CLASS)]
        return [Query(0, "", form, tuple(self._spellings[s][0] for s in stems), tuple(stems)) for stems in chosen]

    def _within(self, share: Share) -> list[str]:
        low, high = (max(2.0, part * self._census.articles) for part in share)
        return sorted(stem for stem, having in self._having.items() if low <= having <= high)

    def _dated(self, query: Query) -> Query:
        first = FIRST_DAY + self._chance.randrange(DAYS - STRETCH)
        return query._replace(first=first, last=first + STRETCH - 1)

    def _phrases(self, length: int, share: Share) -> list[Query]:
        runs = self._census.runs[length]
        low, high = (part * self._census.sampled for part in share)
        wanted = sorted(run for run, having in runs.items() if low <= having <= high and len(set(run)) == len(run))
        if len(wanted) < PER_CLASS:
            raise ValueError(f"only {len(wanted)} phrases stand in {share} of the articles: generate more articles")
        return [Query(0, "", "phrase", run, _stems(run)) for run in self._chance.sample(wanted, PER_CLASS)]

    def _beginnings(self) -> list[Query]:
        found: dict[str, None] = {}
        for _ in range(TRIES):
            begin = self._chance.choice(self._words)[: self._chance.randint(*BEGINNING_LETTERS)]
            if len(found) < PER_CLASS and len(begin) >= BEGINNING_LETTERS[0] and self._stands_alike(begin):
                found[begin] = None
        return [Query(0, "", "prefix", (begin,), (begin,)) for begin in found]

    def _stands_alike(self, begin: str) -> bool:
        """Whether a beginning stands for the same words, and not too many, among words and among stems."""
        if agreed_stem(begin) != begin:
            return False
        words = set(_beginning(self._words, begin))
        by_stem = {word for stem in _beginning(self._stems, begin) for word in self._spellings[stem]}
        return BEGINNING_WORDS[0] <= len(words) <= BEGINNING_WORDS[1] and words == by_stem

    def _misspelt(self) -> list[Query]:
        found: dict[str, None] = {}
        wanted = [stem for stem in self._within(MISSPELT) if len(stem) >= FUZZY_LETTERS]
        for _ in range(TRIES if wanted else 0):
            typed = self._chance.choice(sorted(edits(self._chance.choice(wanted))))
            if len(found) < PER_CLASS and self._meant_alike(typed):
                found[typed] = None
        return [Query(0, "", "fuzzy", (typed,), (typed,)) for typed in found]

    def _meant_alike(self, typed: str) -> bool:
        """Whether a misspelt word stands for the same words, and not too many, among words and among stems."""
        near = edits(typed)
        words = {word for word in near if word in self._census.words}
        stems = {stem for stem in near if stem in self._spellings}
        return (
            FUZZY_WORDS[0] <= len(words) <= FUZZY_WORDS[1]
            and words == {word for stem in stems for word in self._spellings[stem]}
            and all(word[0] == typed[0] for word in words | stems)
            and not words & (near - edits(typed, swaps=False))
            and all(agreed_stem(stem) == stem for stem in stems)
        )


def edits(word: str, *, swaps: bool = True) -> set[str]:
    """The word, and all that one letter changed, added, dropped or, if `swaps`, swapped with the next makes of it."""
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    dropped = {begin + end[1:] for begin, end in parts if end}
    swapped = {begin + end[1] + end[0] + end[2:] for begin, end in parts if swaps and len(end) > 1}
    changed = {begin + letter + end[1:] for begin, end in parts if end for letter in ascii_lowercase}
    added = {begin + letter + end for begin, end in parts for letter in ascii_lowercase}
    return dropped | swapped | changed | added | {word}


def _beginning(words: list[str], begin: str) -> list[str]:
    """Those of the sorted words that begin so."""
    return words[bisect_left(words, begin) : bisect_left(words, begin + "{")]  # { follows z


def _stems(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(agreed_stem(word) or word for word in words)
