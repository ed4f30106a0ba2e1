"""Arabic before its stemmer: what is written onto the front of a noun goes, as far as Snowball leaves it there.

Alef, hamza, ta marbuta, alef maqsura, vowel signs and tatweel are folded already, for every word.
"""

__all__ = ["without_article"]

# The article with what precedes it: and, so, with, as, for; the longer ones first.
_ARTICLES = ("وبال", "وكال", "فبال", "وال", "فال", "بال", "كال", "ولل", "فلل", "ال", "لل")
# What is left must be a word: shorter ones, as in الم, are more often whole as they stand.
_LEAST = 3


def without_article(word: str) -> str:
    """A folded word less its article: صواريخ for والصواريخ, which Snowball leaves as it is."""
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _LEAST:
            return word[len(article) :]
    return word
