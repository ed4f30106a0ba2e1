"""What else is like an article? Those that share the words which tell it from others."""

from collections import Counter

from searcher.analysis import has_grams, tokens
from searcher.engines import Engine
from searcher.models import Article

__all__ = ["telling_words"]

# Enough words to find what resembles an article, few enough to stay quick.
MOST = 25


def telling_words(engine: Engine, article: Article) -> list[str]:
    """The words with the highest frequency here and the lowest elsewhere (tf-idf)."""
    written = (token.word for token in tokens(f"{article.title} {article.body}"))
    often = Counter(word for word in written if len(word) > (1 if has_grams(word) else 2))
    counts = {word: engine.word_count(word) for word, _ in often.most_common(4 * MOST)}
    known = [word for word, count in counts.items() if count > 1]
    return sorted(known, key=lambda word: (-often[word] / counts[word], word))[:MOST]
