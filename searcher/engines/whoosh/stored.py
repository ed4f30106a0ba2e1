"""An article as the JSON that the index stores, and back: every field, nothing executed on reading."""

import json
from dataclasses import asdict, fields

from searcher.models import Article, Mention, PublicationDate

__all__ = ["dump", "load"]

_TUPLES = tuple(entry.name for entry in fields(Article) if str(entry.type).startswith("tuple"))


def dump(article: Article) -> str:
    """The article as JSON; fields at their defaults are left out."""
    kept = {name: value for name, value in asdict(article).items() if value not in ("", (), None)}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Article:
    """The article that `dump` wrote."""
    kept = json.loads(text)
    for name in _TUPLES:
        kept[name] = tuple(kept.get(name, ()))
    kept["mentions"] = tuple(Mention(**mention) for mention in kept["mentions"])
    kept["date"] = PublicationDate(**kept["date"]) if "date" in kept else None
    return Article(**{"title": "", "body": "", **kept})
