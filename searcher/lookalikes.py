"""Spellings in an archive that look like a name, counted: for a person to choose from, nothing is merged by it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import get_args

from searcher.analysis import words
from searcher.engines import Engine
from searcher.entities import Aliases, of_several, other_spellings, value_of
from searcher.entities.resemblance import likeness, near_words
from searcher.entities.stretches import best_stretches
from searcher.models import AliasSuggestion, Article, Likeness
from searcher.query import Order, SearchRequest
from searcher.query.names import as_written
from searcher.query.nodes import Or, Term

__all__ = ["lookalikes"]

# Articles that are looked through, those with the rarest of the words first; the counts are over all.
ARTICLES = 2_000
# A spelling may have so many words more than the longest that is known: an article, a name written apart.
MORE_WORDS = 1

_SUREST_FIRST: tuple[Likeness, ...] = get_args(Likeness)


def lookalikes(engine: Engine, name: str, aliases: Aliases, limit: int) -> tuple[AliasSuggestion, ...]:
    """Spellings that resemble a name or one of its known spellings, the surest first, then those in most articles."""
    known = (name, *other_spellings(name, aliases))
    vocabulary = [word for word, _ in engine.words_from("")]
    near = {word for one in known for word in near_words(one, vocabulary)}
    found = _written(engine, near, max(len(words(one)) for one in known) + MORE_WORDS, _rank_among(known))
    typed = tuple(words(name))
    suggestions = [
        _suggestion(engine, spelling, rank, aliases)
        for parts, (spelling, rank) in found.items()
        if parts != typed and not of_several(spelling, aliases)
    ]
    suggestions.sort(key=lambda one: (_SUREST_FIRST.index(one.likeness), -one.articles, one.spelling))
    return tuple(suggestions[:limit])


def _rank_among(known: Sequence[str]) -> Callable[[str], int | None]:
    """How sure it is that a text is one of the known spellings, 0 being the surest; None where it is none."""

    def rank(text: str) -> int | None:
        ranks = [_SUREST_FIRST.index(alike) for one in known if (alike := likeness(one, text))]
        return min(ranks, default=None)

    return rank


def _written(
    engine: Engine, near: set[str], longest: int, rank: Callable[[str], int | None]
) -> dict[tuple[str, ...], tuple[str, int]]:
    """Each spelling by its folded words: as it is most often written, in capitals only where it always is, and rank."""
    forms: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for article in _holding(engine, near):
        for run in best_stretches(f"{article.title}.\n\n{article.body}", near, longest, rank):
            text = " ".join(run.text.split())
            forms[tuple(words(text))][text] += 1
    usual = {
        parts: max(counts, key=lambda text: (not text.isupper(), counts[text], text)) for parts, counts in forms.items()
    }
    return {parts: (text, rank(text) or 0) for parts, text in usual.items()}


def _holding(engine: Engine, near: set[str]) -> Iterator[Article]:
    """The best articles with any of the words."""
    node = Or(tuple(Term(word, exact=True) for word in sorted(near)))
    if near:
        yield from islice(engine.found(SearchRequest(node=node)), ARTICLES)


def _suggestion(engine: Engine, spelling: str, rank: int, aliases: Aliases) -> AliasSuggestion:
    having = engine.search(SearchRequest(node=as_written(spelling), order=Order(limit=0))).total
    return AliasSuggestion(
        spelling=spelling,
        articles=having,
        likeness=_SUREST_FIRST[rank],
        known=value_of(spelling, aliases),
    )
