"""Where an article was filed, and by which agency."""

from searcher.models import Article

__all__ = ["filed"]


def filed(article: Article) -> str:
    """What follows "filed": from Beirut by Reuters. The dateline as it is where its place is unknown, or nothing."""
    place = article.filed_from or ("" if article.agency else article.dateline)
    parts = (("from", place), ("by", article.agency))
    return " ".join(f"{word} {name}" for word, name in parts if name)
