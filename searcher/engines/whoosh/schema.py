"""The fields of the index and how an article fills them.

title, body                                stemmed by the language of the article, with positions: words and phrases
title_word, body_word                      unstemmed, without positions: exact words, patterns, suggestions
location actor mention                     one term for each value, as it is shown; kept by document too
source author language                     the same
id, path                                   one term: the article itself, and what a file became
located                                    one term for each place and the country it lies in
event                                      one term for each day, month or year told of; kept by document too
moment                                     a column: minutes since year 1 on the publisher's clock
told                                       a column: a number for the story it tells, the same for all its copies
article                                    stored: the whole article as JSON, beside its id
"""

from collections.abc import Collection
from datetime import date, datetime
from hashlib import blake2b

from searcher.choices import EVENT_FIELD, TEXT_FIELDS, VALUE_FIELDS
from searcher.engines.eventdays import days_of
from searcher.models import Article

__all__ = [
    "BY_DOCUMENT",
    "KEY_FIELDS",
    "KINDS",
    "LOCATED",
    "MINUTES_OF_A_DAY",
    "MOMENT",
    "PAIRED",
    "TERM_FIELDS",
    "TOLD",
    "UNDATED",
    "UNTOLD",
    "WORD_SUFFIX",
    "minutes",
    "number_of",
    "values_of",
]

KEY_FIELDS = ("id", "path")
LOCATED = "located"
# Between the two names of such a term; like all control characters it stands in no name.
PAIRED = "\x1e"
TERM_FIELDS = (*VALUE_FIELDS, *KEY_FIELDS, LOCATED, EVENT_FIELD)
# Keys that are kept by document too, as values are.
BY_DOCUMENT = ("id", "path", EVENT_FIELD)
MOMENT = "moment"
TOLD = "told"
UNTOLD = 0
UNDATED = -1
WORD_SUFFIX = "_word"
MINUTES_OF_A_DAY = 24 * 60

KINDS = {
    **dict.fromkeys(TEXT_FIELDS, "text by language"),
    **dict.fromkeys((name + WORD_SUFFIX for name in TEXT_FIELDS), "words"),
    **dict.fromkeys(VALUE_FIELDS, "values"),
    **dict.fromkeys(KEY_FIELDS, "key"),
    LOCATED: "pairs",
    EVENT_FIELD: "days",
    MOMENT: "number",
    TOLD: "number",
    "article": "stored",
}
"""What each field is: an index whose fields are others was made by another version."""


def minutes(moment: datetime | date) -> int:
    """Minutes since the start of year 1 on the clock of `moment`, whatever its zone."""
    clock = moment.hour * 60 + moment.minute if isinstance(moment, datetime) else 0
    return moment.toordinal() * MINUTES_OF_A_DAY + clock


def number_of(story: str) -> int:
    """A number of 64 bits for a story: of a billion stories the chance that any two have one is .03."""
    return int.from_bytes(blake2b(story.encode(), digest_size=8).digest(), "little", signed=True)


def values_of(article: Article) -> tuple[Collection[str], ...]:
    """The distinct terms of an article in each of TERM_FIELDS, in their order."""
    return (
        _trimmed(article.locations),
        _trimmed(article.actors),
        _trimmed(article.mentioned),
        _trimmed((article.source,)),
        _trimmed(article.authors),
        _trimmed((article.language,)),
        (article.id,),
        (article.path,) if article.path else (),
        _trimmed(tuple(PAIRED.join(map(str.strip, pair)) for pair in article.within)),
        days_of(article) if article.events else (),
    )


def _trimmed(values: tuple[str, ...]) -> Collection[str]:
    if not values or not any(values):
        return ()
    kept = dict.fromkeys([value.strip() for value in values])
    kept.pop("", None)
    return kept
