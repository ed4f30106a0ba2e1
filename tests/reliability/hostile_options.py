"""Options that nobody means well: odd ones that have an answer, and ones that cannot be meant."""

import random
from collections.abc import Callable
from typing import Any

from searcher.choices import COPIES, FACETS, SORTS, VALUE_FIELDS

__all__ = ["REFUSED", "odd_options"]

MARKS = "\u0301\u0316"
VALUES = ("Syria", "Outlet 1", "", " ", "\x00", "\ud800", "*", "%", "🇸🇾", "'; DROP TABLE x", "a" * 1_000, MARKS * 500)
LANGUAGES = ("en", "klingon", "", "zz-ZZ", "EN", "中文", "x" * 999)
DAYS = ("2015", "2015-06", "0001", "9999-12-31", None, "")

ODD: dict[str, Callable[[random.Random], Any]] = {
    "sort": lambda chance: chance.choice(SORTS),
    "limit": lambda chance: chance.choice((0, 1, 10, 100)),
    "offset": lambda chance: chance.choice((0, 7, 5_000, 10**12, 10**30)),
    "facets": lambda chance: chance.choice(((), FACETS, FACETS * 100, "date", ("author",))),
    "facet_size": lambda chance: chance.choice((1, 10, 10**9)),
    "copies": lambda chance: chance.choice(COPIES),
    "match": lambda chance: chance.choice(("all", "any")),
    "phrase": lambda chance: chance.random() < 0.3,
    "exact": lambda chance: chance.random() < 0.5,
    "explain": lambda chance: chance.random() < 0.3,
    "after": lambda chance: chance.choice(DAYS),
    "before": lambda chance: chance.choice(DAYS),
    "time_limit": lambda chance: chance.choice((0.001, 0.1, 1e-300, 2)),
    **{
        name: lambda chance: [
            f"{chance.choice(VALUES)}{number}"[-1_000:] for number in range(chance.choice((1, 3, 900)))
        ]
        for name in ("location", "not_location", "not_mention", "source", "not_author")
    },
    "language": lambda chance: chance.choice(LANGUAGES),
}

# Options that cannot be meant, each alone.
REFUSED: tuple[dict[str, Any], ...] = (
    {"limit": 10**9}, {"limit": -1}, {"limit": 10_001}, {"offset": -1}, {"offset": -(10**12)}, {"facet_size": 0},
    {"facet_size": -(10**9)}, {"facets": ("x",)}, {"facets": ("date", "\x00")}, {"facets": "title"}, {"sort": "best"},
    {"sort": "x" * 10**6}, {"match": ""}, {"copies": "\ud800"}, {"after": "yesterday"}, {"before": "2017-13"},
    {"after": "2017-02-30"}, {"after": "9" * 10**6}, {"after": "2017; --"}, {"time_limit": -1.0},
    {"time_limit": float("nan")}, {"time_limit": float("inf")}, {"unheard": 1}, {"location": "x" * 10**6},
    {"not_source": [MARKS * 10**6]}, {"actor": [f"Actor {number}" for number in range(5_000)]},
    *({name: "y" * 1_001} for name in VALUE_FIELDS),
)  # fmt: skip


def odd_options(chance: random.Random) -> dict[str, Any]:
    """A few options at once, all of which can be meant."""
    names = chance.sample(sorted(ODD), chance.randint(0, 4))
    return {name: ODD[name](chance) for name in names}
