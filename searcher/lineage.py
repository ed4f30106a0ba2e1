"""Who ran a story when, and what did they change? The articles of one story side by side, sentence by sentence."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher
from itertools import pairwise

from searcher.engines import Engine
from searcher.models import Article, Story, Version

__all__ = ["story_of"]

# Sentences that are aligned in order; of longer texts it is told which sentences each has, and aligning 2,000 that are
# all the same takes two seconds.
MOST_ALIGNED = 2_000
# The end of a sentence with the marks that close it; short forms such as "Mr." are no end where a small letter follows.
_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[^a-zа-я\s])|(?<=[。！？])[」』”]*|\n+")


def story_of(engine: Engine, article: Article) -> Story:
    """The story that an article tells, with every article that tells it."""
    found = [other for article_id in engine.ids("story", article.tells) if (other := engine.find(article_id))]
    ordered = sorted(found, key=_when)
    versions = [_version(one) for one in ordered[:1]]
    versions += [_version(one, before) for before, one in pairwise(ordered)]
    return Story(id=article.tells, versions=tuple(versions))


def _when(article: Article) -> tuple[bool, datetime, str]:
    """The publisher's clock decides: a zone is not known of most articles."""
    moment = article.date.moment.replace(tzinfo=None) if article.date else datetime.max
    return article.date is None, moment, article.id


def _version(article: Article, before: Article | None = None) -> Version:
    added, dropped = _changes(before.body, article.body) if before else ((), ())
    return Version(
        id=article.id,
        title=article.title,
        date=article.date,
        source=article.source,
        url=article.url,
        path=article.path,
        retitled=before is not None and _plain(before.title) != _plain(article.title),
        added=added,
        dropped=dropped,
    )


def _changes(before: str, after: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences that were added and those that were dropped, each in the order of its text."""
    old, new = _sentences(before), _sentences(after)
    plain_old, plain_new = [_plain(sentence) for sentence in old], [_plain(sentence) for sentence in new]
    if max(len(old), len(new)) > MOST_ALIGNED:
        return _not_among(new, plain_new, plain_old), _not_among(old, plain_old, plain_new)
    added: list[str] = []
    dropped: list[str] = []
    for kind, first, end, begin, stop in SequenceMatcher(None, plain_old, plain_new, autojunk=False).get_opcodes():
        if kind != "equal":
            dropped += old[first:end]
            added += new[begin:stop]
    return tuple(added), tuple(dropped)


def _not_among(sentences: Sequence[str], plain: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The sentences that the other text has not, or not so often."""
    left = Counter(others)
    found = []
    for sentence, words in zip(sentences, plain, strict=True):
        if left[words]:
            left[words] -= 1
        else:
            found.append(sentence)
    return tuple(found)


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _END.split(text) if sentence.strip()]


def _plain(text: str) -> str:
    """A sentence without what typesetters change: quotation marks, dashes, case, white space."""
    return " ".join(re.findall(r"\w+", text.casefold()))
