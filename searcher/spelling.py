"""Did you mean: a query with unknown words replaced by the nearest the archive has, and completions of a beginning."""

import re

from searcher.analysis import fold, has_grams, words
from searcher.engines import Engine
from searcher.query import Order, SearchRequest
from searcher.query.nodes import Term, positive_leaves
from searcher.query.parser import MAX_CHARACTERS
from searcher.query.patterns import letters_apart

__all__ = ["better_query", "completions"]

# Two letters may differ in a word of five or more, one in a shorter: more would suggest another word.
LONG_WORD = 5


def better_query(engine: Engine, request: SearchRequest) -> str | None:
    """The query with each word that finds nothing replaced by the nearest the archive has.

    None where none is, where the query is longer than one that is read, and where the time was over before all its
    words were looked up.
    """
    if len(request.query) > MAX_CHARACTERS:
        return None
    better = request.query
    for leaf in dict.fromkeys(positive_leaves(request.node)):
        word = leaf.text
        if not isinstance(leaf, Term) or leaf.field or leaf.exact or words(word) != [fold(word)]:
            continue
        alone = SearchRequest(node=leaf, order=Order(limit=0), deadline=request.deadline)
        if engine.word_count(fold(word)) or engine.search(alone).total:  # to look it up takes a hundredth of a search
            continue
        nearest = _nearest(engine, fold(word))
        if nearest:
            better = re.sub(rf"(?<![\w:/.]){re.escape(word)}(?![\w:/.])", nearest, better)
    return better if better != request.query and not request.deadline.passed else None


def completions(engine: Engine, start: str, limit: int) -> tuple[str, ...]:
    """Words that begin as the last word of `start` does, those in most articles first."""
    typed = words(start)
    if not typed or has_grams(typed[-1]):  # a character is a word of its own: nothing to complete
        return ()
    found = sorted(engine.words_from(typed[-1]), key=lambda entry: (-entry[1], entry[0]))
    return tuple(word for word, _ in found[:limit])


def _nearest(engine: Engine, word: str) -> str | None:
    """The word nearest to one that no article has, with the same first letter; of equals the one in most articles."""
    if len(word) < 3 or not word.isalpha():
        return None
    limit = 2 if len(word) >= LONG_WORD else 1
    ranked = [(letters_apart(word, known, limit), -count, known) for known, count in engine.words_like(word, limit)]
    distance, _, nearest = min(ranked, default=(0, 0, ""))
    return nearest if distance else None
