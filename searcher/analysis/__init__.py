"""Text to terms: the one definition of what a word is, for every engine, for queries and for marks.

An index and a query agree because both call `tokens`; a mark stands where it should because every token keeps its
offsets into the text as written.
"""

from searcher.analysis.fold import fold
from searcher.analysis.grams import characters, cut, has_grams
from searcher.analysis.located import Located
from searcher.analysis.stem import algorithm_of, algorithms_of, stem
from searcher.analysis.tokens import Token, exact_word, forms, tokens, words

__all__ = [
    "Located",
    "Token",
    "algorithm_of",
    "algorithms_of",
    "characters",
    "cut",
    "exact_word",
    "fold",
    "forms",
    "has_grams",
    "stem",
    "tokens",
    "words",
]
